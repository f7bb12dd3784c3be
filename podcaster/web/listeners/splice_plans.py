"""What is spliced for a briefing: worked out once for all who get the same reports of a day, and so many held."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import NamedTuple

import structlog

from podcaster import language as languages
from podcaster.audio.encoder import FRAME_BYTES, FRAME_MS
from podcaster.audio.splicing import info_frame
from podcaster.audio.stored import StoredFrames, blob_name
from podcaster.audio.tags import EpisodeTags, id3
from podcaster.errors import ClipMissing, PodcasterError
from podcaster.listener.briefing import SpokenLine, briefing_chapters, briefing_parts, spoken_lines, spoken_title
from podcaster.model import Chapter, Episode, Show
from podcaster.ports import BlobStore
from podcaster.units import ArticleId, ContentKey, LanguageTag, Milliseconds
from podcaster.web.http.ranges import Span
from podcaster.web.http.recent import Recent
from podcaster.web.media.clip_reader import ClipSlice
from podcaster.web.services import Services

_MOST_BRIEFINGS = 1_024
_MOST_REPORTS = 512
log = structlog.get_logger()


class Report(NamedTuple):
    """A published revision: its clips never change."""

    article: ArticleId
    language: LanguageTag
    revision: str

    @classmethod
    def of(cls, episode: Episode) -> "Report":
        """What an episode is of."""
        return cls(episode.article, episode.language, episode.revision)


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """What is to be sent: everything but the clips' bytes."""

    head: bytes
    """Tag and Info frame."""
    clips: Sequence[StoredFrames]
    length: int
    etag: str
    title: str
    show: str
    language: LanguageTag
    """Of what is said first."""
    chapters: Sequence[Chapter]

    @classmethod
    def of(cls, clips: Sequence[StoredFrames], tags: EpisodeTags, language: LanguageTag) -> "Briefing":
        """Equal heads and clips have equal tags, whatever they were made for."""
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
        """How long it is heard."""
        return Milliseconds(FRAME_MS * sum(clip.frames for clip in self.clips))

    def cuts(self, span: Span) -> Iterator[ClipSlice]:
        """What of the clips lies in a span of the whole, behind its head."""
        place = len(self.head)
        for clip in self.clips:
            start, end = max(0, span.start - place), min(clip.length, span.end - place)
            if start < end:
                yield ClipSlice(clip, start, end)
            place += clip.length


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What a briefing can say of one report."""

    title: str
    language: LanguageTag
    lines: Sequence[SpokenLine]
    clips: Mapping[ContentKey, StoredFrames]


class SplicingPlans:
    """Makes them. A plan is some kilobytes; those of equal reports are one, whoever asks, and what is published besides."""

    def __init__(self, services: Services, *, most: int = _MOST_BRIEFINGS) -> None:
        self._services = services
        self._briefings: Recent[tuple[date, tuple[Report, ...]], Briefing] = Recent(most)
        self._said: Recent[Report, _Said] = Recent(_MOST_REPORTS)

    def of(self, day: date, reports: Sequence[Report]) -> Briefing | None:
        """The briefing of some reports, the newest first; None where nothing can be said of any; blocks.

        A report of which a clip is gone silences no other. What is away may come back, so that is not held.
        """
        key = (day, tuple(reports))
        held = self._briefings.get(key)
        if held is not None:
            return held
        heard = [said for said in map(self._said_of, reports) if said is not None]
        if not heard:
            return None
        made = _compiled(heard, day=day, show=self._services.show(heard[0].language))
        return self._briefings.put(key, made) if len(heard) == len(reports) else made

    def forget(self) -> None:
        """Look for everything anew: something that was there is not."""
        self._briefings.clear()
        self._said.clear()

    def _said_of(self, report: Report) -> _Said | None:
        held = self._said.get(report)
        if held is not None:
            return held
        try:
            return self._said.put(report, _read(report, self._services.blobs))
        except PodcasterError as error:
            log.warning("left out of a briefing", article=report.article, language=report.language, error=str(error))
            return None


def _read(report: Report, blobs: BlobStore) -> _Said:
    """What can be said of a revision of a report.

    Raises:
        BlobMissing: its script or a clip is not there, or not whole.
    """
    lines = spoken_lines(blobs.get(f"media/{report.article}/{report.language}/{report.revision}.script.json"))
    keys = list(dict.fromkeys(line.clip for line in lines))
    found = blobs.get_many([blob_name(key) for key in keys])
    if len(found) < len(keys):
        raise ClipMissing("A clip of the briefing is missing.", "Render the report again.")
    clips = {key: StoredFrames.of(key, found[blob_name(key)]) for key in keys}
    return _Said(title=spoken_title(lines, report.language), language=report.language, lines=lines, clips=clips)


def _compiled(reports: Sequence[_Said], *, day: date, show: Show) -> Briefing:
    """A day's briefing of some reports, one at least; equal arguments give equal bytes."""
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
    return Briefing.of([clips[key] for part in parts for key in part.clips], tags, show.language)
