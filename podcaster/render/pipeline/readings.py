"""Published episodes read in other voices and at other paces, for those listeners who want that."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Final

import structlog

from podcaster.episode.script_document import parse_script
from podcaster.errors import EpisodeUnknown, NoVoice
from podcaster.feed.rss import FeedEntry
from podcaster.listener.preferences import Preferences
from podcaster.listener.selection import selected
from podcaster.model import Episode, LineKind, Reading
from podcaster.ports import BlobStore, Clock, Library, Queue, ReadingJob
from podcaster.render.pipeline.episode_builder import SCRIPT, build_reading, store_episode
from podcaster.render.pipeline.render_context import RenderContext
from podcaster.render.pipeline.rendering import speak
from podcaster.render.pipeline.thread_pool import always_wanted
from podcaster.script.pauses import paced
from podcaster.speech.casting import Cast, cast
from podcaster.units import ArticleId, LanguageTag

_REPORTS: Final = 30
"""Readings are made for this many of each listener's newest episodes; older ones were read when new, or play in the show's voice."""
_EPISODES: Final = 500
"""Only this many of the newest episodes across all languages are considered."""
log = structlog.get_logger()


def read_aloud(
    job: ReadingJob,
    context: RenderContext,
    *,
    library: Library,
    blobs: BlobStore,
    clock: Clock,
    unwanted: Callable[[], bool] = always_wanted,
) -> None:
    """Read a published episode aloud in another voice or pace, and offer the reading to its listeners.

    Nothing is done where the revision is published no longer, or where the show reads it just so. Running again makes
    nothing new: clips and files are named by what they are made of.
    """
    try:
        base = library.episode(job.article, job.language).episode
    except EpisodeUnknown:
        return
    readers = cast_for(base, job.reading, context)
    if base.revision != job.revision or readers is None:
        return
    written = blobs.get(f"media/{base.article}/{base.language}/{base.revision}{SCRIPT}")
    script = parse_script(written, base, source_language=library.article(job.article).article.language)
    # Who speaks quicker rests for a shorter time.
    script = paced(script, dict.fromkeys(LineKind, 1 / job.reading.rate))
    spoken = speak(script, context, unwanted=unwanted, cast=readers)
    for warning in spoken.warnings:
        log.warning("read by another voice", article=base.article, language=base.language, why=warning)
    edition = build_reading(base, spoken.rendition, context)
    store_episode(blobs, edition)
    library.publish_reading(edition.episode, job.reading, of=base.revision, now=clock())


def cast_for(episode: Episode, reading: Reading, context: RenderContext) -> Cast | None:
    """The cast for a reading; None if the show's own episode already fits.

    Raises:
        NoVoice: no engine that is here has a voice of the language.
    """
    found = cast(context.catalogue, episode.language, context.synthesizers, reading)
    return None if reading.rate == 1 and found[0][0].name == episode.voice else found


class ReadingScheduler:
    """Sees what listeners want and what of it is not there, and has it made."""

    def __init__(self, *, library: Library, queue: Queue, context: Callable[[], RenderContext], clock: Clock) -> None:
        self._library = library
        self._queue = queue
        self._context = context
        self._clock = clock
        self._seen: tuple[int, datetime | None, date] | None = None
        self._revisions: frozenset[str] = frozenset()
        """Generation and listeners of the last scan."""
        self._ordered: set[str] = set()
        """Today; the queue takes no name twice a day either."""

    def order_missing(self) -> bool:
        """Scan for new episodes or listeners since the last call, and order the readings they lack."""
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
        """Publishing a reading changes the generation, so the new one is recorded."""
        published = self._library.episodes(limit=_EPISODES)
        revisions = frozenset(each.episode.revision for each in published)
        if anew or revisions - self._revisions:
            entries = [FeedEntry(episode=each.episode, changed=each.changed) for each in published]
            self._order(self._library.readers(), entries, today)
        self._revisions = revisions

    def _order(self, readers: Sequence[Preferences], entries: Sequence[FeedEntry], today: date) -> None:
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
            wanted = cast_for(episode, reading, self._context()) is not None
        except NoVoice:
            wanted = False
        if wanted:
            self._queue.submit_reading(job, day=today)
        self._ordered.add(job.name)
