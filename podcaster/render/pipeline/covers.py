"""Covers, drawn once and kept."""

import threading
from typing import Final

from podcaster.audio.stored import content_key
from podcaster.errors import BlobMissing
from podcaster.ports import BlobStore
from podcaster.units import LanguageTag

TYPE = "image/jpeg"
EMBEDDED_PIXELS = 1000
"""Side of the cover in an episode's tag, which each download carries."""
SIDES_PIXELS = (160, 320, 640, EMBEDDED_PIXELS, 3000)
"""Sides that covers are drawn with."""
_DRAWING = 3
"""Grows when covers are drawn in another way."""
_ONE_AT_A_TIME: Final = threading.Lock()
"""Each takes 65 MB while it is drawn."""


def cover(
    title: str, language: LanguageTag, blobs: BlobStore, *, topic: str = "", side_pixels: int = SIDES_PIXELS[-1]
) -> bytes:
    """The cover of a show in a language, or of one of its topics."""
    key = content_key(title=title, language=language, topic=topic, side=side_pixels, drawing=_DRAWING)
    name = f"covers/{key}"
    try:
        return blobs.get(name)
    except BlobMissing:
        with _ONE_AT_A_TIME:
            return _drawn(name, title, language, blobs, topic, side_pixels)


def _drawn(  # what is drawn, and where it is kept
    name: str, title: str, language: LanguageTag, blobs: BlobStore, topic: str, side_pixels: int
) -> bytes:
    try:
        return blobs.get(name)
    except BlobMissing:
        from podcaster.episode.cover import draw_cover  # noqa: PLC0415 # drawn once in a show's life

        drawn = draw_cover(title, language, topic=topic, side_pixels=side_pixels)
        blobs.put(name, drawn)
        return drawn
