"""Compressors by content coding (RFC 9110 §8.4.1)."""

import gzip
from collections.abc import Callable, Mapping
from typing import Final


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
"""The preferred one first."""
