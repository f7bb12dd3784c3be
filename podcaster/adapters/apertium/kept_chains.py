"""Chains of programs that were asked lately; the others are ended, for they hold up to 300 MB each."""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from podcaster.adapters.apertium.programs import Chain, Command

IDLE_SECONDS: Final = 10.0
_MOST: Final = 6
"""Three modes, as from Portuguese into Galician, and three dictionaries."""


@dataclass(slots=True)
class _Place:
    """A chain, or room for one."""

    asking: threading.Lock = field(default_factory=threading.Lock)
    chain: Chain | None = None
    users: int = 0
    used_s: float = 0.0


class KeptChains:
    """One chain for each list of commands. Safe to use from several threads, which wait for one another at a chain."""

    def __init__(self, *, most: int = _MOST, idle_seconds: float = IDLE_SECONDS) -> None:
        """More than `most` are kept only while they are asked."""
        self._most = most
        self._idle_seconds = idle_seconds
        self._places: dict[tuple[Command, ...], _Place] = {}
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None

    def ask(self, commands: Sequence[Command], texts: Sequence[str], *, name: str, seconds: float) -> Sequence[str]:
        """The answer of a chain to each text.

        Raises:
            EngineFailed, EngineTimedOut: as `Chain`; the next request gets a new one.
        """
        key = tuple(commands)
        with self._lock:
            place = self._places.setdefault(key, _Place())
            place.users += 1
        try:
            with place.asking:
                return self._asked(place, commands, texts, name=name, seconds=seconds)
        finally:
            with self._lock:
                place.users -= 1
                place.used_s = time.monotonic()
            self._end_idle(self._most)

    def close(self) -> None:
        """End those that are not asked now."""
        self._end_idle(0)

    def _asked(
        self, place: _Place, commands: Sequence[Command], texts: Sequence[str], *, name: str, seconds: float
    ) -> Sequence[str]:
        place.chain = place.chain or Chain(commands, name=name)
        try:
            return place.chain.ask(texts, seconds=seconds)
        except BaseException:
            place.chain.close()
            place.chain = None
            raise

    def _end_idle(self, most: int) -> None:
        """End those that nobody has asked for a while, and more than `most`; look again later."""
        with self._lock:
            idle = sorted((each.used_s, key) for key, each in self._places.items() if not each.users)
            over = max(len(self._places) - most, 0)
            since = time.monotonic() - self._idle_seconds
            ended = [
                self._places.pop(key) for place, (used_s, key) in enumerate(idle) if place < over or used_s <= since
            ]
            if self._timer is not None:
                self._timer.cancel()
            self._timer = threading.Timer(self._idle_seconds, self._end_idle, [most]) if self._places else None
            if self._timer is not None:
                self._timer.daemon = True
                self._timer.start()
        for each in ended:
            if each.chain is not None:
                each.chain.close()
