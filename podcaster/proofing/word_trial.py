"""A word said on trial, as it is written and as a lexicon has it, and what a recognizer hears of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from podcaster.proofing.comparison import compare
from podcaster.proofing.normaliser import normalised
from podcaster.proofing.pronouncer import Pronouncer
from podcaster.script.phonetics import as_written
from podcaster.units import LanguageTag


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
    """The recognizer's hearing of a word in a sentence.

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
    understood = any(
        not set(_misheard(sentence.format(word=way), heard, language, pronouncer)) & {"", *normalised(way, language)}
        for way in dict.fromkeys((word, as_written(said)))
    )
    return HeardWord(heard=word if understood else _rest(sentence, heard, language), understood=understood)


def _misheard(expected: str, heard: str, language: LanguageTag, pronouncer: Pronouncer) -> Iterator[str]:
    """Words of a sentence that are misheard; an empty one for what is heard and not written."""
    for each in compare(expected, heard, language, pronouncer).misheard:
        yield from each.expected.split() or [""]


def _rest(sentence: str, heard: str, language: LanguageTag) -> str:
    """Hearing without the words around the one in question."""
    before, after = (list(normalised(part, language)) for part in sentence.split("{word}"))
    words = list(normalised(heard, language))
    if words[: len(before)] == before:
        words = words[len(before) :]
    if after and words[-len(after) :] == after:
        words = words[: -len(after)]
    return " ".join(words)
