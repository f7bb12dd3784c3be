"""A rendition made up as an episode with all its files."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from podcaster.model import Episode

AUDIO = ".mp3"
SCRIPT = ".script.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """An episode and its files, by the ending that each has at its address."""

    episode: Episode
    files: Mapping[str, bytes | Callable[[], Iterable[bytes]]]
    """Small files as bytes; the audio as a function that gives it piece by piece."""
