"""Recovers workflows whose worker has died, or that DBOS dropped."""

import threading
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

import structlog
from dbos import DBOSClient, WorkflowStatus
from dbos import error as dbos_error
from sqlalchemy.exc import SQLAlchemyError

from podcaster.adapters.dbos.jobs import LANGUAGES, RENDER, RENDERS
from podcaster.adapters.dbos.worker_locks import WorkerLocks
from podcaster.adapters.dbos.workflows import Workflows

_EVERY_S: Final = 2.0
log = structlog.get_logger()


def begun(client: DBOSClient) -> Sequence[WorkflowStatus]:
    """Workflows that a worker has begun and not ended."""
    return client.list_workflows(status="PENDING", load_input=False, load_output=False)


class OrphanRecovery:
    """A thread that finds orphaned workflows and queues them again."""

    def __init__(self, client: DBOSClient, worker_locks: WorkerLocks, name: str, workflows: Workflows) -> None:
        self._client = client
        self._locks = worker_locks
        self._name = name
        self._workflows = workflows
        self._idle: frozenset[str] = frozenset()
        self._thread = threading.Thread(target=self._watch, name="orphan_recovery", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def end(self) -> None:
        """Wait for the last look; the workflows are stopping."""
        self._thread.join()

    def _watch(self) -> None:
        while not self._workflows.stopping.wait(_EVERY_S):
            try:
                self._look()
            except (SQLAlchemyError, dbos_error.DBOSException, OSError) as error:
                log.warning("cannot look for orphaned workflows", error=str(error).partition("\n")[0])
            except Exception:
                # Without this thread nobody would take up what a dead worker left.
                log.exception("cannot look for orphaned workflows")

    def _look(self) -> None:
        has_name = self._locks.take(self._name)  # a session that was cut off has lost it
        by_worker: dict[str, list[WorkflowStatus]] = defaultdict(list)
        for workflow in begun(self._client):
            by_worker[workflow.executor_id or ""].append(workflow)
        own = by_worker.pop(self._name, [])
        if has_name:
            self._take_up_own(own)
        else:
            log.warning("another process holds this worker's name", worker=self._name)
        for worker, left in by_worker.items() if self._locks.settled else ():
            if self._locks.take(worker):
                try:
                    log.warning("taking over from a worker that is gone", worker=worker, workflows=len(left))
                    self._hand_out(left)
                finally:
                    self._locks.leave(worker)

    def _take_up_own(self, begun_here: Iterable[WorkflowStatus]) -> None:
        """Looks twice: a workflow without a thread in both looks was dropped by DBOS."""
        at_it = self._workflows.under_way()
        idle = [workflow for workflow in begun_here if workflow.workflow_id not in at_it]
        self._hand_out([workflow for workflow in idle if workflow.workflow_id in self._idle])
        self._idle = frozenset(workflow.workflow_id for workflow in idle)

    def _hand_out(self, workflows: Iterable[WorkflowStatus]) -> None:
        for workflow in workflows:
            queue = workflow.queue_name or (RENDERS if workflow.name == RENDER else LANGUAGES)
            self._client.resume_workflow(workflow.workflow_id, queue_name=queue)
            self._workflows.signal()
