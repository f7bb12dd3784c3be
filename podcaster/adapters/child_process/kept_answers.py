"""Answers of engines, kept in memory, so that the same text is asked for once."""

import threading
from collections.abc import Callable, Hashable, Mapping, Sequence

from cachetools import LRUCache


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
