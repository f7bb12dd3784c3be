"""Chains of programs that were asked lately, as many as a worker has memory for."""

import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from podcaster.adapters.apertium.programs import Chain, Command
from podcaster.adapters.child_process.idle_timer import IdleTimer

IDLE_SECONDS: Final = 10.0
MOST_BYTES: Final = 12_500_000
"""Data on disk. Programs take 41 to 45 times as much memory, so that is 550 MB: two modes from Portuguese into Spanish (440
MB) and the three dictionaries that their translations are looked up in."""
_BESIDE: Final = 4
"""A quarter more may run while a chain is asked for the first time: it is seldom asked, and those that are asked often stay."""


@dataclass(slots=True)
class _Place:
    """A chain, or room for one."""

    data_bytes: int
    asking: threading.Lock = field(default_factory=threading.Lock)
    chain: Chain | None = None
    users: int = 0
    used_s: float = 0.0


class KeptChains:
    """One chain for each list of commands. Safe to use from several threads, which wait for one another at a chain."""

    def __init__(self, *, most_bytes: int = MOST_BYTES, idle_seconds: float = IDLE_SECONDS) -> None:
        """Chains with more than `most_bytes` of data together, or a quarter more, are there only while they are asked."""
        self._most_bytes = most_bytes
        self._idle_seconds = idle_seconds
        self._places: dict[tuple[Command, ...], _Place] = {}
        self._requests: Counter[tuple[Command, ...]] = Counter()
        self._lock = threading.Lock()
        self._timer = IdleTimer(idle_seconds, self._end_idle)

    def ask(self, commands: Sequence[Command], texts: Sequence[str], *, name: str, seconds: float) -> Sequence[str]:
        """The answer of a chain to each text.

        Raises:
            EngineFailed, EngineTimedOut: as `Chain`; the next request gets a new one.
        """
        key = tuple(commands)
        with self._lock:
            place = self._places.get(key) or self._places.setdefault(key, _Place(_data_bytes(commands)))
            place.users += 1
            self._requests[key] += 1
        if place.chain is None:
            self._end(self._most_bytes + min(place.data_bytes, self._most_bytes // _BESIDE))
        try:
            with place.asking:
                return self._asked(place, commands, texts, name=name, seconds=seconds)
        finally:
            with self._lock:
                place.users -= 1
                place.used_s = time.monotonic()
            self._end(self._most_bytes)
            self._timer.start()

    def close(self) -> None:
        """End those that are not asked now."""
        self._timer.cancel()
        self._end(-1)

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

    def _end_idle(self) -> bool:
        self._end(self._most_bytes, used_before_s=time.monotonic() - self._idle_seconds)
        return bool(self._places)

    def _end(self, most_bytes: int, *, used_before_s: float = float("-inf")) -> None:
        """End those that were last asked before a time, and those asked least beyond so much data.

        Of those that were asked equally often, the smallest end first: they start soonest again.
        """
        ended: list[_Place] = []
        with self._lock:
            over = sum(each.data_bytes for each in self._places.values()) - most_bytes
            idle = [(self._requests[key], each.data_bytes, key) for key, each in self._places.items() if not each.users]
            for _, _, key in sorted(idle):
                if over > 0 or self._places[key].used_s <= used_before_s:
                    ended.append(self._places.pop(key))
                    over -= ended[-1].data_bytes
        for each in ended:
            if each.chain is not None:
                each.chain.close()


def _data_bytes(commands: Sequence[Command]) -> int:
    """Size of the data files that programs read."""
    files = [Path(word) for command in commands for word in command if word.endswith(".bin")]
    return sum(file.stat().st_size for file in files if file.is_file())
