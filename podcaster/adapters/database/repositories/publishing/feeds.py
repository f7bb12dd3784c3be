"""Feeds in the library."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    and_,
    case,
    delete,
    func,
    insert,
    literal,
    select,
    tuple_,
    update,
)

from podcaster.adapters.database.records import columns_of, record_of
from podcaster.adapters.database.repositories.publishing.websub_pings import note_change
from podcaster.adapters.database.repository import Repository
from podcaster.adapters.database.tables.feeds import feed_entries, feed_items, feed_pages
from podcaster.adapters.database.tables.library import counters, episodes, feeds
from podcaster.adapters.database.tables.moments import Moment
from podcaster.episode.serialisation import from_record, to_record
from podcaster.errors import Conflict
from podcaster.feed.addresses import PAGE_OF, page_name
from podcaster.feed.section import sections_of
from podcaster.feed.websub_ping import FeedPing
from podcaster.model import Episode
from podcaster.ports.publishing.feeds import ArchivePage, FeedItem, FeedPointer, FeedPosition
from podcaster.units import ArticleId, LanguageTag

GENERATION: Final = "generation"
_ITEM_OF = and_(feed_items.c.article == feed_entries.c.article, feed_items.c.language == feed_entries.c.language)
_EPISODE_OF = and_(episodes.c.article == feed_entries.c.article, episodes.c.language == feed_entries.c.language)


class SqlFeedRepository(Repository):
    """Fills `ports.FeedRepository`."""

    def first_published(self, article: ArticleId, language: LanguageTag) -> datetime | None:
        """When an episode was published the first time."""
        place = (episodes.c.article == article) & (episodes.c.language == language)
        with self._reading() as connection:
            found: datetime | None = connection.execute(select(episodes.c.first_published).where(place)).scalar()
        return found

    def nth_place(
        self, feed: str, n: int, *, above: FeedPosition | None = None, up_to: FeedPosition | None = None
    ) -> FeedPosition | None:
        """Position of an episode in a feed."""
        order = _order(feed_entries)
        query = select(*order).where(*_between(feed, above, up_to)).order_by(*order).offset(n).limit(1)
        with self._reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else FeedPosition(*row)

    def feed_items(
        self, feed: str, shape: str, *, above: FeedPosition | None = None, up_to: FeedPosition | None = None
    ) -> Sequence[FeedItem]:
        """Items of a feed; the record of an episode is read only where its item is not kept."""
        kept = feed_items.c.shape == shape
        record = case((kept, None), else_=episodes.c.record).label("record")
        xml = case((kept, feed_items.c.xml), else_="").label("xml")
        order = _order(feed_entries)
        query = select(feed_entries.c.guid, episodes.c.changed, xml, record).join(episodes, _EPISODE_OF)
        query = query.outerjoin(feed_items, _ITEM_OF).where(*_between(feed, above, up_to))
        with self._reading() as connection:
            rows = connection.execute(query.order_by(*(each.desc() for each in order))).all()
        return [
            FeedItem(
                guid=row.guid,
                changed=row.changed,
                xml=row.xml,
                episode=None if row.record is None else from_record(json.loads(row.record)),
            )
            for row in rows
        ]

    def keep_items(self, shape: str, written: Iterable[tuple[Episode, str]]) -> None:
        """Keep items."""
        with self._writing() as connection:
            # Who publishes takes the counter, too: what is compared here stays what it is.
            lock_counter(connection)
            for episode, xml in written:
                place = (episodes.c.article == episode.article) & (episodes.c.language == episode.language)
                record = connection.execute(select(episodes.c.record).where(place)).scalar()
                # One that an earlier podcaster wrote may lack what is left out as usual.
                if record is not None and from_record(json.loads(record)) == episode:
                    forget_item(connection, episode.article, episode.language)
                    values = {"article": episode.article, "language": episode.language, "shape": shape, "xml": xml}
                    connection.execute(insert(feed_items).values(**values))

    def swap_feed(self, pointer: FeedPointer, *, tell: Sequence[FeedPing] = ()) -> bool:
        """Point a feed at a newer snapshot."""
        mine = feeds.c.name == pointer.name
        with self._writing() as connection:
            lock_counter(connection)
            shown = connection.execute(select(feeds).where(mine)).one_or_none()
            if shown is None:
                connection.execute(insert(feeds).values(**columns_of(pointer)))
            elif _is_newer(pointer, shown.generation, shown.shape):
                connection.execute(update(feeds).where(mine).values(**columns_of(pointer)))
            else:
                return False
            if shown is None or shown.digest != pointer.digest:
                note_change(connection, tell)
            return True

    def feeds(self) -> Mapping[str, FeedPointer]:
        """All feeds."""
        with self._reading() as connection:
            return {row.name: record_of(FeedPointer, row) for row in connection.execute(select(feeds))}

    def feed(self, name: str) -> FeedPointer | None:
        """One feed, or a page."""
        page = PAGE_OF.fullmatch(name)
        query = select(feeds).where(feeds.c.name == name)
        if page:
            query = select(feed_pages).where(
                feed_pages.c.feed == page[1], feed_pages.c.number == int(page[2]), feed_pages.c.guid.is_not(None)
            )
        with self._reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else record_of(FeedPointer, row, name=name)

    def archive_page(self, feed: str, place: FeedPosition) -> ArchivePage | None:
        """The page that a place is on."""
        order = _order(feed_pages)
        return self._page(feed, tuple_(*order) >= _bound(place), order)

    def archive_below(self, feed: str, place: FeedPosition | None) -> ArchivePage | None:
        """The page below a place."""
        order = _order(feed_pages)
        below = feed_pages.c.guid.is_not(None) if place is None else tuple_(*order) < _bound(place)
        return self._page(feed, below, [each.desc() for each in order])

    def next_page_number(self, feed: str) -> int:
        """The number of the next page."""
        query = select(func.coalesce(func.max(feed_pages.c.number), 0)).where(feed_pages.c.feed == feed)
        with self._reading() as connection:
            return int(connection.execute(query).scalar_one()) + 1

    def add_page(self, page: ArchivePage) -> bool:
        """Put a page into the archive."""
        newest = {
            "reported": page.newest.reported,
            "first_published": page.newest.first_published,
            "guid": page.newest.guid,
        }
        try:
            with self._writing() as connection:
                values = {**newest, **_snapshot(page.pointer)}
                connection.execute(insert(feed_pages).values(feed=page.feed, number=page.number, **values))
        except Conflict:
            return False
        return True

    def swap_page(self, page: ArchivePage) -> bool:
        """Point a page at a newer snapshot."""
        with self._writing() as connection:
            lock_counter(connection)
            query = select(feed_pages.c.generation, feed_pages.c.shape).where(_is_page(page))
            shown = connection.execute(query).one_or_none()
            newer = shown is not None and _is_newer(page.pointer, *shown)
            if newer:
                connection.execute(update(feed_pages).where(_is_page(page)).values(**_snapshot(page.pointer)))
            return newer

    def retire_page(self, page: ArchivePage) -> None:
        """Take a page out of the archive."""
        with self._writing() as connection:
            nowhere = {"reported": None, "first_published": None, "guid": None}
            connection.execute(update(feed_pages).where(_is_page(page)).values(**nowhere))

    def _page(self, feed: str, where: ColumnElement[bool], order: Sequence[Any]) -> ArchivePage | None:
        query = select(feed_pages).where(feed_pages.c.feed == feed, where).order_by(*order).limit(1)
        with self._reading() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        return ArchivePage(
            feed=feed,
            number=row.number,
            newest=FeedPosition(row.reported, row.first_published, row.guid),
            pointer=record_of(FeedPointer, row, name=page_name(feed, row.number)),
        )


def file_in_feeds(connection: Connection, episode: Episode, first_published: datetime) -> None:
    """Write the feeds of a published episode: its language's, its topics', its authors'."""
    take_out_of_feeds(connection, episode.article, episode.language)
    connection.execute(insert(feed_entries), entry_rows(episode, first_published))


def entry_rows(episode: Episode, first_published: datetime) -> list[dict[str, Any]]:
    """The rows that say which feeds an episode is in."""
    names = [str(episode.language), *(section.feed for section in sections_of(episode))]
    return [
        {
            "feed": name,
            "guid": episode.guid,
            "reported": episode.published,
            "first_published": first_published,
            "article": episode.article,
            "language": episode.language,
        }
        for name in names
    ]


def take_out_of_feeds(connection: Connection, article: ArticleId, language: LanguageTag) -> None:
    """Take an episode out of every feed."""
    there = (feed_entries.c.article == article) & (feed_entries.c.language == language)
    connection.execute(delete(feed_entries).where(there))


def forget_item(connection: Connection, article: ArticleId, language: LanguageTag) -> None:
    """Mark an episode's item for rendering again."""
    there = (feed_items.c.article == article) & (feed_items.c.language == language)
    connection.execute(delete(feed_items).where(there))


def written_record(episode: Episode) -> str:
    """An episode as the library keeps it; equal episodes are equal texts."""
    return json.dumps(to_record(episode), ensure_ascii=False, sort_keys=True)


def lock_counter(connection: Connection) -> None:
    """Lock publishing: two publications run one after the other."""
    connection.execute(select(counters).where(counters.c.name == GENERATION).with_for_update())


def count_publication(connection: Connection) -> None:
    """Move the library to its next generation."""
    connection.execute(update(counters).where(counters.c.name == GENERATION).values(value=counters.c.value + 1))


def _order(table: Table) -> Sequence[ColumnElement[Any]]:
    return table.c.reported, table.c.first_published, table.c.guid


def _bound(place: FeedPosition) -> Any:  # noqa: ANN401 # SQLAlchemy infers it
    return tuple_(literal(place.reported, Moment), literal(place.first_published, Moment), literal(place.guid))


def _between(feed: str, above: FeedPosition | None, up_to: FeedPosition | None) -> list[ColumnElement[bool]]:
    order = tuple_(*_order(feed_entries))
    within = [feed_entries.c.feed == feed]
    if above is not None:
        within.append(order > _bound(above))
    if up_to is not None:
        within.append(order <= _bound(up_to))
    return within


def _is_page(page: ArchivePage) -> ColumnElement[bool]:
    return and_(feed_pages.c.feed == page.feed, feed_pages.c.number == page.number)


def _is_newer(pointer: FeedPointer, generation: int, shape: str) -> bool:
    return generation < pointer.generation or (generation == pointer.generation and shape != pointer.shape)


def _snapshot(pointer: FeedPointer) -> dict[str, Any]:
    """The columns of a page: its name says its feed and number, which are columns of their own."""
    columns = columns_of(pointer)
    del columns["name"]
    return columns
