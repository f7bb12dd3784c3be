"""Translators that need no engine, and some that fail in the ways engines do."""

import re
from collections.abc import Sequence

from podcaster.errors import EngineFailed
from podcaster.translation.translator import OneWay
from podcaster.units import LanguageTag

_MASK = re.compile(r"Zz\d+zz")


class PseudoTranslator(OneWay):
    """Turns every word round, so that one sees what was translated; masks and numbers stay."""

    name = "pseudo"
    draft = False

    def serves(self, source: LanguageTag, target: LanguageTag) -> bool:
        """Every pair of two."""
        return source != target

    def version(self, source: LanguageTag, target: LanguageTag) -> str:
        """The version never changes."""
        return "1"

    def mask(self, index: int) -> str:
        """A word that it leaves alone."""
        return f"Zz{index}zz"

    def translate(self, sentences: Sequence[str], source: LanguageTag, target: LanguageTag) -> Sequence[str]:
        """Each sentence for itself."""
        return [re.sub(r"\w+", _turned, sentence) for sentence in sentences]


class FlakyTranslator(PseudoTranslator):
    """Fails so many times, then works for ever."""

    def __init__(self, failures: int) -> None:
        self.left = failures

    def translate(self, sentences: Sequence[str], source: LanguageTag, target: LanguageTag) -> Sequence[str]:
        """Fail, or translate."""
        self.left -= 1
        if self.left >= 0:
            raise EngineFailed("The engine is busy.", "Try again.")
        return super().translate(sentences, source, target)


class MaskEatingTranslator(PseudoTranslator):
    """Loses every mask, as a model may that has never seen such a word."""

    def translate(self, sentences: Sequence[str], source: LanguageTag, target: LanguageTag) -> Sequence[str]:
        """Translate what is left."""
        return super().translate([_MASK.sub("", sentence) for sentence in sentences], source, target)


def _turned(found: re.Match[str]) -> str:
    word = found[0]
    return word if _MASK.fullmatch(word) or not word.isalpha() else word[::-1].lower()
