"""Spreads the calls of an online engine over time, for all processes together."""

import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class SharedPace:
    """Gives each call a slot of its own in a grid of equal intervals; no two processes get the same slot."""

    def __init__(
        self,
        name: str,
        *,
        calls_per_minute: int,
        claim: Callable[[str, datetime], bool],
        clock: Callable[[], datetime],
        wait: Callable[[float], None],
    ) -> None:
        """`claim` takes a slot, by a name and its time: True for the first process that asks."""
        self._name = name
        self._interval_s = 60 / calls_per_minute
        self._claim = claim
        self._clock = clock
        self._wait = wait

    def turn(self) -> None:
        """Wait until the next call may go out."""
        now = self._clock()
        slot = math.ceil(now.timestamp() / self._interval_s)
        while not self._claim(f"{self._name} {slot}", self._time(slot)):
            slot += 1
        self._wait((self._time(slot) - now) / timedelta(seconds=1))

    def _time(self, slot: int) -> datetime:
        return datetime.fromtimestamp(slot * self._interval_s, UTC)
