"""Read and write transactions, shared by all repositories."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql.dml import Insert as PostgresInsert
from sqlalchemy.dialects.sqlite.dml import Insert as SqliteInsert

from podcaster.adapters.database.connection import explained


class Repository:
    """A part of the library, on one engine."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._engine = engine
        self._clock = clock
        """When a change is written down."""
        # Threads that wait for SQLite sleep up to a tenth of a second at a time; they wait for one another here first.
        self._turn = threading.Lock() if engine.dialect.name == "sqlite" else nullcontext()
        # Each statement of PostgreSQL's READ COMMITTED sees what is there when it begins, in a transaction or without one;
        # without, a read is one round trip and not three.
        self._read_only = {} if engine.dialect.name == "sqlite" else {"isolation_level": "AUTOCOMMIT"}

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with explained(), self._engine.connect().execution_options(read_only=True, **self._read_only) as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """One transaction: all of it happens, or nothing."""
        with self._turn, explained(), self._engine.begin() as connection:
            yield connection

    def _insert(self, table: Table) -> PostgresInsert | SqliteInsert:
        """An insert that can say what happens to a row that is there."""
        insert = postgresql.insert if self._engine.dialect.name == "postgresql" else sqlite.insert
        return insert(table)
