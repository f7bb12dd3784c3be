"""Fixtures that every suite may ask for: a short report, a real PostgreSQL."""

import gc
import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

import platformdirs
import pytest
from hypothesis import settings

from podcaster.model import Article
from support.covers import draw_once
from support.examples import article_of
from support.own_postgres import OwnPostgres
from support.requirements import missing

settings.register_profile("podcaster", deadline=None)  # how long an example takes is for benchmarks/
settings.load_profile("podcaster")


_MEMORY = Path("/dev/shm")  # noqa: S108 # Linux' file system in memory
_ROOM_BYTES = 4 * 1024**3


def pytest_configure() -> None:
    """Keeps temporary files in memory where there is room: a commit waits a hundred times longer for a disk."""
    if "TMPDIR" in os.environ or not os.access(_MEMORY, os.W_OK) or shutil.disk_usage(_MEMORY).free < _ROOM_BYTES:
        return
    folder = _MEMORY / f"podcaster-tests-{os.getuid()}"
    folder.mkdir(exist_ok=True)
    folder.chmod(0o755)  # nginx reads below it as another user
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leaves modules unread of which `-m` wants no test: every worker would import a browser's protocol for nothing."""
    unwanted = str(config.option.markexpr)
    of_browser = "not browser" in unwanted and collection_path.name.endswith("_in_chromium.py")
    of_faults = "not faults" in unwanted and collection_path.name == "faults"
    return True if of_browser or of_faults else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the tests in Chromium; `./run browser` runs them."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection() -> Generator[None, object, object]:
    """Tests and modules live to the end: the garbage collector need not look at half a gigabyte again and again.

    Afterwards it looks at what is new, and rarely: at its usual thresholds it takes a tenth of a test process' time.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()
        gc.set_threshold(100_000, 50, 1000)


@pytest.fixture(scope="session", autouse=True)
def _covers() -> None:
    draw_once()


@pytest.fixture(scope="session")
def whisper_folder() -> Path:
    """The recognizer's model, which `./run test` keeps in the user's cache for every clone."""
    folder = platformdirs.user_cache_path("podcaster") / "recognizers" / "whisper-base"
    if not folder.is_dir():
        missing("The recognizer's model is not installed; `./run test` installs it")
    return folder


@pytest.fixture(scope="session")
def kokoro_folder() -> Path:
    """Kokoro's model, beside the recognizer's."""
    from podcaster.adapters.kokoro.model import KokoroModel

    folder = platformdirs.user_cache_path("podcaster") / "kokoro"
    if KokoroModel(folder).described is None:
        missing("Kokoro's model is not installed; `./run test` installs it")
    return folder


@pytest.fixture
def report() -> Article:
    """A short report in English."""
    return article_of()


@pytest.fixture(scope="session")
def postgres() -> Iterator[OwnPostgres]:
    """A PostgreSQL of our own, thrown away afterwards."""
    server = OwnPostgres()
    yield server
    server.close()
