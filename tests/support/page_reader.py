"""One reader of web pages for all containers of a test process: each has a process of its own, which takes half a second."""

import atexit
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from podcaster.adapters.trafilatura import TrafilaturaReader
from podcaster.wiring import Container


@cache
def _reader() -> TrafilaturaReader:
    made = TrafilaturaReader()
    atexit.register(made.close)
    return made


@contextmanager
def shared_reader(container: Container) -> Iterator[None]:
    """Lends a container the reader, and takes it back before the container closes it."""
    container.__dict__["pages"] = _reader()
    try:
        yield
    finally:
        del container.__dict__["pages"]
