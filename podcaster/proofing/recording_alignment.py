"""A recording laid against the text that it reads: where its words begin, and where its lines meet.

A recognizer finds the words that are expected in the sound, and says how probable each is. Where they are not probable, the
recording says something else, and nothing is made of their times.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from statistics import median
from typing import Final

from podcaster.proofing.recognizer import ExpectedWord, Recognizer
from podcaster.script.phonetics import as_written
from podcaster.speech.synthesizer import Speech, WordOnset
from podcaster.units import LanguageTag

_SAME_TEXT: Final = -2.5
"""Least median of the words' log probabilities: words that were said are near 0, others below -5."""
_LEAST_HEARD: Final = 0.4
"""Least share of the text's groups of three letters that is also in what was heard without knowing the text."""
_LONGEST_S: Final = 27.0
"""A recognizer's window, less the silence round it."""
_READ_S: Final = 18.0
"""Text laid against a window, as long as it should last; the rest is room for a slow speaker."""
_GIVEN_UP: Final = 3
"""Windows without a line that is understood, after which the recording counts as another text."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Between two lines of a recording."""

    ends: int
    """Sample behind the last word of the first."""
    begins: int
    """Sample at which the first word of the second begins."""


def word_onsets(speech: Speech, spoken: str, language: LanguageTag, recognizer: Recognizer) -> Sequence[WordOnset]:
    """Onsets of the words of `spoken`; empty if the recording says something else, or is too long.

    Raises:
        NoRecognizer: the recognizer does not know the language.
        EngineFailed: the recognizer gave an error.
    """
    written = as_written(spoken)
    hearing = recognizer.hear(speech, written, language)
    if not (_understood(hearing.expected) and _heard(written, hearing.text)):
        return ()
    origins = _origins(written, spoken)
    return tuple(
        WordOnset(place=origins[place], sample=round(word.start * speech.rate))
        for place, word in _placed(hearing.expected, written)
    )


def line_gaps(
    speech: Speech, texts: Sequence[str], language: LanguageTag, recognizer: Recognizer
) -> Sequence[Gap | None]:
    """Gaps between the lines of a recording; None for one that was not understood.

    Windows follow one another: each begins with the last line of the one before, whose end it did not hold for certain.

    Args:
        speech: The recording.
        texts: The spoken forms of its lines.
        language: Their language.
        recognizer: Hears it.

    Raises:
        NoRecognizer: the recognizer does not know the language.
        EngineFailed: the recognizer gave an error.
    """
    written = [as_written(text) for text in texts]
    letters = [max(sum(map(str.isalnum, text)), 1) for text in written]
    gaps: list[Gap | None] = [None] * (len(texts) - 1)
    line, start, missed = 0, 0, 0
    while line < len(texts) - 1 and missed < _GIVEN_UP:
        # What is left of the sound is shared by what is left of the text.
        samples_a_letter = (len(speech.samples) - start) / sum(letters[line:])
        behind = _behind(letters, line, samples_a_letter / speech.rate)
        window = Speech(samples=speech.samples[start : start + round(_LONGEST_S * speech.rate)], rate=speech.rate)
        found = list(_gaps(window, written[line:behind], language, recognizer))
        for place, gap in enumerate(found, start=line):
            gaps[place] = gap and Gap(start + gap.ends, start + gap.begins)
        known = gaps[behind - 2]
        missed = 0 if any(found) else missed + 1
        shared = start + round(samples_a_letter * sum(letters[line : behind - 1]))
        start = known.begins if known else min(shared, len(speech.samples) - 1)
        line = behind - 1
    return gaps


def _behind(letters: Sequence[int], line: int, seconds_a_letter: float) -> int:
    """The line behind the last one of a window: at least two lines, as many as should last long enough."""
    behind, seconds = line + 2, seconds_a_letter * sum(letters[line : line + 2])
    while behind < len(letters) and seconds + seconds_a_letter * letters[behind] <= _READ_S:
        seconds += seconds_a_letter * letters[behind]
        behind += 1
    return behind


def _gaps(window: Speech, texts: Sequence[str], language: LanguageTag, recognizer: Recognizer) -> Iterator[Gap | None]:
    expected = " ".join(texts)
    hearing = recognizer.hear(window, expected, language)
    starts = [sum(len(text) + 1 for text in texts[:place]) for place in range(len(texts) + 1)]
    lines: list[list[ExpectedWord]] = [[] for _ in texts]
    for place, word in _placed(hearing.expected, expected):
        line = max(number for number in range(len(texts)) if starts[number] <= place)
        lines[line].append(word)
    same = [_understood(line) and _heard(text, hearing.text) for line, text in zip(lines, texts, strict=True)]
    for place, (before, after) in enumerate(pairwise(lines)):
        if same[place] and same[place + 1]:
            yield Gap(round(before[-1].end * window.rate), round(after[0].start * window.rate))
        else:
            yield None


def _understood(words: Sequence[ExpectedWord]) -> bool:
    return bool(words) and median(word.log_probability for word in words) >= _SAME_TEXT


def _heard(text: str, heard: str) -> bool:
    """Whether enough of a text was heard; a recognizer that knows the text finds it probable where it repeats itself."""
    wanted, found = _triples(text), _triples(heard)
    return len(wanted & found) >= _LEAST_HEARD * len(wanted)


def _triples(text: str) -> frozenset[str]:
    letters = "".join(filter(str.isalnum, text.casefold()))
    return frozenset(letters[place : place + 3] for place in range(max(len(letters) - 2, 1)))


def _placed(words: Sequence[ExpectedWord], written: str) -> Iterator[tuple[int, ExpectedWord]]:
    """The words, each with its place in the text; punctuation belongs to the word before it."""
    place = 0
    for word in words:
        text = word.text.strip()
        found = written.find(text, place)
        if found >= 0:
            place = found + len(text)
            if any(map(str.isalnum, text)):
                yield found, word


def _origins(written: str, spoken: str) -> Sequence[int]:
    """For each sign of the written text, its place in the spoken form."""
    if written == spoken:
        return range(len(spoken))
    places: list[int] = []
    for _, first, behind, place, end in SequenceMatcher(None, written, spoken, autojunk=False).get_opcodes():
        places += [min(place + offset, max(end - 1, place)) for offset in range(behind - first)]
    return places
