"""The promise of `ports.Queue`, over DBOS on SQLite, and the heart of it on a real PostgreSQL."""

import json
import multiprocessing
import os
import runpy
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from multiprocessing.process import BaseProcess
from pathlib import Path

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError
from structlog.testing import capture_logs

from podcaster.adapters.dbos import DbosQueue
from podcaster.adapters.dbos.jobs import from_plain, reading_from_plain, reading_to_plain, to_plain
from podcaster.adapters.dbos.orphan_recovery import OrphanRecovery, begun
from podcaster.adapters.dbos.work_signal import open_work_signal
from podcaster.adapters.dbos.worker_locks import open_worker_locks
from podcaster.adapters.dbos.workflows import Workflows
from podcaster.errors import EngineFailed, NoVoice, StorageFailed, StorageFull
from podcaster.model import Reading
from podcaster.ports import ReadingJob, RenderJob, WorkHandedBack
from podcaster.render.pipeline.render_priority import LocalRenderPriority
from podcaster.testing.stages import LoggingStages
from podcaster.units import ArticleId, LanguageTag, RenderId, Revision
from support.own_postgres import OwnPostgres
from support.paths import SUPPORT
from support.waiting import PATIENCE_S, until

STAGES = ["translate", "speak", "assemble", "publish"]
ONCE_ES = ["begin", *(f"{stage} es" for stage in STAGES), "finish"]
"""Seconds that a test waits for what must come; nothing depends on it while all is well."""

WORKER = SUPPORT / "queue_worker.py"
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["podcaster.adapters.dbos"])


def job(name: str = "r1", languages: str = "es ca", *, urgent: bool = False) -> RenderJob:
    tags = tuple(LanguageTag(tag) for tag in languages.split())
    return RenderJob(render=RenderId(name), article=ArticleId("a"), languages=tags, urgent=urgent)


class Workplace:
    """A queue and its stages in this process, and workers of the same queue in processes of their own."""

    def __init__(self, folder: Path, url: str) -> None:
        self.url = url
        self.log = folder / "log"
        self.acts: list[Callable[[str, str], object]] = []
        self.stages = LoggingStages(self.log, self._act)
        self.queue = self.another("here")

    def another(self, name: str, workers: int = 2) -> DbosQueue:
        return DbosQueue(
            self.url, lambda: self.stages, priority=LocalRenderPriority(), workers=workers, worker_name=name
        )

    def finished(self, *renders: str) -> None:
        until(lambda: all("finish" in self.stages.done(render) for render in renders))

    def enqueued(self, render: str) -> int:
        """Number of a render's languages that stand in the queue, or have left it."""
        return len(self.queue._reachable().list_workflows(workflow_id_prefix=f"{render}."))

    def worker(self, *, deadly: str = "-", when: str = "before", lives: int = 20) -> BaseProcess:
        about = (self.url, str(self.log), "there", deadly, when, lives)
        process = PROCESSES.Process(target=runpy.run_path, args=(str(WORKER), {"about": about}))
        process.start()
        return process

    def _act(self, stage: str, language: str) -> None:
        for act in self.acts:
            act(stage, language)


def ended(worker: BaseProcess) -> int | None:
    """A worker's exit status."""
    worker.join(PATIENCE_S)
    return worker.exitcode


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Workplace]:
    made = Workplace(tmp_path, f"sqlite:///{tmp_path}/queue.db")
    yield made
    made.queue.close()


def test_every_language_goes_through_every_stage_between_begin_and_finish(place: Workplace) -> None:
    with place.queue.working():
        place.queue.submit(job())
        place.finished("r1")
    done = place.stages.done()
    assert (done[0], done[-1]) == ("begin", "finish")
    for language in ("es", "ca"):
        assert [line for line in done if line.endswith(f" {language}")] == [f"{stage} {language}" for stage in STAGES]
    assert len(done) == 10


def test_a_render_handed_in_twice_is_made_once(place: Workplace) -> None:
    with place.queue.working():
        for _ in range(3):
            place.queue.submit(job(languages="es"))
        place.finished("r1")
        place.queue.submit(job(languages="es"))
        place.queue.submit(job("r2", "es"))
        place.finished("r2")
    assert place.stages.done() == ONCE_ES


def test_what_is_handed_in_waits_for_a_worker(place: Workplace) -> None:
    place.queue.submit(job())
    place.queue.close()
    assert place.stages.read() == []
    with place.queue.working():
        place.finished("r1")


def test_a_language_that_fails_does_not_stop_the_others(place: Workplace) -> None:
    def mute(stage: str, language: str) -> None:
        if (stage, language) == ("speak", "es"):
            raise NoVoice("Nobody speaks es.", "Install a voice.")

    place.acts.append(mute)
    with place.queue.working():
        place.queue.submit(job())
        place.finished("r1")
    done = place.stages.done()
    assert "fail es no-voice: Nobody speaks es. Install a voice." in done
    assert "publish ca" in done
    assert place.stages.read().count("begun r1 speak es") == 1
    assert not any(line in done for line in ("assemble es", "publish es", "fail ca"))


def test_a_busy_engine_delays_a_language_and_loses_none(place: Workplace) -> None:
    left = iter([1, 2])

    def busy(stage: str, _language: str) -> None:
        if stage == "speak" and next(left, None):
            raise EngineFailed("It is busy.", "Wait.")

    place.acts.append(busy)
    with place.queue.working():
        place.queue.submit(job(languages="es"))
        place.finished("r1")
    assert place.stages.done() == ONCE_ES
    assert place.stages.read().count("begun r1 speak es") == 3


def test_a_store_that_is_full_for_longer_than_an_engine_is_tried_ends_no_language(
    place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("podcaster.adapters.dbos.workflows._LONGEST_WAIT_S", 0.05)
    left = iter(range(12))

    def full(stage: str, _language: str) -> None:
        if stage == "assemble" and next(left, None) is not None:
            raise StorageFull("The disk is full.", "Make room.")

    place.acts.append(full)
    with place.queue.working():
        place.queue.submit(job(languages="es"))
        place.finished("r1")
    assert place.stages.done() == ONCE_ES
    assert place.stages.read().count("begun r1 assemble es") == 13


@pytest.mark.parametrize(
    ("error", "reason", "tries"),
    [
        (EngineFailed("It is broken.", "Mend it."), "engine-failed: It is broken. Mend it.", 4),
        (ZeroDivisionError("secret"), "failed: An unforeseen error; the service's log has the details.", 1),
    ],
)
def test_what_does_not_get_better_ends_the_language(
    place: Workplace, error: Exception, reason: str, tries: int
) -> None:
    def fail(stage: str, _language: str) -> None:
        if stage == "translate":
            raise error

    place.acts.append(fail)
    with capture_logs() as told, place.queue.working():
        place.queue.submit(job(languages="es"))
        place.finished("r1")
    assert place.stages.done() == ["begin", f"fail es {reason}", "finish"]
    assert place.stages.read().count("begun r1 translate es") == tries
    assert [entry["stage"] for entry in told if entry["event"] == "stage failed"] == ["translate"] * tries


@pytest.mark.parametrize("note", ["begin", "fail", "finish"])
def test_a_library_that_is_away_for_a_while_loses_no_end(place: Workplace, note: str) -> None:
    away = iter([StorageFailed("It is away.", "Wait."), OSError("unforeseen")] + 3 * [StorageFailed("Away.", "Wait.")])

    def trouble(stage: str, _language: str) -> None:
        if stage == note and (error := next(away, None)):
            raise error
        if stage == "publish":
            raise NoVoice("Nobody.", "No.")

    place.acts.append(trouble)
    with place.queue.working():
        place.queue.submit(job(languages="es"))
        place.finished("r1")
    assert place.stages.done()[-2:] == ["fail es no-voice: Nobody. No.", "finish"]


def test_a_render_that_nobody_wants_any_more_begins_no_other_stage(place: Workplace) -> None:
    def change_mind(stage: str, language: str) -> None:
        if (stage, language) == ("translate", "es"):
            place.stages.unwanted.add(RenderId("r1"))

    place.acts.append(change_mind)
    with place.queue.working():
        place.queue.submit(job(languages="es"))
        place.finished("r1")
    assert place.stages.done() == ["begin", "translate es", "finish"]


def test_a_cancelled_job_begins_no_other_stage(place: Workplace) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def wait(stage: str, _language: str) -> None:
        if stage == "speak":
            begun.set()
            go_on.wait(PATIENCE_S)

    place.acts.append(wait)
    with capture_logs() as told, place.queue.working():
        place.queue.submit(job(languages="es"))
        begun.wait(PATIENCE_S)
        place.queue.submit(job("r10", "ca"))
        place.queue.cancel(RenderId("r1"))
        go_on.set()
        place.finished("r10")
    with place.queue.working():
        place.queue.submit(job("r2", "ca"))
        place.finished("r2")
    assert place.stages.done() == ["begin", "translate es", "speak es"]
    assert [entry for entry in told if entry["log_level"] == "error"] == [], "that an editor stops a render is no fault"


def test_a_job_cancelled_before_anybody_works_never_begins(place: Workplace) -> None:
    place.queue.submit(job())
    place.queue.cancel(RenderId("r1"))
    place.queue.cancel(RenderId("unknown"))
    place.queue.submit(job("r2"))
    with place.queue.working():
        place.finished("r2")
    assert place.stages.done("r1") == []


def test_what_an_editor_waits_for_goes_ahead_of_all_that_waits(place: Workplace) -> None:
    go_on = threading.Event()
    place.acts.append(lambda stage, _language: stage == "translate" and go_on.wait(PATIENCE_S))
    queue = place.another("one", workers=1)
    for number in range(8):
        queue.submit(job(f"slow{number}"))
    with queue.working():
        until(lambda: any(" translate " in line for line in place.stages.read()))
        queue.submit(job("urgent", urgent=True))
        until(lambda: place.stages.done("urgent") == ["begin"])
        until(lambda: place.enqueued("urgent") == 2)
        go_on.set()
        place.finished("urgent")
        begun = [line.split()[1] for line in place.stages.read() if line.startswith("begun") and " translate " in line]
    queue.close()
    assert begun.index("urgent") <= 2


def reading(rate: float = 1.25) -> ReadingJob:
    return ReadingJob(
        article=ArticleId("a"), language=LanguageTag("es"), revision=Revision("0" * 16), reading=Reading(rate=rate)
    )


def test_an_episode_is_read_otherwise_once_a_day_however_often_it_is_asked_for(place: Workplace) -> None:
    begun = f"begun {reading().name} read_aloud es"
    with place.queue.working():
        for day in (1, 1, 2):
            place.queue.submit_reading(reading(), day=date(2026, 11, day))
        until(lambda: place.stages.read().count(begun) == 2)
        place.queue.submit(job())
        place.finished("r1")
    assert place.stages.read().count(begun) == 2


def test_a_reading_waits_for_every_language_that_waits(place: Workplace) -> None:
    """An editor's report is not late because a listener likes it quicker."""
    hold = threading.Event()
    place.acts.append(lambda stage, language: (stage, language) == ("translate", "gl") and hold.wait(PATIENCE_S))
    alone = place.another("alone", workers=1)
    with alone.working():
        place.queue.submit(job("r0", "gl"))
        until(lambda: "begun r0 translate gl" in place.stages.read())
        place.queue.submit_reading(reading(), day=date(2026, 11, 1))
        place.queue.submit(job("r1", "es ca"))
        until(lambda: place.enqueued("r1") == 2)
        hold.set()
        place.finished("r0", "r1")
        until(lambda: f"done {reading().name} read_aloud es" in place.stages.read())
    alone.close()
    read = place.stages.read()
    assert read.index("done r1 publish ca") < read.index(f"begun {reading().name} read_aloud es")
    assert read.index("done r1 publish es") < read.index(f"begun {reading().name} read_aloud es")


def test_a_busy_engine_delays_a_reading_and_a_dead_one_ends_it(place: Workplace) -> None:
    failures = [EngineFailed("Busy.", "Wait.")]

    def fail(stage: str, _: str) -> None:
        if stage == "read_aloud" and failures:
            raise failures.pop()

    place.acts.append(fail)
    with place.queue.working():
        place.queue.submit_reading(reading(), day=date(2026, 11, 1))
        until(lambda: f"done {reading().name} read_aloud es" in place.stages.read())
        failures.append(NoVoice("Nobody speaks es.", "Install a voice."))  # type: ignore[arg-type]
        place.queue.submit_reading(reading(1.5), day=date(2026, 11, 1))
        place.queue.submit(job("r1", "es"))
        place.finished("r1")
        until(lambda: not failures)
    assert f"done {reading(1.5).name} read_aloud es" not in place.stages.read()


def test_a_reading_that_a_killed_worker_had_begun_is_carried_out(place: Workplace) -> None:
    place.queue.submit_reading(reading(), day=date(2026, 11, 1))
    killed = place.worker(deadly="read_aloud es")
    assert ended(killed) == -signal.SIGKILL
    with place.queue.working():
        until(lambda: f"done {reading().name} read_aloud es" in place.stages.read())
    assert place.stages.read().count(f"begun {reading().name} read_aloud es") == 2


@given(st.lists(st.sampled_from(["female", "male", "es-419-espeak"]), unique=True), st.sampled_from([0.8, 1.0, 1.25]))
def test_a_reading_is_the_same_after_a_round_trip_through_json(voices: list[str], rate: float) -> None:
    made = replace(reading(), reading=Reading(voices=tuple(voices), rate=rate))
    assert reading_from_plain(json.loads(json.dumps(reading_to_plain(made)))) == made


def test_languages_are_made_as_many_at_a_time_as_there_are_workers(place: Workplace) -> None:
    now, most, lock, both = [0], [0], threading.Lock(), threading.Event()

    def count(stage: str, _language: str) -> None:
        if stage == "translate":
            with lock:
                now[0] += 1
                most[0] = max(most[0], now[0])
                if most[0] > 1:
                    both.set()
            both.wait(PATIENCE_S)
            time.sleep(0.2)  # a third would come meanwhile
            with lock:
                now[0] -= 1

    place.acts.append(count)
    with place.queue.working():
        place.queue.submit(job("r1", "es ca gl pt"))
        place.queue.submit(job("r2", "es ca gl pt"))
        place.finished("r1", "r2")
    assert most == [2]


def test_leaving_waits_for_the_stage_and_the_next_worker_goes_on_behind_it(
    place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, leaving = threading.Event(), threading.Event()
    monkeypatch.setattr(place.queue._priority, "let_pass", leaving.set)

    def slow(stage: str, _language: str) -> None:
        if stage == "speak":
            begun.set()
            leaving.wait(PATIENCE_S)
            time.sleep(0.3)  # work that goes on while the queue is left

    place.acts.append(slow)
    place.queue.submit(job(languages="es"))
    with place.queue.working():
        begun.wait(PATIENCE_S)
    assert place.stages.done() == ["begin", "translate es", "speak es"]
    assert [thread.name for thread in threading.enumerate() if "dbos" in thread.name and thread.is_alive()] == []
    with place.queue.working():
        place.finished("r1")
    assert place.stages.done() == ONCE_ES


def test_a_stage_that_hands_its_work_back_at_the_end_is_done_by_the_next_worker(place: Workplace) -> None:
    begun = threading.Event()
    ending = lambda: place.queue._priority.ending  # noqa: E731 # as the stages ask it

    def until_told(stage: str, _language: str) -> None:
        if stage == "speak" and "speak es" not in place.stages.done() and not begun.is_set():
            begun.set()
            until(ending)
            raise WorkHandedBack

    place.acts.append(until_told)
    place.queue.submit(job(languages="es"))
    with place.queue.working():
        begun.wait(PATIENCE_S)
        assert place.queue.under_way() == ["r1", "r1.es"]
    assert place.stages.done() == ["begin", "translate es"]
    with place.queue.working():
        place.finished("r1")
    assert place.stages.done() == ONCE_ES


def test_a_database_that_cannot_be_used_is_said_when_handing_in(tmp_path: Path) -> None:
    (tmp_path / "queue.db").write_bytes(b"A report, put where the database should be. " * 100)
    queue = Workplace(tmp_path, f"sqlite:///{tmp_path}/queue.db").queue
    with pytest.raises(StorageFailed, match="queue's database"):
        queue.submit(job())
    with pytest.raises(StorageFailed, match="queue's database"), queue.working():
        pass


def test_a_server_that_does_not_answer_is_said_when_handing_in(tmp_path: Path) -> None:
    queue = Workplace(tmp_path, "postgresql://nobody@127.0.0.1:1/none").queue
    with pytest.raises(StorageFailed, match=r"cannot be reached: connection to server.*PODCASTER_DATABASE_URL"):
        queue.submit(job())


@pytest.mark.faults
@pytest.mark.skipif(os.geteuid() != 0, reason="mounting needs root")
def test_a_full_disk_delays_a_render_and_loses_none(tmp_path: Path) -> None:
    disk = tmp_path / "small"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "none", disk], check=False).returncode:
        pytest.skip("no mounts in this container")
    place = Workplace(tmp_path, f"sqlite:///{disk}/queue.db")

    def fill_up(stage: str, _language: str) -> None:
        if stage == "speak" and len(filled) == 0:
            filled.append(disk / "filling")
            with suppress(OSError), filled[0].open("wb", buffering=0) as filling:
                while filling.write(b"x" * 1000):
                    pass

    filled: list[Path] = []
    place.acts.append(fill_up)
    try:
        with place.queue.working():
            place.queue.submit(job(languages="es"))
            until(lambda: "speak es" in place.stages.done())
            with pytest.raises(StorageFull):
                place.queue.submit(job("r2"))
            filled[0].unlink()
            place.finished("r1")
    finally:
        place.queue.close()
        subprocess.run(["umount", disk], check=True)
    assert list(dict.fromkeys(place.stages.done())) == ONCE_ES


@given(
    st.builds(
        RenderJob,
        render=st.text().map(RenderId),
        article=st.text().map(ArticleId),
        languages=st.lists(st.text().map(LanguageTag)).map(tuple),
        urgent=st.booleans(),
    )
)
def test_a_job_is_the_same_after_a_round_trip_through_json(made: RenderJob) -> None:
    assert from_plain(json.loads(json.dumps(to_plain(made)))) == made


@pytest.mark.faults
@pytest.mark.parametrize(
    ("deadly", "when"),
    [
        ("begin -", "before"),
        *((f"{stage} es", "before") for stage in STAGES),
        ("publish es", "after"),
        ("finish -", "before"),
    ],
)
def test_a_killed_worker_goes_on_at_the_stage_it_was_in(place: Workplace, deadly: str, when: str) -> None:
    place.queue.submit(job(languages="es"))
    assert ended(place.worker(deadly=deadly, when=when)) == -signal.SIGKILL
    assert "finish" not in place.stages.done()
    assert ended(place.worker()) == 0
    assert list(dict.fromkeys(place.stages.done())) == ONCE_ES
    read = place.stages.read()
    again = {f"begun r1 {deadly}"} | ({f"done r1 {deadly}"} if when == "after" else set())
    assert {line for line in read if read.count(line) > 1} == again


@pytest.mark.faults
def test_a_language_that_kills_its_process_fails_and_the_others_are_made(place: Workplace) -> None:
    place.queue.submit(job())
    endings: list[int | None] = []
    while not endings or endings[-1] != 0:
        assert len(endings) < 6
        endings.append(ended(place.worker(deadly="speak es", when="late", lives=1)))
    assert set(endings[:-1]) == {-signal.SIGKILL}
    done = place.stages.done()
    assert [line for line in done if line.startswith("fail es failed: It ended the whole process")]
    assert "publish ca" in done
    assert done[-1] == "finish"


def end_sessions(database: str) -> None:
    """End every session of a database, as a restart of the server does."""
    with psycopg.connect(database) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def is_held(database: str, name: str) -> bool:
    """Whether a living worker has the name."""
    locks = open_worker_locks(database)
    try:
        return not locks.take(name)
    finally:
        locks.close()


def test_a_worker_whose_sessions_the_server_ended_takes_its_name_again(postgres: OwnPostgres) -> None:
    url = postgres.new_database()
    first, second = open_worker_locks(url), open_worker_locks(url)
    try:
        assert first.take("a")
        end_sessions(url)
        for locks in (first, second):
            with pytest.raises(DBAPIError):
                locks.take("a")
            assert not locks.settled, "a free name tells nothing while its holder may be on its way back"
        assert first.take("a")
        assert not second.take("a")
    finally:
        first.close()
        second.close()


@pytest.mark.faults
@pytest.mark.parametrize("kind", ["sqlite", "postgresql", "postgresql, restarted"])
def test_the_work_of_a_dead_worker_is_taken_over_and_that_of_a_living_one_is_not(
    tmp_path: Path, kind: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path}/queue.db"
    if kind != "sqlite":
        url = request.getfixturevalue("postgres").new_database()
    place = Workplace(tmp_path, url)
    looks: list[None] = []
    look = OrphanRecovery._look

    def counted(recovery: OrphanRecovery) -> None:
        look(recovery)
        if recovery._locks.settled:
            looks.append(None)

    monkeypatch.setattr(OrphanRecovery, "_look", counted)
    place.queue.submit(job("r1", "es"))
    first = place.worker(deadly="speak es", when="hold")
    try:
        until(lambda: "begun r1 speak es" in place.stages.read())
        with place.queue.working():
            place.queue.submit(job("r2", "ca"))
            place.finished("r2")
            if kind.endswith("restarted"):
                end_sessions(url)
                until(lambda: is_held(url, "there") and is_held(url, "here"))
            before = len(looks)
            until(lambda: len(looks) >= before + 3)
            assert place.stages.read().count("begun r1 speak es") == 1
            first.kill()
            place.finished("r1")
        assert place.stages.read().count("begun r1 speak es") == 2
        assert place.stages.done("r1") == ONCE_ES
    finally:
        first.kill()
        first.join()
        place.queue.close()


@pytest.mark.faults
def test_a_worker_that_has_lost_its_name_to_another_leaves_the_work_of_that_one_alone(place: Workplace) -> None:
    place.queue.submit(job("r1", "es"))
    holder = place.worker(deadly="speak es", when="hold")
    locks, client = open_worker_locks(place.url), place.queue._reachable()
    workflows = Workflows(
        lambda: place.stages, client, priority=LocalRenderPriority(), lives=1,
        signal=open_work_signal(place.url), engine_for=lambda _: "",
    )  # fmt: skip
    recovery = OrphanRecovery(client, locks, "there", workflows)
    try:
        until(lambda: "begun r1 speak es" in place.stages.read())
        with capture_logs() as logs:
            for _ in range(3):
                recovery._look()
        assert {each["event"] for each in logs} == {"another process holds this worker's name"}
        assert {each.workflow_id for each in begun(client)} == {"r1", "r1.es"}
    finally:
        holder.kill()
        holder.join()
        locks.close()
