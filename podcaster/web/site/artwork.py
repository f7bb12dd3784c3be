"""URLs of pictures on the pages."""

from urllib.parse import quote

from podcaster.feed.section import SectionKind, sections_of
from podcaster.model import Episode
from podcaster.units import LanguageTag


def artwork_path(episode: Episode, pixels: int) -> str:
    """The picture of an episode, at least so many pixels wide: its first topic's, else the show's."""
    topic = next((each for each in sections_of(episode) if each.kind is SectionKind.TOPIC), None)
    if topic is None:
        return cover_path(episode.language, pixels)
    return f"/covers/{quote(episode.language)}/{quote(topic.slug)}.jpg?side={pixels}"


def cover_path(language: LanguageTag, pixels: int) -> str:
    """The cover of a show, at least so many pixels wide."""
    return f"/covers/{quote(language)}.jpg?side={pixels}"
