"""Pages of feeds' archives, read on request and cached."""

import threading
from typing import Final

from cachetools import LRUCache

from podcaster.web.feeds.documents import CachedDocument, read_document
from podcaster.web.services import Services

_MOST_PAGES: Final = 32
"""About half a megabyte each: an archive may have thousands, and few are asked for."""


class ArchiveCache:
    """Archive pages by name."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._pages: LRUCache[str, CachedDocument] = LRUCache(_MOST_PAGES)
        self._lock = threading.Lock()

    def page(self, name: str) -> CachedDocument | None:
        """The page `es/archive/3` as it is now; None if there is none; blocks.

        Raises:
            BlobMissing: the page is damaged.
        """
        pointer = self._services.library.feed(name)
        if pointer is None:
            return None
        with self._lock:
            page = self._pages.get(name)
        if page is None or page.digest != pointer.digest:
            page = read_document(self._services, pointer)
            with self._lock:
                self._pages[name] = page
        return page
