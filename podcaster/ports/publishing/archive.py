"""Published episodes, paged and searchable."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from podcaster.episode.search_text import Phrase
from podcaster.feed.section import Section
from podcaster.model import Episode
from podcaster.units import LanguageTag


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedEpisode:
    """An episode that is in the feeds."""

    episode: Episode
    first_published: datetime
    changed: datetime
    """When this revision replaced the one before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeQuery:
    """A query for episodes of a show."""

    language: LanguageTag
    section: Section | None = None
    """Only episodes of this topic or author."""
    phrases: Sequence[Phrase] = ()
    """Each stands in the title, a topic, an author's name, the summary or a key point."""


class Archive(Protocol):
    """Everything that is published, however much it is."""

    def listed(self, wanted: EpisodeQuery, *, limit: int, offset: int = 0) -> Sequence[PublishedEpisode]:
        """Episodes from a place on, the newest report first.

        Where something is looked for, those that have all of it in title, topics and authors come before the others.
        """

    def count(self, wanted: EpisodeQuery) -> int:
        """The number of matching episodes."""
