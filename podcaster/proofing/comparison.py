"""Compares a line's spoken form with the heard words, phoneme by phoneme."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from podcaster.proofing.alignment import Edit, align, distance, longest_run
from podcaster.proofing.normaliser import NumberStyle, has_year, normalised
from podcaster.proofing.pronouncer import Pronouncer
from podcaster.script.phonetics import pieces
from podcaster.units import LanguageTag

_KEPT = 20_000
"""Words whose pronunciation is kept in memory, about 3 MB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mishearing:
    """A stretch of the text that is heard as something else."""

    expected: str
    """Its words, as they are compared; empty: something is heard that nobody wrote."""
    heard: str
    """Empty: it is not heard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Comparison of two texts by their sounds."""

    sounds: int
    """Phonemes that were expected."""
    edits: int
    """Phonemes that differ, in the closest alignment."""
    longest_run: int
    """Phonemes that differ, one after the other."""
    words: Sequence[str]
    """Expected words, normalised for comparison."""
    misheard: Sequence[Mishearing] = ()
    concerned: frozenset[str] = frozenset()
    """The words among `words` that are heard as something else."""

    @property
    def words_heard(self) -> int:
        """Number of words that are heard as written."""
        return sum(word not in self.concerned for word in self.words)


def compare(spoken: str, heard: str, language: LanguageTag, pronouncer: Pronouncer) -> Comparison:
    """Compare a line's spoken form with what was heard of it.

    Digits that may be a year or a number are read in the way that is nearer to the spoken form; so is a decimal of two figures,
    which recognizers write for a fraction: `3.5` for `three fifths`.

    Raises:
        NoVoice: the pronouncer does not know the language.
        EngineFailed: it gave an error.
    """
    expected = _sounding(spoken, language, pronouncer, "cardinal")
    styles: tuple[NumberStyle, ...] = ("cardinal", "year") if has_year(heard) else ("cardinal",)
    texts = (heard, as_fraction) if (as_fraction := _DECIMAL.sub(r"\1/\2", heard)) != heard else (heard,)
    found = (_compared(expected, _sounding(text, language, pronouncer, style)) for text in texts for style in styles)
    return min(found, key=lambda each: each.edits)


_DECIMAL = re.compile(r"(?<![\w.,])([1-9])[.,]([2-9]|10)(?![\w%]|[.,]\d)")


@dataclass(frozen=True, slots=True)
class _Sounding:
    words: Sequence[str]
    sounds: Sequence[str]
    """Phonemes of each word; may be empty."""

    @property
    def whole(self) -> str:
        return "".join(self.sounds)

    @property
    def owners(self) -> Sequence[int]:
        """The word that each sound belongs to."""
        return [place for place, sounds in enumerate(self.sounds) for _ in sounds]


def _sounding(text: str, language: LanguageTag, pronouncer: Pronouncer, style: NumberStyle) -> _Sounding:
    """A text's words and their sounds; a pronunciation that an editor gave is the sound of its words."""
    words: list[str] = []
    sounds: list[str] = []
    given = {piece.text: piece.ipa for piece in pieces(text) if piece.ipa}
    dictated = {word: ipa for written, ipa in given.items() for word in normalised(written, language)[:1]}
    for word in normalised(text, language, style):
        words.append(word)
        ipa = dictated.get(word)
        sounds.append(_bare(ipa) if ipa else _sounds(word, language, pronouncer))
    return _Sounding(words, sounds)


@lru_cache(_KEPT)
def _sounds(word: str, language: LanguageTag, pronouncer: Pronouncer) -> str:
    return _bare(pronouncer.pronounce([word], language)[0])


def _bare(ipa: str) -> str:
    """Letters alone: no stress, no length, no marks, no name of another voice's language."""
    apart = unicodedata.normalize("NFD", re.sub(r"\([^)]*\)", "", ipa))
    return "".join(sign for sign in apart if sign.isalpha() and unicodedata.category(sign) != "Lm")


def _compared(expected: _Sounding, heard: _Sounding) -> Comparison:
    if expected == heard:
        return Comparison(sounds=len(expected.whole), edits=0, longest_run=0, words=expected.words)
    edits = align(expected.whole, heard.whole)
    runs = _joined(_spans(edits, expected.owners, heard.owners))
    misheard = [
        Mishearing(
            expected=_as_written([expected.words[place] for place in sorted(wrong)]),
            heard=_as_written([heard.words[place] for place in sorted(instead)]),
        )
        for wrong, instead in runs
    ]
    return Comparison(
        sounds=len(expected.whole),
        edits=distance(edits),
        longest_run=longest_run(edits),
        words=expected.words,
        misheard=[each for each in misheard if each.expected != each.heard],
        concerned=frozenset(expected.words[place] for wrong, _ in runs for place in wrong),
    )


def _as_written(words: Sequence[str]) -> str:
    """Words with spaces between them; characters of Chinese, each a word here, without."""
    return re.sub(r"(?<=[〇\u3400-\u9fff]) (?=[〇\u3400-\u9fff])", "", " ".join(words))


_Run = tuple[set[int], set[int]]
"""Places of expected words, and of the words that are heard for them."""


def _spans(edits: Sequence[Edit], expected: Sequence[int], heard: Sequence[int]) -> list[_Run]:
    """The words of each stretch of edits; of words that are heard, those in which a sound differs or is too much."""
    found = []
    for equal, run in groupby(edits, lambda edit: edit.equal):
        steps = list(run)
        if not equal:
            wrong = {expected[step.expected] for step in steps if step.expected is not None}
            instead = {heard[step.heard] for step in steps if step.heard is not None}
            found.append((wrong, instead))
    partners = list(_partners(edits, expected, heard))
    return [
        (wrong or {e for e, h in partners if h in instead}, instead or {h for e, h in partners if e in wrong})
        for wrong, instead in found
    ]


def _partners(edits: Sequence[Edit], expected: Sequence[int], heard: Sequence[int]) -> set[tuple[int, int]]:
    """Words of both sides that share a sound."""
    return {
        (expected[edit.expected], heard[edit.heard])
        for edit in edits
        if edit.equal and edit.expected is not None and edit.heard is not None
    }


def _joined(runs: Sequence[_Run]) -> list[_Run]:
    """Stretches that concern the same words are one."""
    joined: list[_Run] = []
    for wrong, instead in runs:
        if joined and (joined[-1][0] & wrong or joined[-1][1] & instead):
            joined[-1] = (joined[-1][0] | wrong, joined[-1][1] | instead)
        else:
            joined.append((wrong, instead))
    return joined
