"""The translation memory: what was translated once, under everything that shaped the result."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Protocol

from podcaster.units import ContentKey


class Memory(Protocol):
    """Keeps translations. Safe to call from several threads."""

    def recall(self, keys: Sequence[ContentKey]) -> Mapping[ContentKey, str]:
        """The translations that are known; others are left out."""

    def remember(self, entries: Mapping[ContentKey, str]) -> None:
        """Keep translations, each for ever the same under its key."""


def memory_key(shaped: object) -> ContentKey:
    """The key of what was shaped by these JSON values."""
    return ContentKey(hashlib.sha256(json.dumps(shaped, ensure_ascii=False).encode()).hexdigest())
