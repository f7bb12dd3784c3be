"""Byte ranges of a file: their union and their total."""

from collections.abc import Iterable

ByteRange = tuple[int, int]
"""Offset of the first byte, and of the byte after the last."""
_MOST_SPANS = 500
"""Ranges kept of one file; with more of them the shortest are dropped."""


def union(spans: Iterable[ByteRange]) -> tuple[ByteRange, ...]:
    """Merge overlapping and adjacent ranges, in order; empty ranges are dropped."""
    joined: list[ByteRange] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    if len(joined) > _MOST_SPANS:
        joined = sorted(sorted(joined, key=lambda span: span[0] - span[1])[:_MOST_SPANS])
    return tuple(joined)


def from_offset(spans: Iterable[ByteRange], start: int) -> tuple[ByteRange, ...]:
    """Clip ranges to what lies at `start` or after it."""
    return union((max(first, start), end) for first, end in spans)


def total(spans: Iterable[ByteRange]) -> int:
    """Bytes in ranges that do not overlap."""
    return sum(end - start for start, end in spans)
