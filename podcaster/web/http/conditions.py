"""Conditional requests (RFC 9110 §13), as pure functions."""

import re
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

_STRONG = re.compile('"([!#-~\x80-\xff]*)"')
_WEAK = re.compile('W/"[!#-~\x80-\xff]*"')


def is_unchanged(etag: str, changed: datetime | None, *, if_none_match: str, if_modified_since: str) -> bool:
    """Whether the client has the current version (§13.2.2); dates count only if it sends no tags."""
    if if_none_match:
        offered = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
        return "*" in offered or etag in offered
    since = _moment(if_modified_since) if changed and if_modified_since else None
    return since is not None and changed is not None and changed.replace(microsecond=0) <= since


def http_date(moment: datetime) -> str:
    """A moment in the format of HTTP headers (§5.6.7)."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def _moment(text: str) -> datetime | None:
    """A date in any of the three formats of §5.6.7; None if it is none, which counts as not sent."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def parse_if_match(if_match: str | None) -> frozenset[str] | None:
    """The opaque tags that an If-Match header lists (§13.1.1), without quotes; None if it matches every version.

    Weak tags are left out, since If-Match compares strongly (§8.8.3.2) and they match nothing.
    """
    if if_match is None or if_match.strip() == "*":
        return None
    return frozenset(_STRONG.findall(_WEAK.sub("", if_match)))
