"""When a hub is told that a feed has changed (W3C WebSub §7, the publisher's side); pure: times are arguments."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from podcaster.source.schedule import next_poll, retry_after_s

SETTLING: Final = timedelta(seconds=2)
"""From a change to the ping: the hub fetches the feed at once, and every server has to show the change by then."""
LONGEST_WAIT: Final = timedelta(seconds=10)
"""Changes that follow one another are told together, but not later than this after the first of them."""
GIVEN_UP_AFTER: Final = timedelta(hours=24)
_FIRST_RETRY_S: Final = 15.0
"""Half of what the first wait is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPing:
    """A hub is to be told of a feed. Times have a zone."""

    hub: str
    """Its URL."""
    feed: str
    """Name of the feed: `es/china`."""
    change: int = 1
    """Grows with each change, so that one that comes while the hub is being told is not lost."""
    since: datetime
    """The first change that it is to be told of."""
    changed: datetime
    """The last."""
    due: datetime
    tries: int = 0
    """Times in a row that it could not be told."""


def first_ping(hub: str, feed: str, now: datetime) -> FeedPing:
    """For a change of which the hub knows nothing yet."""
    return FeedPing(hub=hub, feed=feed, since=now, changed=now, due=now + SETTLING)


def changed_again(ping: FeedPing, now: datetime) -> FeedPing:
    """The same ping, which another change joins; where the hub did not answer, its time to do so begins anew."""
    since = now if ping.tries else ping.since
    soon = min(now + SETTLING, since + LONGEST_WAIT)
    due = max(ping.due, soon) if ping.tries else soon
    return replace(ping, change=ping.change + 1, since=since, changed=now, due=due)


def after_telling(ping: FeedPing, told: datetime) -> FeedPing | None:
    """What is left to do once the hub knows: nothing, unless it was told so early that it may not have seen the last change."""
    if ping.changed + SETTLING <= told:
        return None
    return replace(ping, since=told, due=told + SETTLING, tries=0)


def after_failure(ping: FeedPing, now: datetime, *, chance: float, retry_after: str = "") -> FeedPing | None:
    """When it is tried again: after half a minute, then twice as long each time, spread by a fifth; None: never.

    Args:
        ping: What failed.
        now: When.
        chance: From 0 to 1.
        retry_after: The hub's own wish (RFC 9110 §10.2.3), empty where it has none.
    """
    wished = retry_after_s(retry_after, now) if retry_after else None
    tries = ping.tries + 1
    due = next_poll(now, interval_s=_FIRST_RETRY_S, failures=tries, chance=chance, retry_after_s=wished)
    return None if due > ping.since + GIVEN_UP_AFTER else replace(ping, due=due, tries=tries)
