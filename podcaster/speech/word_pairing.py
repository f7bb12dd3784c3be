"""Written words and spoken ones, where speech runs some together ("of the" in one breath) and takes others apart ("1976")."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_WRITTEN, _MOST_SPOKEN = 4, 6
"""Written words in one spoken word; spoken words for one written word."""
_STEPS: Final = (
    (1, 1),
    *((count, 1) for count in range(2, _MOST_WRITTEN + 1)),
    *((1, count) for count in range(2, _MOST_SPOKEN + 1)),
)
_A_FIGURE: Final = 5
_UNEVEN: Final = 1.0
"""Extra cost of a step that joins words: words begin together unless their lengths say otherwise."""


def spoken_length(word: str) -> int:
    """About how many letters a written word has when it is said: figures are words of their own."""
    return sum(_A_FIGURE if sign.isdigit() else 1 for sign in word)


def pair_words(written: Sequence[int], spoken: Sequence[int]) -> Sequence[tuple[int, int]]:
    """Pairs of a written and a spoken word that begin together, in order; empty if none fit.

    Args:
        written: `spoken_length` of each written word.
        spoken: Phonemes of each spoken word.
    """
    letters, phonemes = ([0, *accumulate(lengths)] for lengths in (written, spoken))
    scale = letters[-1] / phonemes[-1] if phonemes[-1] else 1.0
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for first in range(len(written) + 1):
        for second in range(len(spoken) + 1):
            here = best.get((first, second))
            if here is None:
                continue
            for wide, long in _STEPS:
                there = first + wide, second + long
                if there[0] > len(written) or there[1] > len(spoken):
                    continue
                apart = letters[there[0]] - letters[first] - scale * (phonemes[there[1]] - phonemes[second])
                cost = here[0] + apart**2 + (_UNEVEN if wide + long > 2 else 0.0)  # noqa: PLR2004 # more than one of each
                if there not in best or cost < best[there][0]:
                    best[there] = (cost, (first, second))
    pairs = []
    place = (len(written), len(spoken))
    while place in best and place != (0, 0):
        place = best[place][1]
        pairs.append(place)
    return pairs[::-1]
