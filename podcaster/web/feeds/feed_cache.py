"""Feeds over HTTP: whole snapshots in memory, swapped at once; a raw ASGI application."""

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
from podcaster.web.http.asgi import Receive, Scope, Send, header, refuse, respond
from podcaster.web.http.negotiation import IDENTITY
from podcaster.web.services import Services

PREFIX = "/feeds/"
OPML = "/feeds.opml"
_NAME = r"[A-Za-z0-9-]{2,35}(?:/(?:by/)?[a-z0-9-]{1,80})?"
_PATH = re.compile(rf"/feeds/({_NAME})\.xml")
_PAGE_PATH = re.compile(rf"/feeds/({_NAME}/archive/[1-9][0-9]{{0,8}})\.xml", re.ASCII)
_REFRESH_SECONDS = 0.5
_SEEK_SECONDS = 0.1
"""Between two refreshes that are asked for, so that guesses at addresses do not wear the library out."""
_OPML_TYPE = b"text/x-opml; charset=utf-8"
log = structlog.get_logger()


class FeedCache:
    """Answers /feeds/*.xml and /feeds.opml from memory, a moment behind the library at most."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._archives = ArchiveCache(services)
        self._documents: Mapping[str, CachedDocument] = {}
        """By path; never changed, only replaced."""
        self._shown: Mapping[str, FeedPointer] = {}
        """What the documents were read by, as far as all of them could be."""
        self._refreshing = threading.Lock()
        self._seeking: asyncio.Task[None] | None = None
        self._sought_at = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, GET or HEAD."""
        document = self._documents.get(scope["path"])
        if document is None:
            document = await self._sought(scope, send)
            if document is None:
                return
        form = document.form(header(scope, b"accept-encoding"))
        if document.is_had(form, header(scope, b"if-none-match"), header(scope, b"if-modified-since")):
            await respond(send, 304, form.headers)
            return
        await respond(send, 200, form.headers, form.body, head_only=scope["method"] == "HEAD")

    async def _sought(self, scope: Scope, send: Send) -> CachedDocument | None:
        """A feed that may have been published a moment ago; None, and the answer given, where it was not."""
        try:
            page = _PAGE_PATH.fullmatch(scope["path"])
            if page:
                document = await asyncio.to_thread(self._archives.of, page[1])
            else:
                if _PATH.fullmatch(scope["path"]):
                    await self._refresh_soon()
                document = self._documents.get(scope["path"])
            if document is None:
                raise PageUnknown("There is no such feed.", f"{OPML} lists those that are there.")
        except PodcasterError as error:
            await refuse(scope, send, error)
            return None
        return document

    async def _refresh_soon(self) -> None:
        """Refresh once for all who ask at about the same time; each gets what was published before it asked."""
        if self._seeking is None:
            self._seeking = asyncio.create_task(self._seek())
        await asyncio.shield(self._seeking)

    async def _seek(self) -> None:
        loop = asyncio.get_running_loop()
        await asyncio.sleep(self._sought_at + _SEEK_SECONDS - loop.time())
        # Whoever comes from here on may ask for something that this refresh is too early for.
        self._seeking, self._sought_at = None, loop.time()
        await asyncio.to_thread(self.refresh)

    def refresh(self) -> None:
        """Take over what was published; blocks. A feed that cannot be read stays what it was, and stops no other.

        Raises:
            StorageFailed: the library does not say what was published.
        """
        with self._refreshing:
            held = self._documents
            pointers = self._services.library.feeds()
            if held and pointers == self._shown:
                return
            feeds = {f"{PREFIX}{name}.xml": self._current(held, pointer) for name, pointer in pointers.items()}
            documents = {path: feed for path, feed in feeds.items() if feed is not None}
            self._documents = {**documents, OPML: self._opml(held.get(OPML), pointers, documents.values())}
            in_front = self._show_in_front(documents, pointers)
            self._shown = pointers if in_front and _all_read(documents, pointers) else {}

    def _show_in_front(self, documents: Mapping[str, CachedDocument], pointers: Mapping[str, FeedPointer]) -> bool:
        """Whether a web server in front has what was read, where there is one."""
        show = self._services.show_in_front
        if show is None:
            return True
        try:
            for name, pointer in pointers.items():
                feed = documents.get(f"{PREFIX}{name}.xml")
                if feed is not None and feed.digest == pointer.digest:
                    show(pointer, {coding: form.body for coding, form in feed.forms.items()})
        except PodcasterError as error:
            log.warning("feeds not shown in front", error=str(error))
            return False
        return True

    async def keep_fresh(self) -> None:
        """Refresh until cancelled. While the library cannot be read, listeners get what was there."""
        while True:
            await asyncio.sleep(_REFRESH_SECONDS)
            try:
                await asyncio.to_thread(self.refresh)
            except PodcasterError as error:
                log.warning("feeds not refreshed", error=str(error))
            except Exception:  # without this task every feed would stand still for good
                log.exception("feeds not refreshed")

    def _current(self, held: Mapping[str, CachedDocument], pointer: FeedPointer) -> CachedDocument | None:
        before = held.get(f"{PREFIX}{pointer.name}.xml")
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
        listed = {name: self._services.show(LanguageTag(name)) for name in sorted(pointers) if "/" not in name}
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
