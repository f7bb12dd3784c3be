"""Range requests (RFC 9110 §14), as pure functions."""

import re
from typing import NamedTuple

from podcaster.errors import RangeUnfit

_ONE_RANGE = re.compile(r"bytes=[ \t]*(?:(\d{1,40})-(\d{1,40})?|-(\d{1,40}))[ \t]*", re.IGNORECASE | re.ASCII)


class Span(NamedTuple):
    """Bytes `start` to `end`, the end not included."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """Bytes."""
        return self.end - self.start


def parse_range(header: str, size: int) -> Span | None:
    """The range that a Range header asks for, of `size` bytes; None for the whole, as for several or invalid ones (§14.2).

    Raises:
        RangeUnfit: no byte of the range is in the file (§15.5.17).
    """
    found = _ONE_RANGE.fullmatch(header)
    if not found:
        return None
    first, last, suffix = found.groups()
    if suffix is not None:
        start, end = max(0, size - int(suffix)), size
    else:
        start, end = int(first), int(last) + 1 if last else size
        if last and end <= start:
            return None
    if start >= size:
        raise RangeUnfit(
            f"The range begins beyond the end of the file, which has {size} bytes.", "Ask for a range within it."
        )
    return Span(start, min(end, size))


def if_range_matches(if_range: str, etag: str) -> bool:
    """Whether If-Range lets the range be sent (§13.1.5): only of the version that the client has a part of."""
    return not if_range or if_range == etag
