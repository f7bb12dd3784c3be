"""Ends a process that was told to end and does not."""

import faulthandler
import threading
from typing import Final

ENDS_WITHIN_S: Final = 50.0
"""More than the ten seconds that requests and the thirty that lines under way have; `stop_grace_period` is a minute."""


def end_in_time(told: threading.Event, seconds: float = ENDS_WITHIN_S) -> None:
    """Once `told` is set, the process has so many seconds; then it writes where each thread is, and is gone with status 1.

    Nothing is lost: what it was at is taken up by another worker, as after kill -9.
    """

    def watch() -> None:
        told.wait()
        faulthandler.dump_traceback_later(seconds, exit=True)

    threading.Thread(target=watch, name="ending", daemon=True).start()
