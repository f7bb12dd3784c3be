"""Cost of reading a published report in another voice or at another pace, beside its first render.

Everything is warm: engines are loaded, paces measured. CPU is podcaster's own and the translator's; eSpeak NG's forks, which
are nobody's children any more when they end, are in the seconds alone.
"""

import resource
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from podcaster.ports import Queue

PARAGRAPHS = 40
READINGS: Mapping[str, dict[str, Any]] = {
    "at 1.25": {"rate": 1.25},
    "by a woman": {"voices": ("female",)},
    "by her, at 0.8": {"voices": ("female",), "rate": 0.8},
    "at 1.25, again": {"rate": 1.25},
}


class Shelved:
    """A queue that nobody works on."""

    def __init__(self) -> None:
        self.jobs: list[Any] = []

    def submit(self, job: object) -> None:
        self.jobs.append(job)


def report(paragraphs: int, town: str) -> bytes:
    sentence = "In week {} the ferries carried {} people across the bay, and {town} counted {} boats more than before. "
    parts = (
        "".join(sentence.format(n, n * 37 % 900, n * 11 % 70, town=town) for n in range(p, p + 3))
        for p in range(paragraphs)
    )
    return (f"# A harbour for {town}\n\n" + "\n\n".join(parts)).encode()


def costs(data: Path) -> Mapping[str, tuple[float, float]]:
    """CPU seconds and seconds of each step, the first being a whole render of English into Spanish."""
    from podcaster.model import Reading
    from podcaster.ports import ReadingJob, Submission
    from podcaster.settings import Settings
    from podcaster.units import LanguageTag
    from podcaster.wiring import Container

    container = Container(Settings(data=data, languages=("es",), publish_drafts=True))
    queue, spanish = Shelved(), LanguageTag("es")
    desk, stages = replace(container.newsroom, queue=cast("Queue", queue)), container.stages

    def render(paragraphs: int, town: str) -> None:
        desk.submit(Submission(body=report(paragraphs, town), name="report.md"), languages=[spanish])
        for stage in (stages.translate, stages.speak, stages.assemble, stages.publish):
            stage(queue.jobs[-1], spanish)

    def read(wish: dict[str, Any]) -> None:
        base = container.library.episode(queue.jobs[-1].article, spanish).episode
        stages.read_aloud(
            ReadingJob(article=base.article, language=spanish, revision=base.revision, reading=Reading(**wish))
        )

    render(2, "Ourense")
    for wish in READINGS.values():
        read(wish)
    found = {"first render": _spent_on(lambda: render(PARAGRAPHS, "Vigo"))}
    found |= {name: _spent_on(partial(read, wish)) for name, wish in READINGS.items()}
    container.close()
    return found


def _spent_on(act: Callable[[], None]) -> tuple[float, float]:
    cpu, clock = _cpu(), time.perf_counter()
    act()
    return _cpu() - cpu, time.perf_counter() - clock


def _cpu() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in both)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = costs(Path(folder))
    first = found["first render"]
    for name, (cpu, seconds) in found.items():
        print(
            f"  {name:<16} {cpu:6.2f} s CPU, {cpu / first[0]:.2f} of the first render; {seconds:6.2f} s, {seconds / first[1]:.2f}"
        )


if __name__ == "__main__":
    main()
