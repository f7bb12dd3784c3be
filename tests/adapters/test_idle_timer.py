"""Ending what nobody uses."""

import threading

from podcaster.adapters.child_process.idle_timer import IdleTimer
from support.waiting import until


def test_it_looks_again_until_nothing_is_left() -> None:
    left, looked = [3, 2, 1], threading.Event()

    def end_idle() -> bool:
        left.pop()
        if not left:
            looked.set()
        return bool(left)

    IdleTimer(0.01, end_idle).start()

    assert looked.wait(60)


def test_it_has_one_thread_however_often_it_is_started() -> None:
    timer = IdleTimer(600, lambda: True)
    before = threading.active_count()
    for _ in range(20):
        timer.start()

    assert threading.active_count() == before + 1
    timer.cancel()
    until(lambda: threading.active_count() == before)


def test_it_can_be_started_again() -> None:
    looks = threading.Semaphore(0)

    def end_idle() -> bool:
        looks.release()
        return False

    timer = IdleTimer(0.01, end_idle)
    timer.start()
    assert looks.acquire(timeout=60)
    until(lambda: _started(timer, looks))


def _started(timer: IdleTimer, looks: threading.Semaphore) -> bool:
    timer.start()
    return looks.acquire(timeout=0.1)
