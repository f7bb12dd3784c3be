"""Stores that keep nothing, fill up, or end the process at a chosen moment."""

import os
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import wraps
from itertools import count
from pathlib import Path
from typing import Any, TypeVar, cast

from podcaster.errors import BlobMissing, InputRefused, StorageFull
from podcaster.ports import is_blob_name

_Port = TypeVar("_Port")


class MemoryBlobStore:
    """A whole BlobStore in a dictionary."""

    def __init__(self) -> None:
        self._blobs: dict[str, bytes] = {}

    def get(self, name: str) -> bytes:
        """All bytes of a blob."""
        try:
            return self._blobs[name]
        except KeyError:
            raise BlobMissing(f"The store holds no {name!r}.", "Render the report again.") from None

    def get_many(self, names: Sequence[str]) -> Mapping[str, bytes]:
        """The blobs among `names` that exist."""
        return {name: self._blobs[name] for name in names if name in self._blobs}

    def get_range(self, name: str, start: int, length: int) -> bytes:
        """`length` bytes from `start`, fewer at the end."""
        return self.get(name)[start : start + length]

    def put(self, name: str, data: bytes | Iterable[bytes]) -> None:
        """Store under a name."""
        if not is_blob_name(name):
            raise InputRefused(f"{name!r} cannot name a blob.", "Use letters, digits, '.', '_', '-' and '/'.")
        self._blobs[name] = data if isinstance(data, bytes) else b"".join(data)

    def size(self, name: str) -> int | None:
        """Length in bytes."""
        return len(self._blobs[name]) if name in self._blobs else None

    def names(self, prefix: str) -> Iterator[str]:
        """Every name under a prefix."""
        return (name for name in list(self._blobs) if name.startswith(prefix))

    def delete(self, name: str) -> None:
        """Remove a blob."""
        self._blobs.pop(name, None)

    def local_path(self, name: str) -> Path | None:  # noqa: ARG002 # the port's signature
        """None: nothing lies on a disk."""
        return None


class FullBlobStore(MemoryBlobStore):
    """A disk that is full from the nth `put` on, counted from 1, until `free` is called."""

    def __init__(self, nth: int) -> None:
        super().__init__()
        self._puts = count(1)
        self._nth = nth

    def put(self, name: str, data: bytes | Iterable[bytes]) -> None:
        """Store under a name while there is room.

        Raises:
            StorageFull: this is the nth `put` or a later one.
        """
        if next(self._puts) >= self._nth:
            raise StorageFull(f"There is no room to store {name}.", "Free some space in the data folder and try again.")
        super().put(name, data)

    def free(self) -> None:
        """Make room again, for ever."""
        self._puts = count(-(10**9))


def kill_at(port: _Port, nth: int, *, after: bool = False, only: Sequence[str] = ()) -> _Port:
    """The same port, but its nth call, counted from 1 over all its methods, ends the process as kill -9 does.

    `after` lets the call do its work first; `only` counts calls of these methods alone.
    """
    return cast("_Port", _Killing(port, nth, after=after, only=frozenset(only)))


class _Killing:
    def __init__(self, port: object, nth: int, *, after: bool, only: frozenset[str]) -> None:
        self._port = port
        self._calls = count(1)
        self._nth = nth
        self._after = after
        self._only = only

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 # whatever the port has
        found = getattr(self._port, name)
        if not callable(found) or (self._only and name not in self._only):
            return found
        return self._counted(found)

    def _counted(self, method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def call(*args: object, **named: object) -> Any:  # noqa: ANN401 # whatever the method returns
            fatal = next(self._calls) == self._nth
            if fatal and not self._after:
                os.kill(os.getpid(), signal.SIGKILL)
            result = method(*args, **named)
            if fatal:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        return call
