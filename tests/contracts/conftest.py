"""The library of the contract suites, in SQLite and in a real PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from podcaster.adapters.database import SqlLibrary, open_library
from support.databases import create_schema


@pytest.fixture(params=["sqlite", "postgresql"])
def library(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlLibrary]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'a folder' / 'podcaster.sqlite'}"
        create_schema(tmp_path / "a folder" / "podcaster.sqlite")
    else:
        url = request.getfixturevalue("postgres").new_library()
    library = open_library(url)
    yield library
    library.close()
