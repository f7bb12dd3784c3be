"""The port that every translation engine fills."""

from collections.abc import Sequence
from typing import Protocol

from podcaster.units import LanguageTag


class Translator(Protocol):
    """Turns sentences of one language into another. The promise is tests/contracts/test_translator.py.

    Safe to call from several threads; starts no threads of its own beyond what its settings allow.
    """

    @property
    def name(self) -> str:
        """`argos`, `apertium`: what settings and reports call it."""

    @property
    def draft(self) -> bool:
        """Whether its output is gist quality, to be announced as such."""

    def serves(self, source: LanguageTag, target: LanguageTag) -> bool:
        """Whether the pair can be translated here and now, directly or through a pivot."""

    def version(self, source: LanguageTag, target: LanguageTag) -> str:
        """Changes whenever the same sentence may come out differently: engine, package, settings."""

    def mask(self, index: int) -> str:
        """The word that stands for protected text number `index` in a sentence and comes back unharmed."""

    def translate(self, sentences: Sequence[str], source: LanguageTag, target: LanguageTag) -> Sequence[str]:
        """One translation for each sentence, in order, all in as few calls of the engine as can be.

        Raises:
            NoTranslationPath: the pair is not served.
            EngineFailed: the engine gave an error, or not one result a sentence.
            EngineTimedOut: it gave nothing in its time.
        """
