"""The port that every speech recognizer fills."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from podcaster.speech.synthesizer import Speech
    from podcaster.units import LanguageTag, Seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedWord:
    """A word of the text that was to be said, as the recognizer finds it in the sound."""

    text: str
    log_probability: float
    """Natural logarithm, summed over the word's tokens, given the sound and the words before; 0 is certain."""
    start: Seconds
    end: Seconds
    """From the start of the samples."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """A recognizer's account of one clip."""

    text: str
    """Heard without knowledge of the expected text, or that text where it is credible; empty for silence."""
    expected: Sequence[ExpectedWord] = ()
    """The expected text, word by word; empty where the clip is too long to be aligned."""


class Recognizer(Protocol):
    """Writes down speech. The promise is tests/contracts/test_recognizer.py.

    Safe to call from several threads at once; the caller decides how many.
    """

    @property
    def name(self) -> str:
        """`whisper-base`."""

    @property
    def version(self) -> str:
        """Changes whenever the same sound may be heard otherwise. Stands in the keys of verdicts."""

    def recognizes(self, language: LanguageTag) -> bool:
        """Whether the language can be heard here and now, without loading a model."""

    def hear(self, speech: Speech, expected: str, language: LanguageTag, *, credible: float | None = None) -> Hearing:
        """Hear a clip against the text that was to be said, then freely, unless that text is credible.

        Args:
            speech: The clip.
            expected: The text.
            language: Of both.
            credible: The probability that each word of a credible text has at least; None: none is credible.

        Raises:
            NoRecognizer: `recognizes(language)` is false.
            EngineFailed: the recognizer gave an error.
        """
