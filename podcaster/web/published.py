"""What is published, read once for each generation of the library, and who of the listeners gets what of it."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from podcaster.feed.rss import Entry
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
        self._held: tuple[int, Sequence[Entry]] = (-1, ())

    def generation(self) -> int:
        """Grows with every change."""
        return self._library.generation()

    def selected(self, preferences: Preferences) -> Sequence[Entry]:
        """What these choices give, the newest first."""
        generation, entries = self._held
        current = self._library.generation()
        if generation != current:
            published = self._library.episodes(limit=_EPISODES)
            entries = [Entry(episode=each.episode, changed=each.changed) for each in published]
            self._held = current, entries
        chosen = selected(entries, preferences, most=REPORTS)
        return chosen if preferences.reading.usual else self._read(chosen, preferences.reading)

    def _read(self, entries: Sequence[Entry], reading: Reading) -> Sequence[Entry]:
        """As the listener wants them read, those that are there so; the others as the show has them."""
        read = {(each.episode.article, each.episode.language): each for each in self._library.readings(reading)}
        found = ((entry, read.get((entry.episode.article, entry.episode.language))) for entry in entries)
        return [entry if own is None else Entry(episode=own.episode, changed=own.made) for entry, own in found]


class Shared(Generic[Made]):
    """What is made for equal choices is made once a generation; so many are held, those that were asked for last."""

    def __init__(self, publications: Publications, make: Callable[[Preferences], Made], *, most: int) -> None:
        self._publications = publications
        self._make = make
        self._most = most
        self._held: OrderedDict[str, tuple[int, Made]] = OrderedDict()
        """By the choices' key, with the generation."""
        self._lock = threading.Lock()

    def of(self, preferences: Preferences) -> Made:
        """Made now, or by whoever asked before; blocks."""
        generation, key = self._publications.generation(), preferences.choices
        with self._lock:
            found = self._held.get(key)
        # The generation is read first: what is held may show more than its number says, never less.
        made = found[1] if found is not None and found[0] == generation else self._make(preferences)
        with self._lock:
            self._held[key] = generation, made
            self._held.move_to_end(key)
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return made


def own_reports(library: Library, *, most: int = 256) -> Callable[[Preferences], Sequence[Entry]]:
    """What choices give, the newest first; held for the `most` that were asked for last."""
    publications = Publications(library)
    return Shared(publications, publications.selected, most=most).of
