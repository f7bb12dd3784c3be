"""Text as an engine is sent it, and where each part of it stood in the text that was to be spoken."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that was put together from parts of another one."""

    text: str
    stretches: tuple[tuple[int, int, bool], ...]
    """A part each: its start in this text, its start in the other one, and whether it was put there whole, as a pronunciation is."""

    @classmethod
    def of(cls, parts: Iterable[tuple[str, int, bool]]) -> Self:
        """From each part's text, its place in the other text, and whether it was put there whole."""
        texts, stretches, length = [], [], 0
        for text, place, whole in parts:
            texts.append(text)
            stretches.append((length, place, whole))
            length += len(text)
        return cls("".join(texts), tuple(stretches))

    def place(self, here: int) -> int:
        """The place in the other text of a place in this one; a part that was put there whole has one place, its start."""
        found = max(0, bisect_right([start for start, _, _ in self.stretches], here) - 1)
        start, place, whole = self.stretches[found]
        return place if whole else place + here - start
