"""Decides whether an episode's files may be sent: not while they are taken down, except to editors."""

import asyncio
import threading

from cachetools import TTLCache

from podcaster.errors import AccessRefused, FileGone, PageUnknown, PodcasterError
from podcaster.feed.addresses import takedown_mark
from podcaster.ports import BlobStore, Library
from podcaster.units import ArticleId, LanguageTag
from podcaster.web.http.asgi import Scope
from podcaster.web.http.editor_session import active_key, presented_key

_LOOKED_AGAIN_S = 1.0
"""A bucket is asked again after this time. A folder is looked into with every request."""
_ANSWERED_AGAIN_S = 5.0
"""Whether an episode was ever published is looked up again after this time."""
_MOST_KEPT = 4096


class TakedownCheck:
    """Looks for the marks that `render.publishing.takedowns` sets."""

    def __init__(self, blobs: BlobStore, library: Library | None = None) -> None:
        self._blobs = blobs
        self._library = library
        self._marked: TTLCache[str, bool] = TTLCache(_MOST_KEPT, _LOOKED_AGAIN_S)
        self._published: TTLCache[str, bool] = TTLCache(_MOST_KEPT, _ANSWERED_AGAIN_S)
        """Whether an episode was ever published, by the name of its mark."""
        self._lock = threading.Lock()

    def is_marked(self, mark: str) -> bool:
        """Whether a folder holds a mark; False for a bucket, which `is_private` asks."""
        return self._blobs.local_path(mark) is not None

    async def is_private(self, article: str, language: str, scope: Scope) -> bool:
        """Whether an episode's files are for editors alone.

        Raises:
            FileGone: they are taken down, and the request comes from nobody who may hear them all the same.
        """
        mark = takedown_mark(article, language)
        known = self.is_marked(mark) or self._known(mark)
        if not (await asyncio.to_thread(self.covers, article, language) if known is None else known):
            return False
        if not await asyncio.to_thread(self._is_editor, scope):
            raise _gone()
        return True

    async def missing(self, article: str, language: str) -> PodcasterError:
        """The error for a file that is not in the store: gone if the episode was ever published."""
        if await asyncio.to_thread(self._was_published, article, language):
            return _gone()
        return PageUnknown("There is no such file.", "Take its address from the feed.")

    def covers(self, article: str, language: str) -> bool:
        """Whether an episode's files are taken down; blocks."""
        mark = takedown_mark(article, language)
        if self.is_marked(mark):
            return True
        known = self._known(mark)
        if known is None:
            known = self._blobs.size(mark) is not None
            with self._lock:
                self._marked[mark] = known
        return known

    def _was_published(self, article: str, language: str) -> bool:
        if self._library is None:
            return False
        mark = takedown_mark(article, language)
        with self._lock:
            known = self._published.get(mark)
        if known is None:
            known = self._library.first_published(ArticleId(article), LanguageTag(language)) is not None
            with self._lock:
                self._published[mark] = known
        return known

    def _known(self, mark: str) -> bool | None:
        with self._lock:  # the cache forgets while it is read
            return self._marked.get(mark)

    def _is_editor(self, scope: Scope) -> bool:
        if self._library is None:
            return False
        try:
            return active_key(presented_key(scope), self._library.key_by_digest) is not None
        except AccessRefused:
            return False


def _gone() -> FileGone:
    return FileGone("This file was taken down, or a newer one replaced it.", "Refresh the feed for what is published.")
