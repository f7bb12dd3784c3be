"""URLs of pictures on the pages."""

from urllib.parse import quote

from podcaster.feed.addresses import EpisodeFileKind
from podcaster.feed.section import SectionKind, sections_of
from podcaster.model import Episode
from podcaster.units import LanguageTag


def artwork_path(episode: Episode, pixels: int) -> str:
    """The picture of an episode, at least so many pixels wide: the report's own, else that of its first topic."""
    if episode.picture:
        return f"/media/{quote(episode.article)}/{quote(episode.language)}/{episode.revision}{EpisodeFileKind.PICTURE}"
    topic = next((each for each in sections_of(episode) if each.kind is SectionKind.TOPIC), None)
    if topic is None:
        return cover_path(episode.language, pixels)
    return f"/covers/{quote(topic.language)}/{quote(topic.slug)}.jpg?side={pixels}"


def cover_path(language: LanguageTag, pixels: int, topic: str = "") -> str:
    """The cover of a show, or of one of its topics by slug, at least so many pixels wide."""
    part = f"/{quote(topic)}" if topic else ""
    return f"/covers/{language}{part}.jpg?side={pixels}"
