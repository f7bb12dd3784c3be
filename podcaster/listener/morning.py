"""A listener's mornings, and what each brings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise

from podcaster.feed.rss import Entry
from podcaster.listener.preferences import Preferences
from podcaster.listener.selection import selected

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Morning:
    """One of them, by the listener's calendar and by everybody's clock."""

    day: date
    at: datetime
    """In UTC."""


def morning_of(day: date, clock: time, zone: tzinfo) -> datetime:
    """When it is so late on a day in a zone, in UTC.

    A time that a day does not have, since clocks are put forward, is as much later; of one that it has twice, the first counts.
    """
    return datetime.combine(day, clock, zone).astimezone(UTC)


def mornings(now: datetime, clock: time, zone: tzinfo, *, most: int) -> Sequence[Morning]:
    """The last mornings that have come, the newest first."""
    today = now.astimezone(zone).date()
    # A day more at the front: clocks that are put back may bring a morning twice, and it counts from the first on.
    days = (today + _A_DAY - _A_DAY * back for back in range(most + 2))
    found = (Morning(day=day, at=morning_of(day, clock, zone)) for day in days)
    return [each for each in found if each.at <= now][:most]


def brought(
    published: Sequence[tuple[Entry, datetime]], preferences: Preferences, come: Sequence[Morning], *, most: int
) -> Iterator[tuple[Morning, Sequence[Entry]]]:
    """What each morning but the last of `come` brings: what the listener had not got when the one before it came.

    So a report is in one of them, though it be published in a better language later, and what is published later changes none.

    Args:
        published: Episodes of every language, the newest report first, each with the time at which it was first published.
        preferences: The listener's.
        come: Mornings one after the other, the newest first.
        most: How many reports a listener gets at all.
    """
    if preferences.max_minutes is None:
        # Reports do not compete, so those that nothing came of since then have no say: an archive costs nothing.
        came = {entry.episode.article for entry, since in published if since >= come[-1].at} if come else set()
        published = [each for each in published if each[0].episode.article in came]
    got = [
        selected([entry for entry, since in published if since < morning.at], preferences, most=most)
        for morning in come
    ]
    for (morning, after), (_, before) in pairwise(zip(come, got, strict=True)):
        known = {entry.episode.article for entry in before}
        yield morning, [entry for entry in after if entry.episode.article not in known]
