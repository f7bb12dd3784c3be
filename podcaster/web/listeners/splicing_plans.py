"""Splicing plans of briefings, cached: listeners with the same reports of a day share one."""

import hashlib
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import NamedTuple

import structlog
from cachetools import LRUCache, cachedmethod

from podcaster import language as languages
from podcaster.audio.encoder import FRAME_BYTES, FRAME_MS
from podcaster.audio.splicing import info_frame
from podcaster.audio.stored_clips import StoredFrames, blob_name
from podcaster.audio.tags import EpisodeTags, id3
from podcaster.errors import ClipMissing, PodcasterError
from podcaster.listener.personal_briefing import (
    SpokenLine,
    briefing_chapters,
    briefing_parts,
    spoken_lines,
    spoken_title,
)
from podcaster.model import Chapter, Episode, Show
from podcaster.ports import BlobStore
from podcaster.units import ArticleId, ContentKey, LanguageTag, Milliseconds
from podcaster.web.http.ranges import Span
from podcaster.web.media.clip_reader import ClipSlice
from podcaster.web.services import Services

_MOST_BRIEFINGS = 1_024
_MOST_REPORTS = 512
log = structlog.get_logger()


class ReportRevision(NamedTuple):
    """A published revision of a report in a language; its clips never change."""

    article: ArticleId
    language: LanguageTag
    revision: str

    @classmethod
    def of(cls, episode: Episode) -> "ReportRevision":
        """The revision of an episode."""
        return cls(episode.article, episode.language, episode.revision)


@dataclass(frozen=True, slots=True, kw_only=True)
class SplicedBriefing:
    """A briefing ready to be sent: everything but the bytes of its clips."""

    head: bytes
    """ID3 tag and Info frame."""
    clips: Sequence[StoredFrames]
    length: int
    etag: str
    title: str
    show: str
    language: LanguageTag
    """Language of the first report."""
    chapters: Sequence[Chapter]

    @classmethod
    def of(cls, clips: Sequence[StoredFrames], tags: EpisodeTags, language: LanguageTag) -> "SplicedBriefing":
        """Plan a briefing; equal tags and clips give an equal ETag."""
        frames = sum(clip.frames for clip in clips)
        head = id3(tags) + info_frame(frames)
        digest = hashlib.sha256(head + "".join(clip.key for clip in clips).encode()).hexdigest()
        return cls(
            head=head,
            clips=tuple(clips),
            length=len(head) + frames * FRAME_BYTES,
            etag=f'"{digest[:32]}"',
            title=tags.title,
            show=tags.album,
            language=language,
            chapters=tuple(tags.chapters),
        )

    @property
    def duration_ms(self) -> Milliseconds:
        """Length of the audio."""
        return Milliseconds(FRAME_MS * sum(clip.frames for clip in self.clips))

    def cuts(self, span: Span) -> Iterator[ClipSlice]:
        """The clip slices in a byte range of the file, after its head."""
        place = len(self.head)
        for clip in self.clips:
            start, end = max(0, span.start - place), min(clip.length, span.end - place)
            if start < end:
                yield ClipSlice(clip, start, end)
            place += clip.length


@dataclass(frozen=True, slots=True, kw_only=True)
class _SpokenReport:
    """The lines and clips of one report that a briefing may use."""

    title: str
    language: LanguageTag
    lines: Sequence[SpokenLine]
    clips: Mapping[ContentKey, StoredFrames]


class SplicingPlans:
    """Makes splicing plans and caches them. A plan takes a few kilobytes and does not depend on later publications."""

    def __init__(self, services: Services, *, most: int = _MOST_BRIEFINGS) -> None:
        self._services = services
        self._briefings: LRUCache[tuple[date, tuple[ReportRevision, ...]], SplicedBriefing] = LRUCache(most)
        self._spoken: LRUCache[object, _SpokenReport] = LRUCache(_MOST_REPORTS)
        self._lock = threading.Lock()

    def of(self, day: date, reports: Sequence[ReportRevision]) -> SplicedBriefing | None:
        """The briefing of some reports, newest first; None if none of them can be read; blocks.

        A report with a missing clip is left out, and the incomplete plan is not cached, since the clip may come back.
        """
        key = (day, tuple(reports))
        with self._lock:
            held = self._briefings.get(key)
        if held is not None:
            return held
        heard = [said for said in map(self._spoken_report, reports) if said is not None]
        if not heard:
            return None
        made = _plan(heard, day=day, show=self._services.show(heard[0].language))
        if len(heard) == len(reports):
            with self._lock:
                self._briefings[key] = made
        return made

    def forget(self) -> None:
        """Clear the caches, after a clip has gone missing."""
        with self._lock:
            self._briefings.clear()
            self._spoken.clear()

    def _spoken_report(self, report: ReportRevision) -> _SpokenReport | None:
        try:
            return self._read(report)
        except PodcasterError as error:
            log.warning(
                "a report was left out of a briefing",
                article=report.article,
                language=report.language,
                error=str(error),
            )
            return None

    @cachedmethod(lambda self: self._spoken, lock=lambda self: self._lock)
    def _read(self, report: ReportRevision) -> _SpokenReport:
        return _read(report, self._services.blobs)


def _read(report: ReportRevision, blobs: BlobStore) -> _SpokenReport:
    """Read the usable lines and clips of a revision.

    Raises:
        BlobMissing: The script or a clip is missing or damaged.
    """
    lines = spoken_lines(blobs.get(f"media/{report.article}/{report.language}/{report.revision}.script.json"))
    keys = list(dict.fromkeys(line.clip for line in lines))
    found = blobs.get_many([blob_name(key) for key in keys])
    if len(found) < len(keys):
        raise ClipMissing("A clip of the briefing is missing.", "Render the report again.")
    clips = {key: StoredFrames.of(key, found[blob_name(key)]) for key in keys}
    return _SpokenReport(title=spoken_title(lines, report.language), language=report.language, lines=lines, clips=clips)


def _plan(reports: Sequence[_SpokenReport], *, day: date, show: Show) -> SplicedBriefing:
    """Plan a day's briefing of at least one report; equal arguments give equal bytes."""
    clips = {key: clip for report in reports for key, clip in report.clips.items()}
    parts = briefing_parts([(report.title, report.lines) for report in reports])
    tags = EpisodeTags(
        title=f"{show.title}, {languages.long_date(day, show.language)}",
        artist=show.author,
        album=show.title,
        language=languages.three_letters(show.language),
        published=datetime.combine(day, time(), UTC),
        chapters=briefing_chapters(parts, {key: clip.frames for key, clip in clips.items()}, frame_ms=FRAME_MS),
    )
    return SplicedBriefing.of([clips[key] for part in parts for key in part.clips], tags, show.language)
