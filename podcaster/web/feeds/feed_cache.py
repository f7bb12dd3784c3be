"""Public feeds over HTTP, served from memory; a raw ASGI handler."""

import asyncio
import gzip
import hashlib
import re
import threading
from collections.abc import Iterable, Mapping
from dataclasses import replace

import structlog

from podcaster.errors import PageUnknown, PodcasterError
from podcaster.feed.addresses import Addresses
from podcaster.feed.opml import render_opml
from podcaster.ports import FeedPointer
from podcaster.units import LanguageTag
from podcaster.web.feeds.archive_cache import ArchiveCache
from podcaster.web.feeds.documents import CachedDocument, cached_document, read_document
from podcaster.web.http.asgi import Receive, Scope, Send, header_fields, refuse
from podcaster.web.http.negotiation import IDENTITY
from podcaster.web.services import Services

PREFIX = "/feeds/"
OPML = "/feeds.opml"
_NAME = r"[A-Za-z0-9-]{2,35}(?:/(?:by/)?[a-z0-9-]{1,80})?"
_PATH = re.compile(rf"/feeds/({_NAME})\.xml")
_PAGE_PATH = re.compile(rf"/feeds/({_NAME}/archive/[1-9][0-9]{{0,8}})\.xml", re.ASCII)
_REFRESH_SECONDS = 0.5
_MISS_SECONDS = 0.1
"""Between two refreshes for feeds that are not cached, so that guessed addresses do not overload the library."""
_OPML_TYPE = b"text/x-opml; charset=utf-8"
log = structlog.get_logger()


class FeedCache:
    """Answers /feeds/*.xml and /feeds.opml from memory, at most half a second behind the library."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._archives = ArchiveCache(services)
        self._documents: Mapping[str, CachedDocument] = {}
        """By path; never changed, only replaced."""
        self._cached: Mapping[str, FeedPointer] = {}
        """The pointers that the documents were read by; empty if one of them could not be read."""
        self._refreshing = threading.Lock()
        self._next_refresh: asyncio.Task[None] | None = None
        self._refreshed_at = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> int:
        """Answer GET or HEAD and return the status."""
        try:
            document = self._documents.get(scope["path"]) or await self._find(scope["path"])
        except PodcasterError as error:
            return await refuse(scope, send, error)
        fields = header_fields(scope)
        encoded = document.accepted(fields.get(b"accept-encoding", b""))
        tags, since = fields.get(b"if-none-match", b""), fields.get(b"if-modified-since", b"")
        if (tags or since) and document.is_unchanged(encoded, tags, since):
            status, headers, body = 304, encoded.unchanged_headers, b""
        else:
            status, headers, body = 200, encoded.headers, b"" if scope["method"] == "HEAD" else encoded.body
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})
        return status

    async def _find(self, path: str) -> CachedDocument:
        """A page of an archive, or a feed that was published since the last refresh.

        Raises:
            PageUnknown: there is no such feed.
        """
        page = _PAGE_PATH.fullmatch(path)
        if page:
            document = await asyncio.to_thread(self._archives.page, page[1])
        else:
            if _PATH.fullmatch(path):
                await self._refresh_soon()
            document = self._documents.get(path)
        if document is None:
            raise PageUnknown("There is no such feed.", f"{OPML} lists those that are there.")
        return document

    async def _refresh_soon(self) -> None:
        """Refresh once for all who ask at about the same time; each gets what was published before it asked."""
        if self._next_refresh is None:
            self._next_refresh = asyncio.create_task(self._refresh_later())
        await asyncio.shield(self._next_refresh)

    async def _refresh_later(self) -> None:
        loop = asyncio.get_running_loop()
        await asyncio.sleep(self._refreshed_at + _MISS_SECONDS - loop.time())
        # A request from here on may be for a feed that this refresh comes too early for.
        self._next_refresh, self._refreshed_at = None, loop.time()
        await asyncio.to_thread(self.refresh)

    def refresh(self) -> None:
        """Read what was published; blocks. A feed that cannot be read stays as it was and holds up no other.

        Raises:
            StorageFailed: the library cannot be read.
        """
        with self._refreshing:
            before = self._documents
            pointers = self._services.library.feeds()
            if before and pointers == self._cached:
                return
            feeds = {f"{PREFIX}{name}.xml": self._current(before, pointer) for name, pointer in pointers.items()}
            documents = {path: feed for path, feed in feeds.items() if feed is not None}
            self._documents = {**documents, OPML: self._opml(before.get(OPML), pointers, documents.values())}
            exported = self._export(documents, pointers)
            self._cached = pointers if exported and _all_read(documents, pointers) else {}

    def _export(self, documents: Mapping[str, CachedDocument], pointers: Mapping[str, FeedPointer]) -> bool:
        """Hand the feeds to the web server in front; False if it does not have them all. True without one."""
        show = self._services.show_in_front
        if show is None:
            return True
        try:
            for name, pointer in pointers.items():
                feed = documents.get(f"{PREFIX}{name}.xml")
                if feed is not None and feed.digest == pointer.digest:
                    show(pointer, {coding: encoded.body for coding, encoded in feed.encoded.items()})
        except PodcasterError as error:
            log.warning("feeds not shown in front", error=str(error))
            return False
        return True

    async def keep_fresh(self) -> None:
        """Refresh until cancelled. While the library cannot be read, listeners get the last version."""
        while True:
            await asyncio.sleep(_REFRESH_SECONDS)
            try:
                await asyncio.to_thread(self.refresh)
            except PodcasterError as error:
                log.warning("feeds not refreshed", error=str(error))
            except Exception:  # without this task no feed would ever change again
                log.exception("feeds not refreshed")

    def _current(self, documents: Mapping[str, CachedDocument], pointer: FeedPointer) -> CachedDocument | None:
        before = documents.get(f"{PREFIX}{pointer.name}.xml")
        if before is not None and before.generation > pointer.generation:
            return before
        if before is not None and before.digest == pointer.digest:
            return replace(before, generation=pointer.generation)
        try:
            return read_document(self._services, pointer, hubs=self._services.hubs)
        except PodcasterError as error:
            log.warning("feed not read", feed=pointer.name, error=str(error))
            return before

    def _opml(
        self, before: CachedDocument | None, pointers: Mapping[str, FeedPointer], feeds: Iterable[CachedDocument]
    ) -> CachedDocument:
        written = [LanguageTag(name) for name in sorted(pointers) if "/" not in name]
        heard = set(self._services.library.languages())
        # A language that cannot be made here is not announced; the first report is still to come where there is none.
        listed = {
            str(each): self._services.show(each) for each in written if each in heard or heard.isdisjoint(written)
        }
        title = next(iter(listed.values())).title if listed else "Reports"
        sections = {each.feed: each for each in self._services.library.sections() if each.feed in pointers}
        parts = {name: each.titled(self._services.show(each.language)) for name, each in sections.items()}
        shows = dict(sorted({**listed, **parts}.items()))
        body = render_opml(shows, title=title, addresses=Addresses.served(self._services.base_url))
        digest = hashlib.sha256(body).hexdigest()
        if before is not None and before.digest == digest:
            return before
        changed = max((feed.changed for feed in feeds), default=self._services.clock())
        return cached_document(_OPML_TYPE, digest, 0, changed, {"gzip": gzip.compress(body, mtime=0), IDENTITY: body})


def _all_read(documents: Mapping[str, CachedDocument], pointers: Mapping[str, FeedPointer]) -> bool:
    found = (documents.get(f"{PREFIX}{name}.xml") for name in pointers)
    return all(
        each is not None and each.digest == pointer.digest
        for each, pointer in zip(found, pointers.values(), strict=True)
    )
