"""Transcripts and chapters in the content codings that clients accept, compressed on first request."""

import gzip
import threading
from collections.abc import Callable, Mapping
from typing import Final

from cachetools import LRUCache, cachedmethod

from podcaster.ports import BlobStore

_MOST: Final = 64
"""Some 20 KB each."""


def _brotli(data: bytes) -> bytes:
    import brotli  # noqa: PLC0415 # loaded by the first text that is asked for in br

    return bytes(brotli.compress(data, mode=brotli.MODE_TEXT, quality=5))


def _zstandard(data: bytes) -> bytes:
    import zstandard  # noqa: PLC0415 # loaded by the first text that is asked for in zstd

    return zstandard.compress(data, level=6)


COMPRESSORS: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "br": _brotli,
    "zstd": _zstandard,
    "gzip": lambda data: gzip.compress(data, compresslevel=6, mtime=0),
}
"""By content coding (RFC 9110 §8.4.1), the preferred one first."""


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
