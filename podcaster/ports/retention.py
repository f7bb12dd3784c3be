"""References from the library into the blob store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from podcaster.units import ArticleId, LanguageTag, Revision


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedRevision:
    """The last published revision of an episode."""

    article: ArticleId
    language: LanguageTag
    revision: Revision
    changed: datetime
    """When it replaced the one before."""
    live: bool
    """Whether it is in the feeds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRevision:
    """A reading of a revision in another voice or pace."""

    article: ArticleId
    language: LanguageTag
    of: Revision
    """The revision that it reads."""
    revision: Revision
    """Its own."""


class StoredReferences(Protocol):
    """Everything in the library that names a blob."""

    def snapshots(self) -> frozenset[str]:
        """Blobs that feeds and pages of their archives point at."""

    def revisions(self) -> Sequence[PublishedRevision]:
        """The last revision of every episode that was ever published."""

    def read_revisions(self) -> Sequence[ReadRevision]:
        """Every reading."""

    def removed_articles(self) -> Mapping[ArticleId, datetime]:
        """Removed reports, and when they were."""
