"""Ends what nobody has used for a while."""

import threading
from collections.abc import Callable


class IdleTimer:
    """Looks for what is idle, again and again while anything is left; one thread at most, however often it is started."""

    def __init__(self, seconds: float, end_idle: Callable[[], bool]) -> None:
        """`end_idle` ends what has been idle for so many seconds, and says whether anything is left."""
        self._seconds = seconds
        self._end_idle = end_idle
        self._timer: threading.Timer | None = None
        self._lock = threading.Lock()

    def start(self) -> None:
        """Look after so many seconds, unless it does already; the later looks come twice as often."""
        with self._lock:
            if self._timer is None:
                self._wait(self._seconds)

    def cancel(self) -> None:
        """Look no more until it is started again."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            self._timer = None

    def _wait(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._look)
        self._timer.daemon = True
        self._timer.start()

    def _look(self) -> None:
        asked = threading.current_thread()
        left = self._end_idle()
        with self._lock:
            if self._timer is not asked:
                return  # it was cancelled meanwhile
            self._timer = None
            if left:
                self._wait(self._seconds / 2)
