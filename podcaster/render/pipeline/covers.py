"""Covers, drawn once and kept."""

import threading
from typing import Final

from podcaster.audio.stored import content_key
from podcaster.errors import BlobMissing
from podcaster.ports import BlobStore
from podcaster.units import LanguageTag

TYPE = "image/jpeg"
_DRAWING = 2
"""Grows when covers are drawn in another way."""
_ONE_AT_A_TIME: Final = threading.Lock()
"""Each takes 65 MB while it is drawn."""


def cover(title: str, language: LanguageTag, blobs: BlobStore) -> bytes:
    """The cover of a show in a language."""
    name = f"covers/{content_key(title=title, language=language, drawing=_DRAWING)}"
    try:
        return blobs.get(name)
    except BlobMissing:
        with _ONE_AT_A_TIME:
            return _drawn(name, title, language, blobs)


def _drawn(name: str, title: str, language: LanguageTag, blobs: BlobStore) -> bytes:
    try:
        return blobs.get(name)
    except BlobMissing:
        from podcaster.episode.cover import draw_cover  # noqa: PLC0415 # drawn once in a show's life

        drawn = draw_cover(title, language)
        blobs.put(name, drawn)
        return drawn
