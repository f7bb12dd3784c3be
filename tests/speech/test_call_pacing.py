"""An online service is asked no more often than it allows, however many workers there are."""

from datetime import UTC, datetime, timedelta

from podcaster.speech.call_pacing import SharedPace

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def test_two_workers_keep_to_one_pace() -> None:
    claimed: set[str] = set()
    waits: list[float] = []

    def claim(slot: str, _time: datetime) -> bool:
        new = slot not in claimed
        claimed.add(slot)
        return new

    workers = [
        SharedPace("gtts", calls_per_minute=30, claim=claim, clock=lambda: NOON, wait=waits.append) for _ in range(2)
    ]
    for _ in range(2):
        for each in workers:
            each.turn()
    assert waits == [0.0, 2.0, 4.0, 6.0]


def test_time_that_nobody_used_is_not_made_up_for() -> None:
    moments = iter([NOON, NOON + timedelta(minutes=5)])
    waits: list[float] = []
    slots: list[datetime] = []

    def claim(_slot: str, time: datetime) -> bool:
        slots.append(time)
        return True

    pace = SharedPace("gtts", calls_per_minute=30, claim=claim, clock=lambda: next(moments), wait=waits.append)
    pace.turn()
    pace.turn()
    assert slots == [NOON, NOON + timedelta(minutes=5)]
    assert waits == [0.0, 0.0]
