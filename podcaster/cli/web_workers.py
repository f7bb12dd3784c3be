"""More processes that answer on the same socket; they end with the one that started them, however it ends."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

LISTENING = "PODCASTER_WEB_SOCKET"
"""Environment of such a process: the number of the descriptor that it answers on. No setting: `serve` alone gives it."""
_ENDS_WITHIN_SECONDS = 15.0
_STARTS_AGAIN_AFTER_SECONDS = 1.0
log = structlog.get_logger()


def inherited() -> socket.socket | None:
    """The socket of a process that was started to help; None for one that a person started.

    It ends as by SIGTERM when whoever started it is gone: its standard input is a pipe from there.
    """
    number = os.environ.pop(LISTENING, "")
    if not number:
        return None
    threading.Thread(target=_end_with_parent, daemon=True, name="parent").start()
    return socket.socket(fileno=int(number))


@contextmanager
def web_workers(count: int, listening: socket.socket, base_url: str) -> Iterator[None]:
    """Further web processes while the block runs; one that dies is restarted."""
    stopping = threading.Event()
    helpers = [_Helper(listening, base_url, stopping) for _ in range(count)]
    threads = [threading.Thread(target=helper.keep_running, name="web worker") for helper in helpers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stopping.set()
        for helper in helpers:
            helper.end()
        for thread in threads:
            thread.join()


class _Helper:
    def __init__(self, listening: socket.socket, base_url: str, stopping: threading.Event) -> None:
        self._number = listening.fileno()
        self._environment = {**os.environ, LISTENING: str(self._number), "PODCASTER_BASE_URL": base_url}
        self._stopping = stopping
        self._process = self._started()

    def keep_running(self) -> None:
        """Wait for its end, and start it again unless that was wanted."""
        while True:
            status = self._process.wait()
            if self._stopping.wait(_STARTS_AGAIN_AFTER_SECONDS):
                return
            log.error("web worker ended", status=status)
            self._process = self._started()

    def end(self) -> None:
        """Let it finish the requests that are under way."""
        self._process.terminate()
        try:
            self._process.wait(_ENDS_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _started(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # podcaster itself
            [sys.executable, "-m", "podcaster", "serve", "--no-work"],
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            pass_fds=[self._number],
        )


def _end_with_parent() -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
