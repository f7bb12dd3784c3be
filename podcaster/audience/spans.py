"""Pieces of a file, as they were sent: what they come to together, each byte once."""

from collections.abc import Iterable

Span = tuple[int, int]
"""First byte, and the byte behind the last."""
_MOST_SPANS = 500
"""Kept of one file; whoever asks for more holes than that loses the smallest pieces."""


def union(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same bytes in the fewest spans, in order; spans without a byte vanish."""
    joined: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    if len(joined) > _MOST_SPANS:
        joined = sorted(sorted(joined, key=lambda span: span[0] - span[1])[:_MOST_SPANS])
    return tuple(joined)


def behind(spans: Iterable[Span], start: int) -> tuple[Span, ...]:
    """What of them lies at `start` or behind it."""
    return union((max(first, start), end) for first, end in spans)


def total(spans: Iterable[Span]) -> int:
    """Bytes in spans that do not overlap."""
    return sum(end - start for start, end in spans)
