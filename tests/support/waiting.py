"""Conditions that come true in a while."""

import time
from collections.abc import Callable

PATIENCE_S = 200.0
"""Only a test that fails waits for so long; a machine that has other work may need much of it."""


def until(holds: Callable[[], object], *, seconds: float = PATIENCE_S) -> None:
    """Waits for a condition; fails if it has not come true after `seconds`."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.02)
