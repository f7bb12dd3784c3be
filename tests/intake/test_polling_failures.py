"""A duty that fails is tried more and more rarely, said once for each error, and keeps no other from being done."""

from structlog.testing import capture_logs

from podcaster.errors import StorageFailed
from podcaster.intake.polling import LONGEST_S, PollingLoop, at_intervals
from support.waiting import until


class Waits:
    """The end of a loop, to which waiting takes no time."""

    def __init__(self, seconds: float) -> None:
        self.left_s = seconds
        self.asked: list[float] = []

    def is_set(self) -> bool:
        return self.left_s <= 0

    def wait(self, seconds: float) -> None:
        self.asked.append(seconds)
        self.left_s -= seconds


def failing(errors: list[str]) -> object:
    tries: list[str] = []

    def duty() -> bool:
        tries.append("")
        raise StorageFailed(errors[min(len(tries), len(errors)) - 1], "Wait.")

    return duty


def polled(duty: object, seconds: float) -> tuple[Waits, list[str]]:
    loop = PollingLoop([duty])
    loop.stopping = ended = Waits(seconds)
    with capture_logs() as logs:
        loop._poll(duty)
    return ended, [each["error"] for each in logs]


def test_a_duty_that_fails_is_tried_ever_more_rarely_and_said_once() -> None:
    ended, said = polled(failing(["The database is away."]), 3600)
    assert said == ["The database is away. Wait."]
    assert len(ended.asked) < 3600 / LONGEST_S + 10
    assert ended.asked[:4] == [1, 2, 4, 8]


def test_another_error_is_said() -> None:
    _, said = polled(failing(["The database is away.", "The disk is full."]), 600)
    assert said == ["The database is away. Wait.", "The disk is full. Wait."]


def test_a_duty_that_works_again_is_polled_as_before() -> None:
    outcomes = [False, StorageFailed("Away.", "Wait."), StorageFailed("Away.", "Wait."), False, False]

    def duty() -> bool:
        outcome = outcomes.pop(0) if outcomes else False
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    ended, said = polled(duty, 10)
    assert ended.asked[:5] == [1, 1, 2, 1, 1]
    assert said == ["Away. Wait."]


def test_a_duty_at_intervals_that_failed_does_not_wait_for_its_hour() -> None:
    tries: list[str] = []

    def duty() -> bool:
        tries.append("")
        if len(tries) == 1:
            raise StorageFailed("Away.", "Wait.")
        return False

    with PollingLoop([at_intervals(duty, every_s=3600)]).working():
        until(lambda: len(tries) == 2)
