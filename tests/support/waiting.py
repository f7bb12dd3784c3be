"""Conditions that come true in a while."""

import time
from collections.abc import Callable

PATIENCE_S = 200.0
"""Only a test that fails waits for so long; a machine that has other work may need much of it."""


def until(holds: Callable[[], object], *, seconds: float = PATIENCE_S) -> None:
    """Waits for a condition; fails if it has not come true after `seconds`.

    What has not come in a while is looked for less often: looking takes time from what should come.
    """
    began = time.monotonic()
    while not holds():
        waited = time.monotonic() - began
        assert waited < seconds, "it never came true"
        time.sleep(min(max(waited / 10, 0.01), 0.1))
