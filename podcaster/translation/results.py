"""Results of a translation job."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A translated sentence."""

    text: str
    kept: tuple[str, ...]
    """The protected texts that must be in it."""
    estimate: float | None = None
    """Expected chrF against a good translation, 0 to 1 (`estimates.expected`); None where nothing tells."""
    draft_by: str = ""
    """The draft engine that worded it, where the others lost something."""
    unknown: tuple[str, ...] = ()
    """Its words that the target's dictionary lacks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """Result of a job."""

    sentences: Sequence[Sentence]
    translated: int
