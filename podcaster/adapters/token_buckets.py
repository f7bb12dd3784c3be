"""Token buckets that the processes of one machine share, in a small file that is mapped into memory.

A bucket is one number, the time at which it will be full again (the generic cell rate algorithm): what fits into a slot of
16 bytes and is changed under a lock in a few microseconds. The clock is the machine's own since it was started; a file that
an earlier start left behind has times far ahead, and those count as now.
"""

import fcntl
import hashlib
import mmap
import os
import struct
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from podcaster.errors import StorageFailed
from podcaster.ports.limits import Allowance

_SLOT: Final = struct.Struct("=8sd")
"""Eight bytes that stand for who it is, and when the bucket is full again, in seconds."""
_SLOTS: Final = 16_384
_NEIGHBOURS: Final = 8
"""Slots for a key; when all are taken, the bucket that is full first is evicted."""
_MINUTE_S: Final = 60.0


class TokenBuckets:
    """Fills `ports.Buckets`."""

    def __init__(self, file: Path, clock: Callable[[], float] = time.monotonic) -> None:
        """Share the buckets in `file`, which is made where it is missing.

        Raises:
            StorageFailed: it cannot be made.
        """
        self._clock = clock
        self._turn = threading.Lock()
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._number = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            os.ftruncate(self._number, _SLOTS * _SLOT.size)
            self._slots = mmap.mmap(self._number, _SLOTS * _SLOT.size)
        except OSError as error:
            raise StorageFailed(
                f"{file} cannot be written: {error.strerror}.", "See that the data folder can be written."
            ) from error

    def take(self, who: str, *, per_minute: int) -> Allowance:
        """Take a token."""
        digest = hashlib.blake2b(who.encode(), digest_size=16).digest()
        each = _MINUTE_S / per_minute
        with self._turn:
            fcntl.flock(self._number, fcntl.LOCK_EX)
            try:
                now = self._clock()
                place, full = self._found(digest, now)
                allowance, full = _taken(now, full, each)
                _SLOT.pack_into(self._slots, place, digest[:8], full)
            finally:
                fcntl.flock(self._number, fcntl.LOCK_UN)
        return allowance

    def close(self) -> None:
        """Let go of the file."""
        self._slots.close()
        os.close(self._number)

    def _found(self, digest: bytes, now: float) -> tuple[int, float]:
        """The slot of a key, and when its bucket is full again."""
        first = int.from_bytes(digest[8:]) % _SLOTS
        there = []
        for neighbour in range(_NEIGHBOURS):
            place = (first + neighbour) % _SLOTS * _SLOT.size
            name, full = _SLOT.unpack_from(self._slots, place)
            full = full if now <= full <= now + _MINUTE_S else now
            if name == digest[:8]:
                return place, full
            there.append((full, place))
        return min(there)[1], now


def _taken(now: float, full: float, each: float) -> tuple[Allowance, float]:
    """A bucket behind one request; a minute's tokens are in it when it is full."""
    wait_s = full + each - _MINUTE_S - now
    if wait_s > 0:
        return Allowance(allowed=False, left=0, wait_s=wait_s), full
    full += each
    room_s = now + _MINUTE_S - full
    return Allowance(allowed=True, left=int(room_s / each), wait_s=max(0.0, each - room_s)), full
