"""Prepared processes: each has loaded what it needs and forks for every request."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import threading
import weakref
from contextlib import suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_GREETING_BYTES: Final = 16


class ForkingProcess:
    """One prepared process; it ends with this object or this program, whichever ends first.

    Its program has a sequenced-packet socket as standard input: it sends a greeting when it is ready, then receives a packet with
    descriptors for each request, and ends when the socket does.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        start_seconds: float,
        send_seconds: float | None = None,
        environment: Mapping[str, str] | None = None,
        stderr: int = subprocess.DEVNULL,
    ) -> None:
        """`stderr` may be subprocess.PIPE for a program that explains there why it does not start."""
        self._work, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 # our own programs, and no shell
                command,
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=stderr,
                env=environment,
                process_group=0,
            )
        self._sending = threading.Lock()
        self.kill = weakref.finalize(self, _kill, self._work, self._process, os.getpid())
        """Kill it with its forks, each of which is answering a request."""
        self.greeting = self._greeting(start_seconds)
        """Bytes that it sent when it was ready; empty if it did not get ready in time."""
        self._work.settimeout(send_seconds)

    def send(self, request: bytes, *descriptors: int) -> None:
        """Send a request. If the process is gone, nobody holds the descriptors, and an answer's pipe ends without a byte."""
        with self._sending, suppress(OSError):
            socket.send_fds(self._work, [request], descriptors)

    @property
    def pid(self) -> int:
        """Process id."""
        return self._process.pid

    def complaint(self) -> str:
        """End it; what it wrote to standard error."""
        self._process.kill()
        return self._process.stderr.read().decode(errors="replace").strip() if self._process.stderr else ""

    def drop(self) -> None:
        """Kill it, and none of its forks: they answer to the end."""
        self._process.kill()
        self._process.wait()
        self.kill()

    def _greeting(self, seconds: float) -> bytes:
        self._work.settimeout(seconds)
        with suppress(OSError):
            return self._work.recv(_GREETING_BYTES)
        return b""


def _kill(work: socket.socket, process: subprocess.Popen[bytes], owner: int) -> None:
    work.close()
    if os.getpid() != owner:
        return  # a fork of its owner only lets go of it
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if process.stderr:
        process.stderr.close()
