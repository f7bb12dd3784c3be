"""A listener's personal briefing, spliced from existing clips while it is sent; no file is written."""

import asyncio
from collections.abc import Sequence

import structlog

from podcaster.errors import BlobMissing, EpisodeUnknown, RangeUnfit, StorageFailed
from podcaster.listener.preferences import Preferences
from podcaster.listener.selection import newest_day
from podcaster.model import Episode
from podcaster.web.http.asgi import Message, Receive, Scope, Send, header, refuse, respond, wait_for_disconnect
from podcaster.web.http.conditions import is_unchanged
from podcaster.web.http.ranges import Span, if_range_matches, parse_range
from podcaster.web.listeners.private_urls import PRIVATE, UNCACHED
from podcaster.web.listeners.published_reports import PreferenceCache, PublishedEntries
from podcaster.web.listeners.splicing_plans import ReportRevision, SplicedBriefing, SplicingPlans
from podcaster.web.media.clip_reader import ClipReader, batches
from podcaster.web.statistics.download_recorder import AUDIO_START

_HELD = 1_024
MOST_REPORTS = 10
"""Reports in one briefing."""
_HEADERS = ((b"content-type", b"audio/mpeg"), (b"accept-ranges", b"bytes"))
Headers = Sequence[tuple[bytes, bytes]]
log = structlog.get_logger()


class Briefings:
    """Makes personal briefings for preferences."""

    def __init__(self, publications: PublishedEntries, plans: SplicingPlans, *, most: int = _HELD) -> None:
        """`most` preferences are kept, the most recently used."""
        self._publications = publications
        self._plans = plans
        self._reports = PreferenceCache(publications, self._newest, most=most)

    def of(self, preferences: Preferences, generation: int | None = None) -> SplicedBriefing:
        """The followed reports of the last day, as of a generation, or of now; blocks.

        Raises:
            EpisodeUnknown: There is none.
        """
        reports = self._reports.of(preferences, generation)
        made = (
            self._plans.of(reports[0].published.date(), [ReportRevision.of(each) for each in reports])
            if reports
            else None
        )
        if made is None:
            raise EpisodeUnknown("There is no report to hear yet.", "Try again when one has been published.")
        return made

    def _newest(self, preferences: Preferences) -> Sequence[Episode]:
        newest = newest_day(self._publications.selected(preferences), preferences.zone)[:MOST_REPORTS]
        return [entry.episode for entry in newest]


class SplicedResponses:
    """Sends briefings as HTTP responses."""

    def __init__(self, clips: ClipReader, plans: SplicingPlans) -> None:
        self._clips = clips
        self._plans = plans

    async def respond(
        self, briefing: SplicedBriefing, scope: Scope, receive: Receive, send: Send, kept: Headers = PRIVATE
    ) -> None:
        """Answer one request; `kept` are the caching headers.

        If a clip is lost meanwhile, the connection is closed, so that no client takes the part for the whole.
        """
        spoken = (b"content-language", briefing.language.encode())
        headers = [*_HEADERS, *kept, (b"etag", briefing.etag.encode()), spoken]
        scope[AUDIO_START] = len(briefing.head)
        if is_unchanged(briefing.etag, None, if_none_match=header(scope, b"if-none-match"), if_modified_since=""):
            await respond(send, 304, headers)
            return
        # Range requests exist for GET only (RFC 9110 §14.2).
        cut = scope["method"] == "GET" and if_range_matches(header(scope, b"if-range"), briefing.etag)
        try:
            span = parse_range(header(scope, b"range"), briefing.length) if cut else None
        except RangeUnfit as error:
            await refuse(scope, send, error, [(b"content-range", f"bytes */{briefing.length}".encode()), *UNCACHED])
            return
        if span:
            headers.append((b"content-range", f"bytes {span.start}-{span.end - 1}/{briefing.length}".encode()))
        part = span or Span(0, briefing.length)
        headers.append((b"content-length", str(part.length).encode()))
        await send({"type": "http.response.start", "status": 206 if span else 200, "headers": headers})
        if scope["method"] == "HEAD":
            await send({"type": "http.response.body", "body": b""})
            return
        await self._send(briefing, part, receive, send)

    async def _send(self, briefing: SplicedBriefing, part: Span, receive: Receive, send: Send) -> None:
        """Send batch by batch, until the client disconnects."""
        left = asyncio.create_task(wait_for_disconnect(receive))
        try:
            await send(_body(briefing.head[part.start : part.end]))
            for piece in batches(briefing.cuts(part)):
                if left.done():
                    return
                await send(_body(await self._clips.read(piece)))
            await send({"type": "http.response.body", "body": b""})
        except BlobMissing as error:
            log.warning("a briefing was cut short: a clip is missing", error=str(error))
            self._plans.forget()
        except StorageFailed as error:
            log.warning("a briefing was cut short", error=str(error))
        finally:
            left.cancel()


def _body(piece: bytes | bytearray) -> Message:
    return {"type": "http.response.body", "body": piece, "more_body": True}
