"""A whole episode against its script: nothing missing, nothing twice, in order, and at the times that it says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from podcaster.proofing.calibration import MOST_MISHEARD, Calibration, Sample, calibrated
from podcaster.proofing.hearing import hear_line
from podcaster.proofing.normaliser import normalised
from podcaster.proofing.verdict import Flag, Verdict, sampled, verdict_of
from podcaster.speech.synthesizer import Speech

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

    from podcaster.proofing.pronouncer import Pronouncer
    from podcaster.proofing.recognizer import Hearing, Recognizer
    from podcaster.units import LanguageTag

TIMES_WITHIN_MS: Final = 60
_AUDIBLE: Final = 120
"""Out of 32,768: about -49 dB; MP3 leaves silence below it."""
_AROUND_S: Final = 0.12
"""Heard of the rest around a line."""
_JINGLE_S: Final = 0.15
"""Least distance of a jingle from the first and the last line."""
_FEWEST_LINES: Final = 6
"""A script that is shorter tells nothing of its voice's pace."""
_ROBUST: Final = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedLine:
    """A line of script.json."""

    index: int
    spoken: str
    start: float
    end: float
    """Seconds from the start of the audio: when the voice begins and ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofedLine:
    """A line and what is heard at its place."""

    line: TimedLine
    verdict: Verdict
    off_ms: int
    """Distance of the voice's start or end from the script's time, the farther of the two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeProof:
    """An episode as it is heard."""

    lines: Sequence[ProofedLine]

    @property
    def words(self) -> int:
        """Number of words to be said."""
        return sum(each.verdict.words for each in self.lines)

    @property
    def words_heard(self) -> int:
        """Number of words that are heard as written."""
        return sum(each.verdict.words_heard for each in self.lines)

    @property
    def heard_percent(self) -> float:
        """Share of words, rounded down: 100 means all."""
        return (1000 * self.words_heard // self.words) / 10 if self.words else 100.0

    @property
    def flagged(self) -> Sequence[ProofedLine]:
        """The lines that are not believed."""
        return [each for each in self.lines if not each.verdict.passed]


def timed_lines(script: Mapping[str, Any]) -> Sequence[TimedLine]:
    """The lines of script.json that are said.

    Raises:
        KeyError: it is no script.json with times.
    """
    return [
        TimedLine(index=line["index"], spoken=line["spoken"], start=line["start"], end=line["end"])
        for line in script["lines"]
        if line["spoken"]
    ]


def _unwatched(_: int, __: int) -> None:
    """Nobody looks."""


def proof_episode(
    speech: Speech,
    lines: Sequence[TimedLine],
    *,
    language: LanguageTag,
    recognizer: Recognizer,
    pronouncer: Pronouncer,
    mapped: Callable[[Callable[[TimedLine], Hearing], Sequence[TimedLine]], Iterable[Hearing]] = map,
    progress: Callable[[int, int], None] = _unwatched,
) -> EpisodeProof:
    """Hear an episode's audio line by line.

    Limits come from the episode itself: most of its lines are good, and no fault of a few moves what is usual.

    Args:
        speech: The whole audio.
        lines: Its script, in order.
        language: What it is spoken in.
        recognizer: What hears it.
        pronouncer: How words sound.
        mapped: Calls the first for each of the second and gives the results in order; may do several at a time.
        progress: Told how many lines were heard, of how many.

    Raises:
        NoRecognizer: the language cannot be heard here.
        EngineFailed: the recognizer gave an error.
    """

    def heard(line: TimedLine) -> Hearing:
        return hear_line(recognizer, _stretch(speech, line), line.spoken, language)

    hearings: list[Hearing] = []
    for hearing in mapped(heard, lines):
        hearings.append(hearing)
        progress(len(hearings), len(lines))
    verdicts = _verdicts(lines, hearings, language, pronouncer)
    return EpisodeProof(
        lines=[
            ProofedLine(line=line, verdict=_placed(verdict, off_ms, line, lines, language), off_ms=off_ms)
            for line, verdict, off_ms in zip(lines, verdicts, _deviations_ms(speech, lines), strict=True)
        ]
    )


def _verdicts(
    lines: Sequence[TimedLine], hearings: Sequence[Hearing], language: LanguageTag, pronouncer: Pronouncer
) -> Sequence[Verdict]:
    """The lines judged by the limits of their own episode, where it has lines enough to tell them."""
    compared = [
        sampled(line.spoken, hearing, line.end - line.start, language, pronouncer)
        for line, hearing in zip(lines, hearings, strict=True)
    ]
    limits = _limits([sample for sample, _ in compared]) if len(compared) >= _FEWEST_LINES else None
    return [
        verdict_of(sample, comparison, hearing.text, limits)
        for (sample, comparison), hearing in zip(compared, hearings, strict=True)
    ]


def _limits(samples: Sequence[Sample]) -> Calibration:
    """Limits that most lines of an episode stay within, and no higher than any voice's: several of few lines may be wrong."""
    found = calibrated(samples, within=_ROBUST)
    return replace(found, misheard_limit=min(found.misheard_limit, MOST_MISHEARD))


def _stretch(speech: Speech, line: TimedLine) -> Speech:
    first = max(0, round((line.start - _AROUND_S) * speech.rate))
    return Speech(samples=speech.samples[first : round((line.end + _AROUND_S) * speech.rate)], rate=speech.rate)


def _placed(
    verdict: Verdict, off_ms: int, line: TimedLine, lines: Sequence[TimedLine], language: LanguageTag
) -> Verdict:
    """The verdict, with the flag of what is wrong about the line's place."""
    heard = normalised(verdict.heard, language)
    if heard and heard != normalised(line.spoken, language):
        elsewhere = (other for other in lines if other.index != line.index)
        if any(normalised(other.spoken, language) == heard for other in elsewhere):
            return replace(verdict, flag=Flag.ORDER, score=max(1.0, verdict.score))
    if verdict.passed and off_ms > TIMES_WITHIN_MS:
        return replace(verdict, flag=Flag.TIME, score=max(1.0, verdict.score))
    return verdict


def _deviations_ms(speech: Speech, lines: Sequence[TimedLine]) -> Sequence[int]:
    """Distance of each line's sound from its times; sound between two lines counts to the nearer one."""
    import numpy as np  # noqa: PLC0415 # slow to load

    audible = np.flatnonzero(np.abs(speech.samples.astype(np.int32)) > _AUDIBLE) / speech.rate
    middles = [(one.end + other.start) / 2 for one, other in pairwise(lines)]
    found = []
    for line, low, high in zip(
        lines, [lines[0].start - _JINGLE_S, *middles], [*middles, lines[-1].end + _JINGLE_S], strict=True
    ):
        first, behind = np.searchsorted(audible, [low, high])
        if first == behind:
            found.append(round(1000 * (line.end - line.start)))
            continue
        off = max(abs(audible[first] - line.start), abs(audible[behind - 1] - line.end))
        found.append(round(1000 * float(off)))
    return found
