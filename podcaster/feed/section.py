"""Sections of a show that have feeds of their own: topics and authors."""

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
    """The property that the episodes of a section share."""

    TOPIC = "topic"
    AUTHOR = "author"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The episodes of one language that share a topic or an author."""

    language: LanguageTag
    kind: SectionKind
    slug: str
    """Lower-case letters, digits and hyphens; the same for spellings that differ only in case and accents."""
    label: str
    """The name as a report writes it: `South Korea`."""

    @property
    def feed(self) -> str:
        """Name of the section's feed: `es/corea-del-sur`, `es/by/ann-other`."""
        return f"{self.language}/{'by/' if self.kind is SectionKind.AUTHOR else ''}{self.slug}"

    def titled(self, show: Show) -> Show:
        """The show with the section's name in its title."""
        return replace(show, title=f"{show.title}: {self.label}")


def sections_of(episode: Episode) -> Sequence[Section]:
    """The sections of an episode, each once: topics, then authors."""
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
    """The name of a topic or author in URLs. A digest is added if letters have no ASCII equivalent."""
    plain = one_line(label)
    lost = any(each.isalnum() and not each.isascii() for each in unicodedata.normalize("NFKD", plain))
    digest = hashlib.sha256(plain.casefold().encode()).hexdigest()[:8]
    return "-".join(filter(None, [slug(plain), digest if lost else ""])) or digest
