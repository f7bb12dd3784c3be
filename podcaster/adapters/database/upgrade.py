"""Bringing a database to the newest schema; Alembic is loaded only when there is something to do."""

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, inspect, text

from podcaster.adapters.database.engine import writing
from podcaster.adapters.database.schema import VERSION
from podcaster.errors import StorageFailed

MIGRATIONS: Final = Path(__file__).with_name("migrations")
_LOCK: Final = 0x706F6463
"""PostgreSQL's advisory lock under which one process at a time upgrades: `podc`."""


def upgrade(engine: Engine) -> None:
    """Create or upgrade the tables, in one transaction; at once where they are current.

    Raises:
        StorageFailed: a newer podcaster has written this database.
    """
    with engine.connect() as connection:
        if _version(connection) == VERSION:
            return
    with writing(engine).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        if _version(connection) != VERSION:
            _migrate(connection)


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _migrate(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 # takes most of a second, once in a release
    from alembic.config import Config  # noqa: PLC0415 # the same
    from alembic.util import CommandError  # noqa: PLC0415 # the same

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, VERSION)
    except CommandError as error:
        raise StorageFailed(
            "A newer podcaster has written this database.", "Install that version, or a later one."
        ) from error
