"""Throughput of one, two and four workers on PostgreSQL: `workers.py [REPORTS] [ROUNDS] [SENTENCES]`; five minutes on two quiet cores.

Each worker makes one language at a time by an engine that uses one core: hibari, or Kokoro where PODCASTER_LANGUAGES is en-GB
and PODCASTER_KOKORO_MODEL names its folder (with few sentences: it takes seconds for each). Rounds are interleaved, so that a
machine with other work slows each number of workers alike; the processor time of a report tells what more workers cost, and the
cores in use how much of the machine they and PostgreSQL got. What counts is the time in which every worker has a report,
without the first and the last ones.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from podcaster.ports import Submission
from podcaster.settings import load
from podcaster.wiring import Container

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from support.own_postgres import OwnPostgres

NUMBERS = (1, 2, 4)
_LOOK_S = 0.25
_TICKS = os.sysconf("SC_CLK_TCK")


def report(chance: random.Random, number: int) -> str:
    """A report of sentences that nobody has spoken before, of twelve words each."""
    towns = ("Vigo", "Oslo", "Turin", "Graz", "Porto", "Lille")
    sentences = [
        f"In {chance.choice(towns)} the council counted {chance.randrange(1_000, 90_000)} ferries, "
        f"{chance.randrange(2, 60)} percent more than before."
        for _ in range(number)
    ]
    return f"# Report {chance.randrange(10**9)}\n\n" + "\n\n".join(sentences) + "\n"


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


def main(reports: int, rounds: int, sentences: int) -> None:
    chance = random.Random(time.time_ns())  # noqa: S311 # new texts each time
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
        print(f"{reports} reports of {sentences} sentences at a time, {here}")
        rates: dict[int, list[float]] = {number: [] for number in NUMBERS}
        costs: dict[int, list[float]] = {number: [] for number in NUMBERS}
        cores: dict[int, list[float]] = {number: [] for number in NUMBERS}
        beside: dict[int, list[float]] = {number: [] for number in NUMBERS}
        for _, number in product(range(rounds), NUMBERS):
            with workers(number, environment, folder) as processes:

                def sample(
                    published: int, done: float, processes: list["subprocess.Popen[bytes]"] = processes
                ) -> Sample:
                    worked = sum(cpu_s(each.pid) for each in processes)
                    return Sample(time.perf_counter(), published, done, worked, all_cpu_s(postgres))

                made(container, [report(chance, sentences) for _ in range(number)], sample)  # models are loaded
                first, last = steady(
                    made(container, [report(chance, sentences) for _ in range(reports)], sample), number
                )
            seconds, done = last.at_s - first.at_s, last.made - first.made
            worked = last.workers_cpu_s - first.workers_cpu_s
            rates[number].append(60 * done / seconds)
            costs[number].append(worked / done)
            cores[number].append(worked / seconds)
            beside[number].append((last.postgres_cpu_s - first.postgres_cpu_s) / seconds)
        for number in NUMBERS:
            ratios = [rate / one for rate, one in zip(rates[number], rates[1], strict=True)]
            print(
                f"{number} workers: {statistics.median(rates[number]):6.1f} reports a minute, "
                f"{statistics.median(ratios):.2f} x one ({min(ratios):.2f} to {max(ratios):.2f}), "
                f"{statistics.median(costs[number]):.2f} processor seconds a report on {statistics.median(cores[number]):.2f} cores, "
                f"PostgreSQL beside them on {statistics.median(beside[number]):.2f}"
            )
        print(f"spoken by {', '.join({each.episode.voice for each in container.library.episodes(limit=reports)})}")
        container.close()
    postgres.close()


if __name__ == "__main__":
    main(*(int(each) for each in [*sys.argv[1:], *("12", "2", "75")[len(sys.argv) - 1 :]]))
