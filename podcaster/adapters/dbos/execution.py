"""Runs DBOS while there is work, and only then: each of its queues asks the database several times a second."""

import threading
import time
from collections.abc import Callable, Sequence
from typing import Final

import structlog
from dbos import DBOS, DBOSClient
from dbos import error as dbos_error
from sqlalchemy.exc import SQLAlchemyError

from podcaster.adapters.dbos.work_signal import WorkSignal
from podcaster.adapters.dbos.workflows import Workflows

_IDLE_S: Final = 20.0
"""DBOS runs on for so long after the last work."""
_LOOK_S: Final = 1.0
_RECHECK_S: Final = 5.0
"""Asleep, the queue is looked into all the same: a signal may be lost."""
_WAITING: Final = ["ENQUEUED", "DELAYED"]
log = structlog.get_logger()


class Execution:
    """A thread that launches DBOS when work is handed in, and ends it after some time without any.

    What is handed out while DBOS ends stays pending under this worker's name, and orphan_recovery.py hands it out again.
    """

    def __init__(
        self,
        client: DBOSClient,
        workflows: Workflows,
        signal: WorkSignal,
        launch: Callable[[], None],
        settle: Callable[[], None],
        *,
        queues: Sequence[str],
        paused: Callable[[], bool],
        idle_s: float = _IDLE_S,
    ) -> None:
        """`launch` starts DBOS with queues that poll quickly, `settle` lets them poll at their usual interval.

        `queues` are those that this worker takes from. While `paused`, `settle` gives them no places.
        """
        self._client = client
        self._workflows = workflows
        self._signal = signal
        self._launch = launch
        self._settle = settle
        self._queues = list(queues)
        self._paused = paused
        self._was_paused = False
        self._idle_s = idle_s
        self._awake = False
        self._thread = threading.Thread(target=self._run, name="execution", daemon=True)

    def start(self) -> None:
        """Launch DBOS, and go on in the thread."""
        self._was_paused = self._paused()
        self._wake()
        self._settle()
        self._thread.start()

    def end(self) -> None:
        """End DBOS; the workflows are stopping."""
        self._thread.join()
        if self._awake:
            self._sleep()

    def _run(self) -> None:
        worked = time.monotonic()
        while not self._workflows.stopping.is_set():
            try:
                if not self._awake:
                    self._wake_for_work()
                    worked = time.monotonic()
                    self._workflows.stopping.wait(_LOOK_S)
                    self._settle()
                elif self._paused() != self._was_paused:
                    self._settle()  # before it counts as done: where the database fails, the next look tries again
                    self._was_paused = not self._was_paused
                    log.info("paused" if self._was_paused else "resumed")
                elif self._has_work():
                    worked = time.monotonic()
                    self._workflows.stopping.wait(_LOOK_S)
                elif time.monotonic() - worked > self._idle_s:
                    self._sleep()
                else:
                    self._workflows.stopping.wait(_LOOK_S)
            except (SQLAlchemyError, dbos_error.DBOSException, OSError) as error:
                log.warning("cannot look for work", error=str(error).partition("\n")[0])
                self._workflows.stopping.wait(_LOOK_S)
            except Exception:
                # A worker without this thread would look alive and do nothing.
                log.exception("cannot look for work")
                self._workflows.stopping.wait(_LOOK_S)

    def _wake_for_work(self) -> None:
        self._signal.arm()
        while self._rests() or not self._is_waiting():
            self._signal.wait(self._workflows.stopping, _RECHECK_S)
            if self._workflows.stopping.is_set():
                return
            self._signal.arm()
        self._wake()

    def _rests(self) -> bool:
        self._was_paused = self._paused()
        return self._was_paused

    def _has_work(self) -> bool:
        return bool(self._workflows.under_way()) or (not self._was_paused and self._is_waiting())

    def _is_waiting(self) -> bool:
        found = self._client.list_workflows(
            status=_WAITING, queue_name=self._queues, limit=1, load_input=False, load_output=False
        )
        return bool(found)

    def _wake(self) -> None:
        try:
            self._launch()
        except BaseException:
            # What was launched in part would keep the next launch from beginning.
            DBOS.destroy(destroy_registry=True)
            raise
        self._awake = True

    def _sleep(self) -> None:
        DBOS.destroy(destroy_registry=True)
        self._awake = False
