"""The library's published episodes, its generation, and which snapshot each feed shows."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, true, update

from podcaster.adapters.database.connected import Connected, pack, unpack
from podcaster.adapters.database.schema import NEWEST_FIRST, episodes, feeds, generations, utc
from podcaster.episode.record import from_record, to_record
from podcaster.errors import EpisodeUnknown
from podcaster.model import Episode
from podcaster.ports import FeedPointer, PublishedEpisode
from podcaster.units import ArticleId, LanguageTag


class Episodes(Connected):
    """Episodes by report and language. One that was taken out keeps its row, and with it `first_published`."""

    def publish(self, episode: Episode, now: datetime) -> bool:
        """Put an episode into the feeds."""
        moment, record = utc(now), pack(to_record(episode))
        columns = {"guid": episode.guid, "live": True, "record": record, "published": utc(episode.published)}
        insert = self._insert(episodes).values(
            article=episode.article, language=episode.language, first_published=moment, changed=moment, **columns
        )
        with self._writes() as connection:
            _take_turns(connection)
            found = connection.execute(select(episodes).where(*_is(episode.article, episode.language))).one_or_none()
            if found is not None and found.live and found.record == record:
                return False
            keys = [episodes.c.article, episodes.c.language]
            connection.execute(insert.on_conflict_do_update(index_elements=keys, set_={**columns, "changed": moment}))
            _grow(connection)
        return True

    def unpublish(self, article: ArticleId, language: LanguageTag) -> bool:
        """Take an episode out of the feeds."""
        change = update(episodes).where(*_is(article, language), episodes.c.live == true()).values(live=False)
        with self._writes() as connection:
            _take_turns(connection)
            if not connection.execute(change).rowcount:
                return False
            _grow(connection)
        return True

    def episode(self, article: ArticleId, language: LanguageTag) -> PublishedEpisode:
        """One published episode."""
        query = select(episodes).where(*_is(article, language), episodes.c.live == true())
        with self._reads() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise EpisodeUnknown(
                f"The report {article!r} has no episode in {language!r}.", "Render it in this language first."
            )
        return _published(row)

    def episodes(
        self, *, language: LanguageTag | None = None, article: ArticleId | None = None, limit: int = 300
    ) -> Sequence[PublishedEpisode]:
        """Published episodes, newest report first."""
        query = select(episodes).where(episodes.c.live == true()).order_by(*NEWEST_FIRST).limit(limit)
        if language is not None:
            query = query.where(episodes.c.language == language)
        if article is not None:
            query = query.where(episodes.c.article == article)
        with self._reads() as connection:
            return [_published(row) for row in connection.execute(query)]

    def languages(self) -> Sequence[LanguageTag]:
        """Languages with at least one published episode, sorted."""
        query = select(episodes.c.language).where(episodes.c.live == true()).distinct()
        with self._reads() as connection:
            return sorted(LanguageTag(tag) for tag in connection.scalars(query))

    def generation(self) -> int:
        """Grows with every change of what is published."""
        with self._reads() as connection:
            return int(connection.scalars(select(generations.c.number)).one())

    def swap_feed(self, pointer: FeedPointer) -> bool:
        """Point a feed at a newer snapshot, in one statement, so that no two publishers can pass each other."""
        values = {
            "blob": pointer.blob,
            "digest": pointer.digest,
            "generation": pointer.generation,
            "changed": utc(pointer.changed),
        }
        swap = self._insert(feeds).values(name=pointer.name, **values)
        swap = swap.on_conflict_do_update(
            index_elements=[feeds.c.name], set_=values, where=feeds.c.generation < pointer.generation
        )
        with self._writes() as connection:
            return connection.scalar(swap.returning(feeds.c.name)) is not None

    def feeds(self) -> Mapping[str, FeedPointer]:
        """All feeds by name."""
        with self._reads() as connection:
            return {row.name: FeedPointer(**row._mapping) for row in connection.execute(select(feeds))}  # noqa: SLF001 # SQLAlchemy's public name for it


def _take_turns(connection: Connection) -> None:
    """Publishers one after the other, so that a generation is seen only with all that came before it."""
    connection.execute(select(generations.c.number).with_for_update())


def _grow(connection: Connection) -> None:
    connection.execute(update(generations).values(number=generations.c.number + 1))


def _is(article: ArticleId, language: LanguageTag) -> tuple[Any, Any]:
    return episodes.c.article == article, episodes.c.language == language


def _published(row: Row[Any]) -> PublishedEpisode:
    return PublishedEpisode(
        episode=unpack(row.record, from_record), first_published=row.first_published, changed=row.changed
    )
