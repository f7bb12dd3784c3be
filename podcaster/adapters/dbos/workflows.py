"""DBOS workflows: a render, with a child for each language and a step for each stage.

DBOS replays a workflow from what its steps recorded, an error as well as a result, for ever. So no error is recorded
that another try could mend: a stage's last error is the step's result, and where DBOS itself fails, its database full or
gone, the workflow is left as it is and taken up again.

The order of the steps is kept in every database: who changes it gives the workflow a new name, and lets the old one stay.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, Final

import structlog
from dbos import DBOS, DBOSClient, SetEnqueueOptions, SetWorkflowID, StepOptions

from podcaster.adapters.dbos.jobs import (
    LANGUAGE,
    READING,
    RENDER,
    from_plain,
    languages_queue,
    priority,
    reading_from_plain,
    to_plain,
)
from podcaster.adapters.dbos.work_signal import WorkSignal
from podcaster.errors import PodcasterError, StorageFailed
from podcaster.ports import ReadingJob, RenderJob, RenderPriority, Stages, WorkHandedBack
from podcaster.units import LanguageTag

POLLING_S: Final = 0.5
"""While there is work; without any, DBOS does not run (execution.py)."""
URGENT_POLLING_S: Final = 0.25
"""The same, for the queues that somebody waits for: a render and its languages are handed out one after the other."""
FIRST_POLL_S: Final = 0.03
"""After a rest: somebody waits already."""
_STAGES: Final = ("translate", "speak", "assemble", "publish")
_TRIES: Final = 4
_STAGE: Final[StepOptions] = {"retries_allowed": True, "max_attempts": _TRIES, "interval_seconds": 0.25}
_STORE_PATIENCE_S: Final = 300.0
_FIRST_WAIT_S: Final = 0.25
_LONGEST_WAIT_S: Final = 4.0
_SHORTEST_LOOK_S: Final = 0.2
_LONGEST_LOOK_S: Final = 3.0
"""Between two looks of a render at its languages."""
_LOOK_HERE_S: Final = 5.0
"""The same, where all that are left are under way in this process, which tells when they end."""
_NOTE: Final[StepOptions] = {
    "retries_allowed": True,
    "max_attempts": 10**9,
    "interval_seconds": 0.5,
    "backoff_rate": 1.0,
}
"""A render whose end is not written down would never end: the library comes back, or the process is ended."""
_UNFINISHED: Final = frozenset({"ENQUEUED", "DELAYED", "PENDING"})
_BROKEN: Final = frozenset({"ERROR", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"})
_CANCELLED: Final = "cancelled"
_UNFORESEEN: Final = "failed: An unforeseen error; the service's log has the details."
_DEADLY: Final = "failed: It ended the whole process again and again. Look into the service's log, then render again."
log = structlog.get_logger()


class Interrupted(BaseException):
    """The workflow is neither done nor failed; DBOS records nothing of it, and it is taken up again."""


class Workflows:
    """The workflows of one process while it works, and which of them are under way."""

    def __init__(
        self,
        stages: Callable[[], Stages],
        client: DBOSClient,
        *,
        priority: RenderPriority,
        lives: int,
        signal: WorkSignal,
        engine_for: Callable[[LanguageTag], str],
    ) -> None:
        self._stages = stages
        self._client = client
        self._priority = priority
        self._lives = lives
        self._signal = signal
        self._engine_for = engine_for
        self._changed = threading.Condition()
        self._running: Counter[str] = Counter()
        self.stopping = threading.Event()

    def define(self) -> None:
        """Tell DBOS, before it is launched."""

        @DBOS.workflow(name=LANGUAGE, max_recovery_attempts=self._lives)
        def render_language(plain: dict[str, Any], language: str) -> None:
            job = from_plain(plain)
            with self._under_way(_language_id(job.render, language)), self._first(job):
                self._make_language(job, LanguageTag(language))

        @DBOS.workflow(name=RENDER, max_recovery_attempts=None)
        def render(plain: dict[str, Any]) -> None:
            job = from_plain(plain)
            with self._under_way(job.render), self._first(job):
                self._make_render(job, render_language)

        @DBOS.workflow(name=READING, max_recovery_attempts=self._lives)
        def read_aloud(name: str, plain: dict[str, Any]) -> None:
            with self._under_way(name):
                DBOS.run_step({**_STAGE, "name": READING}, self._try_reading, reading_from_plain(plain))

    def signal(self) -> None:
        """Wake the workers that wait for work."""
        self._signal.send()

    def under_way(self) -> frozenset[str]:
        """The workflows that a thread of this process is in."""
        with self._changed:
            return frozenset(self._running)

    def stop(self, patience_s: float) -> None:
        """Begin no other stage, and wait until those that have begun have ended."""
        self.stopping.set()
        self._priority.let_pass()
        with self._changed:
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._running, patience_s)

    def _make_render(self, job: RenderJob, render_language: Callable[[dict[str, Any], str], None]) -> None:
        stages = self._stages()
        self._note("begin", stages.begin, job)
        for language in job.languages:
            with SetWorkflowID(_language_id(job.render, language)), SetEnqueueOptions(priority=priority(job)):
                queue = languages_queue(self._engine_for(language), urgent=job.urgent)
                DBOS.enqueue_workflow(queue, render_language, to_plain(job), str(language))
        self._signal.send()  # so that other workers share in the languages
        endings = self._endings([_language_id(job.render, language) for language in job.languages])
        for language in job.languages:
            if endings.get(_language_id(job.render, language)) in _BROKEN:
                self._note("fail", stages.fail, job, language, _DEADLY)
        self._note("finish", stages.finish, job)

    def _endings(self, languages: Sequence[str]) -> dict[str, str]:
        """Wait for the languages; how each ended.

        Looks less often the longer it takes, and rarely at languages of this process, of which each tells when it ends: a
        render that waits costs next to nothing.
        """
        began = time.monotonic()
        while True:
            found = self._client.list_workflows(workflow_ids=list(languages), load_input=False, load_output=False)
            endings = {each.workflow_id: str(each.status) for each in found}
            left = frozenset(language for language, status in endings.items() if status in _UNFINISHED)
            if not left:
                return endings
            usual_s = min(max((time.monotonic() - began) / 10, _SHORTEST_LOOK_S), _LONGEST_LOOK_S)
            if self._one_ends(left, usual_s):
                began = time.monotonic()  # DBOS writes its end down in a moment
            if self.stopping.is_set():
                raise Interrupted

    def _one_ends(self, languages: frozenset[str], usual_s: float) -> bool:
        """Wait for a time, or until the worker stops or one of the languages that are under way here has ended."""
        with self._changed:
            here = languages & self._running.keys()

            def has_ended() -> bool:
                return not here <= self._running.keys()

            self._changed.wait_for(
                lambda: self.stopping.is_set() or has_ended(), _LOOK_HERE_S if here == languages else usual_s
            )
            return has_ended()

    def _make_language(self, job: RenderJob, language: LanguageTag) -> None:
        stages = self._stages()
        for name in _STAGES:
            options: StepOptions = {**_STAGE, "name": name}
            reason = DBOS.run_step(options, self._try, stages, name, job, language)
            if reason == _CANCELLED:
                return
            if reason:
                self._note("fail", stages.fail, job, language, reason)
                return

    def _try(self, stages: Stages, name: str, job: RenderJob, language: LanguageTag) -> str:
        """Carry a stage out: empty when it is done, else why it cannot be."""

        def carry_out() -> str:
            if stages.cancelled(job):
                return _CANCELLED
            getattr(stages, name)(job, language)
            return ""

        return self._reason(carry_out, stage=name, render=job.render, language=language)

    def _try_reading(self, job: ReadingJob) -> str:
        """Run a reading."""

        def carry_out() -> str:
            self._stages().read_aloud(job)
            return ""

        return self._reason(carry_out, stage=READING, article=job.article, language=job.language)

    def _reason(self, carry_out: Callable[[], str], **about: object) -> str:
        """Reports of the finished stages, or the error that ended them."""
        try:
            return self._with_store(carry_out, **about)
        except WorkHandedBack as error:
            raise Interrupted from error
        except PodcasterError as error:
            log.warning("stage failed", **about, error=str(error))
            if error.retryable and not _is_last_try():
                raise
            return f"{error.code}: {error}"
        except Exception:  # nobody foresaw it, and the render has to end all the same
            log.exception("stage failed", **about)
            return _UNFORESEEN

    def _with_store(self, carry_out: Callable[[], str], **about: object) -> str:
        """Carry a stage out, and wait for a store or a database that is full or gone: the report is not to blame."""
        given_up, wait_s = time.monotonic() + _STORE_PATIENCE_S, _FIRST_WAIT_S
        while True:
            if self.stopping.is_set():
                raise Interrupted
            try:
                return carry_out()
            except StorageFailed as error:
                if time.monotonic() > given_up:
                    raise
                log.warning("stage waits for the store", **about, error=str(error), seconds=wait_s)
                self.stopping.wait(wait_s)
                wait_s = min(2 * wait_s, _LONGEST_WAIT_S)

    def _note(self, name: str, act: Callable[..., None], *arguments: object) -> None:
        DBOS.run_step({**_NOTE, "name": name}, self._insist, name, act, *arguments)

    def _insist(self, name: str, act: Callable[..., None], *arguments: object) -> None:
        if self.stopping.is_set():
            raise Interrupted
        try:
            act(*arguments)
        except PodcasterError as error:
            log.warning("not written down", what=name, error=str(error))
            if error.retryable:
                raise
        except Exception:
            log.exception("not written down", what=name)
            raise

    def _first(self, job: RenderJob) -> AbstractContextManager[None]:
        return self._priority.taken(job.render) if job.urgent else nullcontext()

    @contextmanager
    def _under_way(self, workflow: str) -> Iterator[None]:
        self._count(workflow, 1)
        try:
            yield
        except Exception as error:
            log.exception("work interrupted", workflow=workflow)
            raise Interrupted from error
        finally:
            self._count(workflow, -1)

    def _count(self, workflow: str, change: int) -> None:
        with self._changed:
            self._running[workflow] += change
            self._running = +self._running
            self._changed.notify_all()


def _language_id(render: str, language: str) -> str:
    return f"{render}.{language}"


def _is_last_try() -> bool:
    status = DBOS.step_status
    return status is None or status.current_attempt is None or status.current_attempt + 1 >= _TRIES
