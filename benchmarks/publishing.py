"""Cost of publishing one episode into an archive of 100 and into one of 10,000, side by side in one run.

Both have the same number of topics and authors an episode, so that the same number of feeds is written. Publications
alternate between the two; what is compared is the median of each. The fiftieth publication of a feed also cuts a page off
its archive: the rounds take all of that in.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import insert, update

from podcaster.adapters.blobs import open_blobs
from podcaster.adapters.database import SqlLibrary, open_library
from podcaster.adapters.database.repositories.publishing.episodes import section_rows
from podcaster.adapters.database.repositories.publishing.feeds import entry_rows, written_record
from podcaster.adapters.database.tables.feeds import feed_entries
from podcaster.adapters.database.tables.library import counters, episode_sections, episodes
from podcaster.episode.notes import ENGLISH
from podcaster.episode.production import guid
from podcaster.feed.addresses import Addresses
from podcaster.model import Chapter, Episode, Show
from podcaster.ports import BlobStore
from podcaster.render.publishing.feed_publisher import FeedPublisher
from podcaster.render.publishing.publication import Publication
from podcaster.units import ArticleId, LanguageTag, Milliseconds, Revision

SIZES = (100, 10_000)
ROUNDS = 60
ES = LanguageTag("es")
START = datetime(2020, 1, 1, tzinfo=UTC)
WORDS = (Path(__file__).parent.parent / "samples" / "canal-tolls.txt").read_text(encoding="utf-8").split()
TOPICS = [f"Topic {place}" for place in range(20)]
AUTHORS = [f"Author {place}" for place in range(12)]
BASE = "https://podcasts.example"


@dataclass
class Clock:
    """A minute later each time."""

    now: datetime = START + timedelta(days=4000)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@dataclass(frozen=True)
class FilledLibrary:
    """A library with its archive."""

    size: int
    library: SqlLibrary
    blobs: BlobStore
    feed_publisher: FeedPublisher
    office: Publication


def episode(place: int) -> Episode:
    """As long as an episode of the samples is: five key points, eight chapters, three topics, two authors."""
    chance = random.Random(place)  # noqa: S311 # keeps no secret

    def said(words: int) -> str:
        start = chance.randrange(len(WORDS) - words)
        return " ".join(WORDS[start : start + words])

    points = tuple(said(25) for _ in range(5))
    article = ArticleId(f"report-{place}-12345678")
    return Episode(
        guid=guid(article, ES),
        article=article,
        language=ES,
        revision=Revision(f"{chance.getrandbits(64):016x}"),
        title=said(9),
        authors=tuple(chance.sample(AUTHORS, 2)),
        topics=tuple(chance.sample(TOPICS, 3)),
        published=START + timedelta(hours=place),
        key_points=points,
        summary=" ".join(points)[:600],
        duration_ms=Milliseconds(320_000),
        enclosure_bytes=2_560_000,
        chapters=tuple(
            Chapter(start_ms=Milliseconds(part * 40_000), end_ms=Milliseconds((part + 1) * 40_000), title=said(5))
            for part in range(8)
        ),
        voice="es-espeak",
        translator="apertium",
        draft=True,
        link=f"https://reports.example/{place}",
    )


def show(language: LanguageTag) -> Show:
    return Show(
        language=language, title="Informes", description="Cada informe, leído.", base_url=BASE, author="La redacción",
        email="pod@example.com", image=f"{BASE}/covers/es.jpg",
    )  # fmt: skip


def library_of(folder: Path, size: int) -> FilledLibrary:
    """A library with so many episodes and every feed of theirs, its archive cut."""
    library, blobs, clock = open_library(f"sqlite:///{folder}/library.sqlite"), open_blobs(folder), Clock()
    feed_publisher = FeedPublisher(
        library=library, blobs=blobs, shows=show, addresses=Addresses.served(BASE), clock=clock, phrases=lambda _: ENGLISH
    )  # fmt: skip
    made = [episode(place) for place in range(size)]
    published = {"first_published": START, "changed": START, "live": True}
    with library._engine.begin() as connection:  # noqa: SLF001 # ten thousand transactions would take minutes
        connection.execute(
            insert(episodes),
            [
                {
                    "article": each.article, "language": ES, "guid": each.guid, "revision": each.revision,
                    "record": written_record(each), "reported": each.published, **published,
                }
                for each in made
            ],
        )  # fmt: skip
        connection.execute(insert(episode_sections), [row for each in made for row in section_rows(each)])
        connection.execute(insert(feed_entries), [row for each in made for row in entry_rows(each, START)])
        connection.execute(update(counters).values(value=size))
    feed_publisher.update_feed(ES)
    feed_publisher.add_missing_sections(library.sections())
    office = Publication(library=library, blobs=blobs, feed_publisher=feed_publisher, clock=clock, publish_drafts=True)
    return FilledLibrary(size, library, blobs, feed_publisher, office)


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock and of the processor."""
    wall, processor = time.perf_counter(), time.process_time()
    act()
    return time.perf_counter() - wall, time.process_time() - processor


def main() -> None:
    """Each kind of change, in both archives by turns."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        containers = [library_of(Path(folder) / str(size), size) for size in SIZES]
        print(f"publishing one episode, 6 feeds each; archives written in {time.perf_counter() - started:.0f} s")
        changes: dict[str, Callable[[FilledLibrary, int], object]] = {
            "a new report": lambda here, place: here.office.offer(episode(here.size + place)),
            "a new revision": lambda here, place: here.office.offer(
                replace(episode(here.size - 1 - place), title=f"Otro {place}")
            ),
            "a withdrawn report": lambda here, place: here.office.withdraw(episode(here.size // 2 - place).article, ES),
        }
        for name, change in changes.items():
            took: dict[int, list[tuple[float, float]]] = {size: [] for size in SIZES}
            for place in range(rounds if name == "a new report" else rounds // 3):
                for here in containers:
                    took[here.size].append(timed(partial(change, here, place)))
            _say(name, took)
        for each in containers:
            each.library.close()


def _say(name: str, took: dict[int, list[tuple[float, float]]]) -> None:
    middle = {size: [statistics.median(each) for each in zip(*rounds, strict=True)] for size, rounds in took.items()}
    mean = {size: [statistics.fmean(each) for each in zip(*rounds, strict=True)] for size, rounds in took.items()}
    small, large = SIZES
    for place, what in enumerate(("wall", "cpu")):
        print(
            f"  {name:<19}{what:>5}  {middle[small][place] * 1000:7.1f} ms of {small}  {middle[large][place] * 1000:7.1f} ms"
            f" of {large}   {middle[large][place] / middle[small][place]:.2f} x   mean {mean[large][place] / mean[small][place]:.2f} x"
        )


if __name__ == "__main__":
    main()
