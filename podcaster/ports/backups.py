"""Copying the library's rows out of a database and into one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

Row = Mapping[str, object]
"""Columns by name, as JSON has them; times and days in ISO 8601."""


class LibraryRows(Protocol):
    """All rows of a library as they were at one moment."""

    schema: str
    """The newest migration of the database that they come from."""

    def tables(self) -> Sequence[str]:
        """Names of the tables; one that refers to another stands behind it."""

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of a table, in the order of its primary key."""


class LibraryCopies(Protocol):
    """Reads and replaces the rows of a whole library."""

    def reading(self) -> AbstractContextManager[LibraryRows]:
        """The rows as they are when the block begins; nobody who writes waits for the block.

        Raises:
            StorageFailed: there is no library.
        """

    def is_empty(self) -> bool:
        """Whether there is no library yet, or one without rows."""

    def used_by(self) -> str:
        """Other programs that have the library open, for a person; empty: none was found."""

    def replace(self, schema: str, tables: Iterable[tuple[str, Iterable[Row]]]) -> None:
        """Put these rows in the place of all that is there, in one step, and empty the queue.

        Args:
            schema: The newest migration that the rows know; later ones are applied to them.
            tables: Each with its rows; one that refers to another stands behind it.

        Raises:
            StorageFailed: the schema is newer than this podcaster; nothing was changed.
        """
