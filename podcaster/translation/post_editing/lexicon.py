"""Word classes, gender and number of words, by a language's dictionary."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol, runtime_checkable

from podcaster.units import LanguageTag

Analysis = tuple[str, ...]
"""Tags of one reading of a word, as Apertium writes them: `("n", "f", "sg")`."""

_FINITE: Final = frozenset({"pri", "ifi", "pii", "pis", "prs", "fti", "cni", "imp", "past", "pret"})
_VERBS: Final = frozenset({"vblex", "vbser", "vbhaver", "vbmod", "vaux", "vbdo"})


@runtime_checkable
class Analysing(Protocol):
    """An engine with a dictionary of a language."""

    def analyses(self, words: Iterable[str], language: LanguageTag) -> Mapping[str, tuple[Analysis, ...]]:
        """The readings of each word; words that the dictionary lacks are left out."""


@dataclass(frozen=True, slots=True)
class WordClasses:
    """The readings of a report's words."""

    readings: Mapping[str, tuple[Analysis, ...]] = field(default_factory=dict)

    def gender(self, word: str, number: str) -> str:
        """Gender of a noun in a number, `m` or `f`; empty where the word is none, or of either gender."""
        found = {
            tag
            for each in self._of(word)
            if each[0] == "n" and number in each
            for tag in each
            if tag in {"m", "f", "mf"}
        }
        return found.pop() if len(found) == 1 and "mf" not in found else ""

    def is_finite_verb(self, word: str) -> bool:
        """Whether a word can be a finite verb."""
        return any(each[0] in _VERBS and _FINITE.intersection(each) for each in self._of(word))

    def is_only_finite_verb(self, word: str) -> bool:
        """Whether every reading of a word is that of a finite verb."""
        readings = self._of(word)
        return bool(readings) and all(each[0] in _VERBS and _FINITE.intersection(each) for each in readings)

    def is_adjective(self, word: str, gender: str = "") -> bool:
        """Whether a word can be an adjective or participle, of a gender."""
        return any(
            (each[0] == "adj" or "pp" in each) and (not gender or gender in each or "mf" in each)
            for each in self._of(word)
        )

    def is_only_adjective(self, word: str) -> bool:
        """Whether every reading of a word is that of an adjective or participle."""
        readings = self._of(word)
        return bool(readings) and all(each[0] == "adj" or "pp" in each for each in readings)

    def is_plural_noun(self, word: str) -> bool:
        """Whether a word is a noun in the plural, and cannot be a finite verb."""
        plural = any(each[0] == "n" and "pl" in each for each in self._of(word))
        return plural and not self.is_finite_verb(word)

    def _of(self, word: str) -> tuple[Analysis, ...]:
        return self.readings.get(word.lower(), ())
