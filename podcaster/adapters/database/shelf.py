"""What all parts of the library share: reading and writing transactions."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

from podcaster.adapters.database.connection import explained


class Shelf:
    """A part of the library, on one engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with explained(), self._engine.connect().execution_options(read_only=True) as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """One transaction: all of it happens, or nothing."""
        with explained(), self._engine.begin() as connection:
            yield connection
