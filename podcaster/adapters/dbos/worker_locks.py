"""Worker names, each held by a lock that ends with its process.

A name without its lock belongs to a dead worker, and its work can be taken over at once, without heartbeats. SQLite serves
one machine: the lock is on one byte of a file beside the database. On PostgreSQL it is an advisory lock of the session.
"""

import fcntl
import hashlib
import os
import time
from collections.abc import Iterable
from contextlib import suppress
from itertools import chain, count
from typing import Final, Protocol

from sqlalchemy import URL, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

_SETTLE_S: Final = 5.0
"""Longer than two looks of a living worker (orphan_recovery.py): a server that restarts ends the locks of all at once."""


class WorkerLocks(Protocol):
    """Names that one living process each can hold."""

    @property
    def settled(self) -> bool:
        """Whether a free name means a dead worker; not for a while after locks were lost."""

    def take(self, name: str) -> bool:
        """Take a name; False if another process holds it, True if this one already does."""

    def leave(self, name: str) -> None:
        """Let go of a name."""

    def close(self) -> None:
        """Let go of all names."""


def open_worker_locks(database_url: str) -> WorkerLocks:
    """The worker names of one database."""
    url = make_url(database_url)
    return (
        FileWorkerLocks(f"{url.database}.workers") if url.get_backend_name() == "sqlite" else PostgresWorkerLocks(url)
    )


def first_free(worker_locks: WorkerLocks, wanted: str, left_behind: Iterable[str]) -> str:
    """Take the name of a dead worker that left work behind, else the wanted one, else `wanted.2` and so on."""
    names = chain(left_behind, [wanted], (f"{wanted}.{number}" for number in count(2)))
    return next(name for name in names if worker_locks.take(name))


class FileWorkerLocks:
    """POSIX record locks, which a child of the worker does not inherit: it may outlive the worker."""

    def __init__(self, path: str) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        self.settled = True

    def take(self, name: str) -> bool:
        """Lock the name's byte."""
        with suppress(BlockingIOError, PermissionError):  # POSIX allows either error for a lock that is held
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _number(name))
            return True
        return False

    def leave(self, name: str) -> None:
        """Unlock it."""
        fcntl.lockf(self._file, fcntl.LOCK_UN, 1, _number(name))

    def close(self) -> None:
        """Closing the file ends every lock."""
        os.close(self._file)


class PostgresWorkerLocks:
    """Advisory locks of one PostgreSQL session, which is opened again when the server has ended it."""

    def __init__(self, url: URL) -> None:
        self._engine = create_engine(url.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
        self._session = self._engine.connect()
        self._lost_at: float | None = None

    @property
    def settled(self) -> bool:
        """Whether every living worker has had the time to take its name again."""
        return self._lost_at is None or time.monotonic() - self._lost_at > _SETTLE_S

    def take(self, name: str) -> bool:
        """Lock the name's number; a session may do so again and again."""
        return bool(self._scalar("SELECT pg_try_advisory_lock(:number)", name))

    def leave(self, name: str) -> None:
        """Unlock it."""
        self._scalar("SELECT pg_advisory_unlock(:number)", name)

    def close(self) -> None:
        """Ending the session ends every lock."""
        self._session.close()
        self._engine.dispose()

    def _scalar(self, statement: str, name: str) -> object:
        try:
            return self._session.scalar(text(statement), {"number": _number(name)})
        except DBAPIError:
            if self._session.invalidated:
                self._lost_at = time.monotonic()
                self._session.rollback()  # until then SQLAlchemy opens no new session
            raise


def _number(name: str) -> int:
    """Fits a file's offset and PostgreSQL's bigint."""
    return int.from_bytes(hashlib.sha256(f"podcaster {name}".encode()).digest()[:8], "big") >> 2
