"""The prepared process that reads pages, from this side."""

from __future__ import annotations

import os
import sys
from dataclasses import astuple, dataclass

from podcaster.adapters.child_process.forking import ForkingProcess

BEGUN, END = b"+", b"\n"
"""Marks before and after a fork's one line of JSON."""
READY = b"."
"""Packet sent once the program is ready, so that no page pays for its start."""
_START_SECONDS = 60
_PROGRAM = "podcaster.adapters.trafilatura.extraction_program"


@dataclass(frozen=True, slots=True)
class PageLimits:
    """Limits of a page, and how long the process waits for one."""

    memory_bytes: int = 4 << 30
    cpu_seconds: int = 25
    seconds: int = 30
    idle_seconds: int = 60


def start_reading_process(limits: PageLimits) -> ForkingProcess:
    """A process that receives pages; one that never gets ready takes none."""
    return ForkingProcess(
        [sys.executable, "-m", _PROGRAM, *map(str, astuple(limits))],
        start_seconds=_START_SECONDS,
        send_seconds=limits.seconds,
        environment={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"},
    )
