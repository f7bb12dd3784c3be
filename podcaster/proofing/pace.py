"""Pace of a voice: its time for a text, by a straight line through clips that are known to be good."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from podcaster.units import Seconds

_REST = re.compile(r"[,;:—–…()，；：、]|[.!?]\s|[。！？](?=.)")
"""Signs at which a voice pauses within a line."""
_FAR_APART = 2.5
"""Standard deviations: a clip with a fault must not widen what is usual."""
_LEAST_SPREAD = 0.025
"""Tolerance as a share of the expected length: twenty clips cannot promise more regularity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Seconds by phonemes and rests."""

    a_sound: Seconds
    a_rest: Seconds
    at_all: Seconds
    """Whatever is said."""
    spread: Seconds
    """Standard deviation of the clips from the line."""

    def expected(self, sounds: int, rests: int) -> Seconds:
        """Length of a text of so many phonemes and rests."""
        return Seconds(self.a_sound * sounds + self.a_rest * rests + self.at_all)

    def slower(self, factor: float) -> "Pace":
        """The same voice, everything so many times as long."""
        return Pace(
            a_sound=Seconds(self.a_sound * factor),
            a_rest=Seconds(self.a_rest * factor),
            at_all=Seconds(self.at_all * factor),
            spread=Seconds(self.spread * factor),
        )

    def deviation(self, seconds: float, sounds: int, rests: int) -> float:
        """Distance of a clip from the line, in standard deviations; above 0 it is too long."""
        expected = self.expected(sounds, rests)
        return (seconds - expected) / max(self.spread, _LEAST_SPREAD * expected)


def rests(text: str) -> int:
    """Number of rests of a voice within a text."""
    return len(_REST.findall(text))


def fitted(clips: Sequence[tuple[int, int, float]]) -> Pace:
    """The pace of clips, each given by its phonemes, rests and seconds; one that stands far apart does not count.

    Raises:
        ValueError: there are fewer than three.
    """
    pace = _line(clips)
    near = [each for each in clips if abs(each[2] - pace.expected(*each[:2])) <= _FAR_APART * pace.spread]
    return _line(near) if 2 * len(near) > len(clips) else pace


def _line(clips: Sequence[tuple[int, int, float]]) -> Pace:
    """Least squares."""
    if len(clips) < 3:  # noqa: PLR2004 # three unknowns
        raise ValueError("a pace needs three clips")
    import numpy as np  # noqa: PLC0415 # slow to load

    counts = np.array([(sounds, rest, 1) for sounds, rest, _ in clips], dtype=float)
    seconds = np.array([length for _, _, length in clips])
    line, *_ = np.linalg.lstsq(counts, seconds, rcond=None)
    missed = seconds - counts @ line
    spread = math.sqrt(float(missed @ missed) / max(len(clips) - 3, 1))
    a_sound, a_rest, at_all = (Seconds(round(float(each), 4)) for each in line)
    return Pace(a_sound=a_sound, a_rest=a_rest, at_all=at_all, spread=Seconds(round(max(spread, 0.01), 4)))
