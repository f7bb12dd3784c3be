"""URLs of pictures on the pages."""

from podcaster.model import Episode
from podcaster.units import LanguageTag


def artwork_path(episode: Episode, pixels: int) -> str:
    """The picture of an episode, at least so many pixels wide."""
    return cover_path(episode.language, pixels)


def cover_path(language: LanguageTag, pixels: int) -> str:  # noqa: ARG001 # covers have one size
    """The cover of a show, at least so many pixels wide."""
    return f"/covers/{language}.jpg"
