"""Throughput of one, two and four workers on PostgreSQL: `workers.py [REPORTS] [ROUNDS] [SENTENCES]`; five minutes on two quiet cores.

Each worker makes one language at a time by an engine that uses one core: hibari, or Kokoro where PODCASTER_KOKORO_MODEL names
its folder (with few sentences: it takes seconds for each). Rounds are interleaved, so that a machine with other work slows each
number of workers alike; the processor time of a report tells what more workers cost, and the cores in use how much of the
machine they and PostgreSQL got.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from podcaster.ports import Submission
from podcaster.settings import load
from podcaster.wiring import Container

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from support.own_postgres import OwnPostgres

NUMBERS = (1, 2, 4)
_LOOK_S = 0.5
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


def made(container: Container, reports: int, chance: random.Random, sentences: int) -> float:
    """Hand reports in together; the seconds until all are published."""
    texts = [report(chance, sentences).encode() for _ in range(reports)]
    renders = [container.newsroom.submit(Submission(body=text, name="report.md")).id for text in texts]
    started = time.perf_counter()
    while renders:
        if container.library.render(renders[-1]).state.final:
            renders.pop()
        else:
            time.sleep(_LOOK_S)
    return time.perf_counter() - started


def main(reports: int, rounds: int, sentences: int) -> None:
    chance = random.Random(time.time_ns())  # noqa: S311 # new texts each time
    postgres = OwnPostgres()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {
            **os.environ,
            "PODCASTER_DATA": str(folder / "data"),
            "PODCASTER_DATABASE_URL": postgres.url,
            "PODCASTER_LANGUAGES": "en",
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
        for _ in range(rounds):
            for number in NUMBERS:
                with workers(number, environment, folder) as processes:
                    made(container, number, chance, sentences)  # models are loaded
                    before, database = sum(cpu_s(each.pid) for each in processes), all_cpu_s(postgres)
                    seconds = made(container, reports, chance, sentences)
                    worked = sum(cpu_s(each.pid) for each in processes) - before
                    beside[number].append((all_cpu_s(postgres) - database) / seconds)
                costs[number].append(worked / reports)
                cores[number].append(worked / seconds)
                rates[number].append(60 * reports / seconds)
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
    main(*(int(each) for each in [*sys.argv[1:], *("8", "2", "75")[len(sys.argv) - 1 :]]))
