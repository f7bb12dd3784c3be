"""A server under load from this machine: answers for each second that its processes worked, and how long the slowest waited."""

import re
import statistics
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_DONE = re.compile(r"(\d+) requests in ")
_FAILED = re.compile(r"Non-2xx or 3xx responses|Socket errors")
_SLOWEST = re.compile(r"99%\s+([\d.]+)(us|ms|s)")
_MS = {"us": 0.001, "ms": 1.0, "s": 1000.0}
RUN_SECONDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A server and its first process."""

    url: str
    process: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """One run."""

    per_cpu_second: float
    p99_ms: float

    @classmethod
    def best(cls, runs: Sequence["Load"]) -> "Load":
        """The most requests per CPU second of any run, and the median of the latencies."""
        return cls(
            per_cpu_second=max(run.per_cpu_second for run in runs),
            p99_ms=statistics.median(run.p99_ms for run in runs),
        )


def loaded(target: Target, path: str, headers: Mapping[str, str], *, connections: int) -> Load:
    """Two seconds of requests over so many connections that stay open, each asking again when it is answered.

    Raises:
        RuntimeError: an answer was none of those that were wanted.
    """
    given = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    command = [
        "wrk",
        "--latency",
        "-t1",
        f"-c{connections}",
        f"-d{RUN_SECONDS}s",
        "--timeout",
        "10s",
        *given,
        target.url + path,
    ]
    before = worked_s(target.process)
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    worked = worked_s(target.process) - before
    done, slowest = _DONE.search(said), _SLOWEST.search(said)
    if _FAILED.search(said) or not done or not slowest:
        raise RuntimeError(f"{target.url}{path} did not answer as it should:\n{said}")
    return Load(per_cpu_second=int(done[1]) / worked, p99_ms=float(slowest[1]) * _MS[slowest[2]])


def worked_s(process: int) -> float:
    """Seconds that a process, its threads and its children have been on a processor."""
    total = 0.0
    for thread in Path(f"/proc/{process}/task").iterdir():
        total += int((thread / "schedstat").read_text(encoding="ascii").split()[0]) / 1e9
        total += sum(worked_s(int(child)) for child in (thread / "children").read_text(encoding="ascii").split())
    return total


def resident_mb(process: int) -> float:
    """Memory that a process takes: its own, and its part of what it shares (PSS)."""
    text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    return sum(int(kilobytes) for kilobytes in re.findall(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)) / 1000
