"""Publishing a feed: a snapshot of its newest episodes and of the pages of its archive, each swapped whole.

A feed that grows over MOST has its oldest PAGE cut off as a page of its archive, and so has a page that grows, by reports that
come in late. So one publication writes few documents of bounded size, however long the archive is.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import chain

from podcaster.episode.notes import NotesPhrases
from podcaster.feed.addresses import Addresses, feed_key, page_name
from podcaster.feed.section import Section, sections_of
from podcaster.feed.websub_ping import FeedPing, first_ping
from podcaster.model import Episode, Show
from podcaster.ports import ArchivePage, BlobStore, Clock, FeedPosition, Library
from podcaster.render.publishing.feed_documents import Feed, FeedDocuments, FeedSpan
from podcaster.units import LanguageTag

MOST = 100
"""Episodes in one document."""
PAGE = 50
"""Episodes that are cut off at a time; a feed with fewer takes its newest page back."""


@dataclass(frozen=True, kw_only=True)
class FeedPublisher:
    """Writes the feeds of one library into its blob store."""

    library: Library
    blobs: BlobStore
    shows: Callable[[LanguageTag], Show]
    addresses: Addresses
    clock: Clock
    phrases: Callable[[LanguageTag], NotesPhrases]
    """The show notes' own words."""
    hubs: Sequence[str] = ()
    """WebSub hubs to notify of changes."""
    caches: Sequence[str] = ()
    """URLs that purge a CDN."""

    def update_feed(self, language: LanguageTag) -> bool:
        """Bring a language's feed up to date; False where it already shows everything, or something newer."""
        return self._write(self._of_language(language), [])

    def update_section(self, section: Section) -> bool:
        """Update the feed of a topic or an author; one without episodes left stays, empty."""
        return self._write(self._of_section(section), [])

    def update_feeds(self, *revisions: Episode) -> None:
        """Bring every feed up to date that one of an episode's revisions is in: its language, its topics, its authors.

        The pages of their archives that the revisions are on come first. So are feeds of revisions that a process left behind
        that died here.
        """
        wanted = {(each.article, each.language) for each in revisions}
        left = [each for each in self.library.unshown() if (each.episode.article, each.episode.language) in wanted]
        self._show([*revisions, *(each.episode for each in left)])
        self.library.forget_unshown(each.number for each in left)

    def _show(self, revisions: Sequence[Episode]) -> None:
        places = self._places(revisions)
        for language in dict.fromkeys(each.language for each in revisions):
            self._write(self._of_language(language), places)
            self._recommend(language)
        for section in {section.feed: section for each in revisions for section in sections_of(each)}.values():
            self._write(self._of_section(section), places)

    def add_missing_sections(self, sections: Iterable[Section]) -> None:
        """The feeds of topics and authors that have none yet, as in a library of an earlier podcaster."""
        written = self.library.feeds()
        for section in sections:
            if section.feed not in written:
                self.update_section(section)

    def outdated(self) -> Iterator[tuple[str, Callable[[], object]]]:
        """Names of documents written under older settings, each with a function that rewrites it; archive pages first.

        The feed of a topic or an author that has no episode any more is left as it is: nothing lists it.
        """
        written = self.library.feeds()
        languages = [self._of_language(LanguageTag(name)) for name in written if "/" not in name]
        sections = (self._of_section(each) for each in self.library.sections() if each.feed in written)
        for feed in chain(languages, sections):
            shape = self._documents.shape(feed)
            page = self.library.archive_below(feed.name, None)
            while page is not None:
                if page.pointer.shape != shape:
                    yield page.pointer.name, partial(self._write_page, feed, page)
                page = self.library.archive_below(feed.name, page.newest)
            current = self.library.feed(feed.name)
            if current is not None and current.shape != shape:
                yield feed.name, partial(self._write_newest, feed)

    def _of_language(self, language: LanguageTag) -> Feed:
        others = {str(other): self.shows(other) for other in self.library.languages() if other != language}
        return Feed(name=language, show=self.shows(language), podroll=others)

    def _of_section(self, section: Section) -> Feed:
        show = section.titled(self.shows(section.language))
        return Feed(
            name=section.feed, show=replace(show, image=self.addresses.topic_cover(section) or show.image), podroll={}
        )

    def _places(self, revisions: Iterable[Episode]) -> Sequence[FeedPosition]:
        firsts = [(each, self.library.first_published(each.article, each.language)) for each in revisions]
        return [FeedPosition(each.published, first, each.guid) for each, first in firsts if first is not None]

    def _recommend(self, language: LanguageTag) -> None:
        """A language whose first episode came, or whose last one went, is a reason for the others to say so."""
        if self.library.nth_place(language, 1) is None:
            for name in self.library.feeds():
                if "/" not in name and name != language:
                    self.update_feed(LanguageTag(name))

    def _write(self, feed: Feed, places: Iterable[FeedPosition]) -> bool:
        pages = [self.library.archive_page(feed.name, place) for place in places]
        for page in {page.number: page for page in pages if page}.values():
            self._write_page(feed, page)
        return self._write_newest(feed) if None in pages or not pages else False

    def _write_newest(self, feed: Feed) -> bool:
        generation = self.library.generation()
        span = self._span_of(feed, None)
        current = self.library.feed(feed.name)
        pointer = self._documents.write(feed, span, current, generation)
        now = self.clock()
        tell = [first_ping(hub, feed.name, now) for hub in self.hubs]
        return self.library.swap_feed(pointer, tell=[*tell, *self._purges(feed.name)])

    def _write_page(self, feed: Feed, page: ArchivePage) -> None:
        generation = self.library.generation()
        span = self._span_of(feed, page)
        pointer = self._documents.write(feed, span, page.pointer, generation)
        if self.library.swap_page(replace(page, pointer=pointer)):
            self.library.add_pings(self._purges(pointer.name))

    def _purges(self, name: str) -> Sequence[FeedPing]:
        """Pings that tell caches to drop a document; later than every server has the new one."""
        return [first_ping(cache, feed_key(name), self.clock()) for cache in self.caches]

    def _span_of(self, feed: Feed, page: ArchivePage | None) -> FeedSpan:
        """The span of a page, or of the feed itself; episodes beyond its size are split off first."""
        up_to = page.newest if page else None
        while True:
            below = self.library.archive_below(feed.name, up_to)
            above = below.newest if below else None
            if self.library.nth_place(feed.name, MOST, above=above, up_to=up_to):
                self._split_off(feed, below, up_to)
            elif page is None and below and not self.library.nth_place(feed.name, PAGE - 1, above=above):
                self.library.retire_page(below)
            else:
                name = page_name(feed.name, page.number) if page else feed.name
                return FeedSpan(name=name, above=above, up_to=up_to, older=_name(below))

    def _split_off(self, feed: Feed, below: ArchivePage | None, up_to: FeedPosition | None) -> None:
        """Add a page to the archive unless another process adds one at the same time."""
        generation = self.library.generation()
        number = self.library.next_page_number(feed.name)
        above = below.newest if below else None
        newest = self.library.nth_place(feed.name, PAGE - 1, above=above, up_to=up_to)
        if newest is None:
            return
        span = FeedSpan(name=page_name(feed.name, number), above=above, up_to=newest, older=_name(below))
        pointer = self._documents.write(feed, span, None, generation)
        page = ArchivePage(feed=feed.name, number=number, newest=newest, pointer=pointer)
        if self.library.add_page(page) and self.library.generation() != generation:
            # Whoever changed something of it meanwhile did not find it.
            self._write_page(feed, page)

    @cached_property
    def _documents(self) -> FeedDocuments:
        return FeedDocuments(
            repository=self.library,
            blobs=self.blobs,
            addresses=self.addresses,
            phrases=self.phrases,
            hubs=self.hubs,
            clock=self.clock,
        )


def _name(page: ArchivePage | None) -> str | None:
    return None if page is None else page.pointer.name
