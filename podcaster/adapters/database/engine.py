"""Connections: SQLite as a store that two processes can share without deadlock, or PostgreSQL."""

import sqlite3
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from podcaster.errors import SettingsWrong

LOCKED_FOR_MS: Final = 60_000
"""How long a statement waits for a lock that somebody else holds."""
_SAFE_WAL: Final = (3, 51, 3)
"""Before it, SQLite can lose what a WAL holds when it is reset (sqlite.org/wal.html#walresetbug)."""
_WRITES: Final = "podcaster_writes"


def journal_mode(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> str:
    """`WAL` where SQLite is new enough for it, else `TRUNCATE`, a rollback journal."""
    return "WAL" if version >= _SAFE_WAL else "TRUNCATE"


def connect(database_url: str, *, locked_for_ms: int = LOCKED_FOR_MS) -> Engine:
    """An engine for `sqlite:///…` or `postgresql://…`; nothing is opened yet.

    Raises:
        SettingsWrong: the URL is of neither kind.
    """
    try:
        url = make_url(database_url)
    except ArgumentError as error:
        raise _wrong(database_url) from error
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, locked_for_ms)
    if url.get_backend_name() in {"postgresql", "postgres"}:
        return _postgresql(url.set(drivername="postgresql+psycopg"), locked_for_ms)
    raise _wrong(url.render_as_string(hide_password=True))


def writing(engine: Engine) -> Engine:
    """The same engine, whose transactions take the write lock when they begin."""
    return engine.execution_options(**{_WRITES: True})


def _sqlite(url: URL, locked_for_ms: int) -> Engine:
    engine = create_engine(url, connect_args={"timeout": locked_for_ms / 1000, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 # a driver's own connection
        connection.isolation_level = None  # transactions begin as `begin` says, not as the driver guesses
        for pragma in (f"journal_mode = {journal_mode()}", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A transaction that reads first and writes later can deadlock with another one; one that locks first cannot.
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql(url: URL, locked_for_ms: int) -> Engine:
    options = f"-c lock_timeout={locked_for_ms} -c timezone=UTC"
    return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 10, "options": options})


def _wrong(url: str) -> SettingsWrong:
    return SettingsWrong(
        f"PODCASTER_DATABASE_URL is {url!r}, which is no address of a database.",
        "Give sqlite:////folder/file.db or postgresql://user@host/name.",
    )
