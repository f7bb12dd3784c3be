"""Reports in editors' hands: found among many, corrected, taken away."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from podcaster.model import Article, Episode
from podcaster.units import ArticleId, LanguageTag, RenderId


class LanguageStatus(StrEnum):
    """How a language of a report stands."""

    PUBLISHED = "published"
    HELD = "held"
    """It was made, and is not in the feeds."""
    MISSING = "missing"
    """It was not made, or not to its end."""
    QUEUED = "queued"
    RUNNING = "running"
    FAILED = "failed"
    """The last three of the newest render, whatever is in the feeds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFilter:
    """Which reports are wanted; without anything, all."""

    title: str = ""
    """Stands somewhere in the title, in any case."""
    topic: str = ""
    """As reports name it, or as its feed is named."""
    language: LanguageTag | None = None
    """The report's own."""
    since: datetime | None = None
    """It came in then, or later."""
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
    """What editors say otherwise than the source: fields as `article.record` writes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRemoval:
    """What a report left behind when it was taken away."""

    episodes: tuple[Episode, ...]
    """Those that were in the feeds."""
    renders: tuple[RenderId, ...]
    """Those that were under way."""


class ArticleDesk(Protocol):
    """What editors do with a report as a whole."""

    def correct(
        self, article: ArticleId, change: Mapping[str, object], *, expected: Collection[str] | None
    ) -> StoredArticle:
        """Say something of a report otherwise than its source; null goes back to what that says. Heard from the next render on.

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
