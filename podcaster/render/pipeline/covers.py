"""Covers, drawn once and kept."""

import threading
from contextlib import suppress
from typing import Final

from podcaster.audio.stored_clips import content_key
from podcaster.episode import cover_sizes
from podcaster.errors import BlobMissing
from podcaster.ports import BlobStore
from podcaster.units import LanguageTag

TYPE = "image/jpeg"
_DRAWING = 3
"""Grows when covers are drawn in another way."""
_ONE_AT_A_TIME: Final = threading.Lock()
"""Each takes 65 MB while it is drawn."""


def cover(
    title: str, language: LanguageTag, blobs: BlobStore, *, topic: str = "", side_pixels: int = cover_sizes.LARGEST
) -> bytes:
    """The cover of a show in a language, or of one of its topics."""
    key = content_key(title=title, language=language, topic=topic, side=side_pixels, drawing=_DRAWING)
    name = f"covers/{key}"
    with suppress(BlobMissing):
        return blobs.get(name)
    with _ONE_AT_A_TIME:
        with suppress(BlobMissing):
            return blobs.get(name)
        from podcaster.episode.cover import draw_cover  # noqa: PLC0415 # drawn once in a show's life

        drawn = draw_cover(title, language, topic=topic, side_pixels=side_pixels)
        blobs.put(name, drawn)
        return drawn
