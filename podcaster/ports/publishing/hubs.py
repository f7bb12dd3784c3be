"""WebSub hubs and their pending notifications."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from podcaster.feed.websub_ping import FeedPing


class WebsubPings(Protocol):
    """Pending notifications by hub and feed; `FeedRepository.swap_feed` adds them too.

    A CDN that is told to drop something counts as a hub, and a cache key as a feed.
    """

    def add_pings(self, pings: Sequence[FeedPing]) -> None:
        """Add notifications; one that is pending covers the new one."""

    def claim_ping(self, hub: str, now: datetime, until: datetime) -> FeedPing | None:
        """Claim the hub's longest-due unclaimed ping until `until`; None if there is none."""

    def settle_ping(self, ping: FeedPing, following: FeedPing | None) -> None:
        """Give a claimed ping back: done with (None), or to be due again as `following` says.

        One that another change has joined since it was claimed stays due for that.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class HubAnswer:
    """A hub's answer to a ping."""

    status: int
    """HTTP status; 0 where no answer came."""
    said: str
    """The reason, in words, if there was no answer."""
    retry_after: str = ""
    """The header, empty without one."""


class Hub(Protocol):
    """Any WebSub hub."""

    def tell(self, hub: str, address: str) -> HubAnswer:
        """Tell the hub at a URL that what is at an address has changed; waits ten seconds at most for its answer to begin."""
