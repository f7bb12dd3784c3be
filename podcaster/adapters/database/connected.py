"""What every part of the library stands on: transactions, and the SQL that both databases share."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Table
from sqlalchemy.dialects import postgresql, sqlite

from podcaster.adapters.database.engine import writing
from podcaster.adapters.database.faults import said_plainly
from podcaster.errors import StorageFailed

_Value = TypeVar("_Value")


class Connected:
    """A database whose tables are current."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = writing(engine)
        self._name = engine.url.render_as_string(hide_password=True)

    @contextmanager
    def _reads(self) -> Iterator[Connection]:
        with said_plainly(self._name), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _writes(self) -> Iterator[Connection]:
        with said_plainly(self._name), self._writing.begin() as connection:
            yield connection

    def _insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        """An INSERT that takes ON CONFLICT, which the two databases spell alike."""
        return postgresql.insert(table) if self._engine.dialect.name == "postgresql" else sqlite.insert(table)


def pack(record: Mapping[str, object]) -> str:
    """Canonical JSON: equal records are equal texts."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def unpack(text: str, read: Callable[[Mapping[str, Any]], _Value]) -> _Value:
    """What `pack` was given, as `read` makes it.

    Raises:
        StorageFailed: it is not JSON.
    """
    try:
        record: Mapping[str, Any] = json.loads(text)
    except json.JSONDecodeError as error:
        raise StorageFailed(
            "A row of the database is damaged.", "Put back a copy from before, or add the report again."
        ) from error
    return read(record)
