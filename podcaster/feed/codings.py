"""The content codings that texts are sent in (RFC 9110 §8.4.1), and how each is made."""

import gzip
from collections.abc import Callable, Mapping
from typing import Final


def _brotli(data: bytes) -> bytes:
    import brotli  # noqa: PLC0415 # a process that serves what others packed does without

    return bytes(brotli.compress(data, mode=brotli.MODE_TEXT, quality=6))


def _zstandard(data: bytes) -> bytes:
    import zstandard  # noqa: PLC0415 # the same

    return zstandard.compress(data, level=9)


CODINGS: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "br": _brotli,
    "zstd": _zstandard,
    "gzip": lambda data: gzip.compress(data, compresslevel=6, mtime=0),
}
"""By name, the preferred one first. A feed is packed at every publication: the next levels take 1.5, 4 and 2.5 times as long for
1, 3 and 2 % fewer bytes."""
