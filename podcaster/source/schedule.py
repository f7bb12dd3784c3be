"""When a source is asked again."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_LONGEST_S = 24 * 3600.0
_LONGEST_ASKED_FOR_S = 7 * 24 * 3600.0
_DOUBLINGS = 12
_SPREAD = 0.2


def next_poll(
    now: datetime, *, interval_s: float, failures: int, chance: float, retry_after_s: float | None = None
) -> datetime:
    """The interval, twice as long for each failure in a row up to a day, and never before the source wants it.

    Args:
        now: With a time zone.
        interval_s: Seconds between two times while all is well.
        failures: Times in a row that it failed.
        chance: From 0 to 1; spreads the times by a fifth of the interval, so that many sources are not asked at once.
        retry_after_s: Seconds that it asked to be left alone for; a week is the most that is granted.
    """
    wait = interval_s
    if failures:
        wait = max(interval_s, min(interval_s * 2.0 ** min(failures, _DOUBLINGS), _LONGEST_S))
    wait *= 1 - _SPREAD / 2 + _SPREAD * chance
    if retry_after_s is not None:
        wait = max(wait, min(retry_after_s, _LONGEST_ASKED_FOR_S) * (1 + _SPREAD / 2 * chance))
    return now + timedelta(seconds=wait)


def retry_after_s(header: str, now: datetime) -> float | None:
    """Seconds that a Retry-After asks for (RFC 9110 §10.2.3), as a number or as a date; None where it says neither."""
    plain = header.strip()
    if plain.isascii() and plain.isdecimal():
        return float(plain[:9])
    try:
        moment = parsedate_to_datetime(plain)
    except (ValueError, TypeError):
        return None
    return max(0.0, ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now).total_seconds())
