"""Publishing a feed: its bytes and their compressed forms as one immutable snapshot, then one pointer swapped."""

import gzip
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from podcaster.episode.notes import NotesPhrases
from podcaster.feed.addresses import Addresses
from podcaster.feed.rss import Entry, render_feed
from podcaster.feed.section import Section, sections_of
from podcaster.model import Episode, Show
from podcaster.ports import BlobStore, Clock, FeedPointer, Library, PublishedEpisode
from podcaster.units import LanguageTag

EPISODES_IN_FEED = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPress:
    """Writes the feeds of one library into its blob store."""

    library: Library
    blobs: BlobStore
    shows: Callable[[LanguageTag], Show]
    addresses: Addresses
    clock: Clock
    phrases: Callable[[LanguageTag], NotesPhrases]
    """The show notes' own words."""

    def print_feed(self, language: LanguageTag) -> bool:
        """Bring a language's feed up to date; False where it already shows everything, or something newer.

        The generation is read before the episodes: a snapshot may show more than its number says, never less.
        """
        generation = self.library.generation()
        published = self.library.episodes(language=language, limit=EPISODES_IN_FEED)
        return self._print(language, self.shows(language), published, generation)

    def print_feeds(self, *revisions: Episode) -> None:
        """Bring every feed up to date that one of an episode's revisions is in: its language, its topics, its authors."""
        for language in dict.fromkeys(each.language for each in revisions):
            self.print_feed(language)
        for section in {section.feed: section for each in revisions for section in sections_of(each)}.values():
            self.print_section(section)

    def print_section(self, section: Section) -> bool:
        """Likewise the feed of a topic or an author; one that lost its last episode stays, without any."""
        generation = self.library.generation()
        published = self.library.episodes(section=section, limit=EPISODES_IN_FEED)
        return self._print(section.feed, section.titled(self.shows(section.language)), published, generation)

    def print_missing(self, sections: Iterable[Section]) -> None:
        """The feeds of topics and authors that have none yet, as in a library of an earlier podcaster."""
        printed = self.library.feeds()
        for section in sections:
            if section.feed not in printed:
                self.print_section(section)

    def _print(self, name: str, show: Show, published: Sequence[PublishedEpisode], generation: int) -> bool:
        entries = [Entry(episode=each.episode, changed=each.changed) for each in published]
        current = self.library.feeds().get(name)
        dates = [entry.changed for entry in entries] + ([current.changed] if current else [])
        changed = max(dates, default=self.clock())
        xml, digest = self._rendered(name, show, entries, changed)
        if current is not None and digest != current.digest and changed == current.changed:
            # Something was taken out: what is left is older than the feed.
            changed = self.clock()
            xml, digest = self._rendered(name, show, entries, changed)
        if current is None or digest != current.digest:
            self._store(f"feeds/{name}/{digest}.xml", xml)
        return self.library.swap_feed(
            FeedPointer(
                name=name,
                blob=f"feeds/{name}/{digest}.xml",
                digest=digest,
                generation=generation,
                changed=changed,
            )
        )

    def _rendered(self, name: str, show: Show, entries: Sequence[Entry], changed: datetime) -> tuple[bytes, str]:
        """A feed's bytes and their SHA-256."""
        phrases = self.phrases(show.language)
        xml = render_feed(show, entries, name=name, addresses=self.addresses, phrases=phrases, built=changed)
        return xml, hashlib.sha256(xml).hexdigest()

    def _store(self, name: str, xml: bytes) -> None:
        for suffix, compress in _FORMS.items():
            self.blobs.put(name + suffix, compress(xml))
        self.blobs.put(name, xml)


def _brotli(data: bytes) -> bytes:
    import brotli  # noqa: PLC0415 # only a publisher needs the encoders

    return bytes(brotli.compress(data, quality=9))


def _zstandard(data: bytes) -> bytes:
    import zstandard  # noqa: PLC0415 # only a publisher needs the encoders

    return zstandard.compress(data, level=12)


_FORMS: Mapping[str, Callable[[bytes], bytes]] = {
    ".gz": lambda data: gzip.compress(data, compresslevel=9, mtime=0),
    ".br": _brotli,
    ".zst": _zstandard,
}
