"""The translation memory: what was translated once, under everything that shaped the result; and engines' latest answers."""

import hashlib
import json
import threading
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Protocol

from cachetools import LRUCache

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


class KeptAnswers:
    """The latest answers of engines, in memory, each by what was asked and of whom. Safe to use from several threads."""

    def __init__(self, most: int) -> None:
        self._kept: LRUCache[tuple[Hashable, str], str] = LRUCache(most)
        self._lock = threading.Lock()

    def of(
        self, whom: Hashable, texts: Sequence[str], ask: Callable[[Sequence[str]], Sequence[str] | None]
    ) -> Mapping[str, str] | None:
        """The answer to each text. `ask` gives those that are not kept, in order; None ends it without an answer."""
        wanted = list(dict.fromkeys(texts))
        with self._lock:
            known = {text: self._kept[whom, text] for text in wanted if (whom, text) in self._kept}
        missing = [text for text in wanted if text not in known]
        if not missing:
            return known
        answers = ask(missing)
        if answers is None:
            return None
        made = dict(zip(missing, answers, strict=True))
        with self._lock:
            self._kept.update({(whom, text): answer for text, answer in made.items()})
        return known | made

    def clear(self) -> None:
        """Forget them."""
        with self._lock:
            self._kept.clear()
