"""Hubs are told of changed feeds: all of them, once each, whatever happens meanwhile. A real hub over HTTP; time is ours."""

import subprocess
import sys
import textwrap
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from podcaster.adapters.database import open_library
from podcaster.feed.websub_ping import GIVEN_UP_AFTER
from support.databases import new_library
from support.examples import NOW, episode_of
from support.paths import TESTS
from support.websub_hub import hub_server
from support.websub_publisher import BASE, SOON, Desk

FEEDS = [f"{BASE}/feeds/{name}.xml" for name in ("es", "es/by/ann-other", "es/eu")]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    library = new_library(tmp_path)
    with hub_server() as hub:
        yield Desk(library, tmp_path, hub)
    library.close()


def test_a_hub_is_told_of_every_feed_that_changed_once(desk: Desk) -> None:
    desk.offer(episode_of())
    assert desk.tell(after=timedelta()) == []
    assert desk.tell() == FEEDS
    assert desk.tell(after=timedelta(days=1)) == []


def test_a_hub_is_not_told_of_what_did_not_change(desk: Desk) -> None:
    desk.offer(episode_of())
    desk.tell()
    desk.offer(episode_of())
    assert desk.tell() == []
    desk.offer(episode_of("another", guid="urn:2", topics=(), authors=()))
    assert desk.tell() == FEEDS[:1]


def test_many_changes_at_once_are_one_ping_a_feed(desk: Desk) -> None:
    for place in range(9):
        desk.offer(episode_of(f"report-{place}", guid=f"urn:{place}"))
        desk.now += timedelta(seconds=1)
        assert desk.tell(after=timedelta()) == []
    assert desk.tell() == FEEDS


def test_changes_without_end_do_not_keep_the_hub_waiting(desk: Desk) -> None:
    told: list[str] = []
    for place in range(30):
        desk.offer(episode_of(f"report-{place}", guid=f"urn:{place}", topics=(), authors=()))
        told += desk.tell(after=timedelta(seconds=1))
    assert 2 <= len(told) <= 4
    assert desk.tell() == FEEDS[:1]
    assert desk.tell() == []


def test_a_change_while_the_hub_is_being_told_is_told_as_well(desk: Desk) -> None:
    desk.offer(episode_of(topics=(), authors=()))
    late = [episode_of("late", guid="urn:late", topics=(), authors=())]
    desk.hub.seen = lambda _: desk.offer(late.pop()) if late else None
    assert desk.tell() == FEEDS[:1]
    assert desk.tell() == FEEDS[:1]
    assert desk.tell() == []


def test_a_hub_that_is_away_is_tried_again_ever_later_and_given_up_after_a_day(desk: Desk) -> None:
    desk.hub.status = 503
    desk.offer(episode_of(topics=(), authors=()))
    waits = desk.waits()
    assert waits[1] == pytest.approx(0.5, abs=0.2)
    assert all(later > 1.6 * earlier for earlier, later in pairwise(waits[1:]))
    assert sum(waits) < GIVEN_UP_AFTER.total_seconds() / 60
    assert len(waits) > 8
    desk.hub.status = 200
    assert desk.tell(after=timedelta(days=2)) == []


def test_a_hub_that_comes_back_is_told(desk: Desk) -> None:
    desk.hub.status = 503
    desk.offer(episode_of())
    assert desk.tell() == FEEDS
    desk.hub.status = 204
    assert desk.tell(after=timedelta(minutes=1)) == FEEDS
    assert desk.tell(after=timedelta(days=1)) == []


def test_a_hub_is_left_alone_for_as_long_as_it_asks(desk: Desk) -> None:
    desk.hub.status, desk.hub.headers = 429, {"retry-after": "7200"}
    desk.offer(episode_of(topics=(), authors=()))
    assert desk.tell() == FEEDS[:1]
    assert desk.tell(after=timedelta(minutes=110)) == []
    assert desk.tell(after=timedelta(minutes=40)) == FEEDS[:1]


def test_a_hub_that_does_not_answer_is_tried_again(desk: Desk) -> None:
    desk.hub.waits_s = 1.0
    desk.offer(episode_of(topics=(), authors=()))
    assert desk.tell(seconds=0.1) == FEEDS[:1]
    desk.hub.waits_s = 0.0
    assert desk.tell(after=timedelta(minutes=1)) == FEEDS[:1]
    assert desk.tell(after=timedelta(days=1)) == []


@pytest.mark.parametrize("status", [301, 400, 404, 410])
def test_a_hub_that_refuses_is_not_asked_again_for_this_change(desk: Desk, status: int) -> None:
    desk.hub.status = status
    desk.offer(episode_of(topics=(), authors=()))
    assert desk.tell() == FEEDS[:1]
    assert desk.tell(after=timedelta(hours=3)) == []
    desk.offer(episode_of("another", guid="urn:2", topics=(), authors=()))
    assert desk.tell() == FEEDS[:1]


def test_what_a_herald_had_taken_when_it_died_is_told_by_the_next(desk: Desk) -> None:
    desk.offer(episode_of(topics=(), authors=()))
    desk.now += SOON
    assert desk.library.claim_ping(desk.hub.url, desk.now, desk.now + timedelta(minutes=1)) is not None
    assert desk.tell() == []
    assert desk.tell(after=timedelta(minutes=1)) == FEEDS[:1]


def test_a_change_is_told_though_the_publisher_is_killed_right_after_it(tmp_path: Path) -> None:
    program = """
        import os, signal, sys
        sys.path[:0] = sys.argv[3:]
        from pathlib import Path
        from support.examples import episode_of
        from support.websub_hub import HubServer
        from podcaster.adapters.database import open_library
        from support.websub_publisher import Desk
        folder = Path(sys.argv[1])
        Desk(open_library(f"sqlite:///{folder}/library.sqlite"), folder, HubServer(url=sys.argv[2])).offer(episode_of())
        os.kill(os.getpid(), signal.SIGKILL)
    """
    with hub_server() as hub:
        done = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(program), tmp_path, hub.url, TESTS], check=False, capture_output=True
        )
        assert done.returncode == -9, done.stderr
        library = open_library(f"sqlite:///{tmp_path}/library.sqlite")
        assert Desk(library, tmp_path, hub).tell() == FEEDS
        library.close()


def test_pages_of_an_archive_are_nothing_to_subscribe_to(desk: Desk) -> None:
    for place in range(120):
        desk.library.publish(episode_of(f"report-{place}", guid=f"urn:{place}", topics=(), authors=()), NOW)
    desk.offer(episode_of("last", guid="urn:last", topics=(), authors=()))
    assert desk.library.feed("es/archive/1") is not None
    assert desk.tell() == FEEDS[:1]
