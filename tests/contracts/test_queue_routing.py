"""Workers take the work of the engines that they keep to, and none while all are paused."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from dbos import DBOSClient, _dbos

from podcaster.adapters.dbos import DbosQueue
from podcaster.ports import RenderJob
from podcaster.render.pipeline.render_priority import LocalRenderPriority
from podcaster.testing.stages import LoggingStages
from podcaster.units import ArticleId, LanguageTag, RenderId
from support.waiting import until

ENGINES = {"es": "kokoro", "ca": "", "gl": "", "eu": "", "oc": ""}


class Fleet:
    """Workers of one queue, one after the other, and whether they are paused."""

    def __init__(self, folder: Path) -> None:
        self.url = f"sqlite:///{folder}/queue.db"
        self.paused = False
        self.during: Callable[[str, str], object] = lambda _stage, _language: None
        self.stages = LoggingStages(folder / "log", self._act)
        self.desk = self.worker("desk")

    def worker(self, name: str, only: Sequence[str] = ()) -> DbosQueue:
        return DbosQueue(
            self.url,
            lambda: self.stages,
            priority=LocalRenderPriority(),
            workers=1,
            worker_name=name,
            only=only,
            engine_for=lambda language: ENGINES[language],
            paused=lambda: self.paused,
            idle_s=0.1,
        )

    def _act(self, stage: str, language: str) -> None:
        self.during(stage, language)

    def waiting(self) -> list[tuple[str, int]]:
        return [(each.engine, each.count) for each in self.desk.waiting()]

    def is_finished(self) -> bool:
        return "finish" in self.stages.done()


@pytest.fixture
def fleet(tmp_path: Path) -> Iterator[Fleet]:
    made = Fleet(tmp_path)
    yield made
    made.desk.close()


def job(languages: str = "es ca") -> RenderJob:
    tags = tuple(LanguageTag(tag) for tag in languages.split())
    return RenderJob(render=RenderId("r1"), article=ArticleId("a"), languages=tags)


def rests() -> bool:
    """Whether DBOS, which polls its queues, does not run in this process; it does from the moment that a worker works."""
    return _dbos._dbos_global_instance is None


def test_a_language_goes_to_the_worker_that_keeps_to_its_engine(fleet: Fleet) -> None:
    fleet.desk.submit(job())
    special = fleet.worker("special", only=["kokoro"])
    with special.working():
        until(lambda: "publish es" in fleet.stages.done())
        until(lambda: fleet.waiting() == [("", 1)])
    special.close()
    general = fleet.worker("general")
    with general.working():
        until(fleet.is_finished)
    general.close()
    assert sorted(line for line in fleet.stages.done() if line.startswith("publish")) == ["publish ca", "publish es"]


def test_a_worker_leaves_alone_what_waits_for_engines_of_others(fleet: Fleet) -> None:
    fleet.desk.submit(job("es"))
    general = fleet.worker("general")
    with general.working():
        until(lambda: fleet.waiting() == [("kokoro", 1)])
        until(lambda: "begin" in fleet.stages.done())
        assert not fleet.is_finished()
    general.close()


def test_while_paused_reports_are_accepted_and_wait(fleet: Fleet) -> None:
    fleet.paused = True
    worker = fleet.worker("worker")
    with worker.working():
        fleet.desk.submit(job())
        until(rests)
        (waiting,) = fleet.desk.waiting()
        assert (waiting.count, waiting.of_any_worker) == (1, True)
        assert fleet.stages.read() == []
        fleet.paused = False
        until(lambda: "begin" in fleet.stages.done())
    worker.close()


def test_a_pause_lets_a_language_that_is_under_way_end_and_begins_no_other(fleet: Fleet) -> None:
    fleet.desk.waiting()
    client = DBOSClient(system_database_url=fleet.url, application_name="podcaster")

    def has_places() -> bool:
        queue = client.retrieve_queue("languages")
        return queue is None or bool(queue.worker_concurrency)

    def pause(stage: str, _language: str) -> None:
        if stage == "translate" and not fleet.stages.done().count("finish"):
            fleet.paused = True
            until(lambda: not has_places())

    fleet.during = pause
    worker = fleet.worker("worker")
    with worker.working():
        fleet.desk.submit(job("gl eu oc"))
        until(lambda: any(line.startswith("publish") for line in fleet.stages.done()))
        # One more where the queue was just being asked with the places that it had before.
        assert fleet.waiting() in ([("", 2)], [("", 1)])
        fleet.during = lambda _stage, _language: None
        fleet.paused = False
        until(fleet.is_finished)
    worker.close()
    client.destroy()
