"""The library of the contract suites, in SQLite and in a real PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from podcaster.adapters.database import SqlLibrary, open_library
from support.databases import create_schema


@pytest.fixture(params=["sqlite", "postgresql"])
def library(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlLibrary]:
    if request.param == "sqlite":
        create_schema(tmp_path / "a folder" / "podcaster.sqlite")
        library = open_library(f"sqlite:///{tmp_path / 'a folder' / 'podcaster.sqlite'}")
        yield library
        library.close()
        return
    postgres = request.getfixturevalue("postgres")
    url = postgres.new_library()
    library = open_library(url)
    yield library
    library.close()
    postgres.drop(url)
