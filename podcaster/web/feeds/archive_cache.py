"""Pages of feeds' archives: read when somebody asks, and held for those who ask next."""

import threading
from collections import OrderedDict
from typing import Final

from podcaster.web.feeds.documents import CachedDocument, read_document
from podcaster.web.services import Services

_HELD: Final = 32
"""Pages in memory, about half a megabyte each: an archive may have thousands, and few are asked for."""


class ArchiveCache:
    """Pages by name."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._held: OrderedDict[str, CachedDocument] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, name: str) -> CachedDocument | None:
        """The page `es/archive/3` as it is now; None where there is none; blocks.

        Raises:
            BlobMissing: the page is damaged.
        """
        pointer = self._services.library.feed(name)
        if pointer is None:
            return None
        with self._lock:
            found = self._held.get(name)
        if found is None or found.digest != pointer.digest:
            found = read_document(self._services, pointer)
        with self._lock:
            self._held[name] = found
            self._held.move_to_end(name)
            while len(self._held) > _HELD:
                self._held.popitem(last=False)
        return found
