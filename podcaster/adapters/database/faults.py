"""What databases complain of, in the words of podcaster's own errors."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from podcaster.errors import StorageFailed, StorageFull

_REMEDIES = {
    sqlite3.SQLITE_BUSY: ("is locked by another process", "Try again; end whatever holds it open for so long."),
    sqlite3.SQLITE_LOCKED: ("is locked by another process", "Try again; end whatever holds it open for so long."),
    sqlite3.SQLITE_CORRUPT: ("is damaged", "Put back a copy from before, or move the file away to begin anew."),
    sqlite3.SQLITE_NOTADB: ("is no database", "Put back a copy from before, or move the file away to begin anew."),
    sqlite3.SQLITE_READONLY: (
        "may not be written",
        "Give the user that runs podcaster access to the file and its folder.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "cannot be opened",
        "Give the user that runs podcaster access to the file and its folder.",
    ),
    sqlite3.SQLITE_PERM: ("may not be used", "Give the user that runs podcaster access to the file and its folder."),
}
_POSTGRES = {
    "40": ("is locked by others", "Try again; end whatever holds it open for so long."),
    "55": ("is locked by others", "Try again; end whatever holds it open for so long."),
    "28": ("refuses the user or the password", "Correct PODCASTER_DATABASE_URL."),
    "3D": ("does not exist", "Create the database, or correct PODCASTER_DATABASE_URL."),
    "XX": ("is damaged", "Put back a copy from before."),
}
"""By class of SQLSTATE (PostgreSQL's documentation, appendix A)."""
_PRIMARY = 0xFF
"""The low byte of SQLite's extended result codes is the code itself (sqlite.org/rescode.html)."""


@contextmanager
def said_plainly(database: str) -> Iterator[None]:
    """Turn every error of SQLAlchemy and its drivers into a StorageFailed that names the database.

    Raises:
        StorageFull: there is no room; the transaction never was.
        StorageFailed: anything else.
    """
    try:
        yield
    except PoolTimeoutError as error:
        raise _failed(database, "has no connection free", "Try again; allow fewer requests at once.") from error
    except SQLAlchemyError as error:
        raise _plain(database, error) from error


def _plain(database: str, error: SQLAlchemyError) -> StorageFailed:
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorcode", None)
    state = getattr(cause, "sqlstate", None) or ""
    if (code is not None and code & _PRIMARY == sqlite3.SQLITE_FULL) or state == "53100":
        return StorageFull(f"There is no room in {database}.", "Free some space on its disk and try again.")
    if code is not None and code & _PRIMARY in _REMEDIES:
        return _failed(database, *_REMEDIES[code & _PRIMARY])
    if state[:2] in _POSTGRES:
        return _failed(database, *_POSTGRES[state[:2]])
    said = " ".join(str(cause).split())
    return _failed(database, f"cannot be used ({said})", "Check PODCASTER_DATABASE_URL and that the database runs.")


def _failed(database: str, what: str, remedy: str) -> StorageFailed:
    return StorageFailed(f"The database {database} {what}.", remedy)
