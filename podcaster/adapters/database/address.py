"""Parses PODCASTER_DATABASE_URL, and refuses what nothing would read."""

import difflib
from collections.abc import Iterator
from typing import Final

from sqlalchemy import URL
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from podcaster.errors import SettingsWrong

_DRIVERS: Final = {
    "sqlite": "sqlite",
    "sqlite+pysqlite": "sqlite",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
_FORMS: Final = "Write sqlite:///FILE or postgresql://USER@HOST/DATABASE"


def database_address(url: str) -> URL:
    """The address, with the driver that is installed.

    Raises:
        SettingsWrong: it is none, is of another kind, or carries options that nothing reads. Passwords are not repeated.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise _refused("it is no URL of a database") from None
    driver = _DRIVERS.get(parsed.drivername)
    if driver is None:
        raise _refused(f"{parsed.drivername}:// is of a kind that podcaster does not use")
    faults = list(_faults(parsed))
    if faults:
        raise _refused("; ".join(faults))
    return parsed.set(drivername=driver)


def _faults(parsed: URL) -> Iterator[str]:
    if parsed.get_backend_name() == "sqlite":
        if parsed.database in {None, "", ":memory:"}:
            yield "it names no file"
        for option in parsed.query:
            yield f"`{option}` is an option that nothing reads"
        return
    known = _options(parsed) if parsed.query else frozenset()
    for option in parsed.query:
        if option not in known:
            near = difflib.get_close_matches(option, known, n=1)
            yield f"`{option}` is no option of PostgreSQL's" + (f" (did you mean `{near[0]}`?)" if near else "")


def _options(parsed: URL) -> frozenset[str]:
    """Options of a connection that the installed libpq knows; the driver is loaded by the dialect, for PostgreSQL alone."""
    psycopg = parsed.set(drivername="postgresql+psycopg").get_dialect().import_dbapi()
    return frozenset(option.keyword.decode() for option in psycopg.pq.Conninfo.get_defaults())


def _refused(why: str) -> SettingsWrong:
    return SettingsWrong(f"PODCASTER_DATABASE_URL cannot be used: {why}.", f"{_FORMS}: docs/settings.md.")
