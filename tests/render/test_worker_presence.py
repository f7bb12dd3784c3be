"""Workers tell what they are at, and end when somebody wants it."""

import threading
from datetime import timedelta
from pathlib import Path

from podcaster.adapters.blobs import open_blobs
from podcaster.render.worker_presence import WorkerPresence, WorkerRecord
from support.examples import NOW
from support.waiting import until


def test_a_worker_is_in_the_list_while_it_lives_and_hears_that_it_is_to_end(tmp_path: Path) -> None:
    presence, drain = WorkerPresence(blobs=open_blobs(tmp_path), clock=lambda: NOW), threading.Event()
    record = WorkerRecord(name="desk 1", machine="m", started=NOW, seen=NOW, engines=("espeak",))
    with presence.told(record, lambda: ["r1.es"], drain, every_s=0.01):
        until(presence.workers)
        (told,) = presence.workers()
        assert (told.name, told.engines, told.under_way, told.draining) == ("desk 1", ("espeak",), ("r1.es",), False)
        assert not presence.drain("another")
        assert presence.drain("desk 1")
        until(drain.is_set)
        until(lambda: presence.workers()[0].draining)
    assert presence.workers() == []
    assert list(open_blobs(tmp_path).names("workers/")) == []


def test_a_worker_that_was_killed_is_known_by_its_silence(tmp_path: Path) -> None:
    record = WorkerRecord(name="w", machine="m", started=NOW, seen=NOW)
    assert record.lives(NOW + timedelta(seconds=20))
    assert not record.lives(NOW + timedelta(minutes=2))
