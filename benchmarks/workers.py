"""Throughput of one, two and four workers on PostgreSQL: `workers.py [REPORTS] [ROUNDS]`; under four minutes on two quiet cores.

Each worker makes one language at a time by hibari, which uses one core. Rounds are interleaved, so that a machine with other
work slows each number of workers alike; the processor time of a report tells what more workers cost, and the cores in use how
much of the machine they got.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from podcaster.ports import Submission
from podcaster.settings import load
from podcaster.wiring import Container

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from support.own_postgres import OwnPostgres

NUMBERS = (1, 2, 4)
LINES = 30
_LOOK_S = 0.1
_TICKS = os.sysconf("SC_CLK_TCK")


def report(chance: random.Random) -> str:
    """A report of sentences that nobody has spoken before."""
    towns = ("Vigo", "Oslo", "Turin", "Graz", "Porto", "Lille")
    sentences = [
        f"In {chance.choice(towns)} the council counted {chance.randrange(1_000, 90_000)} ferries, "
        f"{chance.randrange(2, 60)} percent more than before."
        for _ in range(LINES)
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


def made(container: Container, reports: int, chance: random.Random) -> float:
    """Hand reports in together; the seconds until all are published."""
    renders = [
        container.newsroom.submit(Submission(body=report(chance).encode(), name="report.md")).id for _ in range(reports)
    ]
    started = time.perf_counter()
    while renders:
        if container.library.render(renders[-1]).state.final:
            renders.pop()
        else:
            time.sleep(_LOOK_S)
    return time.perf_counter() - started


def main(reports: int, rounds: int) -> None:
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
        print(
            f"{reports} reports of {LINES} sentences, {len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.0f}"
        )
        rates: dict[int, list[float]] = {number: [] for number in NUMBERS}
        costs: dict[int, list[float]] = {number: [] for number in NUMBERS}
        cores: dict[int, list[float]] = {number: [] for number in NUMBERS}
        for _ in range(rounds):
            for number in NUMBERS:
                with workers(number, environment, folder) as processes:
                    made(container, number, chance)  # models are loaded
                    before = sum(cpu_s(each.pid) for each in processes)
                    seconds = made(container, reports, chance)
                    worked = sum(cpu_s(each.pid) for each in processes) - before
                costs[number].append(worked / reports)
                cores[number].append(worked / seconds)
                rates[number].append(60 * reports / seconds)
        for number in NUMBERS:
            ratios = [rate / one for rate, one in zip(rates[number], rates[1], strict=True)]
            print(
                f"{number} workers: {statistics.median(rates[number]):6.1f} reports a minute, "
                f"{statistics.median(ratios):.2f} x one ({min(ratios):.2f} to {max(ratios):.2f}), "
                f"{statistics.median(costs[number]):.2f} processor seconds a report on {statistics.median(cores[number]):.2f} cores"
            )
        container.close()
    postgres.close()


if __name__ == "__main__":
    main(*(int(each) for each in [*sys.argv[1:], *("8", "4")[len(sys.argv) - 1 :]]))
