"""Answers through pipes, within a deadline."""

from __future__ import annotations

import os
import select
import time
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_PIPE_READ: Final = 1 << 20
T = TypeVar("T")


class ProcessDied(Exception):
    """The process is gone, with the answer."""


def read_within(pipe: int, deadline: float, most_bytes: int = _PIPE_READ) -> bytes:
    """Wait for the next bytes of a pipe; empty at its end.

    Raises:
        TimeoutError: nothing came until the deadline, a time of time.monotonic().
    """
    waiting = select.poll()  # select(2) takes no descriptor above 1,023
    waiting.register(pipe, select.POLLIN)
    if not waiting.poll(max(0.0, deadline - time.monotonic()) * 1_000):
        raise TimeoutError
    return os.read(pipe, min(most_bytes, _PIPE_READ))


def answer(send: Callable[[int], object], read: Callable[[int], T]) -> T:
    """Have the writing end of a new pipe sent away, and read the other end, which ends when nobody holds the first."""
    ours, theirs = os.pipe()
    try:
        try:
            send(theirs)
        finally:
            os.close(theirs)
        return read(ours)
    finally:
        os.close(ours)
