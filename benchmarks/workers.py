"""Throughput of workers on PostgreSQL: `workers.py [REPORTS] [ROUNDS] [SENTENCES] [NUMBERS]`; five minutes on two quiet cores.

Each worker makes one language at a time by an engine that uses one core: hibari, or Kokoro where PODCASTER_LANGUAGES is en-GB
and PODCASTER_KOKORO_MODEL names its folder (with few sentences: it takes seconds for each). NUMBERS are those of workers that
are compared, `1,2,4` in general. Rounds are interleaved, so that a machine with other work slows each number of workers alike;
in each, the engine runs alone in as many processes, which tells how much the machine itself gives for another core. The
processor time of a report tells what more workers cost, and the cores in use how much of the machine they and PostgreSQL got.
What counts is the time in which every worker has a report, without the first and the last ones.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from podcaster.ports import Submission
from podcaster.settings import load
from podcaster.wiring import Container

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from engine_alone import sentence

from support.own_postgres import OwnPostgres

_ENGINE_S = 6
_LOOK_S = 1.0
_TICKS = os.sysconf("SC_CLK_TCK")


def report(chance: random.Random, number: int) -> str:
    """A report of so many sentences that nobody has spoken before."""
    return f"# Report {chance.randrange(10**9)}\n\n" + "\n\n".join(sentence(chance) for _ in range(number)) + "\n"


def engines_alone(number: int, environment: Mapping[str, str]) -> float:
    """Sentences a second of the engine, alone in so many processes at a time."""
    command = [
        sys.executable,
        str(Path(__file__).parent / "engine_alone.py"),
        environment["PODCASTER_LANGUAGES"],
        str(_ENGINE_S),
    ]
    processes = [
        subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(number)
    ]
    for each in processes:
        assert each.stdout is not None  # noqa: S101 # it is a pipe
        each.stdout.readline()
    return sum(float(each.communicate()[0]) for each in _begun(processes))


def _begun(processes: "Sequence[subprocess.Popen[str]]") -> "Sequence[subprocess.Popen[str]]":
    for each in processes:
        assert each.stdin is not None  # noqa: S101 # it is a pipe
        each.stdin.write("\n")
        each.stdin.flush()
    return processes


@contextmanager
def workers(number: int, environment: Mapping[str, str], folder: Path) -> Iterator[list["subprocess.Popen[bytes]"]]:
    """So many worker processes, ready to work."""
    with ExitStack() as stack:
        processes = []
        for place in range(number):
            log = stack.enter_context((folder / f"worker{place}.log").open("wb"))
            process = subprocess.Popen(
                [sys.executable, "-m", "podcaster", "worker"],
                env={**environment, "PODCASTER_WORKER_NAME": f"w{place}"},
                stderr=log,
            )
            stack.callback(process.wait)
            stack.callback(process.terminate)
            processes.append(process)
        while not all(b"Working." in (folder / f"worker{place}.log").read_bytes() for place in range(number)):
            time.sleep(0.1)
        yield processes


def cpu_s(process: int) -> float:
    """Processor seconds of a process and of its children that have ended."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / _TICKS


def all_cpu_s(postgres: OwnPostgres) -> float:
    """Processor seconds of PostgreSQL's processes."""
    seconds = 0.0
    for each in postgres.processes():
        with suppress(FileNotFoundError):  # one that has just ended is in the first one's
            seconds += cpu_s(each)
    return seconds


@dataclass(frozen=True)
class Sample:
    """A moment: reports that are published, those that are made with the parts of others, and processor seconds until then."""

    at_s: float
    published: int
    made: float
    workers_cpu_s: float
    postgres_cpu_s: float


def made(container: Container, texts: list[str], sample: Callable[[int, float], Sample]) -> list[Sample]:
    """Hand reports in together and wait until all are published; a sample each time that some more are."""
    renders = {container.newsroom.submit(Submission(body=text.encode(), name="report.md")).id for text in texts}
    samples = [sample(0, 0)]
    while samples[-1].published < len(texts):
        time.sleep(_LOOK_S)
        there = [each for each in container.library.unfinished_renders() if each.id in renders]
        if len(texts) - len(there) > samples[-1].published:
            parts = sum(part.done / part.lines for each in there for part in each.languages.values() if part.lines)
            samples.append(sample(len(texts) - len(there), len(texts) - len(there) + parts))
    return samples


def steady(samples: list[Sample], number: int) -> tuple[Sample, Sample]:
    """The first and the last moment between which each of so many workers has a report."""
    return samples[1], next(each for each in reversed(samples) if each.published <= samples[-1].published - number)


@dataclass(frozen=True)
class Round:
    """Figures of so many workers in a round."""

    reports_a_minute: float
    cpu_s: float
    """Of a report."""
    cores: float
    postgres_cores: float
    engine: float
    """Sentences a second of the engine alone in as many processes."""


def measured(
    number: int,
    reports: int,
    sentences: int,
    *,
    container: Container,
    environment: Mapping[str, str],
    postgres: OwnPostgres,
) -> Round:
    """So many workers with so many reports each."""
    chance = random.Random(time.time_ns())  # noqa: S311 # new texts each time
    engine = engines_alone(number, environment)
    with tempfile.TemporaryDirectory() as logs, workers(number, environment, Path(logs)) as processes:

        def sample(published: int, done: float) -> Sample:
            worked = sum(cpu_s(each.pid) for each in processes)
            return Sample(time.perf_counter(), published, done, worked, all_cpu_s(postgres))

        made(container, [report(chance, sentences) for _ in range(number)], sample)  # models are loaded
        texts = [report(chance, sentences) for _ in range(reports * number)]
        first, last = steady(made(container, texts, sample), number)
    seconds, done = last.at_s - first.at_s, last.made - first.made
    return Round(
        60 * done / seconds,
        (last.workers_cpu_s - first.workers_cpu_s) / done,
        (last.workers_cpu_s - first.workers_cpu_s) / seconds,
        (last.postgres_cpu_s - first.postgres_cpu_s) / seconds,
        engine,
    )


def spread(values: Sequence[float]) -> str:
    """`1.85 (1.70 to 1.93)`: the median, the least and the most."""
    return f"{statistics.median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def main(reports: int, rounds: int, sentences: int, numbers: Sequence[int]) -> None:
    postgres = OwnPostgres()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {
            **os.environ,
            "PODCASTER_DATA": str(folder / "data"),
            "PODCASTER_DATABASE_URL": postgres.url,
            "PODCASTER_LANGUAGES": os.environ.get("PODCASTER_LANGUAGES", "en"),
            "PODCASTER_PROOF": "off",
            "PODCASTER_WORKERS": "1",
            "PODCASTER_BASE_URL": "http://127.0.0.1:8000",
        }
        container = Container(load(environment, folder))
        here = f"{len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.0f}"
        print(f"{reports} reports of {sentences} sentences for each worker, {here}", flush=True)
        figures: dict[int, list[Round]] = {number: [] for number in numbers}
        for _ in range(rounds):
            for number in numbers:
                made_now = measured(
                    number, reports, sentences, container=container, environment=environment, postgres=postgres
                )
                figures[number].append(made_now)
                print(f"  {number}: {made_now}", flush=True)
        one = figures[numbers[0]]
        for number in numbers:
            rates = [
                each.reports_a_minute / first.reports_a_minute for each, first in zip(figures[number], one, strict=True)
            ]
            engines = [each.engine / first.engine for each, first in zip(figures[number], one, strict=True)]
            print(
                f"{number} workers: {statistics.median(each.reports_a_minute for each in figures[number]):.1f} reports a minute, "
                f"{spread(rates)} x one, the engine alone {spread(engines)}; "
                f"{statistics.median(each.cpu_s for each in figures[number]):.2f} processor seconds a report on "
                f"{statistics.median(each.cores for each in figures[number]):.2f} cores, "
                f"PostgreSQL beside them on {statistics.median(each.postgres_cores for each in figures[number]):.2f}"
            )
        print(f"spoken by {', '.join({each.episode.voice for each in container.library.episodes(limit=reports)})}")
        container.close()
    postgres.close()


if __name__ == "__main__":
    *counts, numbers = [*sys.argv[1:], *("5", "4", "75", "1,2,4")[len(sys.argv) - 1 :]]
    reports, rounds, sentences = map(int, counts)
    main(reports, rounds, sentences, [int(number) for number in numbers.split(",")])
