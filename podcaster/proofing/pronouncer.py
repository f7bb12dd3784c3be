"""The port that says how a text is pronounced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from podcaster.units import LanguageTag


class Pronouncer(Protocol):
    """Writes texts in the International Phonetic Alphabet. The promise is tests/contracts/test_pronouncer.py.

    Safe to call from several threads at once.
    """

    @property
    def version(self) -> str:
        """Changes whenever the same text may be pronounced otherwise."""

    def __hash__(self) -> int:
        """Tells pronouncers apart in caches."""

    def pronounces(self, language: LanguageTag) -> bool:
        """Whether the language is known."""

    def pronounce(self, texts: Sequence[str], language: LanguageTag) -> Sequence[str]:
        """The pronunciation of each text, in order; equal texts have equal ones.

        Raises:
            NoVoice: `pronounces(language)` is false.
            EngineFailed: the engine gave an error.
        """
