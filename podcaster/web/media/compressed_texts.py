"""Transcripts and chapters in the content codings that clients accept, compressed on first request."""

import threading
from typing import Final

from cachetools import LRUCache, cachedmethod

from podcaster.ports import BlobStore
from podcaster.web.http.content_codings import COMPRESSORS

_MOST: Final = 64
"""Some 20 KB each."""


class CompressedTexts:
    """Reads and compresses blobs, which never change under their names."""

    def __init__(self, blobs: BlobStore) -> None:
        self._blobs = blobs
        self._cache: LRUCache[object, bytes] = LRUCache(_MOST)
        self._lock = threading.Lock()

    @cachedmethod(lambda self: self._cache, lock=lambda self: self._lock)
    def of(self, name: str, coding: str) -> bytes:
        """A blob in one of the codings `br`, `zstd` and `gzip`; blocks.

        Raises:
            BlobMissing: no blob has this name.
        """
        return COMPRESSORS[coding](self._blobs.get(name))
