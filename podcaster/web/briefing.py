"""The briefing of one listener: spliced of clips that are there while it is sent; no file is made."""

import asyncio
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import structlog

from podcaster import language as languages
from podcaster.audio.encoder import FRAME_BYTES, FRAME_MS
from podcaster.audio.episode_file import EpisodeFile
from podcaster.audio.splicing import duration_ms, info_frame
from podcaster.audio.stored import blob_name, frames_of, unpack
from podcaster.audio.tags import EpisodeTags
from podcaster.errors import BlobMissing, ClipMissing, EpisodeUnknown, PodcasterError, RangeUnfit
from podcaster.listener.briefing import SpokenLine, briefing_chapters, briefing_parts, spoken_lines, spoken_title
from podcaster.listener.preferences import Preferences
from podcaster.listener.selection import newest_day
from podcaster.model import Chapter, Clip, Show
from podcaster.ports import BlobStore
from podcaster.units import ArticleId, ContentKey, LanguageTag, Milliseconds
from podcaster.web.asgi import Scope, Send, header, refuse, respond
from podcaster.web.audience import AUDIO_START
from podcaster.web.conditions import is_unchanged
from podcaster.web.private import PRIVATE, UNCACHED
from podcaster.web.published import Publications, Shared
from podcaster.web.ranges import Span, range_applies, span_of
from podcaster.web.services import Services

_HELD = 256
MOST_REPORTS = 10
"""In one briefing."""
_CLIPS_AT_A_TIME = 8
_HEADERS = ((b"content-type", b"audio/mpeg"), (b"accept-ranges", b"bytes"))
Headers = Sequence[tuple[bytes, bytes]]
log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """What is to be sent: everything but the clips' bytes."""

    head: bytes
    """Tag and Info frame."""
    clips: Sequence[Clip]
    length: int
    etag: str
    title: str
    show: str
    language: LanguageTag
    """Of what is said first."""
    chapters: Sequence[Chapter]

    @classmethod
    def of(cls, clips: Sequence[Clip], tags: EpisodeTags, language: LanguageTag) -> "Briefing":
        """Equal heads and clips have equal tags, whatever they were made for."""
        file = EpisodeFile.of(clips, tags)
        head = file.tag + info_frame(sum(clip.frames for clip in clips))
        digest = hashlib.sha256(head + "".join(clip.key for clip in clips).encode()).hexdigest()
        return cls(
            head=head,
            clips=clips,
            length=file.length,
            etag=f'"{digest[:32]}"',
            title=tags.title,
            show=tags.album,
            language=language,
            chapters=tags.chapters,
        )

    @property
    def duration_ms(self) -> Milliseconds:
        """How long it is heard."""
        return duration_ms(self.clips)

    def pieces(self, span: Span, blobs: BlobStore) -> Iterator[bytes]:
        """The bytes of a span; what lies outside is not read.

        Raises:
            ClipMissing: a clip is not there any more, or not whole.
        """
        if span.start < len(self.head):
            yield self.head[span.start : span.end]
        wanted: list[tuple[int, Clip]] = []
        place = len(self.head)
        for clip in self.clips:
            behind = place + clip.frames * FRAME_BYTES
            if place < span.end and behind > span.start:
                wanted.append((place, clip))
            place = behind
        for first in range(0, len(wanted), _CLIPS_AT_A_TIME):
            batch = wanted[first : first + _CLIPS_AT_A_TIME]
            found = _blobs([clip.key for _, clip in batch], blobs)
            yield b"".join(
                frames_of(clip, blob)[max(0, span.start - place) : span.end - place]
                for (place, clip), (_, blob) in zip(batch, found, strict=True)
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a briefing can say of one report."""

    title: str
    language: LanguageTag
    lines: Sequence[SpokenLine]
    clips: Mapping[ContentKey, Clip]


def said_of(article: ArticleId, language: LanguageTag, revision: str, blobs: BlobStore) -> Said | None:
    """What can be said of a revision of a report; None where a clip of it is gone, which must not silence the others."""
    try:
        lines = spoken_lines(blobs.get(f"media/{article}/{language}/{revision}.script.json"))
        clips = _whole([line.clip for line in lines], blobs)
    except PodcasterError as error:
        log.warning("left out of a briefing", article=article, language=language, error=str(error))
        return None
    return Said(title=spoken_title(lines, language), language=language, lines=lines, clips=clips)


def compiled(reports: Sequence[Said], *, day: date, show: Show) -> Briefing:
    """A day's briefing of some reports, one at least; equal arguments give equal bytes."""
    clips = {key: clip for report in reports for key, clip in report.clips.items()}
    parts = briefing_parts([(report.title, report.lines) for report in reports])
    tags = EpisodeTags(
        title=f"{show.title}, {languages.long_date(day, show.language)}",
        artist=show.author,
        album=show.title,
        language=languages.three_letters(show.language),
        published=datetime.combine(day, time(), UTC),
        chapters=briefing_chapters(parts, clips, frame_ms=FRAME_MS),
    )
    return Briefing.of([clips[key] for part in parts for key in part.clips], tags, show.language)


class Briefings:
    """Makes briefings of choices."""

    def __init__(self, services: Services, publications: Publications) -> None:
        self._services = services
        self._publications = publications
        self._briefings = Shared(publications, self._made, most=_HELD)

    def of(self, preferences: Preferences) -> Briefing:
        """The last day's reports of what these choices follow; blocks.

        Raises:
            EpisodeUnknown: there is none.
        """
        return self._briefings.of(preferences)

    def _made(self, preferences: Preferences) -> Briefing:
        newest = newest_day(self._publications.selected(preferences), preferences.zone)[:MOST_REPORTS]
        found = (
            (each, said_of(each.article, each.language, each.revision, self._services.blobs))
            for each in (entry.episode for entry in newest)
        )
        heard = [(episode, said) for episode, said in found if said is not None]
        if not heard:
            raise EpisodeUnknown("There is nothing to hear yet.", "Try again when a report is published.")
        day, show = heard[0][0].published.date(), self._services.show(heard[0][0].language)
        return compiled([said for _, said in heard], day=day, show=show)


def _whole(keys: Sequence[ContentKey], blobs: BlobStore) -> Mapping[ContentKey, Clip]:
    return {key: unpack(key, blob)[0] for key, blob in _blobs(keys, blobs)}


def _blobs(keys: Sequence[ContentKey], blobs: BlobStore) -> Sequence[tuple[ContentKey, bytes]]:
    """Each clip's blob, in order.

    Raises:
        ClipMissing: one is not there.
    """
    found = blobs.get_many([blob_name(key) for key in dict.fromkeys(keys)])
    try:
        return [(key, found[blob_name(key)]) for key in keys]
    except KeyError:
        raise ClipMissing("A clip of the briefing is missing.", "Render the report again.") from None


async def answer_briefing(
    briefing: Briefing, scope: Scope, send: Send, blobs: BlobStore, kept: Headers = PRIVATE
) -> None:
    """One request; `kept` says who may keep the answer.

    A clip that is lost on the way ends the connection: nobody takes what came for the whole.
    """
    spoken = (b"content-language", briefing.language.encode())
    headers = [*_HEADERS, *kept, (b"etag", briefing.etag.encode()), spoken]
    scope[AUDIO_START] = len(briefing.head)
    if is_unchanged(briefing.etag, None, if_none_match=header(scope, b"if-none-match"), if_modified_since=""):
        await respond(send, 304, headers)
        return
    # Ranges are of GET alone (RFC 9110 §14.2).
    cut = scope["method"] == "GET" and range_applies(header(scope, b"if-range"), briefing.etag)
    try:
        span = span_of(header(scope, b"range"), briefing.length) if cut else None
    except RangeUnfit as error:
        await refuse(scope, send, error, [(b"content-range", f"bytes */{briefing.length}".encode()), *UNCACHED])
        return
    if span:
        headers.append((b"content-range", f"bytes {span.start}-{span.end - 1}/{briefing.length}".encode()))
    part = span or Span(0, briefing.length)
    headers.append((b"content-length", str(part.end - part.start).encode()))
    await send({"type": "http.response.start", "status": 206 if span else 200, "headers": headers})
    pieces = briefing.pieces(Span(0, 0) if scope["method"] == "HEAD" else part, blobs)
    try:
        while (piece := await asyncio.to_thread(next, pieces, None)) is not None:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
    except BlobMissing as error:
        log.warning("a briefing ended early", error=str(error))
        return
    await send({"type": "http.response.body", "body": b""})
