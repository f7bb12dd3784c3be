"""What several suites share: a small report, a data folder, a real PostgreSQL."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import platformdirs
import pytest
from hypothesis import settings

from podcaster.article.identity import article_id
from podcaster.model import Article, Block, BlockKind, Episode, LanguageReport, Render, RenderState, Wording
from podcaster.units import ArticleId, LanguageTag, Milliseconds, RenderId, Revision

NOW = datetime(2026, 5, 4, 6, 30, tzinfo=UTC)
DAY = datetime(2026, 5, 3, tzinfo=UTC)
settings.register_profile("podcaster", deadline=None)  # how long an example takes is for benchmarks/
settings.load_profile("podcaster")

EN, ES = LanguageTag("en"), LanguageTag("es")


@pytest.fixture(scope="session")
def whisper_folder() -> Path:
    """The recognizer's model, which `./run test` keeps in the user's cache for every clone."""
    folder = platformdirs.user_cache_path("podcaster") / "recognizers" / "whisper-base"
    if not folder.is_dir():
        if os.environ.get("CI"):
            pytest.fail("The recognizer's model is not installed, and CI must hear")
        pytest.skip("The recognizer's model is not installed; `./run test` installs it")
    return folder


def article_of(title: str = "EU/NORWAY: A cable levy", **changes: object) -> Article:
    values: dict[str, object] = {
        "id": article_id(title, url=None, published=DAY, authors=("Ingrid Solheim",)),
        "title": title,
        "language": LanguageTag("en"),
        "authors": ("Ingrid Solheim",),
        "published": DAY,
        "topics": ("EU", "Norway"),
        "key_points": ("The levy falls to 1.5%.", "Oslo keeps its winters."),
        "body": (
            Block(kind=BlockKind.PARAGRAPH, text="The levy starts in July 2028. It falls on the operator in Norway."),
            Block(kind=BlockKind.HEADING, text="What could go wrong"),
            Block(kind=BlockKind.PARAGRAPH, text="A dry autumn would test the rule, says Astrid Lunde."),
        ),
    }
    return Article(**{**values, **changes})  # type: ignore[arg-type]


def episode_of(article: str = "a-report-12345678", language: str = "es", **changes: object) -> Episode:
    values: dict[str, object] = {
        "guid": f"urn:uuid:{article}-{language}"[:60],
        "article": ArticleId(article),
        "language": LanguageTag(language),
        "revision": Revision("0123456789abcdef"),
        "title": "Un informe",
        "authors": ("Ann Other",),
        "topics": ("EU",),
        "published": DAY,
        "key_points": ("Un punto.",),
        "summary": "Un punto.",
        "duration_ms": Milliseconds(24_000),
        "enclosure_bytes": 200_000,
        "chapters": (),
        "voice": "es-espeak",
    }
    return Episode(**{**values, **changes})  # type: ignore[arg-type]


def render_of(article: Article, name: str = "r1", when: datetime = NOW) -> Render:
    queued = LanguageReport(state=RenderState.QUEUED)
    return Render(
        id=RenderId(name),
        article=article.id,
        state=RenderState.QUEUED,
        requested=when,
        languages={ES: queued, EN: queued},
    )


def wording_of(article: str = "a1", source: str = "It rained.", when: datetime = NOW, **changes: object) -> Wording:
    values: dict[str, object] = {
        "article": ArticleId(article), "language": ES, "source": source, "text": "Llovió.", "spoken": None,
        "changed": when, "editor": "desk",
    }  # fmt: skip
    return Wording(**{**values, **changes})  # type: ignore[arg-type]


@pytest.fixture
def report() -> Article:
    """A short report in English."""
    return article_of()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL of our own, thrown away afterwards: its URL."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = str(programs[-1]) if programs else shutil.which("initdb")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is not installed, and CI must run on it")
        pytest.skip("PostgreSQL is not installed")
    programs_folder = Path(found).parent
    owner = pwd.getpwnam("postgres").pw_name if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    as_owner = ["runuser", "-u", owner, "--"] if os.geteuid() == 0 else []
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))  # a socket's path must be short
    if as_owner:
        shutil.chown(folder, owner)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    data = folder / "data"
    subprocess.run(
        [*as_owner, programs_folder / "initdb", "-D", data, "-A", "trust", "-E", "UTF8"],
        check=True,
        capture_output=True,
    )
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    control = [*as_owner, programs_folder / "pg_ctl", "-D", data, "-w"]
    subprocess.run([*control, "-o", options, "-l", folder / "log", "start"], check=True, stdout=subprocess.DEVNULL)
    try:
        yield f"postgresql://{owner}@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=True, stdout=subprocess.DEVNULL)
        shutil.rmtree(folder)
