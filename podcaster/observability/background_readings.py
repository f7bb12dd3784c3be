"""Values that are read in a thread: a store that hangs holds nobody up who asks for figures."""

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

import structlog

from podcaster.errors import PodcasterError

_PART = 100
"""Reading takes a hundredth of the time at most."""
Value = TypeVar("Value")
log = structlog.get_logger()


class Refreshed(Generic[Value]):
    """A value, and the thread that reads it anew when it is due; one thread at a time."""

    def __init__(self, what: str, read: Callable[[], Value], *, kept_s: float) -> None:
        self._what = what
        self._read = read
        self._kept_s = kept_s
        self._due = float("-inf")
        self._reading = threading.Lock()
        self._ended = threading.Event()
        self.value: Value | None = None
        """As it was last read."""
        self._failed = False

    def refresh(self, wait_s: float) -> bool:
        """Read the value if it is due, and wait for it so long; whether the last reading has ended, and well."""
        if time.monotonic() > self._due and self._reading.acquire(blocking=False):
            self._ended.clear()
            threading.Thread(target=self._run, name=f"figures: {self._what}", daemon=True).start()
        return self._ended.wait(wait_s) and not self._failed

    def _run(self) -> None:
        began = time.monotonic()
        self._failed = True
        try:
            self.value = self._read()
            self._failed = False
        except PodcasterError as error:
            log.warning("no figures", of=self._what, error=str(error))
        finally:
            ended = time.monotonic()
            self._due = ended + max(self._kept_s, _PART * (ended - began))
            self._ended.set()
            self._reading.release()
