"""A model is loaded once, shared, and let go of when nobody has used it for a while."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest

from podcaster.speech.model_loan import ModelLoan
from support.waiting import until


@pytest.fixture
def loads() -> Iterator[int]:
    return count(1)


def test_threads_share_one_model(loads: Iterator[int]) -> None:
    loan = ModelLoan(lambda: next(loads))

    def used(_: int) -> int:
        with loan.used() as model:
            return model

    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(used, range(20))) == {1}
    loan.drop()
    assert not loan.loaded


def test_an_idle_model_is_let_go_of_and_loaded_again(loads: Iterator[int]) -> None:
    loan = ModelLoan(lambda: next(loads), idle_seconds=0.02)
    later = ModelLoan(lambda: 0, idle_seconds=0.04)
    with loan.used() as first:
        with later.used():
            pass
        until(lambda: not later.loaded)
        assert loan.loaded
    until(lambda: not loan.loaded)
    with loan.used() as second:
        assert (first, second) == (1, 2)


def test_a_model_that_cannot_be_loaded_is_tried_again(loads: Iterator[int]) -> None:
    def load() -> int:
        if next(loads) == 1:
            raise OSError("no memory")
        return 7

    loan = ModelLoan(load)
    with pytest.raises(OSError, match="no memory"), loan.used():
        pass
    with loan.used() as model:
        assert model == 7
    loan.drop()
