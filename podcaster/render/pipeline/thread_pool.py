"""Runs tasks on a thread pool and abandons them once nobody needs their results."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Final, TypeVar

Made = TypeVar("Made")
_EVERY_S: Final = 0.2


class Abandoned(Exception):
    """The work was abandoned because nobody needs it. Never shown to a person."""


def always_wanted() -> bool:
    """`unwanted` of work that is always finished."""
    return False


def as_made(
    thread_pool: Executor,
    tasks: Sequence[Callable[[], Made]],
    *,
    unwanted: Callable[[], bool],
    put_down: Callable[[], None],
) -> Iterator[Made]:
    """Yield results in completion order; after a failure, tasks that have not started never run.

    Raises:
        Abandoned: `unwanted` said so, at most a fifth of a second ago; `put_down` was called to end what is under way.
    """
    ended: SimpleQueue[Future[Made]] = SimpleQueue()
    futures: list[Future[Made]] = [thread_pool.submit(task) for task in tasks]
    for each in futures:
        each.add_done_callback(ended.put)
    left = len(futures)
    try:
        while left:
            done = _next_of(ended)
            if done is not None:
                left -= 1
                yield done.result()
            if left and unwanted():
                for each in futures:
                    each.cancel()
                put_down()
                raise Abandoned
    finally:
        for each in futures:
            each.cancel()


def _next_of(ended: "SimpleQueue[Future[Made]]") -> Future[Made] | None:
    """The next one that ends; None where none has for a while."""
    with suppress(Empty):
        return ended.get(timeout=_EVERY_S)
    return None
