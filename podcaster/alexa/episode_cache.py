"""What there is to hear, read once for each generation of the library: a speaker asks often, editors publish seldom."""

import threading
from collections.abc import Callable, Sequence

from podcaster.feed.rss import Entry
from podcaster.listener.preferences import Preferences
from podcaster.model import Episode
from podcaster.ports import Library
from podcaster.units import LanguageTag

_EPISODES = 300
"""As many as a feed has."""


class Reports:
    """The public shows, and what listeners' choices give."""

    def __init__(self, *, library: Library, selected: Callable[[Preferences], Sequence[Entry]]) -> None:
        """`selected` says what somebody's choices give, the newest first."""
        self.library = library
        self.selected = selected
        self._generation = -1
        self._languages: Sequence[LanguageTag] | None = None
        self._shows: dict[LanguageTag, Sequence[Episode]] = {}
        self._lock = threading.Lock()

    def languages(self) -> Sequence[LanguageTag]:
        """Those with a report, sorted."""
        generation = self._current()
        with self._lock:
            found = self._languages
        if found is None:
            found = self.library.languages()
            with self._lock:
                if self._generation == generation:
                    self._languages = found
        return found

    def published(self, language: LanguageTag) -> Sequence[Episode]:
        """The public show of a language, the newest first; as much of it as its feed has."""
        generation = self._current()
        with self._lock:
            found = self._shows.get(language)
        if found is None:
            found = [each.episode for each in self.library.episodes(language=language, limit=_EPISODES)]
            with self._lock:
                # Read behind its generation: it may show more than its number says, never less.
                if self._generation == generation:
                    self._shows[language] = found
        return found

    def _current(self) -> int:
        """The library's generation; what was held of another one is let go."""
        current = self.library.generation()
        with self._lock:
            if current != self._generation:
                self._generation, self._languages, self._shows = current, None, {}
        return current
