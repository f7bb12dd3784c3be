"""Readiness: whether the stores that every request needs answer now."""

import asyncio
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import Final

from podcaster.errors import PodcasterError, StorageFailed

_WAIT_SECONDS: Final = 1.0
_REMEDY: Final = "See whether it runs and can be reached."


class Readiness:
    """Checks each part in a thread of its own, one check of a part at a time.

    The threads are daemons: a check that hangs holds up neither the pool that requests use nor the end of the process.
    """

    def __init__(self, checks: Mapping[str, Callable[[], object]]) -> None:
        """`checks` are by the name of the part; one returns something, or raises if the part cannot be used."""
        self._checks = checks
        self._running: dict[str, Future[object]] = {}

    async def check(self) -> Mapping[str, object]:
        """Results of the checks, by part.

        Raises:
            StorageFailed: a part failed or did not answer in time; it is named.
        """
        answers = {name: asyncio.wrap_future(self._started(name)) for name in self._checks}
        await asyncio.wait(answers.values(), timeout=_WAIT_SECONDS)
        late = [name for name, answer in answers.items() if not answer.done()]
        if late:
            for name in late:
                answers[name].cancel()
            raise StorageFailed(f"No answer within {_WAIT_SECONDS:g} s: {', '.join(late)}.", _REMEDY)
        for name, answer in answers.items():
            error = answer.exception()
            if error is not None:
                said = error.what if isinstance(error, PodcasterError) else type(error).__name__
                raise StorageFailed(f"The {name} cannot be used: {said}", _REMEDY) from error
        return {name: answer.result() for name, answer in answers.items()}

    def _started(self, name: str) -> Future[object]:
        running = self._running.get(name)
        if running is None or running.done():
            running = self._running[name] = Future()
            running.set_running_or_notify_cancel()
            threading.Thread(target=_run, args=(self._checks[name], running), name="readiness", daemon=True).start()
        return running


def _run(check: Callable[[], object], answer: Future[object]) -> None:
    try:
        answer.set_result(check())
    except Exception as error:  # noqa: BLE001 # whoever waits for the answer gets it
        answer.set_exception(error)
