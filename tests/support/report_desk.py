"""A container with one report that is rendered on demand, stage by stage, as a worker does it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from podcaster.model import Episode
from podcaster.ports import RenderJob, Submission
from podcaster.units import ArticleId, LanguageTag
from podcaster.wiring import Container
from support.quick_container import quick_container

EN, ES = LanguageTag("en"), LanguageTag("es")
REPORT = b"# A harbour for Vigo\n\nThe ferries are full in the morning.\n\nA vote is planned for the autumn.\n"


class Shelved:
    """A queue that nobody works on; it remembers what it was asked."""

    def __init__(self) -> None:
        self.jobs: list[RenderJob] = []

    def submit(self, job: RenderJob) -> None:
        self.jobs.append(job)

    def cancel(self, _: object) -> None:
        """Renders are cancelled in the library alone."""

    def close(self) -> None:
        """There is nothing to close."""


@dataclass
class Desk:
    """A container with one report, rendered on demand."""

    container: Container
    queue: Shelved = field(default_factory=Shelved)

    def __post_init__(self) -> None:
        self.container.__dict__["queue"] = self.queue
        self.container.__dict__.pop("newsroom", None)

    @property
    def article(self) -> ArticleId:
        return self.container.library.articles()[0].article.id

    def render(self, *languages: LanguageTag, hold: bool = False) -> None:
        self.container.newsroom.submit(Submission(body=REPORT, name="report.md"), languages=languages, hold=hold)
        self.work()

    def work(self) -> None:
        """Every render that was asked for."""
        while self.queue.jobs:
            job = self.queue.jobs.pop(0)
            if self.container.stages.cancelled(job):
                continue
            self.container.stages.begin(job)
            for language in job.languages:
                for stage in ("translate", "speak", "assemble", "publish"):
                    getattr(self.container.stages, stage)(job, language)
            self.container.stages.finish(job)

    def episode(self, language: LanguageTag) -> Episode:
        (found,) = [each.episode for each in self.container.library.episodes() if each.episode.language == language]
        return found

    def file(self, language: LanguageTag, ending: str) -> bytes:
        episode = self.episode(language)
        return self.container.blobs.get(f"media/{episode.article}/{language}/{episode.revision}{ending}")

    def heard(self, language: LanguageTag) -> list[tuple[str, str]]:
        return [(line["kind"], line["text"]) for line in json.loads(self.file(language, ".script.json"))["lines"]]


@contextmanager
def report_desk(folder: Path, **settings: object) -> Iterator[Desk]:
    with quick_container(folder, "en", "es", **settings) as container:
        yield Desk(container)
