"""Copies blobs several at a time, and tells how far it has got."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

Progress = Callable[[str, int, int], None]
"""Told what is being copied, the bytes that are through and the bytes in all."""

_AT_ONCE: Final = 8
_A_ROUND: Final = 64
Item = TypeVar("Item")
Result = TypeVar("Result")


def unwatched(_what: str, _done: int, _total: int) -> None:
    """Show nothing."""


def in_parallel(items: Iterable[Item], act: Callable[[Item], Result]) -> Iterator[Result]:
    """Results in the order of the items; a failure ends it within a round of 64 items."""
    waiting: list[Item] = []
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="backup") as pool:
        for item in items:
            waiting.append(item)
            if len(waiting) == _A_ROUND:
                yield from pool.map(act, waiting)
                waiting = []
        yield from pool.map(act, waiting)


def counted(lengths: Sequence[int], results: Iterable[Result], what: str, progress: Progress) -> Iterator[Result]:
    """Results, each with its length told to `progress`."""
    done, total = 0, sum(lengths)
    progress(what, 0, total)
    for length, result in zip(lengths, results, strict=True):
        done += length
        progress(what, done, total)
        yield result
