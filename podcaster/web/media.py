"""Episodes' files over HTTP: immutable, by pread, with ranges; a raw ASGI application."""

import asyncio
import os
import re
from collections import OrderedDict
from dataclasses import dataclass

from podcaster.errors import BlobMissing, PageUnknown
from podcaster.ports import BlobStore
from podcaster.web.asgi import Receive, Scope, Send, header, refuse, respond
from podcaster.web.conditions import Span, Unsatisfiable, is_unchanged, range_applies, span_of

PREFIX = "/media/"
_PATH = re.compile(
    r"/(media/[a-z0-9-]{1,80}/[A-Za-z0-9-]{2,35}/([0-9a-f]{16})(\.mp3|\.m4a|\.opus|\.vtt|\.srt|\.json|\.html|\.chapters\.json))"
)
_TYPES = {
    ".mp3": b"audio/mpeg",
    ".m4a": b"audio/mp4",
    ".opus": b"audio/ogg",
    ".vtt": b"text/vtt; charset=utf-8",
    ".srt": b"application/x-subrip; charset=utf-8",
    ".json": b"application/json",
    ".html": b"text/html; charset=utf-8",
    ".chapters.json": b"application/json+chapters",
}
_PIECE_BYTES = 256 * 1024
_OPEN_FILES = 256
OPEN_TO_ALL = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"content-length, content-range, etag"),
)
_FOR_EVER = (b"cache-control", b"public, max-age=31536000, immutable")


@dataclass(frozen=True, slots=True)
class _OpenFile:
    name: str
    descriptor: int | None
    """None: the blob is not a local file."""
    size: int


class MediaFiles:
    """Answers everything below /media/. A name never stands for other bytes, so its revision is its ETag."""

    def __init__(self, blobs: BlobStore) -> None:
        self._blobs = blobs
        self._files: OrderedDict[str, _OpenFile] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, GET or HEAD."""
        found = _PATH.fullmatch(scope["path"])
        try:
            file = await self._file(found[1]) if found else None
        except BlobMissing:
            file = None
        if found is None or file is None:
            await refuse(scope, send, PageUnknown("There is no such file.", "Take its address from the feed."))
            return
        etag = f'"{found[2]}{found[3]}"'
        headers = [(b"content-type", _TYPES[found[3]]), (b"etag", etag.encode()), (b"accept-ranges", b"bytes")]
        headers += [_FOR_EVER, *OPEN_TO_ALL]
        if is_unchanged(etag, None, if_none_match=_text(scope, b"if-none-match"), if_modified_since=""):
            await send({"type": "http.response.start", "status": 304, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
            return
        try:
            wanted = _text(scope, b"range") if range_applies(_text(scope, b"if-range"), etag) else ""
            span = span_of(wanted, file.size)
        except Unsatisfiable:
            await respond(send, 416, [*headers, (b"content-range", f"bytes */{file.size}".encode())])
            return
        await self._send(scope, send, file, span, headers)

    def close(self) -> None:
        """Close every file."""
        while self._files:
            _close(self._files.popitem()[1])

    async def _send(
        self,
        scope: Scope,
        send: Send,
        file: _OpenFile,
        span: Span | None,
        headers: list[tuple[bytes, bytes]],
    ) -> None:
        part = span or Span(0, file.size)
        if span:
            headers.append((b"content-range", f"bytes {span.start}-{span.end - 1}/{file.size}".encode()))
        headers.append((b"content-length", str(part.end - part.start).encode()))
        await send({"type": "http.response.start", "status": 206 if span else 200, "headers": headers})
        place = part.start
        while scope["method"] != "HEAD" and place < part.end:
            piece = await self._read(file, place, min(_PIECE_BYTES, part.end - place))
            place += len(piece)
            await send({"type": "http.response.body", "body": piece, "more_body": place < part.end})
        if scope["method"] == "HEAD" or part.start == part.end:
            await send({"type": "http.response.body", "body": b""})

    async def _read(self, file: _OpenFile, place: int, length: int) -> bytes:
        if file.descriptor is not None:
            return os.pread(file.descriptor, length, place)
        return await asyncio.to_thread(self._blobs.get_range, file.name, place, length)

    async def _file(self, name: str) -> _OpenFile:
        """A file that was open stays open; another one is opened off the loop, since its disk may be slow."""
        file = self._files.get(name)
        if file is None:
            file = await asyncio.to_thread(self._opened, name)
            self._files[name] = file
            if len(self._files) > _OPEN_FILES:
                asyncio.get_running_loop().call_later(60, _close, self._files.popitem(last=False)[1])
        self._files.move_to_end(name)
        return file

    def _opened(self, name: str) -> _OpenFile:
        path = self._blobs.local_path(name)
        if path is not None:
            descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
            return _OpenFile(name, descriptor, os.fstat(descriptor).st_size)
        size = self._blobs.size(name)
        if size is None:
            raise BlobMissing(f"There is no file {name}.", "Take its address from the feed.")
        return _OpenFile(name, None, size)


def _text(scope: Scope, name: bytes) -> str:
    return header(scope, name).decode("latin-1")


def _close(file: _OpenFile) -> None:
    if file.descriptor is not None:
        os.close(file.descriptor)
