"""Durable work: handing it in, and carrying it out.

Handing in needs the database alone, so any process can do it. A worker takes a name by a lock (worker_locks.py): one that starts
again goes on, at the step each workflow was in, with what the dead one of that name had begun, and what other dead ones
left is found within seconds.
"""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Final

from dbos import DBOS, DBOSClient

from podcaster.adapters.dbos.execution import Execution
from podcaster.adapters.dbos.failures import explained, forward_log
from podcaster.adapters.dbos.jobs import (
    LANGUAGE,
    READING,
    READINGS,
    RENDER,
    RENDERS,
    URGENT_QUEUES,
    URGENT_RENDERS,
    engine_of,
    languages_queue,
    priority,
    reading_to_plain,
    to_plain,
)
from podcaster.adapters.dbos.launcher import NAME, VERSION, Launcher
from podcaster.adapters.dbos.orphan_recovery import OrphanRecovery, begun
from podcaster.adapters.dbos.work_signal import open_work_signal
from podcaster.adapters.dbos.worker_locks import WorkerLocks, first_free, open_worker_locks
from podcaster.adapters.dbos.workflows import FIRST_POLL_S, POLLING_S, URGENT_POLLING_S, Workflows
from podcaster.ports import ReadingJob, RenderJob, RenderPriority, Stages, WaitingWork
from podcaster.units import LanguageTag, RenderId

_RENDERS_AT_ONCE: Final = 4
"""Renders whose languages are handed out: enough that no core waits. Urgent ones have as many places of their own."""
_LIVES: Final = 20
"""Attempts of a language whose process dies; after these the language counts as the cause."""
_PATIENCE_S: Final = 30.0
_READINGS: Final = timedelta(days=2)
_FORGOTTEN_TOGETHER: Final = 20
"""Renders deleted in one transaction, so that locks stay short."""


class DbosQueue:
    """Fills `ports.Queue`. Only one in a process can work on jobs."""

    def __init__(
        self,
        url: str,
        stages: Callable[[], Stages],
        *,
        priority: RenderPriority,
        workers: int,
        worker_name: str,
        only: Sequence[str] = (),
        engine_for: Callable[[LanguageTag], str] = lambda _: "",
        paused: Callable[[], bool] = lambda: False,
        lives: int = _LIVES,
        idle_s: float = 20.0,
    ) -> None:
        """`stages` is called when the first job is worked on; `workers` is how many languages are made at a time.

        There are as many places again for the languages that somebody waits for.

        A worker makes the languages for which `engine_for` names one of the engines that it keeps to (`only`), or, where it
        keeps to none, those for which it names none. While `paused`, it begins nothing.

        A worker calls itself `worker_name` where no living one does. The number of workers is kept in the database: it
        is that of the worker that started last. After `idle_s` without work, a worker waits for a signal.
        """
        self._url = url
        self._stages = stages
        self._priority = priority
        self._workers = workers
        self._worker_name = worker_name
        self._only = only
        self._engine_for = engine_for
        self._paused = paused
        self._lives = lives
        self._idle_s = idle_s
        self._worker_at_work = ""
        self._workflows: Workflows | None = None
        self._signal = open_work_signal(url)
        self._client: DBOSClient | None = None
        self._opening = threading.Lock()
        self._registered = False
        """Whether the queues are in the database: a worker that wakes changes their polling alone."""

    def submit(self, job: RenderJob) -> None:
        """Hand a job over: it is in the database when this returns."""
        if job.urgent:
            self._priority.expect(job.render)
        with explained():
            self._reachable().enqueue(
                {
                    "queue_name": URGENT_RENDERS if job.urgent else RENDERS,
                    "workflow_name": RENDER,
                    "workflow_id": job.render,
                    "app_version": VERSION,
                    "priority": priority(job),
                },
                to_plain(job),
            )
        self._signal.send()

    def submit_reading(self, job: ReadingJob, *, day: date) -> None:
        """Hand a reading over, behind every render that waits; of one name and day once."""
        name = f"{READING}.{job.name}.{day.isoformat()}"
        with explained():
            self._reachable().enqueue(
                {
                    "queue_name": languages_queue(self._engine_for(job.language)),
                    "workflow_name": READING,
                    "workflow_id": name,
                    "app_version": VERSION,
                    "priority": READINGS,
                },
                name,
                reading_to_plain(job),
            )
        self._signal.send()

    def cancel(self, render: RenderId) -> None:
        """End a job and its languages."""
        self._priority.forget(render)
        with explained():
            self._reachable().cancel_workflow(render, cancel_children=True)

    def forget(self, ended_before: datetime) -> int:
        """Drop renders that ended, a few at a time, each with its languages; and readings, two days later.

        The id of a reading keeps it from being made twice a day, so it stays for longer than the day.
        """
        with explained():
            client = self._reachable()
            return self._forget(client, RENDER, ended_before) + self._forget(client, READING, ended_before - _READINGS)

    @staticmethod
    def _forget(client: DBOSClient, name: str, ended_before: datetime) -> int:
        ended = client.list_workflows(
            name=name,
            status=["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"],
            completed_before=ended_before.isoformat(),
            limit=_FORGOTTEN_TOGETHER,
            load_input=False,
            load_output=False,
        )
        client.delete_workflows([each.workflow_id for each in ended], delete_children=True)
        return len(ended)

    def waiting(self) -> Sequence[WaitingWork]:
        """Workflows that are in the queues, by who may make them."""
        with explained():
            found = self._reachable().list_workflows(
                status=["ENQUEUED", "DELAYED"], name=[RENDER, LANGUAGE, READING], load_input=False, load_output=False
            )
        groups: dict[tuple[bool, str], list[int]] = defaultdict(list)
        for each in found:
            groups[each.name == RENDER, engine_of(each.queue_name or "")].append(each.created_at or 0)
        return [
            WaitingWork(
                count=len(created),
                since=datetime.fromtimestamp(min(created) / 1000, UTC),
                engine=engine,
                of_any_worker=of_any_worker,
            )
            for (of_any_worker, engine), created in sorted(groups.items())
        ]

    @contextmanager
    def working(self) -> Iterator[None]:
        """Work on jobs within the block, those that were left behind first.

        Leaving it waits for the stages that have begun; the next worker goes on behind them.
        """
        with explained():
            client = self._reachable()
            worker_locks = open_worker_locks(self._url)
        try:
            with self._priority.kept(), self._worker(client, worker_locks):
                yield
        finally:
            worker_locks.close()

    @property
    def worker(self) -> str:
        """The name that this process works under; empty while it does not."""
        return self._worker_at_work

    def under_way(self) -> Sequence[str]:
        """Ids of renders and languages that this process is at."""
        workflows = self._workflows
        return sorted(workflows.under_way()) if workflows else []

    def close(self) -> None:
        """Let go of the database."""
        with self._opening:
            if self._client is not None:
                self._client.destroy()
            self._client = None
        self._signal.close()

    @contextmanager
    def _worker(self, client: DBOSClient, worker_locks: WorkerLocks) -> Iterator[None]:
        workflows = Workflows(
            self._stages,
            client,
            priority=self._priority,
            lives=self._lives,
            signal=self._signal,
            engine_for=self._engine_for,
        )
        launcher = Launcher(self._url, list(self._places()))
        with explained():
            left_behind = sorted({each.executor_id or "" for each in begun(client)} - {""})
            name = first_free(worker_locks, self._worker_name, left_behind)
            execution = Execution(
                client,
                workflows,
                self._signal,
                lambda: self._launch(client, lambda: launcher.launch(workflows, name)),
                lambda: self._register_queues(client, POLLING_S, urgent_s=URGENT_POLLING_S),
                queues=list(self._places()),
                paused=self._paused,
                idle_s=self._idle_s,
            )
            execution.start()
        self._worker_at_work, self._workflows = name, workflows
        orphan_recovery = OrphanRecovery(client, worker_locks, name, workflows)
        orphan_recovery.start()
        try:
            yield
        finally:
            workflows.stop(_PATIENCE_S)
            orphan_recovery.end()
            execution.end()
            launcher.close()
            self._worker_at_work, self._workflows = "", None

    def _launch(self, client: DBOSClient, launch: Callable[[], None]) -> None:
        """Launch DBOS, and let the queues that somebody waits for poll quickly: both ask the database as long."""
        if not self._registered:
            self._register_queues(client, FIRST_POLL_S, urgent_s=FIRST_POLL_S)
            self._registered = True
            launch()
            return
        with ThreadPoolExecutor(1) as beside:
            quick = beside.submit(self._register_queues, client, None, urgent_s=FIRST_POLL_S)
            launch()
            quick.result()

    def _register_queues(self, client: DBOSClient, polling_s: float | None, *, urgent_s: float) -> None:
        """Tell the database how many places each queue has here, and how often it is polled; None leaves a queue as it is."""
        paused = self._paused()
        for queue, at_once in self._places().items():
            every_s = urgent_s if queue.startswith(URGENT_QUEUES) else polling_s
            if every_s is not None:
                client.register_queue(queue, worker_concurrency=0 if paused else at_once, polling_interval_sec=every_s)

    def _places(self) -> Mapping[str, int]:
        """The queues that this worker takes from, and how much of each it makes at the same time."""
        languages = [
            languages_queue(engine, urgent=urgent) for engine in self._only or [""] for urgent in (True, False)
        ]
        return {
            **dict.fromkeys((URGENT_RENDERS, RENDERS), _RENDERS_AT_ONCE),
            **dict.fromkeys(languages, self._workers),
        }

    def _reachable(self) -> DBOSClient:
        with self._opening:
            if self._client is None:
                forward_log()
                DBOS.migrate(self._url)
                self._client = DBOSClient(
                    system_database_url=self._url, application_name=NAME, retry_connection_errors=False
                )
            return self._client
