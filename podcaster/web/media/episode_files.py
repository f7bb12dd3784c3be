"""Episodes' files over HTTP: immutable, by pread, with ranges; a raw ASGI application."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog

from podcaster.errors import BlobMissing, PageUnknown, PodcasterError, RangeUnfit
from podcaster.feed.addresses import EpisodeFileKind
from podcaster.ports import BlobStore
from podcaster.web.http.asgi import Headers, Message, Receive, Scope, Send, header, refuse, respond, wait_for_disconnect
from podcaster.web.http.conditions import is_unchanged
from podcaster.web.http.negotiation import CODINGS, IDENTITY, accepted_coding
from podcaster.web.http.ranges import Span, if_range_matches, parse_range
from podcaster.web.media.compressed_texts import CompressedTexts
from podcaster.web.media.open_files import OpenFile, OpenFiles

PREFIX = "/media/"
_TYPES = {str(file): file.media_type for file in EpisodeFileKind}
_TEXTS = frozenset({EpisodeFileKind.VTT, EpisodeFileKind.SRT, EpisodeFileKind.HTML})
_PACKED = _TEXTS | {EpisodeFileKind.TRANSCRIPT, EpisodeFileKind.CHAPTERS}
"""What is worth compressing; sound is not."""
_ENDINGS = "|".join(re.escape(ending) for ending in _TYPES)
_PATH = re.compile(r"/(media/[a-z0-9-]{1,80}/[A-Za-z0-9-]{2,35}/([0-9a-f]{16})(" + _ENDINGS + "))")
_PIECE_BYTES = 256 * 1024
_OPEN_TO_ALL = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"accept-ranges, content-length, content-range, etag"),
)
_HEADERS = (
    (b"accept-ranges", b"bytes"),
    (b"cache-control", b"public, max-age=31536000, immutable"),
    (b"x-content-type-options", b"nosniff"),
    *_OPEN_TO_ALL,
)
_SEALED_PAGE = (b"content-security-policy", b"default-src 'none'; sandbox")
"""A transcript is read, and does nothing."""
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Source:
    """A blob and how it is read."""

    size: int
    read: Callable[[int, int], Awaitable[bytes]]


class MediaFiles:
    """Answers everything below /media/. A name never stands for other bytes, so it makes its own ETag."""

    def __init__(self, blobs: BlobStore) -> None:
        self._blobs = blobs
        self._files = OpenFiles(blobs)
        self._texts = CompressedTexts(blobs)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, GET or HEAD."""
        found = _PATH.fullmatch(scope["path"])
        try:
            if found is None:
                raise PageUnknown("There is no such file.", "Take its address from the feed.")
            await self._answer(scope, receive, send, found)
        except BlobMissing as error:
            await refuse(scope, send, PageUnknown(error.what, error.remedy))
        except PodcasterError as error:
            await refuse(scope, send, error)

    def close(self) -> None:
        """Let go of every file."""
        self._files.close()

    async def _answer(self, scope: Scope, receive: Receive, send: Send, found: re.Match[str]) -> None:
        name, revision, ending = found.groups()
        coding = _coding(scope, ending)
        if coding != IDENTITY:
            await self._answer_packed(scope, send, found, coding)
            return
        source = await self._source(name)
        etag = _etag(revision, ending)
        headers = [*_headers(etag, ending)]
        if is_unchanged(etag, None, if_none_match=header(scope, b"if-none-match"), if_modified_since=""):
            await respond(send, 304, headers)
            return
        # Ranges are of GET alone (RFC 9110 §14.2).
        cut = scope["method"] == "GET" and if_range_matches(header(scope, b"if-range"), etag)
        try:
            span = parse_range(header(scope, b"range"), source.size) if cut else None
        except RangeUnfit as error:
            await refuse(scope, send, error, [(b"content-range", f"bytes */{source.size}".encode()), *_OPEN_TO_ALL])
            return
        if span:
            headers.append((b"content-range", _content_range(span, source.size)))
        part = span or Span(0, source.size)
        headers.append((b"content-length", str(part.length).encode()))
        if scope["method"] == "HEAD":
            part = Span(0, 0)
        start = {"type": "http.response.start", "status": 206 if span else 200, "headers": headers}
        await _send(receive, send, start, part, source)

    async def _answer_packed(self, scope: Scope, send: Send, found: re.Match[str], coding: str) -> None:
        """A text in a content coding, which has a tag of its own (RFC 9110 §8.8.3.3)."""
        name, revision, ending = found.groups()
        body = await asyncio.to_thread(self._texts.of, name, coding)
        etag = _etag(revision, f"{ending}-{coding}")
        headers = [*_headers(etag, ending), (b"content-encoding", coding.encode())]
        if is_unchanged(etag, None, if_none_match=header(scope, b"if-none-match"), if_modified_since=""):
            await respond(send, 304, headers)
            return
        await respond(send, 200, headers, body, head_only=scope["method"] == "HEAD")

    async def _source(self, name: str) -> _Source:
        """A file that was open stays open; another one is opened off the loop, since its disk may be slow."""
        file = self._files.held(name) or await asyncio.to_thread(self._files.opened, name)
        if file is not None:
            self._files.keep(name, file)
            return _Source(file.size, _reader(file))
        size = await asyncio.to_thread(self._blobs.size, name)
        if size is None:
            raise BlobMissing("There is no such file.", "Take its address from the feed.")
        return _Source(size, lambda start, length: asyncio.to_thread(self._blobs.get_range, name, start, length))


def _reader(file: OpenFile) -> Callable[[int, int], Awaitable[bytes]]:
    async def read(start: int, length: int) -> bytes:
        if file.in_memory(start, length):
            return file.read(start, length)
        return await asyncio.to_thread(file.read, start, length)

    return read


async def _send(receive: Receive, send: Send, start: Message, part: Span, source: _Source) -> None:
    """Piece by piece, so that a long file takes no more memory than a short one, and no further than the client stays.

    A file that turns out to be shorter than it was ends the connection: no client takes what it got for the whole.
    """
    piece = await _piece(source, part.start, part.end)
    await send(start)
    if part.start + len(piece) == part.end:
        await send({"type": "http.response.body", "body": piece})
        return
    place, gone = part.start, asyncio.create_task(wait_for_disconnect(receive))
    try:
        while piece and not gone.done():
            place += len(piece)
            await send({"type": "http.response.body", "body": piece, "more_body": place < part.end})
            piece = await _piece(source, place, part.end)
    except PodcasterError as error:
        log.warning("a file ended early", error=str(error), place=place, end=part.end)
    finally:
        gone.cancel()


async def _piece(source: _Source, place: int, end: int) -> bytes:
    return await source.read(place, min(_PIECE_BYTES, end - place)) if place < end else b""


def _coding(scope: Scope, ending: str) -> str:
    """The coding to answer in; a range is of the plain text, since the coded one would be cut in the middle of its code."""
    if ending not in _PACKED or header(scope, b"range"):
        return IDENTITY
    return accepted_coding(header(scope, b"accept-encoding"), tuple(CODINGS))


def _etag(revision: str, ending: str) -> str:
    return f'"{revision}{ending}"'


def _headers(etag: str, ending: str) -> Headers:
    """Of every answer that has the file, or says that it is had."""
    more = [_SEALED_PAGE] if ending == EpisodeFileKind.HTML else []
    more += [(b"vary", b"accept-encoding")] if ending in _PACKED else []
    return [(b"content-type", _content_type(ending)), (b"etag", etag.encode()), *_HEADERS, *more]


def _content_range(span: Span, size: int) -> bytes:
    return b"bytes %d-%d/%d" % (span.start, span.end - 1, size)


def _content_type(ending: str) -> bytes:
    return (_TYPES[ending] + ("; charset=utf-8" if ending in _TEXTS else "")).encode()
