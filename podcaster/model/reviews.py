"""Reviews of translations: who answers for the words of a report in a language."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from podcaster.units import ArticleId, LanguageTag


class TranslationState(StrEnum):
    """State of a report's words in one language."""

    ORIGINAL = "original"
    """The report's own words."""
    DRAFT = "draft"
    """A machine's, of gist quality."""
    MACHINE = "machine"
    """A machine's, not reviewed."""
    REVIEWED = "reviewed"
    """Each line was worded or approved by an editor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The editor who reviewed a translation last, and when."""

    editor: str
    """Name of the API key."""
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """The lines of a report in one language that an editor has approved as they stood."""

    article: ArticleId
    language: LanguageTag
    review: Review
    lines: frozenset[str]
    """Digests of a source sentence and its translation: a line that changes is no longer approved."""


class Translation(Protocol):
    """A script or an episode."""

    @property
    def translator(self) -> str:
        """Name of the engine; empty for the report's own language."""

    @property
    def draft(self) -> bool:
        """Whether the translation is of gist quality."""

    @property
    def review(self) -> Review | None:
        """The review, if every line has one."""


def translation_state(text: Translation) -> TranslationState:
    """The state of a script or an episode."""
    if not text.translator:
        return TranslationState.ORIGINAL
    if text.review is not None:
        return TranslationState.REVIEWED
    return TranslationState.DRAFT if text.draft else TranslationState.MACHINE
