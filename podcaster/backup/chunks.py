"""Rows of a table as chunks of compressed JSON lines.

A chunk ends behind a row whose hash says so. Rows that did not change therefore fall into the chunks that they were in
before, whatever was added or removed before them, and a backup copies changed chunks only.
"""

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from typing import Final

from podcaster.ports.backups import Row

_ROWS: Final = 256
"""Rows of a chunk, on the average."""
_MOST_BYTES: Final = 4_000_000


def chunks(rows: Iterable[Row]) -> Iterator[bytes]:
    """The chunks of a table, in order."""
    lines: list[bytes] = []
    length = 0
    for row in rows:
        line = json.dumps(row, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
        lines.append(line)
        length += len(line)
        if zlib.crc32(line) % _ROWS == 0 or length >= _MOST_BYTES:
            yield _packed(lines)
            lines, length = [], 0
    if lines:
        yield _packed(lines)


def rows_of(chunk: bytes) -> Iterator[Row]:
    """The rows of a chunk."""
    for line in gzip.decompress(chunk).split(b"\n"):
        row: Row = json.loads(line)
        yield row


def _packed(lines: list[bytes]) -> bytes:
    return gzip.compress(b"\n".join(lines), mtime=0)
