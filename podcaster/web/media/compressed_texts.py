"""An episode's texts, compressed when somebody first asks for them so, and held for those who ask next."""

import gzip
from collections.abc import Callable, Mapping
from typing import Final

from podcaster.ports import BlobStore
from podcaster.web.http.recent import Recent

_MOST: Final = 64
"""Some 20 KB each."""


def _brotli(data: bytes) -> bytes:
    import brotli  # noqa: PLC0415 # not before somebody asks for a text

    return bytes(brotli.compress(data, mode=brotli.MODE_TEXT, quality=5))


def _zstandard(data: bytes) -> bytes:
    import zstandard  # noqa: PLC0415 # the same

    return zstandard.compress(data, level=6)


COMPRESSORS: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "br": _brotli,
    "zstd": _zstandard,
    "gzip": lambda data: gzip.compress(data, compresslevel=6, mtime=0),
}
"""By content coding (RFC 9110 §8.4.1), the preferred one first."""


class CompressedTexts:
    """Reads and compresses them. They never change under their names."""

    def __init__(self, blobs: BlobStore) -> None:
        self._blobs = blobs
        self._held: Recent[tuple[str, str], bytes] = Recent(_MOST)

    def of(self, name: str, coding: str) -> bytes:
        """A blob in one of the codings `br`, `zstd` and `gzip`; blocks.

        Raises:
            BlobMissing: nothing has this name.
        """
        held = self._held.get((name, coding))
        return held if held is not None else self._held.put((name, coding), COMPRESSORS[coding](self._blobs.get(name)))
