"""A word said on trial, as it is written and as a lexicon has it, and what a recognizer hears of it."""

from dataclasses import dataclass

from anyascii import anyascii

from podcaster.proofing.comparison import compare
from podcaster.proofing.normaliser import normalised
from podcaster.proofing.pronouncer import Pronouncer
from podcaster.units import LanguageTag

_NEAR = 1
"""Sounds in a row that may differ from a pronunciation: the alphabet of an entry is finer than a recognizer's spelling."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardWord:
    """A hearing of a word."""

    heard: str
    """The word itself where it is understood; empty where nothing is heard."""
    understood: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WordTrial:
    """The effect of a lexicon's entry on one word."""

    word: str
    voice: str
    """Name of the voice that said it."""
    before: HeardWord
    """Without an entry."""
    after: HeardWord | None
    """With the entry; None where there is none."""


def heard_word(
    word: str, heard: str, *, said: str, sentence: str, language: LanguageTag, pronouncer: Pronouncer
) -> HeardWord:
    """The hearing of a word in a sentence.

    It counts as understood if it is heard as it is spelled, or as it was said.

    Args:
        word: As it is written.
        heard: The recognizer's text of the whole sentence.
        said: The word as the voice is given it, with a pronunciation or not.
        sentence: The sentence, with `{word}` in the place of the word.
        language: The sentence's.
        pronouncer: How words sound.

    Raises:
        NoVoice: the pronouncer does not know the language.
        EngineFailed: it gave an error.
    """
    rest = _rest(sentence, heard, language)
    understood = (
        _plain(rest) == _plain(" ".join(normalised(word, language)))
        or _sounds_as(word, heard, sentence, language, pronouncer, apart=0)
        or _sounds_as(said, heard, sentence, language, pronouncer, apart=_NEAR)
    )
    return HeardWord(heard=word if understood else rest, understood=understood)


def _plain(words: str) -> str:
    """Without accents, which a recognizer leaves out of names of other languages."""
    return anyascii(words)


def _sounds_as(
    word: str, heard: str, sentence: str, language: LanguageTag, pronouncer: Pronouncer, *, apart: int
) -> bool:  # names of what is compared
    """Whether a sentence with the word is heard, but for so many sounds in a row of the word."""
    compared = compare(sentence.format(word=word), heard, language, pronouncer)
    own = {"", *normalised(word, language)}
    wrong = {part for each in compared.misheard for part in each.expected.split() or [""]}
    return not wrong & own or compared.longest_run <= apart


def _rest(sentence: str, heard: str, language: LanguageTag) -> str:
    """Hearing without the words around the one in question."""
    before, after = (list(normalised(part, language)) for part in sentence.split("{word}"))
    words = list(normalised(heard, language))
    if words[: len(before)] == before:
        words = words[len(before) :]
    if after and words[-len(after) :] == after:
        words = words[: -len(after)]
    return " ".join(words)
