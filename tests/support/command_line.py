"""Commands as a person types them, each in a process of its own that is forked from one that has imported podcaster.

Tests of what a start costs or imports, and of locales, start Python anew instead.
"""

import atexit
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TextIO

_STANDARD_ERROR = 2
_ONE_AT_A_TIME = threading.Lock()


class Command:
    """A command that runs."""

    def __init__(self, arguments: list[str], folder: Path, environment: Mapping[str, str], streams: list[int]) -> None:
        message = {"arguments": arguments, "folder": str(folder), "environment": dict(environment)}
        self._told, other = socket.socketpair()
        with other, _ONE_AT_A_TIME:
            socket.send_fds(_prepared(), [json.dumps(message).encode()], [*streams, other.fileno()])
        self.pid = int(self._line())

    def wait(self, timeout: float | None = None) -> int:
        """Its exit status; a signal's number below zero.

        Raises:
            TimeoutError: it still runs after so many seconds.
        """
        with self._told:
            self._told.settimeout(timeout)
            return int(self._line())

    def send(self, number: signal.Signals) -> None:
        """Send it a signal; nothing if it has ended."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def _line(self) -> bytes:
        line = b""
        while not line.endswith(b"\n"):
            line += self._told.recv(1)
        return line


@contextmanager
def started(folder: Path, *arguments: object, environment: Mapping[str, str]) -> Iterator[tuple[Command, TextIO]]:
    """A command that runs until the end of the block, and its standard output; it is killed if it has not ended."""
    reading, writing = os.pipe()
    with Path(os.devnull).open("rb") as nothing, os.fdopen(reading, encoding="utf-8") as said:
        streams = [nothing.fileno(), writing, _STANDARD_ERROR]
        command = Command([str(each) for each in arguments], folder, environment, streams)
        os.close(writing)
        try:
            yield command, said
        finally:
            command.send(signal.SIGKILL)


def podcaster(
    folder: Path, *arguments: object, stdin: bytes = b"", check: bool = False, **environment: object
) -> subprocess.CompletedProcess[str]:
    """Runs `podcaster` to its end, in a folder and with this process' environment and more.

    Raises:
        CalledProcessError: `check` is set, and the exit status is not 0.
    """
    given = [str(each) for each in arguments]
    settings = {**os.environ, **{name: str(value) for name, value in environment.items()}}
    with tempfile.TemporaryFile() as typed, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as said:
        typed.write(stdin)
        typed.seek(0)
        status = Command(given, folder, settings, [typed.fileno(), out.fileno(), said.fileno()]).wait()
        out.seek(0)
        said.seek(0)
        done = subprocess.CompletedProcess(given, status, out.read().decode(), said.read().decode())
    if check:
        done.check_returncode()
    return done


@cache
def _prepared() -> socket.socket:
    mine, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with other:
        process = subprocess.Popen(
            [sys.executable, "-P", Path(__file__).with_name("prepared_command.py"), str(other.fileno())],
            pass_fds=[other.fileno()],
            stdin=subprocess.DEVNULL,
        )
    atexit.register(process.wait)
    atexit.register(mine.close)
    return mine
