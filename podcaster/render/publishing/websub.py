"""Notifies WebSub hubs of changed feeds, in the background."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

import structlog

from podcaster.feed.websub_ping import after_failure, after_success
from podcaster.ports import Clock, Hub, WebsubPings

_CLAIM: Final = timedelta(minutes=1)
_PASSING: Final = frozenset({0, 408, 425, 429})
"""Answers that another time may be others, besides 500 and above; 0 is none."""
_FAULTS_FROM: Final = 500
log = structlog.get_logger()


def _chance() -> float:
    return random.random()  # noqa: S311 # spreads load, keeps no secret


@dataclass(frozen=True, slots=True, kw_only=True)
class HubNotifier:
    """Tells one hub; what it is to be told stands in the library, so that nothing is lost when this stops or dies."""

    hub: str
    pings: WebsubPings
    client: Hub
    topic: Callable[[str], str]
    """The address that a hub knows a feed by."""
    clock: Clock
    chance: Callable[[], float] = field(default=_chance)
    """A number from 0 to 1."""

    def notify_due(self) -> bool:
        """Tell the hub of one feed; False where it knows everything, or is not to be asked yet."""
        now = self.clock()
        ping = self.pings.claim_ping(self.hub, now, now + _CLAIM)
        if ping is None:
            return False
        answer = self.client.tell(self.hub, self.topic(ping.feed))
        said = {"hub": self.hub, "feed": ping.feed, "status": answer.status, "said": answer.said}
        if answer.status in range(200, 300):
            self.pings.settle_ping(ping, after_success(ping, now))
            log.info("hub told", **said)
        elif answer.status in _PASSING or answer.status >= _FAULTS_FROM:
            again = after_failure(ping, self.clock(), chance=self.chance(), retry_after=answer.retry_after)
            self.pings.settle_ping(ping, again)
            log.warning("hub not told", again=again.due.isoformat() if again else "given up", **said)
        else:
            self.pings.settle_ping(ping, None)
            log.warning("hub refuses; see PODCASTER_WEBSUB_HUBS", **said)
        return True
