"""Ports that die: to see what is left when a process is killed at one certain call."""

import os
import signal
from collections.abc import Callable
from typing import Any


class KillAt:
    """A port that is killed, with its process, at the n-th call of a certain method; the rest passes through."""

    def __init__(self, port: object, method: str, call: int, *, after: bool) -> None:
        """`after`: the call is made first, and its answer never comes back."""
        self._port = port
        self._method = method
        self._left = call
        self._after = after

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 # whatever the port has
        """The port's own, but for the method that kills."""
        own = getattr(self._port, name)
        return self._deadly(own) if name == self._method else own

    def _deadly(self, own: Callable[..., object]) -> Callable[..., object]:
        def called(*arguments: object, **named: object) -> object:
            self._left -= 1
            if self._left > 0:
                return own(*arguments, **named)
            if self._after:
                own(*arguments, **named)
            os.kill(os.getpid(), signal.SIGKILL)
            raise AssertionError("the process outlived SIGKILL")

        return called
