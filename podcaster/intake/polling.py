"""Polls the library for due work, each kind in a thread of its own."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps

import structlog

from podcaster.errors import PodcasterError

Duty = Callable[[], object]
"""Does one due thing; returns true if there may be more."""
_EVERY_S = 1.0
LONGEST_S = 30.0
"""Between two tries of a duty that fails: a database comes back by itself."""
log = structlog.get_logger()


def at_intervals(duty: Duty, *, every_s: float) -> Duty:
    """A duty polled at most every `every_s` seconds, and again at once while there is more."""
    next_s = 0.0

    @wraps(duty)
    def limited() -> object:
        nonlocal next_s
        if time.monotonic() < next_s:
            return False
        more = duty()
        next_s = 0.0 if more else time.monotonic() + every_s
        return more

    return limited


class PollingLoop:
    """Polls while a block runs. Due work is in the database, so nothing is lost when the loop stops or dies.

    A duty that fails is tried more and more rarely, and logged once for each error.
    """

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
        wait_s, failure = _EVERY_S, ""
        while not self.stopping.is_set():
            more, failure = _done(duty, failure)
            if not failure:
                wait_s = _EVERY_S
            if not more:
                self.stopping.wait(wait_s)
            if failure:
                wait_s = min(2 * wait_s, LONGEST_S)


def _done(duty: Duty, said: str) -> tuple[bool, str]:
    """Whether there may be more to do, and the error that ended it, which is logged unless it was `said` before."""
    name = getattr(duty, "__name__", type(duty).__name__)
    try:
        return bool(duty()), ""
    except PodcasterError as error:
        if str(error) != said:
            log.warning("polling failed", duty=name, error=str(error))
        return False, str(error)
    except Exception as error:  # the next poll may succeed, and the other duties go on
        if repr(error) != said:
            log.exception("polling failed", duty=name)
        return False, repr(error)
