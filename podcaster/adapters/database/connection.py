"""Opening the library's database: SQLite with what it needs to be safe, PostgreSQL as it is, the schema up to date."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, SQLAlchemyError

from podcaster.adapters.database.address import database_address
from podcaster.adapters.database.tables.library import metadata
from podcaster.adapters.session_checks import check_rested_sessions
from podcaster.errors import Conflict, StorageFailed, StorageFull

SCHEMA = "0020"
"""The newest migration; a database that has it is opened without Alembic."""
_WAL_SAFE = (3, 51, 3)
"""Earlier versions can reset a WAL while it is read (SQLite 3.7.0 to 3.51.2)."""
_BUSY_SECONDS = 60
_MIGRATIONS = Path(__file__).parent / "migrations"


def open_engine(url: str) -> Engine:
    """An engine whose schema is up to date; `sqlite:///…` or `postgresql://…`.

    Raises:
        SettingsWrong: the URL is none.
        StorageFailed: the database cannot be opened, or is newer than this podcaster.
    """
    engine = connect(url)
    if engine.dialect.name == "sqlite":
        make_sqlite_safe(engine)
    with explained():
        _upgrade(engine)
    return engine


def connect(url: str) -> Engine:
    """An engine whose schema is left as it is.

    Raises:
        SettingsWrong: the URL is none, or carries what is not read.
        StorageFailed: the database's folder cannot be made.
    """
    parsed = database_address(url)
    try:
        if parsed.get_backend_name() == "sqlite" and parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        if parsed.get_backend_name() == "sqlite":
            return create_engine(parsed)
    except OSError as error:
        raise StorageFailed(f"The data folder cannot be made: {error}.", "Correct PODCASTER_DATA.") from error
    engine = create_engine(parsed, pool_use_lifo=True, connect_args={"fallback_application_name": "podcaster"})
    check_rested_sessions(engine)
    return engine


def journal_mode() -> str:
    """The journal mode that this machine's SQLite is safe with."""
    return "WAL" if sqlite3.sqlite_version_info >= _WAL_SAFE else "DELETE"


@contextmanager
def explained() -> Iterator[None]:
    """Turn the database's errors into ours."""
    try:
        yield
    except IntegrityError as error:
        raise Conflict(
            "Somebody else wrote the same at the same time.", "Look at what is there and try again."
        ) from error
    except DBAPIError as error:
        reason = str(error.orig).splitlines()[0] if error.orig else type(error).__name__
        if "full" in reason or "No space left" in reason:
            raise StorageFull(
                "The disk is full; nothing that was there is touched.", "Make room and try again."
            ) from error
        if isinstance(error, OperationalError) and type(error.orig).__module__.startswith("psycopg"):
            raise StorageFailed(
                f"The database cannot be reached: {reason.removeprefix('connection failed: ')}.",
                "Start it, or correct PODCASTER_DATABASE_URL.",
            ) from error
        if "locked" in reason:
            raise StorageFailed(
                f"The database was locked for {_BUSY_SECONDS} s.", "Try again; see who holds it."
            ) from error
        if "unable to open" in reason or "readonly" in reason:
            raise StorageFailed(
                f"The database cannot be opened or written: {reason}.",
                "Correct the permissions of PODCASTER_DATA, or mount its disk for writing.",
            ) from error
        raise StorageFailed(
            f"The database failed: {reason}.", "Run `podcaster doctor`; restore a backup if it is damaged."
        ) from error
    except SQLAlchemyError as error:
        raise StorageFailed(f"The database failed: {error}.", "Run `podcaster doctor`.") from error


def make_sqlite_safe(engine: Engine) -> None:
    """Set what SQLite does on each connection, and how transactions begin."""

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _: object) -> None:  # noqa: ANN401 # the driver's own
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout = {_BUSY_SECONDS * 1000}",
            f"journal_mode = {journal_mode()}",
            "synchronous = FULL",
            "foreign_keys = ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        # A transaction that reads first and writes later would fail where another one writes in between.
        mode = "DEFERRED" if connection.get_execution_options().get("read_only") else "IMMEDIATE"
        connection.exec_driver_sql(f"BEGIN {mode}")


def _upgrade(engine: Engine) -> None:
    with engine.connect().execution_options(read_only=True) as connection:
        found = schema_of(connection)
    if found is not None and found not in known_schemas():
        raise StorageFailed(
            f"The database has schema {found}; this podcaster knows those up to {SCHEMA}.",
            "Use the podcaster that made it, or another PODCASTER_DATA.",
        )
    if found == SCHEMA:
        _refuse_missing_tables(engine)
        return
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(7067)"))
        upgrade(connection, "head")


def upgrade(connection: Connection, schema: str) -> None:
    """Migrate to a schema, or to `head`, the newest, in the connection's transaction."""
    from alembic import command  # noqa: PLC0415 # half a second that only a change of schema is worth
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, schema)


def schema_of(connection: Connection) -> str | None:
    """The newest migration that a database has; None if it holds no library."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return version


def known_schemas() -> frozenset[str]:
    """Every migration of this podcaster."""
    return frozenset(file.name.partition("_")[0] for file in (_MIGRATIONS / "versions").glob("[0-9]*.py"))


def _refuse_missing_tables(engine: Engine) -> None:
    """A version made beside this one may give its schema the same number."""
    with engine.connect().execution_options(read_only=True) as connection:
        missing = sorted(set(metadata.tables) - set(inspect(connection).get_table_names()))
    if missing:
        raise StorageFailed(
            f"The database says that it has schema {SCHEMA}, and lacks its table {missing[0]}.",
            "Another version of podcaster made it: use that one, or another PODCASTER_DATA.",
        )
