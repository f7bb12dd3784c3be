"""Signals that work was handed in, so that an idle worker need not ask the queue's database many times a second.

SQLite serves one machine: a change of its file is the signal, and within one process an event. On PostgreSQL it is a
notification (LISTEN, NOTIFY).
A lost signal costs time only: whoever waits looks into the queue now and then as well.
"""

import os
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Final, Protocol

import psycopg
import structlog
from sqlalchemy import URL, make_url

_CHANNEL: Final = "podcaster_work"
_LOOK_S: Final = 0.2
"""Two stat calls each time, for work that another process hands in."""
_SLICE_S: Final = 0.5
"""Longest time in which a worker notices that it is to stop."""
_RECONNECTED_AFTER_S: Final = 1.0
log = structlog.get_logger()


class WorkSignal(Protocol):
    """Wakes the workers of one queue."""

    def arm(self) -> None:
        """Signals from here on count; called before the look into the queue that finds nothing."""

    def wait(self, stopping: threading.Event, timeout_s: float) -> bool:
        """Wait for a signal; False after the timeout, or when the worker stops."""

    def send(self) -> None:
        """Signal that work was handed in; what fails is logged."""

    def close(self) -> None:
        """Close connections."""


def open_work_signal(database_url: str) -> WorkSignal:
    """The signal of one database."""
    url = make_url(database_url)
    return FileSignal(str(url.database)) if url.get_backend_name() == "sqlite" else PostgresSignal(url)


class FileSignal:
    """Any commit changes the database's file, or its write-ahead log."""

    def __init__(self, path: str) -> None:
        self._paths = (path, f"{path}-wal")
        self._seen: Sequence[tuple[int, int]] = ()
        self._sent = threading.Event()

    def arm(self) -> None:
        """Note the files as they are."""
        self._sent.clear()
        self._seen = self._stamps()

    def wait(self, stopping: threading.Event, timeout_s: float) -> bool:
        """Look at the files several times a second."""
        until = time.monotonic() + timeout_s
        while not stopping.is_set() and time.monotonic() < until:
            if self._sent.wait(_LOOK_S) or self._stamps() != self._seen:
                return True
        return False

    def send(self) -> None:
        """Signal within this process; to others, handing work in is the signal."""
        self._sent.set()

    def close(self) -> None:
        """Nothing is open."""

    def _stamps(self) -> Sequence[tuple[int, int]]:
        stamps = []
        for path in self._paths:
            with suppress(FileNotFoundError):
                file = os.stat(path)  # noqa: PTH116 # many times a second
                stamps.append((file.st_mtime_ns, file.st_size))
        return stamps


class PostgresSignal:
    """A notification; the connections are opened when first needed, and again when the server has ended them."""

    def __init__(self, url: URL) -> None:
        self._address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._listening: psycopg.Connection[object] | None = None
        self._sending: psycopg.Connection[object] | None = None
        self._lock = threading.Lock()

    def arm(self) -> None:
        """Listen."""
        with suppress(psycopg.Error):
            self._listener()

    def wait(self, stopping: threading.Event, timeout_s: float) -> bool:
        """Wait on the connection; a new one counts as a signal, since those before it were missed."""
        until = time.monotonic() + timeout_s
        while not stopping.is_set() and time.monotonic() < until:
            connected = self._listening is not None
            try:
                listening = self._listener()
                if not connected or any(True for _ in listening.notifies(timeout=_SLICE_S, stop_after=1)):
                    return True
            except psycopg.Error as error:
                log.warning("cannot listen for work", error=str(error).partition("\n")[0])
                if self._listening is not None:
                    self._listening.close()
                    self._listening = None
                stopping.wait(_RECONNECTED_AFTER_S)
        return False

    def send(self) -> None:
        """Notify."""
        with self._lock:
            for _ in range(2):  # the server may have ended the connection since the last time
                try:
                    if self._sending is None:
                        self._sending = self._connected()
                    self._sending.execute("SELECT pg_notify(%s, '')", [_CHANNEL])
                except psycopg.Error as error:
                    log.warning("cannot signal work", error=str(error).partition("\n")[0])
                    if self._sending is not None:
                        self._sending.close()
                        self._sending = None
                else:
                    return

    def close(self) -> None:
        """Close both connections."""
        for each in (self._listening, self._sending):
            if each is not None:
                each.close()
        self._listening = self._sending = None

    def _listener(self) -> "psycopg.Connection[object]":
        if self._listening is None:
            listening = self._connected()
            try:
                listening.execute(f"LISTEN {_CHANNEL}")
            except psycopg.Error:
                listening.close()
                raise
            self._listening = listening
        return self._listening

    def _connected(self) -> "psycopg.Connection[object]":
        return psycopg.connect(self._address, autocommit=True, connect_timeout=5)
