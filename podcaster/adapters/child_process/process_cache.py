"""The processes that were asked last, one for each key."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from cachetools import LRUCache

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence


class _Closable(Protocol):
    def close(self) -> None: ...


K = TypeVar("K", bound="Hashable")
P = TypeVar("P", bound=_Closable)


class ProcessCache(Generic[K, P]):
    """Starts a process for a new key and closes the one that was asked longest ago; safe to use from several threads."""

    def __init__(self, start: Callable[[K], P], *, most: int) -> None:
        self._start = start
        self._kept: LRUCache[K, P] = LRUCache(most)
        self._lock = threading.Lock()

    def get(self, key: K) -> P:
        """The process of a key, started if there is none."""
        with self._lock:
            process = self._kept.get(key)
            if process is None:
                process = self._start(key)
                if len(self._kept) == self._kept.maxsize:
                    _, oldest = self._kept.popitem()
                    oldest.close()
                self._kept[key] = process
            return process

    def forget(self, key: K, process: P) -> None:
        """Close a process; the next request for its key starts another."""
        with self._lock:
            if self._kept.get(key) is process:
                del self._kept[key]
        process.close()

    def pop(self, key: K) -> P | None:
        """Take the process of a key out, without closing it; None if there is none."""
        with self._lock:
            process: P | None = self._kept.pop(key, None)
        return process

    def processes(self) -> Sequence[P]:
        """All of them."""
        with self._lock:
            return list(self._kept.values())

    def close(self) -> None:
        """Close all of them."""
        with self._lock:
            processes = list(self._kept.values())
            self._kept.clear()
        for process in processes:
            process.close()
