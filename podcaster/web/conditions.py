"""Conditional requests, as values: RFC 9110 §13."""

from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime


def is_unchanged(etag: str, changed: datetime | None, *, if_none_match: str, if_modified_since: str) -> bool:
    """Whether what the client has is what it would get (§13.2.2): where tags are offered, dates do not count."""
    if if_none_match:
        offered = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
        return "*" in offered or etag in offered
    since = _moment(if_modified_since) if changed and if_modified_since else None
    return since is not None and changed is not None and changed.replace(microsecond=0) <= since


def http_date(moment: datetime) -> str:
    """A date as headers have it (§5.6.7)."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def _moment(text: str) -> datetime | None:
    """A date in any of the three forms that §5.6.7 asks for; None where it is none, which is as if it was not sent."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
