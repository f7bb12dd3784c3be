"""Parts that are built on first use: a process that only serves never needs some of them."""

import threading
from collections.abc import Callable
from typing import Any, TypeVar, cast

_Part = TypeVar("_Part")


def lazy(build: Callable[[], _Part]) -> _Part:
    """A stand-in for a part, which is built when something is first asked of it; once for all threads."""
    return cast("_Part", _StandIn(build))


class _StandIn:
    def __init__(self, build: Callable[[], Any]) -> None:
        self._build = build
        self._part: Any = None
        self._building = threading.Lock()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 # the part's own
        with self._building:
            if self._part is None:
                self._part = self._build()
        return getattr(self._part, name)

    def close(self) -> None:
        """Close the part, if it was built."""
        if self._part is not None:
            self._part.close()
