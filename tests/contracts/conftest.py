"""The library of the contract suites, in SQLite and in a real PostgreSQL."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import text

from podcaster.adapters.database import SqlLibrary, open_library
from support.databases import create_schema

SCHEMAS = count()


@pytest.fixture(params=["sqlite", "postgresql"])
def library(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlLibrary]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'a folder' / 'podcaster.sqlite'}"
        create_schema(tmp_path / "a folder" / "podcaster.sqlite")
    else:
        url = f"{request.getfixturevalue('postgres')}?options=-csearch_path%3Dtest{next(SCHEMAS)}"
        server = open_library(str(request.getfixturevalue("postgres")))
        with server._engine.begin() as connection:
            connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {url.rpartition('%3D')[2]}"))
        server.close()
    library = open_library(url)
    yield library
    library.close()
