"""Cache of published episodes, read once for each generation of the library: requests are frequent, changes rare."""

import threading
from collections.abc import Callable, Sequence

from podcaster.feed.rss import FeedEntry
from podcaster.listener.preferences import Preferences
from podcaster.model import Episode
from podcaster.ports import Library
from podcaster.units import LanguageTag

_EPISODES = 300
"""As many episodes as a feed has."""


class EpisodeCache:
    """The episodes of the public shows, and of listeners' feeds."""

    def __init__(self, *, library: Library, selected: Callable[[Preferences], Sequence[FeedEntry]]) -> None:
        """`selected` returns the entries of a listener's feed, newest first."""
        self.library = library
        self.selected = selected
        self._generation = -1
        self._languages: Sequence[LanguageTag] | None = None
        self._shows: dict[LanguageTag, Sequence[Episode]] = {}
        self._lock = threading.Lock()

    def languages(self) -> Sequence[LanguageTag]:
        """Languages with at least one episode, sorted."""
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
        """Episodes of a language's public show, newest first; as many as its feed has."""
        generation = self._current()
        with self._lock:
            found = self._shows.get(language)
        if found is None:
            found = [each.episode for each in self.library.episodes(language=language, limit=_EPISODES)]
            with self._lock:
                # Read after the generation number: the entry may be newer than the number, never older.
                if self._generation == generation:
                    self._shows[language] = found
        return found

    def _current(self) -> int:
        """The library's generation; entries of any other are dropped."""
        current = self.library.generation()
        with self._lock:
            if current != self._generation:
                self._generation, self._languages, self._shows = current, None, {}
        return current
