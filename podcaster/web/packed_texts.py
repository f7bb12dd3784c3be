"""An episode's texts, compressed when somebody first asks for them so, and held for those who ask next."""

from typing import Final

from podcaster.feed.codings import CODINGS
from podcaster.ports import BlobStore
from podcaster.web.recent import Recent

_MOST: Final = 64
"""Some 20 KB each."""


class PackedTexts:
    """Reads and compresses them. They never change under their names."""

    def __init__(self, blobs: BlobStore) -> None:
        self._blobs = blobs
        self._held: Recent[tuple[str, str], bytes] = Recent(_MOST)

    def of(self, name: str, coding: str) -> bytes:
        """A blob in one of the codings `br`, `zstd` and `gzip`; blocks.

        Raises:
            BlobMissing: nothing has this name.
        """
        held = self._held.get((name, coding))
        return held if held is not None else self._held.put((name, coding), CODINGS[coding](self._blobs.get(name)))
