"""Reports for editors: search, correction, removal."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from podcaster.model import Article, Episode
from podcaster.units import ArticleId, LanguageTag, RenderId


class LanguageStatus(StrEnum):
    """State of one language of a report."""

    PUBLISHED = "published"
    HELD = "held"
    """Rendered, and not in the feeds."""
    MISSING = "missing"
    """The render failed or was cut off."""
    QUEUED = "queued"
    RUNNING = "running"
    FAILED = "failed"
    """The last three of the newest render, whatever is in the feeds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFilter:
    """A filter on reports; the empty one matches all."""

    title: str = ""
    """Stands somewhere in the title, in any case."""
    topic: str = ""
    """As reports name it, or as its feed is named."""
    language: LanguageTag | None = None
    """The report's own."""
    since: datetime | None = None
    """Only reports added at this time or later."""
    states: tuple[tuple[LanguageTag, LanguageStatus], ...] = ()
    """All of them are so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle:
    """An article and what the library knows of it."""

    article: Article
    """With what editors have corrected."""
    added: datetime
    changed: datetime
    """When it last came in as another."""
    corrections: Mapping[str, object]
    """Editors' corrections of the source: fields as `article.record` writes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRemoval:
    """Episodes and renders that a removed report had."""

    episodes: tuple[Episode, ...]
    """Its published episodes."""
    renders: tuple[RenderId, ...]
    """Its unfinished renders."""


class ArticleEditor(Protocol):
    """Corrects and removes reports."""

    def correct(
        self, article: ArticleId, change: Mapping[str, object], *, expected: Collection[str] | None
    ) -> StoredArticle:
        """Correct fields of a report; null restores the source's value. Takes effect with the next render.

        Raises:
            ArticleUnknown: no report has this id.
            InputRefused: a title without a letter, say.
            Outdated: the report's digest is none of the `expected` ones.
        """

    def remove(self, article: ArticleId, *, expected: Collection[str] | None) -> None:
        """Stop its renders and take it out of all feeds, for good: sources and hooks do not bring it back.

        Its id and its guids stay its own; an editor who hands it in again has it back under them.

        Raises:
            ArticleUnknown: no report has this id.
            Outdated: the report's digest is none of the `expected` ones.
        """
