"""Polls the library for due work, each kind in a thread of its own."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import structlog

from podcaster.errors import PodcasterError

Duty = Callable[[], object]
"""Does one due thing; returns true if there may be more."""
_EVERY_S = 1.0
log = structlog.get_logger()


def at_intervals(duty: Duty, *, every_s: float) -> Duty:
    """A duty polled at most every `every_s` seconds, and again at once while there is more."""
    next_s = 0.0

    def limited() -> object:
        nonlocal next_s
        if time.monotonic() < next_s:
            return False
        more = duty()
        next_s = 0.0 if more else time.monotonic() + every_s
        return more

    return limited


class PollingLoop:
    """Polls while a block runs. Due work is in the database, so nothing is lost when the loop stops or dies."""

    def __init__(self, duties: Sequence[Duty]) -> None:
        self._duties = duties
        self.stopping = threading.Event()

    @contextmanager
    def working(self) -> Iterator[None]:
        """Poll within the block; leaving it waits for duties that have begun."""
        self.stopping.clear()
        threads = [threading.Thread(target=self._poll, args=(duty,), name="polling") for duty in self._duties]
        for each in threads:
            each.start()
        try:
            yield
        finally:
            self.stopping.set()
            for each in threads:
                each.join()

    def _poll(self, duty: Duty) -> None:
        while not self.stopping.is_set():
            if not self._done(duty):
                self.stopping.wait(_EVERY_S)

    def _done(self, duty: Duty) -> bool:
        try:
            return bool(duty())
        except PodcasterError as error:
            log.warning("polling failed", duty=duty.__name__, error=str(error))
        except Exception:  # the next poll may succeed, and the other duties go on
            log.exception("polling failed", duty=duty.__name__)
        return False
