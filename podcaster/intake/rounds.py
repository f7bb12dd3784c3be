"""Somebody who looks again and again whether there is something to be done, in a thread of its own."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import structlog

from podcaster.errors import PodcasterError

Duty = Callable[[], object]
"""Does one thing that is due; what it returns is true where there may be more."""
_EVERY_S = 1.0
log = structlog.get_logger()


def now_and_then(duty: Duty, *, every_s: float) -> Duty:
    """A duty that is looked at less often than a round is made, and again at once where there was more."""
    next_s = 0.0

    def rarely() -> object:
        nonlocal next_s
        if time.monotonic() < next_s:
            return False
        more = duty()
        next_s = 0.0 if more else time.monotonic() + every_s
        return more

    return rarely


class Rounds:
    """Goes round while a block runs. What is due is in the database: nothing is lost when it stops or dies."""

    def __init__(self, duties: Sequence[Duty], *, every_s: float = _EVERY_S) -> None:
        self._duties = duties
        self._every_s = every_s
        self.stopping = threading.Event()

    @contextmanager
    def working(self) -> Iterator[None]:
        """Go round within the block; leaving it waits for the duty that has begun."""
        self.stopping.clear()
        threads = [threading.Thread(target=self._go_round, args=(duty,), name="rounds") for duty in self._duties]
        for each in threads:
            each.start()
        try:
            yield
        finally:
            self.stopping.set()
            for each in threads:
                each.join()

    def _go_round(self, duty: Duty) -> None:
        while not self.stopping.is_set():
            if not self._done(duty):
                self.stopping.wait(self._every_s)

    def _done(self, duty: Duty) -> bool:
        try:
            return bool(duty())
        except PodcasterError as error:
            log.warning("not done", duty=duty.__name__, error=str(error))
        except Exception:  # the next round may go better, and the others go on
            log.exception("not done", duty=duty.__name__)
        return False
