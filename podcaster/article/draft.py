"""Draft of a source: title, text and metadata before it becomes an Article."""

from dataclasses import dataclass
from datetime import datetime

from podcaster.model import Block


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The parts of a report in whatever form it came; texts may still be unclean."""

    title: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    language: str = ""
    topics: tuple[str, ...] = ()
    key_points: tuple[str, ...] = ()
    body: tuple[Block, ...] = ()
    url: str | None = None
    image: str | None = None
    left_aside: tuple[str, ...] = ()
    foreign_words: tuple[tuple[str, str], ...] = ()
    """Words with a `lang` of their own, each with it."""
