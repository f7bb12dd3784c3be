"""Daily briefings: their times, and the reports of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise

from podcaster.feed.rss import FeedEntry
from podcaster.listener.preferences import Preferences
from podcaster.listener.selection import selected

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingTime:
    """One daily briefing: its date for the listener, and its time in UTC."""

    day: date
    at: datetime
    """In UTC."""


def local_time_in_utc(day: date, clock: time, zone: tzinfo) -> datetime:
    """The time in UTC at which a zone's clock shows `clock` on a day.

    If the clock skips that time, the result is later by the skipped hour; if it shows it twice, the first counts.
    """
    return datetime.combine(day, clock, zone).astimezone(UTC)


def briefing_times(now: datetime, clock: time, zone: tzinfo, *, most: int) -> Sequence[BriefingTime]:
    """The last daily briefings that are due, newest first."""
    today = now.astimezone(zone).date()
    # One more day at the front: when clocks are put back, a briefing time may come twice, and the first counts.
    days = (today + _A_DAY - _A_DAY * back for back in range(most + 2))
    found = (BriefingTime(day=day, at=local_time_in_utc(day, clock, zone)) for day in days)
    return [each for each in found if each.at <= now][:most]


def reports_by_briefing(
    published: Sequence[tuple[FeedEntry, datetime]],
    preferences: Preferences,
    come: Sequence[BriefingTime],
    *,
    most: int,
) -> Iterator[tuple[BriefingTime, Sequence[FeedEntry]]]:
    """The new reports of each daily briefing but the last of `come`: those not selected at the briefing before.

    So a report is in one briefing only, even if it is later published in a preferred language, and later publications
    change no earlier briefing.

    Args:
        published: Episodes of every language, newest report first, each with the time of its first publication.
        preferences: The listener's preferences.
        come: Consecutive briefings, newest first.
        most: Most reports that a listener gets in all.
    """
    if preferences.max_minutes is None:
        # Without a time limit reports do not compete, so those unchanged since can be skipped: an archive costs nothing.
        came = {entry.episode.article for entry, since in published if since >= come[-1].at} if come else set()
        published = [each for each in published if each[0].episode.article in came]
    got = [
        selected([entry for entry, since in published if since < morning.at], preferences, most=most)
        for morning in come
    ]
    for (morning, after), (_, before) in pairwise(zip(come, got, strict=True)):
        known = {entry.episode.article for entry in before}
        yield morning, [entry for entry in after if entry.episode.article not in known]
