"""The promise of ports.ReplayGuard, by the library and by a folder."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from podcaster.adapters.database import open_library
from podcaster.adapters.replay_guard import FileReplayGuard
from podcaster.errors import StorageFailed
from podcaster.ports import ReplayGuard
from support.databases import new_library
from support.examples import NOW

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture(params=["folder", "sqlite", "postgresql"])
def first_time(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ReplayGuard]:
    if request.param == "folder":
        yield FileReplayGuard(tmp_path / "a folder" / "requests").first_time
        return
    sqlite = request.param == "sqlite"
    library = new_library(tmp_path) if sqlite else open_library(request.getfixturevalue("postgres").new_library())
    yield library.first_time
    library.close()


def test_of_many_who_bring_the_same_one_is_the_first(first_time: ReplayGuard) -> None:
    with ThreadPoolExecutor(8) as crowd:
        found = list(crowd.map(lambda _: first_time("crowd", NOW, forget_before=NOW - HOUR), range(8)))
    assert sorted(found) == [False] * 7 + [True]


def test_what_is_old_is_forgotten_and_what_is_not_is_not(first_time: ReplayGuard) -> None:
    assert first_time("old", NOW, forget_before=NOW - HOUR)
    assert first_time("young", NOW + 2 * HOUR, forget_before=NOW + HOUR)
    assert first_time("0", NOW + 2 * HOUR + MINUTE, forget_before=NOW + HOUR)
    assert first_time("old", NOW + 2 * HOUR + MINUTE, forget_before=NOW + HOUR)
    assert not first_time("young", NOW + 2 * HOUR + MINUTE, forget_before=NOW + HOUR)


def test_two_processes_share_a_folder(tmp_path: Path) -> None:
    one, other = FileReplayGuard(tmp_path), FileReplayGuard(tmp_path)
    assert one.first_time("a", NOW, forget_before=NOW - HOUR)
    assert not other.first_time("a", NOW, forget_before=NOW - HOUR)


def test_ten_thousand_leave_behind_what_came_within_five_minutes(tmp_path: Path) -> None:
    passed = FileReplayGuard(tmp_path)
    for each in range(10_000):
        now = NOW + timedelta(seconds=each)
        assert passed.first_time(str(each), now, forget_before=now - 5 * MINUTE)
    assert 300 <= len(list(tmp_path.iterdir())) <= 361


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(StorageFailed, match="cannot be noted"):
        FileReplayGuard(tmp_path / "taken").first_time("a", NOW, forget_before=NOW)
