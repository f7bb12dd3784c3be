"""Verdict on a clip: as written, or heard differently."""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum

from podcaster.proofing.calibration import LEAST_MISHEARD, Calibration, Sample
from podcaster.proofing.comparison import Comparison, Mishearing, compare
from podcaster.proofing.pace import rests
from podcaster.proofing.pronouncer import Pronouncer
from podcaster.proofing.recognizer import Hearing
from podcaster.proofing.scoring import misheard_score
from podcaster.units import LanguageTag

CHECK = "heard"
"""The name of the check in script.json."""


class Flag(StrEnum):
    """Reason that a clip is doubted; empty: it is believed."""

    NONE = ""
    WORDS = "words"
    """Other sounds are heard than were written."""
    LONG = "long"
    """The clip lasts longer than the voice needs for the text: something is said twice, or added."""
    SHORT = "short"
    """It is over too early: something is missing."""
    ORDER = "order"
    """Another line is heard in its place."""
    TIME = "time"
    """The voice begins or ends elsewhere than the script says, or sounds where nothing is to be said."""


_LENGTHS = {Flag.LONG: " (too long for its words)", Flag.SHORT: " (too short for its words)"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One clip against its line."""

    score: float
    """0 for a perfect clip; from 1 on it is flagged."""
    flag: Flag
    heard: str
    """Text that the recognizer wrote down."""
    misheard: tuple[Mishearing, ...] = ()
    words: int = 0
    """In the line."""
    words_heard: int = 0
    """As written."""

    @property
    def passed(self) -> bool:
        """Whether the clip is believed."""
        return self.flag is Flag.NONE

    @property
    def detail(self) -> str:
        """For an editor; empty where the clip is believed."""
        return "" if self.passed else f"heard differently: “{self.heard}”{_LENGTHS.get(self.flag, '')}"


def judge(
    spoken: str,
    hearing: Hearing,
    seconds: float,
    *,
    language: LanguageTag,
    pronouncer: Pronouncer,
    calibration: Calibration,
) -> Verdict:
    """Hold a clip of so many voiced seconds against its line, by what is usual for its voice.

    Raises:
        NoVoice: the pronouncer does not know the language.
        EngineFailed: it gave an error.
    """
    sample, comparison = sampled(spoken, hearing, seconds, language, pronouncer)
    return verdict_of(sample, comparison, hearing.text, calibration)


def sampled(
    spoken: str, hearing: Hearing, seconds: float, language: LanguageTag, pronouncer: Pronouncer
) -> tuple[Sample, Comparison]:
    """A clip in figures, and what they are taken from."""
    comparison = compare(spoken, hearing.text, language, pronouncer)
    sample = Sample(
        misheard_score=misheard_score(comparison, hearing, language),
        sounds=comparison.sounds,
        rests=rests(spoken),
        seconds=seconds,
        words=len(comparison.words),
        words_heard=comparison.words_heard,
    )
    return sample, comparison


def verdict_of(sample: Sample, comparison: Comparison, heard: str, calibration: Calibration | None) -> Verdict:
    """The verdict on a clip that was heard and compared; without a calibration its length is not judged."""
    misheard = sample.misheard_score / (calibration.misheard_limit if calibration else LEAST_MISHEARD)
    deviation = calibration.pace.deviation(sample.seconds, sample.sounds, sample.rests) if calibration else 0.0
    pace = abs(deviation) / calibration.pace_limit if calibration else 0.0
    return Verdict(
        score=round(max(misheard, pace), 2),
        flag=_flag(misheard, pace, deviation),
        heard=heard,
        misheard=tuple(comparison.misheard),
        words=sample.words,
        words_heard=sample.words_heard,
    )


def _flag(misheard: float, pace: float, deviation: float) -> Flag:
    if misheard >= 1:
        return Flag.WORDS
    if pace >= 1:
        return Flag.LONG if deviation > 0 else Flag.SHORT
    return Flag.NONE


def to_json(verdict: Verdict) -> bytes:
    """As it is kept with its clip."""
    return json.dumps(asdict(verdict), ensure_ascii=False, separators=(",", ":")).encode()


def from_json(kept: bytes) -> Verdict:
    """A kept verdict.

    Raises:
        ValueError: it is none.
    """
    try:
        record = json.loads(kept)
        misheard = tuple(Mishearing(**each) for each in record.pop("misheard"))
        return Verdict(**record | {"flag": Flag(record["flag"]), "misheard": misheard})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError("no verdict") from error
