"""Conditional and range requests, as values: RFC 9110 §13 and §14."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime

_ONE_RANGE = re.compile(r"bytes=\s*(?:(\d{1,18})-(\d{1,18})?|-(\d{1,18}))\s*")


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes `start` to `end`, the end not included."""

    start: int
    end: int


class Unsatisfiable(Exception):  # RFC 9110's word
    """No byte of the range is in the file (RFC 9110 §15.5.17)."""


def span_of(header: str, size: int) -> Span | None:
    """What a Range header asks for; None for the whole: no range, several, or none that makes sense (§14.2).

    Raises:
        Unsatisfiable: the range begins behind the end.
    """
    found = _ONE_RANGE.fullmatch(header)
    if not found:
        return None
    if found[3] is not None:
        length = min(int(found[3]), size)
        if length == 0:
            raise Unsatisfiable
        return Span(size - length, size)
    start, last = int(found[1]), int(found[2]) if found[2] else size - 1
    if found[2] and last < start:
        return None
    if start >= size:
        raise Unsatisfiable
    return Span(start, min(last + 1, size))


def is_unchanged(etag: str, changed: datetime | None, *, if_none_match: str, if_modified_since: str) -> bool:
    """Whether what the client has is what it would get (§13.2.2): tags win over dates."""
    if if_none_match:
        offered = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
        return "*" in offered or etag in offered
    if if_modified_since and changed:
        since = _moment(if_modified_since)
        return since is not None and changed.replace(microsecond=0) <= since
    return False


def range_applies(if_range: str, etag: str) -> bool:
    """Whether a range may be cut of what is there now (§13.1.5): only of exactly what the client began with."""
    return not if_range or if_range == etag


def http_date(moment: datetime) -> str:
    """A date as headers have it (§5.6.7)."""
    return format_datetime(moment, usegmt=True)


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def accepted(header: str, offered: tuple[str, ...]) -> str:
    """The best content coding that a client accepts, in the order offered; `identity` without one (§12.5.3)."""
    weights: dict[str, float] = {}
    for part in header.lower().split(","):
        name, _, parameters = part.strip().partition(";")
        weight = parameters.strip().removeprefix("q=")
        try:
            weights[name.strip()] = float(weight) if parameters else 1.0
        except ValueError:
            continue
    return next((coding for coding in offered if weights.get(coding, weights.get("*", 0.0)) > 0), "identity")
