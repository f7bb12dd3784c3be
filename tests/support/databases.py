"""SQLite databases with today's schema: copies of one that each test process migrates once."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from podcaster.adapters.database import SqlLibrary, open_library


@cache
def _migrated() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="podcaster-schema-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    open_library(f"sqlite:///{folder}/podcaster.sqlite").close()
    return folder / "podcaster.sqlite"


def create_schema(file: Path) -> None:
    """Creates an empty library at a path, unless a file is there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        shutil.copyfile(_migrated(), file)


def data_folder(folder: Path) -> Path:
    """A data folder with an empty library."""
    create_schema(folder / "podcaster.sqlite")
    return folder


def new_library(folder: Path) -> SqlLibrary:
    """The library in a folder, created if it is not there; migrations have suites of their own."""
    file = folder / "library.sqlite"
    create_schema(file)
    return open_library(f"sqlite:///{file}")
