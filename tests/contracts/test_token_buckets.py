"""The promise of the buckets: so much at once, then evenly, counted together by every process of a machine."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from podcaster.adapters.token_buckets import TokenBuckets
from podcaster.errors import StorageFailed


class Clock:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def buckets(tmp_path: Path, clock: Clock) -> Iterator[TokenBuckets]:
    made = TokenBuckets(tmp_path / "a folder" / "limits", clock)
    yield made
    made.close()


def test_a_minutes_worth_may_come_at_once_and_then_one_after_the_other(buckets: TokenBuckets, clock: Clock) -> None:
    assert [buckets.take("ann", per_minute=6).left for _ in range(6)] == [5, 4, 3, 2, 1, 0]
    refused = buckets.take("ann", per_minute=6)
    assert (refused.allowed, refused.left, refused.wait_s) == (False, 0, pytest.approx(10))
    clock.now += 9.9
    assert not buckets.take("ann", per_minute=6).allowed
    clock.now += 0.2
    assert buckets.take("ann", per_minute=6).allowed
    assert not buckets.take("ann", per_minute=6).allowed
    clock.now += 3600
    assert [buckets.take("ann", per_minute=6).allowed for _ in range(7)] == [True] * 6 + [False]


def test_one_does_not_take_what_is_anothers(buckets: TokenBuckets) -> None:
    for _ in range(3):
        buckets.take("ann", per_minute=2)
    assert buckets.take("ben", per_minute=2).allowed


def test_a_machine_that_was_started_anew_refuses_nobody_for_what_was_before(
    buckets: TokenBuckets, clock: Clock
) -> None:
    for _ in range(3):
        buckets.take("ann", per_minute=2)
    clock.now = 5.0
    assert buckets.take("ann", per_minute=2).allowed


def test_more_people_than_slots_forget_the_fullest_bucket_and_fail_nobody(buckets: TokenBuckets) -> None:
    assert all(buckets.take(f"somebody {each}", per_minute=60).allowed for each in range(40_000))


def test_threads_and_processes_count_together(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from podcaster.adapters.token_buckets import TokenBuckets; "
        "buckets = TokenBuckets(Path(sys.argv[1])); "
        "print(sum(buckets.take('ann', per_minute=60).allowed for _ in range(50)))"
    )

    def counted(_: int) -> int:
        done = subprocess.run(
            [sys.executable, "-c", program, str(tmp_path / "limits")], capture_output=True, check=True
        )
        return int(done.stdout)

    with ThreadPoolExecutor(4) as crowd:
        allowed = sum(crowd.map(counted, range(4)))
    # A token comes back every second while the processes start.
    assert 60 <= allowed < 120


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageFailed, match="cannot be written"):
        TokenBuckets(tmp_path / "file" / "limits")
