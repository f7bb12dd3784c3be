"""Clips that a process knows to be whole, so that an unchanged line costs no reading."""

import threading
from collections.abc import Iterable, Mapping

from cachetools import LRUCache

from podcaster.model import Clip
from podcaster.ports import Stamp
from podcaster.units import ContentKey

_MOST = 4096
"""About eight hours of speech, and 10 MB."""


class ClipCache:
    """Clips known to be whole, with the stamp of their blob; least recently used first.

    A stamp changes with every write. Damage that comes without one, from a failing disk, is not seen here, but where the frames
    go into an episode: `SentenceStore.audio` checks each byte on its way.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._known: LRUCache[ContentKey, tuple[Stamp, Clip]] = LRUCache(most)
        self._lock = threading.Lock()

    def recall(self, stamps: Mapping[ContentKey, Stamp]) -> Mapping[ContentKey, Clip]:
        """The clips whose blobs have the stamp that they had."""
        found: dict[ContentKey, Clip] = {}
        with self._lock:
            for key, stamp in stamps.items():
                known = self._known.get(key)
                if known is not None and known[0] == stamp:
                    found[key] = known[1]
        return found

    def remember(self, clips: Iterable[Clip], stamps: Mapping[ContentKey, Stamp]) -> None:
        """Keep clips under the stamps that their blobs had before they were read; one without a stamp is not kept."""
        with self._lock:
            for clip in clips:
                if clip.key in stamps:
                    self._known[clip.key] = stamps[clip.key], clip

    def forget(self, key: ContentKey) -> None:
        """Read its blob again next time."""
        with self._lock:
            self._known.pop(key, None)
