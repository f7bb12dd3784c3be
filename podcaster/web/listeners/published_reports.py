"""Published episodes, read once for each generation of the library, and their selection for listeners."""

import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Generic, TypeVar

from cachetools import LRUCache

from podcaster.feed.rss import FeedEntry
from podcaster.listener.briefing_schedule import BriefingTime, reports_by_briefing
from podcaster.listener.preferences import Preferences
from podcaster.listener.selection import selected
from podcaster.model import Reading
from podcaster.ports import Library

REPORTS = 100
_EPISODES = 1_000
"""Newest episodes, over all languages, from which listeners' reports are selected."""
_MOST_PREFERENCES = 256
Made = TypeVar("Made")


class PublishedEntries:
    """The newest published episodes."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._held: tuple[int, Sequence[tuple[FeedEntry, datetime]]] = (-1, ())
        """The generation; and its entries, each with the time of its first publication."""

    def generation(self) -> int:
        """The library's generation, which grows with every change."""
        return self._library.generation()

    def selected(self, preferences: Preferences) -> Sequence[FeedEntry]:
        """Entries for these preferences, newest first."""
        chosen = selected([entry for entry, _ in self._published()], preferences, most=REPORTS)
        return self._read(chosen, preferences.reading)

    def reports_by_briefing(
        self, preferences: Preferences, come: Sequence[BriefingTime]
    ) -> Iterator[tuple[BriefingTime, Sequence[FeedEntry]]]:
        """The new reports of each daily briefing, newest first; the last one only ends the period of the one before."""
        for morning, entries in reports_by_briefing(self._published(), preferences, come, most=REPORTS):
            yield morning, self._read(entries, preferences.reading)

    def _published(self) -> Sequence[tuple[FeedEntry, datetime]]:
        generation, published = self._held
        current = self._library.generation()
        if generation != current:
            found = self._library.episodes(limit=_EPISODES)
            published = [
                (FeedEntry(episode=each.episode, changed=each.changed), each.first_published) for each in found
            ]
            self._held = current, published
        return published

    def _read(self, entries: Sequence[FeedEntry], reading: Reading) -> Sequence[FeedEntry]:
        """Replace entries by readings in the listener's voice and rate, as far as these exist."""
        if reading.usual or not entries:
            return entries
        read = {(each.episode.article, each.episode.language): each for each in self._library.readings(reading)}
        found = ((entry, read.get((entry.episode.article, entry.episode.language))) for entry in entries)
        return [entry if own is None else FeedEntry(episode=own.episode, changed=own.made) for entry, own in found]


class PreferenceCache(Generic[Made]):
    """A cache by preferences, valid for one generation, that keeps the most recently used."""

    def __init__(
        self,
        publications: PublishedEntries,
        make: Callable[[Preferences], Made],
        *,
        most: int,
        moment: Callable[[Preferences], datetime | None] = lambda _: None,
    ) -> None:
        """`moment` returns a time for preferences; an entry is made anew whenever that time changes."""
        self._publications = publications
        self._moment = moment
        self._make = make
        self._held: LRUCache[str, tuple[tuple[int, datetime | None], Made]] = LRUCache(most)
        """Entries by preferences key, with the generation and moment they were made for."""
        self._lock = threading.Lock()

    def of(self, preferences: Preferences, generation: int | None = None) -> Made:
        """The cached value, or a new one; blocks. `generation` is the current one, if the caller has read it."""
        current = self._publications.generation() if generation is None else generation
        state, key = (current, self._moment(preferences)), preferences.choices
        with self._lock:
            found = self._held.get(key)
        if found is not None and found[0] == state:
            return found[1]
        # The generation was read before: the value may be newer than the number, never older.
        made = self._make(preferences)
        with self._lock:
            self._held[key] = state, made
        return made


def personal_reports(library: Library) -> Callable[[Preferences], Sequence[FeedEntry]]:
    """Entries for preferences, newest first, cached for the preferences that were used last."""
    publications = PublishedEntries(library)
    return PreferenceCache(publications, publications.selected, most=_MOST_PREFERENCES).of
