"""A data folder with twenty feeds and an audio file, and `podcaster serve` on it."""

import os
import random
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from podcaster.model import Episode
from podcaster.settings import load
from podcaster.units import ArticleId, LanguageTag, Milliseconds, Revision
from podcaster.wiring import Container

FEEDS = tuple("en es ca gl pt fr de it nl pl sv da fi cs ro hu el tr bg uk".split())  # noqa: SIM905 # shorter
EPISODES = 108
"""More than a feed lists: the oldest are in its archive."""
AUDIO = "media/report-0/en/00000000000000aa.mp3"
AUDIO_BYTES = 8_000_000
NOW = datetime(2026, 5, 4, 6, 30, tzinfo=UTC)
_SYLLABLES = ("ba", "ce", "di", "fo", "gu", "har", "ken", "lim", "mor", "nas", "pel", "qui", "ros", "tan", "vel")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedFeeds:
    """Its URL, and its process."""

    url: str
    process: int


def environment_of(folder: Path, **settings: str) -> Mapping[str, str]:
    """Environment of a service on this folder."""
    return {**os.environ, "PODCASTER_DATA": str(folder), "PODCASTER_LANGUAGES": ",".join(FEEDS), **settings}


def filled(folder: Path, *, base_url: str) -> None:
    """Twenty feeds of about 116 KB, and a long audio file."""
    folder.mkdir(parents=True)
    container = Container(load(environment_of(folder, PODCASTER_BASE_URL=base_url), folder))
    chance = random.Random(5)  # noqa: S311 # the same library every time
    for language in container.languages:
        for place in range(EPISODES):
            container.library.publish(_episode(language, place, chance), NOW + timedelta(minutes=place))
        container.feed_publisher.update_feed(language)
    container.library.forget_unshown([each.number for each in container.library.unshown()])
    container.blobs.put(AUDIO, os.urandom(AUDIO_BYTES))
    container.close()


def _episode(language: LanguageTag, place: int, chance: random.Random) -> Episode:
    points = tuple(_sentence(chance) for _ in range(2))
    return Episode(
        guid=f"urn:uuid:{language}-{place}",
        article=ArticleId(f"report-{place}"),
        language=language,
        revision=Revision(f"{place:016x}"),
        title=_sentence(chance)[:60],
        authors=("Ann Other",),
        topics=(),
        published=NOW - timedelta(hours=place),
        key_points=points,
        summary=" ".join(points),
        duration_ms=Milliseconds(300_000),
        enclosure_bytes=2_400_000,
        chapters=(),
        voice="espeak",
    )


def _sentence(chance: random.Random) -> str:
    """Twelve words that nobody said before, so that compression has as much to do as with a report."""
    return " ".join("".join(chance.choices(_SYLLABLES, k=chance.randint(1, 3))) for _ in range(12)).capitalize()


@contextmanager
def serving(folder: Path, *arguments: str, **settings: str) -> Iterator[ServedFeeds]:
    """`podcaster serve` in a process of its own until the end of the block."""
    command = [sys.executable, "-m", "podcaster", "serve", "--port", "0", *arguments]
    environment = environment_of(folder, **settings)
    with subprocess.Popen(command, env=environment, cwd=folder, stdout=subprocess.PIPE, text=True) as process:
        if process.stdout is None:
            raise RuntimeError("its output is asked for")
        try:
            url = process.stdout.readline().split()[-1]
            yield ServedFeeds(url=url, process=process.pid)
        finally:
            process.terminate()
            process.wait(timeout=30)
