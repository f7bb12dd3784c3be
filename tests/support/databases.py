"""SQLite databases with today's schema: copies of ones that each test process migrates once."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from dbos import DBOS

from podcaster.adapters.database import SqlLibrary, open_library

_LIBRARY, _QUEUE = "podcaster.sqlite", "jobs.sqlite"


@cache
def _migrated() -> Path:
    """A folder with both; migrations of the queue, DBOS' own, take as long as a small service's start."""
    folder = Path(tempfile.mkdtemp(prefix="podcaster-schema-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    open_library(f"sqlite:///{folder / _LIBRARY}").close()
    DBOS.migrate(f"sqlite:///{folder / _QUEUE}")
    return folder


def create_schema(file: Path) -> None:
    """Creates an empty library at a path, unless a file is there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        shutil.copyfile(_migrated() / _LIBRARY, file)


def data_folder(folder: Path) -> Path:
    """A data folder with an empty library and an empty queue."""
    create_schema(folder / _LIBRARY)
    if not (folder / _QUEUE).exists():
        shutil.copyfile(_migrated() / _QUEUE, folder / _QUEUE)
    return folder


def new_library(folder: Path) -> SqlLibrary:
    """The library in a folder, created if it is not there; migrations have suites of their own."""
    file = folder / "library.sqlite"
    create_schema(file)
    return open_library(f"sqlite:///{file}")
