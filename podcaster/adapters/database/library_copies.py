"""Reads all rows of a library at one moment, and puts others in their place."""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import Connection, Engine, MetaData, Table, create_engine, func, insert, select, text
from sqlalchemy.engine import make_url

from podcaster.adapters.database.connection import (
    connect,
    explained,
    known_schemas,
    make_sqlite_safe,
    schema_of,
    upgrade,
)
from podcaster.errors import StorageFailed
from podcaster.ports.backups import Row

_VERSION: Final = "alembic_version"
_TOGETHER: Final = 500
_OWN_ROWS: Final = frozenset({"counters"})
"""Tables that a new library has rows in."""

_OTHERS: Final = """
SELECT usename, application_name, count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
GROUP BY usename, application_name ORDER BY usename, application_name
"""


class SqlLibraryCopies:
    """Fills `ports.backups.LibraryCopies`, for SQLite and PostgreSQL; rows of one fit into the other."""

    def __init__(self, url: str, queue_url: str) -> None:
        self._url = url
        self._queue_url = queue_url

    @contextmanager
    def reading(self) -> Iterator["SqlRows"]:
        """On SQLite a copy by its online backup API, on PostgreSQL a repeatable-read transaction."""
        with explained():
            if (file := _file(self._url)) is None:
                engine = connect(self._url)
                with closing(_Disposing(engine)), engine.connect() as connection:
                    yield SqlRows(connection.execution_options(isolation_level="REPEATABLE READ"))
                return
            copy = file.with_name(f"{file.name}.copy")
            _copy_file(file, copy)
            engine = create_engine(f"sqlite:///{copy}")
            try:
                with closing(_Disposing(engine)), engine.connect() as connection:
                    yield SqlRows(connection)
            finally:
                copy.unlink(missing_ok=True)

    def is_empty(self) -> bool:
        """Whether there is no library yet, or one without rows."""
        file = _file(self._url)
        if file is not None and not file.exists():
            return True
        engine = connect(self._url)
        with explained(), closing(_Disposing(engine)), engine.connect() as connection:
            names = [name for name in _reflected(connection).tables if name not in _OWN_ROWS]
            return not any(connection.execute(text(f"SELECT 1 FROM {name} LIMIT 1")).first() for name in names)  # noqa: S608 # our own names

    def used_by(self) -> str:
        """Processes of this machine that have SQLite's file open; PostgreSQL's other clients."""
        file = _file(self._url)
        if file is not None:
            return ", ".join(f"process {number}" for number in _openers(file))
        engine = connect(self._url)
        with explained(), closing(_Disposing(engine)), engine.connect() as connection:
            others = connection.execute(text(_OTHERS)).all()
        return ", ".join(
            f"{number} other connections to the database by {user or 'an unknown user'} ({program or 'unnamed program'})"
            for user, program, number in others
        )

    def replace(self, schema: str, tables: Iterable[tuple[str, Iterable[Row]]]) -> None:
        """A new file that is renamed, or one transaction."""
        if schema not in known_schemas():
            raise StorageFailed(
                f"The backup has schema {schema}, which this podcaster does not know.",
                "Restore with the podcaster that made it, or a newer one.",
            )
        file = _file(self._url)
        with explained():
            if file is not None:
                self._replace_file(file, schema, tables)
                return
            engine = connect(self._url)
            with closing(_Disposing(engine)), engine.begin() as connection:
                _drop_all(connection)
                connection.execute(text("DROP SCHEMA IF EXISTS dbos CASCADE"))
                _load(connection, schema, tables)

    def _replace_file(self, file: Path, schema: str, tables: Iterable[tuple[str, Iterable[Row]]]) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        made = file.with_name(f"{file.name}.restored")
        _remove(made)
        engine = create_engine(f"sqlite:///{made}")
        make_sqlite_safe(engine)
        with closing(_Disposing(engine)), engine.begin() as connection:
            _load(connection, schema, tables)
        with closing(sqlite3.connect(made)) as database:
            database.execute("PRAGMA journal_mode = DELETE")  # nothing of it stands in a file beside it
        _sync(made)
        # A journal of the earlier file would be applied to the new one.
        for each in (file, _file(self._queue_url)):
            if each is not None:
                _remove(each, only_journals=each == file)
        made.replace(file)
        _sync(file.parent)


class SqlRows:
    """Fills `ports.backups.LibraryRows` in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        found = schema_of(connection)
        if found is None:
            raise StorageFailed("There is no library yet.", "Look at PODCASTER_DATA and PODCASTER_DATABASE_URL.")
        self.schema = found
        self._tables = {table.name: table for table in _reflected(connection).sorted_tables}

    def tables(self) -> Sequence[str]:
        """Names of the tables, those that others refer to first."""
        return list(self._tables)

    def rows(self, table: str) -> Iterator[Row]:
        """Rows in the order of the primary key, a few hundred in memory at a time."""
        query = select(self._tables[table]).order_by(*self._tables[table].primary_key.columns)
        streamed = self._connection.execution_options(stream_results=True, yield_per=_TOGETHER).execute(query)
        for row in streamed.mappings():
            yield {name: _plain(value) for name, value in row.items()}


def _load(connection: Connection, schema: str, tables: Iterable[tuple[str, Iterable[Row]]]) -> None:
    """Fill a database without tables."""
    upgrade(connection, schema)
    known = _reflected(connection).tables
    for name in _OWN_ROWS & known.keys():
        connection.execute(known[name].delete())
    for name, rows in tables:
        table = known[name]
        batch: list[dict[str, Any]] = []
        for row in rows:
            batch.append({column: _typed(table, column, value) for column, value in row.items()})
            if len(batch) == _TOGETHER:
                connection.execute(insert(table), batch)
                batch = []
        if batch:
            connection.execute(insert(table), batch)
        _count_on(connection, table)
    upgrade(connection, "head")


def _count_on(connection: Connection, table: Table) -> None:
    """PostgreSQL's sequences do not notice numbers that were given."""
    if connection.dialect.name != "postgresql":
        return
    for column in table.primary_key.columns:
        query = select(func.pg_get_serial_sequence(table.name, column.name))
        sequence = connection.execute(query).scalar()
        if sequence and (highest := connection.execute(select(func.max(column))).scalar()) is not None:
            connection.execute(select(func.setval(sequence, highest)))


def _drop_all(connection: Connection) -> None:
    """Tables of the library's, whichever schema it has."""
    for table in (*_reflected(connection).tables, _VERSION):
        connection.execute(text(f"DROP TABLE IF EXISTS {table} CASCADE"))


def _reflected(connection: Connection) -> MetaData:
    found = MetaData()
    found.reflect(connection, only=lambda name, _: name != _VERSION)
    return found


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value  # a datetime is a date


def _typed(table: Table, column: str, value: object) -> object:
    kind = table.c[column].type.python_type
    if isinstance(value, str) and kind is datetime:
        return datetime.fromisoformat(value)
    if isinstance(value, str) and kind is date:
        return date.fromisoformat(value)
    return bool(value) if kind is bool and value is not None else value


def _openers(file: Path) -> Iterator[int]:
    """Other processes that have a file open, as far as this user may see them."""
    wanted = str(file.resolve())
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if int(process.name) != os.getpid() and any(
                str(link.readlink()) == wanted for link in (process / "fd").iterdir()
            ):
                yield int(process.name)


def _copy_file(file: Path, copy: Path) -> None:
    if not file.exists():
        raise StorageFailed(f"There is no library at {file}.", "Look at PODCASTER_DATA.")
    _remove(copy)
    with (
        closing(sqlite3.connect(f"file:{quote(str(file))}?mode=rw", uri=True, timeout=60)) as there,
        closing(sqlite3.connect(copy)) as here,
    ):
        there.backup(here)


def _file(url: str) -> Path | None:
    parsed = make_url(url)
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None


def _remove(file: Path, *, only_journals: bool = False) -> None:
    """Remove a SQLite database, or what stands beside it alone."""
    for ending in ("-journal", "-wal", "-shm") + (() if only_journals else ("",)):
        file.with_name(file.name + ending).unlink(missing_ok=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class _Disposing:
    """Closes an engine's connections."""

    def __init__(self, engine: Engine) -> None:
        self.close = engine.dispose
