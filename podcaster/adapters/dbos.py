"""Durable work, by DBOS: a render is a workflow, each language a child of it, each stage a step.

What was under way when a process died goes on, at the step it was in, when a process with the same worker name starts
again. The version is pinned, so that a new release of podcaster carries on what an older one began. A step that was
interrupted runs again; stages are made for that.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from threading import Lock
from typing import Any

import structlog
from dbos import DBOS, DBOSClient, DBOSConfig, SetEnqueueOptions, SetWorkflowID, StepOptions
from dbos import error as dbos_error

from podcaster.errors import PodcasterError
from podcaster.ports import RenderJob, Stages
from podcaster.units import ArticleId, LanguageTag, RenderId

_RENDERS, _LANGUAGES = "renders", "languages"
_RENDERS_AT_ONCE = 4
_POLLING_SECONDS = 0.1
_ATTEMPTS = 4
_FIRST_PAUSE_SECONDS = 0.5
_URGENT, _BACK_FILL = 1, 10
_VERSION = "1"
"""Of the workflows below: grows when their steps change, so that work half done is not taken up in another shape."""
_NAME = "podcaster"
log = structlog.get_logger()


class DbosQueue:
    """Fills `ports.Queue`. Only one in a process can work on jobs."""

    def __init__(self, url: str, stages: Callable[[], Stages], *, workers: int, worker_name: str) -> None:
        """`stages` is called when the first job is worked on; `workers` is how many languages are made at a time.

        `worker_name` is the same whenever this worker starts again, and different for every other worker.
        """
        self._url = url
        self._stages = stages
        self._workers = workers
        self._worker_name = worker_name
        self._client: DBOSClient | None = None
        self._opening = Lock()

    def submit(self, job: RenderJob) -> None:
        """Hand a job over: it is in the database when this returns."""
        self._reachable().enqueue(
            {
                "queue_name": _RENDERS,
                "workflow_name": "render",
                "workflow_id": job.render,
                "app_version": _VERSION,
                "priority": _URGENT if job.urgent else _BACK_FILL,
                "application_name": _NAME,
            },
            _plain(job),
        )

    def cancel(self, render: RenderId) -> None:
        """End a job and its languages."""
        client = self._reachable()
        for workflow in client.list_workflows(workflow_id_prefix=str(render), load_input=False, load_output=False):
            client.cancel_workflow(workflow.workflow_id)

    @contextmanager
    def working(self) -> Iterator[None]:
        """Work on jobs within the block, those that were left behind first."""
        config: DBOSConfig = {
            "name": _NAME,
            "system_database_url": self._url,
            "executor_id": self._worker_name,
            "application_version": _VERSION,
            "log_level": "ERROR",
        }
        _quiet()
        DBOS(config=config)
        _define(self._stages)
        DBOS.launch()
        try:
            DBOS.register_queue(_RENDERS, worker_concurrency=_RENDERS_AT_ONCE, polling_interval_sec=_POLLING_SECONDS)
            DBOS.register_queue(_LANGUAGES, worker_concurrency=self._workers, polling_interval_sec=_POLLING_SECONDS)
            yield
        finally:
            DBOS.destroy(destroy_registry=True)

    def close(self) -> None:
        """Let go of the database."""
        with self._opening:
            if self._client is not None:
                self._client.destroy()
            self._client = None

    def _reachable(self) -> DBOSClient:
        with self._opening:
            if self._client is None:
                _quiet()
                DBOS.migrate(self._url)
                self._client = DBOSClient(system_database_url=self._url, application_name=_NAME)
            return self._client


def _define(stages_of: Callable[[], Stages]) -> None:
    """Tell DBOS the two workflows."""

    @DBOS.workflow(name="render_language")
    def render_language(plain: dict[str, Any], language: str) -> None:
        _carry_out(stages_of(), _job(plain), LanguageTag(language))

    @DBOS.workflow(name="render")
    def render(plain: dict[str, Any]) -> None:
        job, stages = _job(plain), stages_of()
        _step("begin", stages.begin, job)
        children = []
        for language in job.languages:
            priority = _URGENT if job.urgent else _BACK_FILL
            with SetWorkflowID(f"{job.render}.{language}"), SetEnqueueOptions(priority=priority):
                children.append(DBOS.enqueue_workflow(_LANGUAGES, render_language, plain, str(language)))
        for child in children:
            child.get_result(polling_interval_sec=_POLLING_SECONDS)
        _step("finish", stages.finish, job)


def _carry_out(stages: Stages, job: RenderJob, language: LanguageTag) -> None:
    """Every stage of a language; what goes wrong is this language's failure, and not the others'."""
    reason = ""
    try:
        for stage in (stages.translate, stages.speak, stages.assemble, stages.publish):
            if _step("cancelled", stages.cancelled, job):
                return
            _step(stage.__name__, stage, job, language)
    except PodcasterError as error:
        reason = f"{error.code}: {error}"
    except dbos_error.DBOSMaxStepRetriesExceeded as exhausted:
        reason = _last_words(exhausted)
    except dbos_error.DBOSException:
        raise
    except Exception:  # nobody foresaw it, and the render has to end all the same
        log.exception("stage failed", render=job.render, language=language)
        reason = "failed: An unforeseen error; the service's log has the details."
    if reason:
        _step("fail", stages.fail, job, language, reason)


def _step(name: str, stage: Callable[..., Any], *arguments: object) -> Any:  # noqa: ANN401 # what the stage returns
    options: StepOptions = {
        "name": name,
        "retries_allowed": True,
        "max_attempts": _ATTEMPTS,
        "interval_seconds": _FIRST_PAUSE_SECONDS,
        "should_retry": lambda error: isinstance(error, PodcasterError) and error.retryable,
    }
    return DBOS.run_step(options, stage, *arguments)


def _last_words(exhausted: dbos_error.DBOSMaxStepRetriesExceeded) -> str:
    last = exhausted.errors[-1]
    return f"{last.code}: {last}" if isinstance(last, PodcasterError) else f"failed: {last}"


def _plain(job: RenderJob) -> dict[str, Any]:
    return asdict(job) | {"languages": list(job.languages)}


def _job(plain: dict[str, Any]) -> RenderJob:
    return RenderJob(
        render=RenderId(plain["render"]),
        article=ArticleId(plain["article"]),
        languages=tuple(LanguageTag(tag) for tag in plain["languages"]),
        urgent=plain["urgent"],
    )


def _quiet() -> None:
    """DBOS tells of every start; what matters comes as an error."""
    logging.getLogger("dbos").setLevel(logging.ERROR)
