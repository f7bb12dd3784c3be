"""The port that every translation engine fills."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from podcaster.translation import neural
from podcaster.units import LanguageTag


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A sentence after a round trip."""

    there: str
    """In the language that the first model translates into."""
    back: str
    """That, translated back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A translation, and what the engine did not know."""

    text: str
    unknown: tuple[str, ...] = ()
    """Words that it passed through as they were."""


@runtime_checkable
class Marking(Protocol):
    """A translator that tells which words it did not know."""

    def serves(self, source: LanguageTag, target: LanguageTag) -> bool:
        """As `Translator`."""

    def marked(self, sentences: Sequence[str], source: LanguageTag, target: LanguageTag) -> Sequence[Marked]:
        """As `Translator.translate`, with the words that were not known."""

    def lacking(self, texts: Sequence[str], language: LanguageTag) -> Sequence[tuple[str, ...]] | None:
        """The words of each text that the dictionary of its language lacks; None without a dictionary."""


@runtime_checkable
class Lacking(Protocol):
    """A translator with dictionaries."""

    def lacking(self, texts: Sequence[str], language: LanguageTag) -> Sequence[tuple[str, ...]] | None:
        """The words of each text that the dictionary of its language lacks; None without a dictionary."""


@runtime_checkable
class Covering(Protocol):
    """A translator that knows which words render which."""

    def cover(
        self, sentences: Sequence[str], texts: Sequence[str], source: LanguageTag, target: LanguageTag
    ) -> Sequence[float | None]:
        """For each translation, the share of its content words that a word of its sentence is rendered by.

        0 to 1; None where it has no such words, or nothing is known of the pair.
        """


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

    @property
    def copies_names(self) -> bool:
        """Whether names mostly come through unmasked, so that only those that do not are masked."""

    @property
    def sentences_a_call(self) -> int:
        """Sentences of a call, where some calls beside each other are faster than one; 0: one call for all is best."""

    def serves(self, source: LanguageTag, target: LanguageTag) -> bool:
        """Whether the pair can be translated here and now, directly or through a pivot."""

    def version(self, source: LanguageTag, target: LanguageTag) -> str:
        """Changes whenever the same sentence may come out differently: engine, package, settings."""

    def mask(self, index: int) -> str:
        """The word that stands for protected text number `index` in a sentence and comes back unharmed."""

    def mask_form(self, source: LanguageTag, target: LanguageTag) -> str:
        """The form of mask that the pair's model copies best (`translation.masks`); empty: that of `mask`."""

    def translate(self, sentences: Sequence[str], source: LanguageTag, target: LanguageTag) -> Sequence[str]:
        """One translation for each sentence, in order, all in as few calls of the engine as can be.

        Raises:
            NoTranslationPath: the pair is not served.
            EngineFailed: the engine gave an error, or not one result a sentence.
            EngineTimedOut: it gave nothing in its time.
        """

    def returned(self, sentences: Sequence[str], source: LanguageTag, target: LanguageTag) -> Sequence[Returned]:
        """One round trip for each sentence; nothing where the other direction is not installed.

        Raises:
            NoTranslationPath, EngineFailed, EngineTimedOut: as `translate`.
        """

    def unknown(self, texts: Sequence[str], source: LanguageTag, target: LanguageTag) -> Sequence[tuple[str, ...]]:
        """The words of each translated text that no dictionary of its language has; nothing where there is none.

        Raises:
            EngineFailed, EngineTimedOut: as `translate`.
        """


@runtime_checkable
class Informable(Protocol):
    """A translator that translates better if it knows the report."""

    def informed(self, terms: Mapping[str, str], title: str) -> Translator:
        """The same engine for one report: its settled terms, each with its translation, and its title."""


class OneWay:
    """The part of the port that an engine without round trips and dictionaries has: its names are masked."""

    copies_names = False
    sentences_a_call = 0

    def mask(self, index: int) -> str:
        """A word in capitals that models copy, and that no language has."""
        return neural.mask(index)

    def mask_form(self, source: LanguageTag, target: LanguageTag) -> str:  # noqa: ARG002 # the port's
        """That of `mask`."""
        return ""

    def returned(
        self,
        sentences: Sequence[str],  # noqa: ARG002 # the port's
        source: LanguageTag,  # noqa: ARG002 # the same
        target: LanguageTag,  # noqa: ARG002 # the same
    ) -> Sequence[Returned]:
        """Nothing."""
        return ()

    def unknown(
        self,
        texts: Sequence[str],  # noqa: ARG002 # the port's
        source: LanguageTag,  # noqa: ARG002 # the same
        target: LanguageTag,  # noqa: ARG002 # the same
    ) -> Sequence[tuple[str, ...]]:
        """Nothing."""
        return ()


@dataclass(frozen=True, slots=True)
class WrappedTranslator:
    """The part of the port that a wrapper leaves to the engine that it wraps."""

    inner: Translator

    @property
    def name(self) -> str:
        """The engine's."""
        return self.inner.name

    @property
    def draft(self) -> bool:
        """The engine's."""
        return self.inner.draft

    @property
    def copies_names(self) -> bool:
        """The engine's."""
        return self.inner.copies_names

    @property
    def sentences_a_call(self) -> int:
        """The engine's."""
        return self.inner.sentences_a_call

    def serves(self, source: LanguageTag, target: LanguageTag) -> bool:
        """Whether the engine serves the pair."""
        return self.inner.serves(source, target)

    def version(self, source: LanguageTag, target: LanguageTag) -> str:
        """The engine's: a wrapper changes no sentence."""
        return self.inner.version(source, target)

    def mask(self, index: int) -> str:
        """The engine's."""
        return self.inner.mask(index)

    def mask_form(self, source: LanguageTag, target: LanguageTag) -> str:
        """The engine's."""
        return self.inner.mask_form(source, target)

    def cover(
        self, sentences: Sequence[str], texts: Sequence[str], source: LanguageTag, target: LanguageTag
    ) -> Sequence[float | None]:
        """By the engine's dictionaries, if it has any."""
        inner = self.inner
        return inner.cover(sentences, texts, source, target) if isinstance(inner, Covering) else [None] * len(texts)

    def lacking(self, texts: Sequence[str], language: LanguageTag) -> Sequence[tuple[str, ...]] | None:
        """By the engine's dictionaries, if it has any."""
        return self.inner.lacking(texts, language) if isinstance(self.inner, Lacking) else None
