"""The translation memory: what was translated once, under everything that shaped the result."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Protocol, Self

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


class SentenceFacts:
    """Facts known of some sentences: the memory has an entry for each of them, with its facts by their own keys.

    A store writes few entries faster than many: a file for each fact of a report took as long as half of its checks. What is
    added within the block is written down behind it.
    """

    def __init__(self, memory: Memory, keys: Mapping[str, ContentKey]) -> None:
        """`keys` are those of the sentences' entries."""
        self._memory = memory
        self._keys = keys
        entries = memory.recall(list(keys.values()))
        self._facts: dict[str, dict[str, str]] = {
            sentence: json.loads(entries[key]) if key in entries else {} for sentence, key in keys.items()
        }
        self._changed: set[str] = set()

    def known(self, keys: Mapping[str, ContentKey]) -> dict[str, str]:
        """The facts that are known of sentences; others are left out."""
        return {sentence: self._facts[sentence][key] for sentence, key in keys.items() if key in self._facts[sentence]}

    def note(self, keys: Mapping[str, ContentKey], values: Mapping[str, str]) -> None:
        """Add a fact to each of some sentences, under its key."""
        for sentence, value in values.items():
            self._facts[sentence][keys[sentence]] = value
        self._changed.update(values)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Write down what was added, after an error, too."""
        self._memory.remember(
            {self._keys[each]: json.dumps(self._facts[each], ensure_ascii=False) for each in self._changed}
        )
