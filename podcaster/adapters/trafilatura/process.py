"""The prepared process that reads pages, from this side: started, sent pages, ended."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import weakref
from contextlib import suppress
from dataclasses import astuple, dataclass

BEGUN, END = b"+", b"\n"
"""Marks before and after a fork's one line of JSON."""
READY = b"."
"""Line printed once the program is ready, so that no page pays for its start."""
_START_SECONDS = 60
_PROGRAM = "podcaster.adapters.trafilatura.prepared"


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of a page, and how long the process waits for one."""

    memory_bytes: int = 4 << 30
    cpu_seconds: int = 25
    seconds: int = 30
    idle_seconds: int = 60


class ReadingProcess:
    """One prepared process. It ends with this object or this program, whichever ends first."""

    def __init__(self, limits: Limits) -> None:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"}
        self._work, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 # our own program, and no shell
                [sys.executable, "-m", _PROGRAM, *map(str, astuple(limits))],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=environment,
                process_group=0,
            )
        self.end = weakref.finalize(self, _end, self._work, self._process, os.getpid())
        """Kill it and its forks, each of which is reading a page."""
        self._work.settimeout(_START_SECONDS)
        with suppress(OSError):  # one that never gets ready takes no page either
            self._work.recv(len(READY))
        self._work.settimeout(limits.seconds)

    def send(self, file: int, pipe: int) -> None:
        """Hand over a page. Where the process is gone, nobody has the pipe then, and it ends without a word."""
        with suppress(OSError):
            socket.send_fds(self._work, [b"\0"], [file, pipe])

    def drop(self) -> None:
        """Kill it, and none of its forks."""
        self._process.kill()
        self._process.wait()
        self.end()


def _end(work: socket.socket, process: subprocess.Popen[bytes], owner: int) -> None:
    work.close()
    if os.getpid() != owner:
        return  # a fork of its owner only lets go of it
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
