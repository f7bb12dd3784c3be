"""Parts of a show that have a feed of their own: a topic's episodes, an author's."""

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from podcaster.article.identity import slug
from podcaster.article.text import one_line
from podcaster.model import Episode, Show
from podcaster.units import LanguageTag


class SectionKind(StrEnum):
    """What the episodes of a section have in common."""

    TOPIC = "topic"
    AUTHOR = "author"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The episodes of one language that share a topic or an author."""

    language: LanguageTag
    kind: SectionKind
    slug: str
    """Lower-case letters, digits and hyphens; equal for spellings that differ in case and accents alone."""
    label: str
    """As a report writes it: `South Korea`."""

    @property
    def feed(self) -> str:
        """Name of its feed: `es/corea-del-sur`, `es/by/ann-other`."""
        return f"{self.language}/{'by/' if self.kind is SectionKind.AUTHOR else ''}{self.slug}"

    def titled(self, show: Show) -> Show:
        """The show that the section's feed is."""
        return replace(show, title=f"{show.title}: {self.label}")


def sections_of(episode: Episode) -> Sequence[Section]:
    """The sections that an episode is in, each once: its topics, then its authors."""
    named = [(SectionKind.TOPIC, topic) for topic in episode.topics]
    named += [(SectionKind.AUTHOR, author) for author in episode.authors]
    sections = [
        Section(language=episode.language, kind=kind, slug=section_slug(label), label=one_line(label))
        for kind, label in named
        if one_line(label)
    ]
    return tuple({section.feed: section for section in reversed(sections)}.values())[::-1]


@lru_cache(maxsize=4096)
def section_slug(label: str) -> str:
    """What a topic or an author is called in addresses; what ASCII has no letters for is told apart by a digest."""
    plain = one_line(label)
    lost = any(each.isalnum() and not each.isascii() for each in unicodedata.normalize("NFKD", plain))
    digest = hashlib.sha256(plain.casefold().encode()).hexdigest()[:8]
    return "-".join(filter(None, [slug(plain), digest if lost else ""])) or digest
