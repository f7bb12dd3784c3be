"""What is usual for a voice: learned from shipped sentences, once for each voice and recognizer."""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files

from podcaster import language as languages
from podcaster.proofing.pace import Pace, fitted
from podcaster.units import LanguageTag, Seconds

METHOD = 1
"""Part of the keys of calibrations and verdicts: grows when clips are judged otherwise."""
_FALSE_ALARMS = 0.05
_LEAST_MISHEARD, _MOST_MISHEARD = 2.3, 7.0
"""The limit of a voice of which everything is understood, and that above which faults would pass unseen."""
_LEAST_PACE = 2.8
_MARGIN = 1.1
_MOST_WORDS_MISHEARD = 0.12


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One calibration sentence, spoken and heard."""

    misheard_score: float
    sounds: int
    rests: int
    seconds: float
    words: int
    words_heard: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Limits for the clips of one voice, as one recognizer hears them."""

    misheard_limit: float
    pace: Pace
    pace_limit: float
    """In standard deviations."""
    words_misheard: float
    """Share of the words of the calibration sentences that were heard as others."""

    @property
    def usable(self) -> bool:
        """Whether the voice is clear enough to be proofed."""
        return self.words_misheard <= _MOST_WORDS_MISHEARD and self.misheard_limit <= _MOST_MISHEARD


@cache
def sentences(language: LanguageTag) -> tuple[str, ...]:
    """The shipped calibration sentences of a language; empty where there are none."""
    file = files("podcaster.proofing").joinpath("sentences", f"{languages.base(language)}.txt")
    return tuple(file.read_text(encoding="utf-8").splitlines()) if file.is_file() else ()


def calibrated(samples: Sequence[Sample]) -> Calibration:
    """Limits above which one good clip in twenty is flagged at most.

    Raises:
        ValueError: there are too few samples.
    """
    pace = fitted([(each.sounds, each.rests, each.seconds) for each in samples])
    deviations = [abs(pace.deviation(each.seconds, each.sounds, each.rests)) for each in samples]
    words = sum(each.words for each in samples)
    return Calibration(
        misheard_limit=round(max(_LEAST_MISHEARD, _limit([each.misheard_score for each in samples]) * _MARGIN), 2),
        pace=pace,
        pace_limit=round(max(_LEAST_PACE, _limit(deviations) * _MARGIN), 2),
        words_misheard=round(1 - sum(each.words_heard for each in samples) / max(words, 1), 4),
    )


def _limit(scores: Sequence[float]) -> float:
    """What all but one in twenty stay within."""
    allowed = math.floor(len(scores) * _FALSE_ALARMS)
    return sorted(scores)[len(scores) - 1 - allowed]


def to_json(calibration: Calibration) -> bytes:
    """As it is kept."""
    return json.dumps(asdict(calibration)).encode()


def from_json(kept: bytes) -> Calibration:
    """A kept calibration.

    Raises:
        ValueError: it is none.
    """
    try:
        record = json.loads(kept)
        pace = Pace(**{name: Seconds(each) for name, each in record.pop("pace").items()})
        return Calibration(**record, pace=pace)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError("no calibration") from error
