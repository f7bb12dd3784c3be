"""What is published, read once for each generation of the library, and who of the listeners gets what of it."""

import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Generic, TypeVar

from cachetools import LRUCache

from podcaster.feed.rss import Entry
from podcaster.listener.morning import Morning, brought
from podcaster.listener.preferences import Preferences
from podcaster.listener.selection import selected
from podcaster.model import Reading
from podcaster.ports import Library

REPORTS = 100
_EPISODES = 1_000
"""Newest ones, of all languages together, that listeners' reports are chosen from."""
Made = TypeVar("Made")


class Publications:
    """The newest episodes, as they are now."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._held: tuple[int, Sequence[tuple[Entry, datetime]]] = (-1, ())
        """With when each was first published."""

    def generation(self) -> int:
        """Grows with every change."""
        return self._library.generation()

    def selected(self, preferences: Preferences) -> Sequence[Entry]:
        """What these choices give, the newest first."""
        chosen = selected([entry for entry, _ in self._published()], preferences, most=REPORTS)
        return self._read(chosen, preferences.reading)

    def brought(self, preferences: Preferences, come: Sequence[Morning]) -> Iterator[tuple[Morning, Sequence[Entry]]]:
        """What each of some mornings, the newest first, brings a listener; the last only ends the one before it."""
        for morning, entries in brought(self._published(), preferences, come, most=REPORTS):
            yield morning, self._read(entries, preferences.reading)

    def _published(self) -> Sequence[tuple[Entry, datetime]]:
        generation, published = self._held
        current = self._library.generation()
        if generation != current:
            found = self._library.episodes(limit=_EPISODES)
            published = [(Entry(episode=each.episode, changed=each.changed), each.first_published) for each in found]
            self._held = current, published
        return published

    def _read(self, entries: Sequence[Entry], reading: Reading) -> Sequence[Entry]:
        """As the listener wants them read, those that are there so; the others as the show has them."""
        if reading.usual or not entries:
            return entries
        read = {(each.episode.article, each.episode.language): each for each in self._library.readings(reading)}
        found = ((entry, read.get((entry.episode.article, entry.episode.language))) for entry in entries)
        return [entry if own is None else Entry(episode=own.episode, changed=own.made) for entry, own in found]


class Shared(Generic[Made]):
    """What is made for equal choices is made once a generation; so many are held, those that were asked for last."""

    def __init__(
        self,
        publications: Publications,
        make: Callable[[Preferences], Made],
        *,
        most: int,
        moment: Callable[[Preferences], datetime | None] = lambda _: None,
    ) -> None:
        """`moment`: when it has to be made anew for these choices, though nothing is published: another one than before."""
        self._publications = publications
        self._moment = moment
        self._make = make
        self._held: LRUCache[str, tuple[tuple[int, datetime | None], Made]] = LRUCache(most)
        """By the choices' key, with the generation and the moment."""
        self._lock = threading.Lock()

    def of(self, preferences: Preferences, generation: int | None = None) -> Made:
        """Made now, or by whoever asked before; blocks. `generation`: what it was a moment ago, for who knows it."""
        current = self._publications.generation() if generation is None else generation
        state, key = (current, self._moment(preferences)), preferences.choices
        with self._lock:
            found = self._held.get(key)
        if found is not None and found[0] == state:
            return found[1]
        # The generation is read first: what is held may show more than its number says, never less.
        made = self._make(preferences)
        with self._lock:
            self._held[key] = state, made
        return made


def own_reports(library: Library, *, most: int = 256) -> Callable[[Preferences], Sequence[Entry]]:
    """What choices give, the newest first; held for the `most` that were asked for last."""
    publications = Publications(library)
    return Shared(publications, publications.selected, most=most).of
