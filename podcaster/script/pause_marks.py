"""Rests that an editor writes into what a voice is given: `[pause 500ms]`. Nothing from a report can hold one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from podcaster.units import Milliseconds

LONGEST_MS: Final = Milliseconds(5_000)
_MARK: Final = re.compile(r"\s*\[pause (\d{1,5})\s?(ms|s)\]\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Words between two rests."""

    text: str
    place: int
    """Start, in characters of the whole."""
    rest_ms: Milliseconds
    """Silence behind it."""


def stretches(spoken: str) -> Iterator[Stretch]:
    """Parts of the text between pauses; one part without any."""
    place = 0
    for found in _MARK.finditer(spoken):
        rest = int(found[1]) * (1_000 if found[2] == "s" else 1)
        yield Stretch(text=spoken[place : found.start()], place=place, rest_ms=Milliseconds(min(rest, LONGEST_MS)))
        place = found.end()
    if place < len(spoken) or not place:
        yield Stretch(text=spoken[place:], place=place, rest_ms=Milliseconds(0))


def without_marks(spoken: str) -> str:
    """The words alone."""
    return _MARK.sub(" ", spoken).strip() if "[pause " in spoken else spoken
