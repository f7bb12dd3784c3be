"""Feeds over HTTP: whole snapshots in memory, swapped at once; a raw ASGI application."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass

import structlog

from podcaster.errors import BlobMissing, PageUnknown, PodcasterError
from podcaster.feed.addresses import Addresses
from podcaster.feed.opml import render_opml
from podcaster.ports import FeedPointer
from podcaster.units import LanguageTag
from podcaster.web.asgi import Receive, Scope, Send, header, refuse, respond
from podcaster.web.conditions import accepted, http_date, is_unchanged
from podcaster.web.media import OPEN_TO_ALL
from podcaster.web.services import Services

PREFIX = "/feeds"
_PATH = re.compile(r"/feeds/([A-Za-z0-9-]{2,35}(?:/[a-z0-9-]{1,80})?)\.xml")
_CODINGS = {"br": ".br", "zstd": ".zst", "gzip": ".gz"}
_REFRESH_SECONDS = 0.5
_TYPE = (b"content-type", b"application/rss+xml; charset=utf-8")
_SHORT = (b"cache-control", b"public, max-age=300, stale-while-revalidate=600")
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Snapshot:
    pointer: FeedPointer
    forms: Mapping[str, bytes]
    """By content coding, `identity` among them."""


class FeedShelf:
    """Answers /feeds/*.xml and /feeds.opml from memory, a moment behind the library at most."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._snapshots: Mapping[str, _Snapshot] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, GET or HEAD."""
        if scope["path"] == "/feeds.opml":
            await self._opml(scope, send)
            return
        found = _PATH.fullmatch(scope["path"])
        snapshot = self._snapshots.get(found[1]) if found else None
        if snapshot is None:
            await refuse(scope, send, PageUnknown("There is no such feed.", "/feeds.opml lists those that are there."))
            return
        await self._answer(scope, send, snapshot)

    def refresh(self) -> None:
        """Take over what was published; blocks."""
        pointers = self._services.library.feeds()
        self._snapshots = {name: self._snapshot(pointer) for name, pointer in pointers.items()}

    async def keep_fresh(self) -> None:
        """Refresh until cancelled. While the library cannot be read, listeners get what was there."""
        while True:
            try:
                await asyncio.to_thread(self.refresh)
            except PodcasterError as error:
                log.warning("feeds not refreshed", error=str(error))
            await asyncio.sleep(_REFRESH_SECONDS)

    def _snapshot(self, pointer: FeedPointer) -> _Snapshot:
        held = self._snapshots.get(pointer.name)
        if held is not None and held.pointer.digest == pointer.digest:
            return _Snapshot(pointer, held.forms)
        blobs = self._services.blobs
        compressed = blobs.get_many([pointer.blob + suffix for suffix in _CODINGS.values()])
        forms = {
            coding: compressed[pointer.blob + suffix]
            for coding, suffix in _CODINGS.items()
            if pointer.blob + suffix in compressed
        }
        try:
            return _Snapshot(pointer, {**forms, "identity": blobs.get(pointer.blob)})
        except BlobMissing:
            if held is None:
                raise
            return held

    async def _answer(self, scope: Scope, send: Send, snapshot: _Snapshot) -> None:
        coding = accepted(_text(scope, b"accept-encoding"), tuple(each for each in _CODINGS if each in snapshot.forms))
        etag = f'"{snapshot.pointer.digest[:32]}-{coding}"'
        changed = snapshot.pointer.changed
        headers = [_TYPE, _SHORT, (b"etag", etag.encode()), (b"last-modified", http_date(changed).encode())]
        headers += [(b"vary", b"accept-encoding"), *OPEN_TO_ALL]
        tags, since = _text(scope, b"if-none-match"), _text(scope, b"if-modified-since")
        if is_unchanged(etag, changed, if_none_match=tags, if_modified_since=since):
            await send({"type": "http.response.start", "status": 304, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
            return
        if coding != "identity":
            headers.append((b"content-encoding", coding.encode()))
        await respond(send, 200, headers, snapshot.forms[coding], head_only=scope["method"] == "HEAD")

    async def _opml(self, scope: Scope, send: Send) -> None:
        shows = {name: self._services.show(LanguageTag(name)) for name in sorted(self._snapshots) if "/" not in name}
        title = next(iter(shows.values())).title if shows else "Reports"
        body = render_opml(shows, title=title, addresses=Addresses.served(self._services.base_url))
        headers = [(b"content-type", b"text/x-opml; charset=utf-8"), _SHORT, *OPEN_TO_ALL]
        await respond(send, 200, headers, body, head_only=scope["method"] == "HEAD")


def _text(scope: Scope, name: bytes) -> str:
    return header(scope, name).decode("latin-1")
