"""Published episodes read in other voices and at other paces, for those listeners who want that."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Final

import structlog

from podcaster.episode.script_document import parse_script
from podcaster.errors import EpisodeUnknown, NoVoice
from podcaster.feed.rss import Entry
from podcaster.listener.preferences import Preferences
from podcaster.listener.selection import selected
from podcaster.model import Episode, LineKind, Reading
from podcaster.ports import BlobStore, Clock, Library, Queue, ReadingJob
from podcaster.render.pipeline.episode_builder import SCRIPT, make_reading, store_edition
from podcaster.render.pipeline.render_context import Studio
from podcaster.render.pipeline.rendering import speak
from podcaster.script.pauses import paced
from podcaster.speech.casting import Cast, cast
from podcaster.units import ArticleId, LanguageTag

_REPORTS: Final = 30
"""How many of what each listener gets, the newest: what is older was read when it was new, or is heard as the show has it."""
_EPISODES: Final = 500
"""Of all languages together, the newest, that they are among."""
log = structlog.get_logger()


def read_aloud(job: ReadingJob, studio: Studio, *, library: Library, blobs: BlobStore, clock: Clock) -> None:
    """Read a published episode, word for word, and offer that to whoever wants it so.

    Nothing is done where the revision is published no longer, or where the show reads it just so. Running again makes
    nothing new: clips and files are named by what they are made of.
    """
    try:
        base = library.episode(job.article, job.language).episode
    except EpisodeUnknown:
        return
    readers = cast_for(base, job.reading, studio)
    if base.revision != job.revision or readers is None:
        return
    written = blobs.get(f"media/{base.article}/{base.language}/{base.revision}{SCRIPT}")
    script = parse_script(written, base, source_language=library.article(job.article).article.language)
    # Who speaks quicker rests for a shorter time.
    script = paced(script, dict.fromkeys(LineKind, 1 / job.reading.rate))
    spoken = speak(script, studio, cast=readers)
    for warning in spoken.warnings:
        log.warning("read by another voice", article=base.article, language=base.language, why=warning)
    edition = make_reading(base, spoken.rendition, studio)
    store_edition(blobs, edition)
    library.publish_reading(edition.episode, job.reading, of=base.revision, now=clock())


def cast_for(episode: Episode, reading: Reading, studio: Studio) -> Cast | None:
    """Who reads an episode to those who want this; None where the show's own episode is that already.

    Raises:
        NoVoice: no engine that is here has a voice of the language.
    """
    found = cast(studio.catalogue, episode.language, studio.synthesizers, reading)
    return None if reading.rate == 1 and found[0][0].name == episode.voice else found


class Readers:
    """Sees what listeners want and what of it is not there, and has it made."""

    def __init__(self, *, library: Library, queue: Queue, studio: Callable[[], Studio], clock: Clock) -> None:
        self._library = library
        self._queue = queue
        self._studio = studio
        self._clock = clock
        self._seen: tuple[int, datetime | None, date] | None = None
        self._revisions: frozenset[str] = frozenset()
        """Those that were looked at, for those who were readers then."""
        self._ordered: set[str] = set()
        """Today; the queue takes no name twice a day either."""

    def order_missing(self) -> bool:
        """Look whether something was published or somebody came since the last time, and order what they lack."""
        today = self._clock().date()
        seen = self._library.generation(), self._library.readers_changed(), today
        if seen == self._seen:
            return False
        if self._seen is None or self._seen[2] != today:
            self._ordered.clear()
        if seen[1] is not None:
            self._look(today, anew=self._seen is None or self._seen[1:] != seen[1:])
        self._seen = seen
        return False

    def _look(self, today: date, *, anew: bool) -> None:
        """What has become public by being read already is no news."""
        published = self._library.episodes(limit=_EPISODES)
        revisions = frozenset(each.episode.revision for each in published)
        if anew or revisions - self._revisions:
            entries = [Entry(episode=each.episode, changed=each.changed) for each in published]
            self._order(self._library.readers(), entries, today)
        self._revisions = revisions

    def _order(self, readers: Sequence[Preferences], entries: Sequence[Entry], today: date) -> None:
        there = {reading: self._there(reading) for reading in {each.reading for each in readers}}
        for wanted in readers:
            for entry in selected(entries, wanted, most=_REPORTS):
                episode = entry.episode
                if (episode.article, episode.language) not in there[wanted.reading]:
                    self._order_one(episode, wanted.reading, today)

    def _there(self, reading: Reading) -> frozenset[tuple[ArticleId, LanguageTag]]:
        return frozenset((each.episode.article, each.episode.language) for each in self._library.readings(reading))

    def _order_one(self, episode: Episode, reading: Reading, today: date) -> None:
        job = ReadingJob(article=episode.article, language=episode.language, revision=episode.revision, reading=reading)
        if job.name in self._ordered:
            return
        try:
            wanted = cast_for(episode, reading, self._studio()) is not None
        except NoVoice:
            wanted = False
        if wanted:
            self._queue.submit_reading(job, day=today)
        self._ordered.add(job.name)
