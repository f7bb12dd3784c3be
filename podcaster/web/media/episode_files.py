"""Episodes' files over HTTP: immutable, read by pread, with ranges; a raw ASGI handler."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Final

import structlog

from podcaster.errors import BlobMissing, PageUnknown, PodcasterError, RangeUnfit
from podcaster.feed.addresses import EpisodeFileKind, files_key, takedown_mark
from podcaster.ports import BlobStore, Library
from podcaster.web.http.asgi import Message, Receive, Scope, Send, header_fields, refuse, respond, wait_for_disconnect
from podcaster.web.http.conditions import is_unchanged
from podcaster.web.http.negotiation import CODINGS, IDENTITY, accepted_coding
from podcaster.web.http.ranges import Span, if_range_matches, parse_range
from podcaster.web.media.compressed_texts import CompressedTexts
from podcaster.web.media.open_files import OpenFile, OpenFiles
from podcaster.web.media.piece_cache import BucketFile, PieceReader
from podcaster.web.media.takedowns import TakedownCheck

PREFIX = "/media/"
_TYPES = {str(file): file.media_type for file in EpisodeFileKind}
_TEXTS = frozenset({EpisodeFileKind.VTT, EpisodeFileKind.SRT, EpisodeFileKind.HTML})
_COMPRESSIBLE = _TEXTS | {EpisodeFileKind.TRANSCRIPT, EpisodeFileKind.CHAPTERS}
_ENDINGS = "|".join(re.escape(ending) for ending in _TYPES)
_PATH = re.compile(r"/(media/([a-z0-9-]{1,80})/([A-Za-z0-9-]{2,35})/([0-9a-f]{16})(" + _ENDINGS + "))")
_LONGEST_PATH: Final = 200
_OFFERED = tuple(CODINGS)
_CORS = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"accept-ranges, content-length, content-range, etag"),
)
_FOR_EVERYBODY = (b"cache-control", b"public, max-age=31536000, immutable")
_FOR_EDITORS = (b"cache-control", b"private, no-store")
_HEADERS = (
    (b"accept-ranges", b"bytes"),
    _FOR_EVERYBODY,
    (b"x-content-type-options", b"nosniff"),
    *_CORS,
)
_SANDBOX = (b"content-security-policy", b"default-src 'none'; sandbox")
log = structlog.get_logger()


@dataclass(frozen=True, slots=True, eq=False)
class _Resource:
    """The file behind an address. A name never stands for other bytes, so the ETag is made of it."""

    blob: str
    article: str
    language: str
    mark: str
    """Name of the mark that a takedown of the episode sets."""
    etag: str
    revision: str
    ending: str
    compressible: bool
    headers: tuple[tuple[bytes, bytes], ...]
    """Headers of 200, 206 and 304."""


class MediaFiles:
    """Answers everything below /media/."""

    def __init__(self, blobs: BlobStore, library: Library | None = None) -> None:
        """`library` knows editors and what was published; without one, nobody hears what is taken down."""
        self._blobs = blobs
        self._takedowns = TakedownCheck(blobs, library)
        self._files = OpenFiles(blobs)
        self._pieces = PieceReader()
        self._texts = CompressedTexts(blobs)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> int:
        """Answer GET or HEAD and return the status."""
        path = scope["path"]
        resource = _resource(path) if len(path) <= _LONGEST_PATH else None
        try:
            if resource is None:
                raise PageUnknown("There is no such file.", "Take its address from the feed.")
            opened = self._files.get(resource.blob)
            # The store of an open file is a folder, where a look is all it takes.
            private = (opened is None or self._takedowns.is_marked(resource.mark)) and await self._takedowns.is_private(
                resource.article, resource.language, scope
            )
            fields = header_fields(scope)
            coding = IDENTITY if private else _coding(resource, fields)
            if coding != IDENTITY:
                return await self._send_compressed(resource, coding, fields, scope, send)
            file = opened or await self._open(resource.blob)
            return await self._send_file(
                _private(resource) if private else resource, file, fields, scope, receive, send
            )
        except BlobMissing as error:
            if resource is None:
                return await refuse(scope, send, error)
            missing = await self._takedowns.missing(resource.article, resource.language)
            return await refuse(scope, send, missing)
        except PodcasterError as error:
            return await refuse(scope, send, error)

    def close(self) -> None:
        """Release every file and piece."""
        self._files.close()
        self._pieces.clear()

    async def _send_file(  # noqa: PLR0917 # ASGI's three, and what is known of the request
        self,
        resource: _Resource,
        file: OpenFile | BucketFile,
        fields: Mapping[bytes, bytes],
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> int:
        if _is_current(resource.etag, fields):
            return await respond(send, 304, resource.headers)
        wanted = fields.get(b"range", b"") if scope["method"] == "GET" else b""
        try:
            status, headers, part = _opening(resource, file.size, wanted, fields.get(b"if-range", b""))
        except RangeUnfit as error:
            return await refuse(scope, send, error, [(b"content-range", b"bytes */%d" % file.size), *_CORS])
        opening = {"type": "http.response.start", "status": status, "headers": headers}
        if scope["method"] == "HEAD":
            part = Span(part.start, part.start)
        piece = self._pieces.cached(resource.blob, part.start, part.end)
        if piece is not None:
            await send(opening)
            await send({"type": "http.response.body", "body": piece})
        else:
            await _stream(receive, send, opening, part, partial(self._pieces.read, resource.blob, file))
        return status

    async def _send_compressed(
        self, resource: _Resource, coding: str, fields: Mapping[bytes, bytes], scope: Scope, send: Send
    ) -> int:
        """Send a text in a content coding, which has an ETag of its own (RFC 9110 §8.8.3.3)."""
        body = await asyncio.to_thread(self._texts.of, resource.blob, coding)
        etag = _etag(resource.revision, f"{resource.ending}-{coding}")
        headers = [*_headers(etag, resource.ending, _key(resource)), (b"content-encoding", coding.encode())]
        if _is_current(etag, fields):
            return await respond(send, 304, headers)
        return await respond(send, 200, headers, body, head_only=scope["method"] == "HEAD")

    async def _open(self, blob: str) -> OpenFile | BucketFile:
        """Open a file off the event loop, since its disk may be slow, and keep it open."""
        file = await asyncio.to_thread(self._files.open, blob)
        if file is not None:
            self._files.keep(blob, file)
            return file
        size = await asyncio.to_thread(self._blobs.size, blob)
        if size is None:
            raise BlobMissing("There is no such file.", "Take its address from the feed.")
        return BucketFile(self._blobs, blob, size)


async def _stream(
    receive: Receive, send: Send, opening: Message, part: Span, read: Callable[[int, int], Awaitable[bytes]]
) -> None:
    """Send a part piece by piece, for as long as the client stays.

    A file that turns out to be shorter than it was ends the connection, so that no client takes the part for the whole.
    """
    start, end = part
    piece = await read(start, end)
    await send(opening)
    if start + len(piece) == end:
        await send({"type": "http.response.body", "body": piece})
        return
    gone = asyncio.create_task(wait_for_disconnect(receive))
    try:
        while piece and not gone.done():
            start += len(piece)
            await send({"type": "http.response.body", "body": piece, "more_body": start < end})
            piece = await read(start, end)
    except PodcasterError as error:
        log.warning("a file ended early", error=str(error), place=start, end=end)
    finally:
        gone.cancel()


def _coding(resource: _Resource, fields: Mapping[bytes, bytes]) -> str:
    """The content coding to answer in; ranges are of the plain text, since a part of a coded one cannot be decoded."""
    if not resource.compressible or b"range" in fields:
        return IDENTITY
    return accepted_coding(fields.get(b"accept-encoding", b"").decode("latin-1"), _OFFERED)


def _is_current(etag: str, fields: Mapping[bytes, bytes]) -> bool:
    tags = fields.get(b"if-none-match")
    return tags is not None and is_unchanged(etag, None, if_none_match=tags.decode("latin-1"), if_modified_since="")


@lru_cache(maxsize=1024)
def _opening(
    resource: _Resource, size: int, wanted: bytes, if_range: bytes
) -> tuple[int, tuple[tuple[bytes, bytes], ...], Span]:
    """Status, headers and bytes to send of a file of `size` bytes, for a Range and an If-Range header (RFC 9110 §14.2).

    Most players begin with the same range.

    Raises:
        RangeUnfit: no byte of the range is in the file.
    """
    matches = wanted and if_range_matches(if_range.decode("latin-1"), resource.etag)
    span = parse_range(wanted.decode("latin-1"), size) if matches else None
    part = span or Span(0, size)
    headers = (*resource.headers, (b"content-length", b"%d" % part.length))
    if span is None:
        return 200, headers, part
    return 206, (*headers, (b"content-range", b"bytes %d-%d/%d" % (span.start, span.end - 1, size))), part


@lru_cache(maxsize=1024)
def _resource(path: str) -> _Resource | None:
    found = _PATH.fullmatch(path)
    if found is None:
        return None
    blob, article, language, revision, ending = found.groups()
    etag = _etag(revision, ending)
    headers = _headers(etag, ending, files_key(article, language).encode())
    mark = takedown_mark(article, language)
    return _Resource(blob, article, language, mark, etag, revision, ending, ending in _COMPRESSIBLE, headers)


def _key(resource: _Resource) -> bytes:
    return files_key(resource.article, resource.language).encode()


def _private(resource: _Resource) -> _Resource:
    """The same file for an editor, which no cache may keep."""
    kept = [_FOR_EDITORS if each == _FOR_EVERYBODY else each for each in resource.headers]
    return replace(resource, headers=tuple(kept))


def _etag(revision: str, ending: str) -> str:
    return f'"{revision}{ending}"'


def _headers(etag: str, ending: str, key: bytes) -> tuple[tuple[bytes, bytes], ...]:
    """Headers of an answer; by `key` a CDN drops the file (Fastly's name for the header, then Cloudflare's)."""
    more = [(b"surrogate-key", key), (b"cache-tag", key)]
    more += [_SANDBOX] if ending == EpisodeFileKind.HTML else []
    more += [(b"vary", b"accept-encoding")] if ending in _COMPRESSIBLE else []
    return ((b"content-type", _content_type(ending)), (b"etag", etag.encode()), *_HEADERS, *more)


def _content_type(ending: str) -> bytes:
    return (_TYPES[ending] + ("; charset=utf-8" if ending in _TEXTS else "")).encode()
