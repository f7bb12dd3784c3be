"""Calibration of a voice on shipped sentences, once for each voice and recognizer."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.resources import files

from podcaster import language as languages
from podcaster.proofing.pace import Pace, fitted
from podcaster.units import LanguageTag, Seconds

METHOD = 2
"""Part of the keys of calibrations and verdicts: grows when clips are judged otherwise."""
_GOOD = 0.95
LEAST_MISHEARD, MOST_MISHEARD = 2.4, 7.0
"""The limit of a voice of which everything is understood, and that above which faults would pass unseen."""
_LEAST_PACE = 2.8
_MARGIN = 1.1
_MOST_WORDS_MISHEARD = 0.08
"""At 9 %, seven of thirty good Catalan lines were flagged."""


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
        return self.words_misheard <= _MOST_WORDS_MISHEARD and self.misheard_limit <= MOST_MISHEARD


@cache
def sentences(language: LanguageTag) -> tuple[str, ...]:
    """The shipped calibration sentences of a language; empty where there are none."""
    file = files("podcaster.proofing").joinpath("sentences", f"{languages.base(language)}.txt")
    return tuple(file.read_text(encoding="utf-8").splitlines()) if file.is_file() else ()


@cache
def _table() -> Mapping[tuple[str, str, str], tuple[int, Calibration]]:
    """Calibrations of the catalogue's voices, with the words a minute at which each was made."""
    rows = json.loads(files("podcaster.proofing").joinpath("calibrations.json").read_text(encoding="utf-8"))
    return {
        (row["recognizer"], row["engine"], row["voice"]): (
            row["rate_wpm"],
            from_json(json.dumps(row["limits"]).encode()),
        )
        for row in rows
    }


def shipped(recognizer: str, engine: str, engine_voice: str, rate_wpm: int) -> Calibration | None:
    """The calibration of a voice that comes with podcaster, for its pace; None for other voices."""
    measured_wpm, found = _table().get((recognizer, engine, engine_voice), (rate_wpm, None))
    return found and replace(found, pace=found.pace.slower(measured_wpm / rate_wpm))


def calibrated(samples: Sequence[Sample], within: float = _GOOD) -> Calibration:
    """Limits that so many of the clips stay within, by default all but one in twenty.

    Raises:
        ValueError: there are too few samples.
    """
    pace = fitted([(each.sounds, each.rests, each.seconds) for each in samples])
    deviations = [abs(pace.deviation(each.seconds, each.sounds, each.rests)) for each in samples]
    words = sum(each.words for each in samples)
    scores = [each.misheard_score for each in samples]
    return Calibration(
        misheard_limit=round(max(LEAST_MISHEARD, _limit(scores, within) * _MARGIN), 2),
        pace=pace,
        pace_limit=round(max(_LEAST_PACE, _limit(deviations, within) * _MARGIN), 2),
        words_misheard=round(1 - sum(each.words_heard for each in samples) / max(words, 1), 4),
    )


def _limit(scores: Sequence[float], within: float) -> float:
    """Score that a share of the samples stays within."""
    return sorted(scores)[max(0, math.ceil(len(scores) * within) - 1)]


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
