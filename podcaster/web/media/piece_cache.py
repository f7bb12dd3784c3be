"""Pieces of files on their way to listeners; the most recently requested ones stay in memory."""

import asyncio
from dataclasses import dataclass
from typing import Final

from cachetools import LRUCache

from podcaster.ports import BlobStore
from podcaster.web.media.open_files import OpenFile

PIECE_BYTES: Final = 256 * 1024
_CACHE_BYTES: Final = 8_000_000
_ENTRY_BYTES: Final = 1024
"""Overhead of an entry, rounded up, so that many tiny ranges take no more memory than a few long ones."""


@dataclass(frozen=True, slots=True)
class BucketFile:
    """A blob in a store that keeps no local files."""

    blobs: BlobStore
    name: str
    size: int

    def read(self, start: int, length: int) -> bytes:
        """`length` bytes from `start`; blocks.

        Raises:
            StorageFailed: the store cannot be read.
        """
        return self.blobs.get_range(self.name, start, length)


class PieceReader:
    """Reads pieces of blobs for one event loop.

    A new episode is fetched by many listeners within minutes, from its beginning: its pieces are read once for all of
    them, which spares a bucket most of its reads. Blobs never change under their names, so pieces never go stale.
    """

    def __init__(self) -> None:
        self._cache: LRUCache[tuple[str, int, int], bytes] = LRUCache(
            _CACHE_BYTES, getsizeof=lambda piece: len(piece) + _ENTRY_BYTES
        )

    def cached(self, name: str, start: int, end: int) -> bytes | None:
        """All bytes `start` to `end` of a blob, if they are one piece and in memory."""
        return self._cache.get((name, start, end - start))

    async def read(self, name: str, file: OpenFile | BucketFile, start: int, end: int) -> bytes:
        """The next piece of bytes `start` to `end` of a blob; what is not in memory is read off the event loop.

        Raises:
            StorageFailed: the disk or the store cannot be read.
        """
        length = min(PIECE_BYTES, end - start)
        if length <= 0:
            return b""
        key = (name, start, length)
        piece = self._cache.get(key)
        if piece is not None:
            return piece
        if isinstance(file, OpenFile) and file.is_cached(start, length):
            piece = file.read(start, length)
        else:
            piece = await asyncio.to_thread(file.read, start, length)
        if len(piece) == length:
            self._cache[key] = piece
        return piece

    def clear(self) -> None:
        """Release every piece."""
        self._cache.clear()
