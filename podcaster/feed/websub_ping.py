"""Schedules pings that tell a WebSub hub of changed feeds (W3C WebSub §7, publisher). Pure: times are arguments."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from podcaster.source.schedule import next_poll, retry_after_s

SETTLING: Final = timedelta(seconds=2)
"""Delay from a change to the ping. The hub fetches at once, and by then every server must have the change."""
LONGEST_WAIT: Final = timedelta(seconds=10)
"""Limit for merging changes that follow one another, counted from the first of them."""
GIVEN_UP_AFTER: Final = timedelta(hours=24)
_FIRST_RETRY_S: Final = 15.0
"""Half of the first wait, since `next_poll` doubles it once per failure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPing:
    """A pending ping: a hub is to be told of a feed. Times have a zone."""

    hub: str
    """URL of the hub."""
    feed: str
    """Name of the feed: `es/china`."""
    change: int = 1
    """Change counter; it shows that a new change arrived during a ping."""
    since: datetime
    """Time of the first change that the hub does not know."""
    changed: datetime
    """Time of the last change."""
    due: datetime
    tries: int = 0
    """Failed attempts in a row."""


def first_ping(hub: str, feed: str, now: datetime) -> FeedPing:
    """The ping for a first change."""
    return FeedPing(hub=hub, feed=feed, since=now, changed=now, due=now + SETTLING)


def merge_change(ping: FeedPing, now: datetime) -> FeedPing:
    """Add a change to a pending ping; after failures, the time limit for retries starts anew."""
    since = now if ping.tries else ping.since
    soon = min(now + SETTLING, since + LONGEST_WAIT)
    due = max(ping.due, soon) if ping.tries else soon
    return replace(ping, change=ping.change + 1, since=since, changed=now, due=due)


def after_success(ping: FeedPing, told: datetime) -> FeedPing | None:
    """The follow-up to a ping that succeeded: None, or another if the hub may have missed the last change."""
    if ping.changed + SETTLING <= told:
        return None
    return replace(ping, since=told, due=told + SETTLING, tries=0)


def after_failure(ping: FeedPing, now: datetime, *, chance: float, retry_after: str = "") -> FeedPing | None:
    """The retry of a ping that failed: after half a minute, doubling each time, spread by a fifth; None to give up.

    Args:
        ping: The ping that failed.
        now: Time of the failure.
        chance: Random number from 0 to 1.
        retry_after: The hub's Retry-After (RFC 9110 §10.2.3), or empty.
    """
    wished = retry_after_s(retry_after, now) if retry_after else None
    tries = ping.tries + 1
    due = next_poll(now, interval_s=_FIRST_RETRY_S, failures=tries, chance=chance, retry_after_s=wished)
    return None if due > ping.since + GIVEN_UP_AFTER else replace(ping, due=due, tries=tries)
