"""Feeds: order of episodes, rendered items, snapshots and archive pages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from podcaster.feed.websub_ping import FeedPing
from podcaster.model import Episode
from podcaster.units import ArticleId, LanguageTag


@dataclass(frozen=True, slots=True)
class FeedPosition:
    """Sort key of an episode in every feed; the greatest is the newest."""

    reported: datetime
    """When the report was published, with a time zone."""
    first_published: datetime
    """When the episode was, the first time."""
    guid: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """An episode of a feed, written already or to be written."""

    guid: str
    changed: datetime
    """When this revision replaced the one before."""
    xml: str
    """The `item` element; empty where none is kept."""
    episode: Episode | None
    """Source of the item's XML; None if it is rendered already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPointer:
    """Pointer from a feed's address to its immutable snapshot."""

    name: str
    """`es`, `es/china`, `es/by/ann-other`, or a page of one of these: `es/archive/3`; with `.xml` after it, the path below
    /feeds/."""
    blob: str
    """Name of the snapshot's XML in the blob store; compressed forms stand beside it with `.gz`, `.br`, `.zst`."""
    digest: str
    """SHA-256 of the XML, in hexadecimal."""
    generation: int
    """The library's generation that the snapshot shows; never goes back."""
    changed: datetime
    """When the content last changed, for Last-Modified."""
    shape: str = ""
    """Stands for everything that is said beside the episodes: the show, addresses, how items are written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivePage:
    """A page of a feed's archive: its episodes up to `newest`, from above the next page's on."""

    feed: str
    number: int
    """Never given twice within a feed; says nothing about the order."""
    newest: FeedPosition
    pointer: FeedPointer


@dataclass(frozen=True, slots=True, kw_only=True)
class UnshownEpisode:
    """An episode that came into the feeds or left them, as it was then; some of their documents may not show it yet."""

    number: int
    episode: Episode
    since: datetime


class FeedRepository(Protocol):
    """Stores feeds. A feed is identified by its name, `es/china`."""

    def first_published(self, article: ArticleId, language: LanguageTag) -> datetime | None:
        """When an episode was published the first time, whether it still is or not; None where it never was."""

    def unshown(self) -> Sequence[UnshownEpisode]:
        """Changes that were not shown by every feed when somebody last looked, the earliest first; mostly none."""

    def forget_unshown(self, numbers: Iterable[int]) -> None:
        """Drop changes that every feed shows now."""

    def nth_place(
        self, feed: str, n: int, *, above: FeedPosition | None = None, up_to: FeedPosition | None = None
    ) -> FeedPosition | None:
        """The nth position of a feed between two positions, oldest first, from 0; None: there are fewer."""

    def feed_items(
        self, feed: str, shape: str, *, above: FeedPosition | None = None, up_to: FeedPosition | None = None
    ) -> Sequence[FeedItem]:
        """The episodes of a feed between two places, the newest first; written where items of this shape are kept."""

    def keep_items(self, shape: str, written: Iterable[tuple[Episode, str]]) -> None:
        """Keep items for the next time; one whose episode was replaced meanwhile is left out."""

    def swap_feed(self, pointer: FeedPointer, *, tell: Sequence[FeedPing] = ()) -> bool:
        """Point a feed at a newer snapshot; False, and nothing done, where it already shows this generation or a later one.

        A snapshot of the same generation is newer where its shape is another. `tell` is kept in the same transaction, unless
        the snapshot is to the byte the one before.
        """

    def feeds(self) -> Mapping[str, FeedPointer]:
        """All feeds by name, without the pages of their archives."""

    def feed(self, name: str) -> FeedPointer | None:
        """A feed, or a page of an archive."""

    def archive_page(self, feed: str, place: FeedPosition) -> ArchivePage | None:
        """The page that a place is on; None where it is in the feed itself."""

    def archive_below(self, feed: str, place: FeedPosition | None) -> ArchivePage | None:
        """The page with the episodes before those of the page that ends at a place; of those of the feed itself: None."""

    def next_page_number(self, feed: str) -> int:
        """The number of the next page."""

    def add_page(self, page: ArchivePage) -> bool:
        """Add an archive page; False, with nothing done, if another process took its number."""

    def swap_page(self, page: ArchivePage) -> bool:
        """Point a page at a newer snapshot, as `swap_feed` does."""

    def retire_page(self, page: ArchivePage) -> None:
        """Take a page out of the archive: its episodes are in what stands above it, its address answers no more."""
