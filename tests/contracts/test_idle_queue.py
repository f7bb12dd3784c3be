"""A worker without work leaves the database alone, and is at work as soon as some is handed in, by whomever."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import psycopg
import pytest
from dbos import DBOS, _dbos

from podcaster.adapters.dbos import DbosQueue
from podcaster.model import Reading
from podcaster.ports import ReadingJob, RenderJob
from podcaster.render.pipeline.render_priority import LocalRenderPriority
from podcaster.testing.stages import LoggingStages
from podcaster.units import ArticleId, LanguageTag, RenderId, Revision
from support.waiting import until

ES = LanguageTag("es")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/jobs.sqlite"
    return str(request.getfixturevalue("postgres").new_database())


def queue_on(url: str, stages: LoggingStages, name: str) -> DbosQueue:
    return DbosQueue(url, lambda: stages, priority=LocalRenderPriority(), workers=2, worker_name=name, idle_s=0.1)


@pytest.fixture
def stages(tmp_path: Path) -> LoggingStages:
    return LoggingStages(tmp_path / "log", lambda _stage, _language: None)


@pytest.fixture
def worker(url: str, stages: LoggingStages) -> Iterator[DbosQueue]:
    queue = queue_on(url, stages, "worker")
    yield queue
    queue.close()


def asks_the_database() -> bool:
    """Whether DBOS runs in this process, and polls its queues; it does from the moment that a worker works."""
    return _dbos._dbos_global_instance is not None


def is_finished(stages: LoggingStages, render: str) -> bool:
    return "finish" in stages.done(render)


def job(render: str) -> RenderJob:
    return RenderJob(render=RenderId(render), article=ArticleId("a"), languages=(ES,), urgent=True)


def test_an_idle_worker_rests_until_work_comes_and_rests_again(
    worker: DbosQueue, stages: LoggingStages, url: str
) -> None:
    desk = queue_on(url, stages, "desk")
    with worker.working():
        for render in ("r1", "r2"):
            until(lambda: not asks_the_database())
            desk.submit(job(render))
            until(partial(is_finished, stages, render))
    desk.close()


def test_a_reading_wakes_a_worker_too(worker: DbosQueue, stages: LoggingStages) -> None:
    reading = ReadingJob(
        article=ArticleId("a"), language=ES, revision=Revision("0123456789abcdef"), reading=Reading(rate=1.25)
    )
    with worker.working():
        until(lambda: not asks_the_database())
        worker.submit_reading(reading, day=date(2026, 5, 4))
        until(asks_the_database)
        until(lambda: not asks_the_database())


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_worker_hears_of_work_after_the_server_ended_its_sessions(
    worker: DbosQueue, stages: LoggingStages, url: str
) -> None:
    desk = queue_on(url, stages, "desk")
    with worker.working():
        until(lambda: not asks_the_database())
        with psycopg.connect(url, autocommit=True) as session:
            session.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        until(lambda: submitted(desk, "r1"))
        until(lambda: "finish" in stages.done("r1"))
    desk.close()


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_worker_that_rests_keeps_its_connections_so_that_work_waits_for_none(
    worker: DbosQueue, stages: LoggingStages, url: str
) -> None:
    with worker.working():
        until(lambda: not asks_the_database())
        kept = connections(url)
        worker.submit(job("r1"))
        until(partial(is_finished, stages, "r1"))
        until(lambda: not asks_the_database())
        assert kept & connections(url)
    until(lambda: not connections(url))


def connections(url: str) -> set[int]:
    """The server's processes for the connections of DBOS."""
    with psycopg.connect(url) as session:
        found = session.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'dbos_transact'"
        )
        return {process for (process,) in found}


def test_a_worker_whose_launch_failed_launches_again(
    worker: DbosQueue, stages: LoggingStages, monkeypatch: pytest.MonkeyPatch
) -> None:
    launch, failures = DBOS.launch, [psycopg.OperationalError("the server is away"), RuntimeError("no such queue")]

    def failing() -> None:
        if failures:
            raise failures.pop()
        launch()

    with worker.working():
        until(lambda: not asks_the_database())
        monkeypatch.setattr(DBOS, "launch", failing)
        worker.submit(job("r1"))
        until(partial(is_finished, stages, "r1"))
    assert not failures


def submitted(queue: DbosQueue, render: str) -> bool:
    """Hand a job in, which fails once on a connection that the server has ended."""
    from podcaster.errors import StorageFailed

    try:
        queue.submit(job(render))
    except StorageFailed:
        return False
    return True
