"""Published episodes and feeds in the library."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from podcaster.adapters.database.archive import write_text
from podcaster.adapters.database.changes import note
from podcaster.adapters.database.records import published_episode
from podcaster.adapters.database.shelf import Shelf
from podcaster.adapters.database.tables import article_cards, counters, episode_sections, episodes, feeds
from podcaster.episode.record import from_record, to_record
from podcaster.errors import EpisodeUnknown
from podcaster.feed.section import Section, SectionKind, sections_of
from podcaster.model import Episode
from podcaster.model.changes import Action
from podcaster.ports import FeedPointer, PublishedEpisode
from podcaster.units import ArticleId, LanguageTag

_GENERATION = "generation"
_FILED = (episodes.c.article == episode_sections.c.article) & (episodes.c.language == episode_sections.c.language)


class EpisodeShelf(Shelf):
    """Fills the episodes' and feeds' part of `ports.Library`."""

    def publish(self, episode: Episode, now: datetime) -> bool:
        """Put an episode into the feeds."""
        record = json.dumps(to_record(episode), ensure_ascii=False, sort_keys=True)
        values = {
            "revision": episode.revision,
            "record": record,
            "reported": episode.published,
            "changed": now,
            "live": True,
        }
        place = _place(episode.article, episode.language)
        with self._writing() as connection:
            # Whoever publishes takes the counter first: two that publish the same episode come one after the other.
            hold_publishers(connection)
            there = connection.execute(select(episodes).where(place)).one_or_none()
            if (there is not None and there.live and there.record == record) or _is_removed(
                connection, episode.article
            ):
                return False
            if there is None:
                key = {"article": episode.article, "language": episode.language, "guid": episode.guid}
                connection.execute(insert(episodes).values(**key, **values, first_published=now))
            else:
                connection.execute(update(episodes).where(place).values(**values))
            _file_under_sections(connection, episode)
            write_text(connection, episode)
            _count(connection)
            note(
                connection, self._clock(), Action.EPISODE_PUBLISHED, article=episode.article, language=episode.language,
                before={"revision": there.revision} if there is not None and there.live else None,
                after={"revision": episode.revision},
            )  # fmt: skip
            return True

    def unpublish(self, article: ArticleId, language: LanguageTag) -> bool:
        """Take an episode out of the feeds; when it was first published stays known."""
        with self._writing() as connection:
            return bool(withdrawn(connection, self._clock(), _place(article, language)))

    def episode(self, article: ArticleId, language: LanguageTag) -> PublishedEpisode:
        """One published episode."""
        with self._reading() as connection:
            row = connection.execute(select(episodes).where(_place(article, language) & episodes.c.live)).one_or_none()
        if row is None:
            raise EpisodeUnknown(
                f"{article[:80]} is not published in {language[:35]}.", "`podcaster articles show` says what is."
            )
        return published_episode(row)

    def episodes(
        self,
        *,
        language: LanguageTag | None = None,
        article: ArticleId | None = None,
        section: Section | None = None,
        limit: int = 300,
    ) -> Sequence[PublishedEpisode]:
        """Published episodes, the newest report first."""
        query = select(episodes).where(episodes.c.live)
        if section is not None:
            query = query.join(episode_sections, _FILED).where(
                (episode_sections.c.language == section.language)
                & (episode_sections.c.kind == section.kind.value)
                & (episode_sections.c.slug == section.slug)
            )
        query = query if language is None else query.where(episodes.c.language == language)
        query = query if article is None else query.where(episodes.c.article == article)
        order = (episodes.c.reported.desc(), episodes.c.first_published.desc(), episodes.c.guid.desc())
        with self._reading() as connection:
            return [published_episode(row) for row in connection.execute(query.order_by(*order).limit(limit))]

    def sections(self, *, language: LanguageTag | None = None) -> Sequence[Section]:
        """Topics and authors with an episode."""
        named = (episode_sections.c.language, episode_sections.c.kind, episode_sections.c.slug)
        query = select(*named, func.min(episode_sections.c.label).label("label")).join(episodes, _FILED)
        query = query.where(episodes.c.live).group_by(*named)
        query = query if language is None else query.where(episode_sections.c.language == language)
        with self._reading() as connection:
            rows = connection.execute(query).all()
        found = [
            Section(language=LanguageTag(row.language), kind=SectionKind(row.kind), slug=row.slug, label=row.label)
            for row in rows
        ]
        return sorted(found, key=lambda section: section.feed)

    def languages(self) -> Sequence[LanguageTag]:
        """Languages with an episode."""
        with self._reading() as connection:
            found = connection.execute(select(episodes.c.language).where(episodes.c.live).distinct()).scalars()
            return sorted(LanguageTag(language) for language in found)

    def generation(self) -> int:
        """How often something was published or withdrawn."""
        with self._reading() as connection:
            query = select(counters.c.value).where(counters.c.name == _GENERATION)
            counted: int = connection.execute(query).scalar_one()
            return counted

    def swap_feed(self, pointer: FeedPointer) -> bool:
        """Point a feed at a newer snapshot."""
        values = {
            "blob": pointer.blob,
            "digest": pointer.digest,
            "generation": pointer.generation,
            "changed": pointer.changed,
        }
        with self._writing() as connection:
            connection.execute(select(counters).where(counters.c.name == _GENERATION).with_for_update())
            shown = connection.execute(select(feeds.c.generation).where(feeds.c.name == pointer.name)).scalar()
            if shown is None:
                connection.execute(insert(feeds).values(name=pointer.name, **values))
            elif shown < pointer.generation:
                connection.execute(update(feeds).where(feeds.c.name == pointer.name).values(**values))
            return shown is None or shown < pointer.generation

    def feeds(self) -> Mapping[str, FeedPointer]:
        """All feeds."""
        with self._reading() as connection:
            rows = connection.execute(select(feeds)).all()
        return {
            row.name: FeedPointer(
                name=row.name, blob=row.blob, digest=row.digest, generation=row.generation, changed=row.changed
            )
            for row in rows
        }


def hold_publishers(connection: Connection) -> None:
    """Have everybody else who publishes or withdraws wait until this transaction has ended."""
    connection.execute(select(counters).where(counters.c.name == _GENERATION).with_for_update())


def withdrawn(connection: Connection, now: datetime, place: ColumnElement[bool]) -> Sequence[Episode]:
    """Take episodes out of the feeds; those that were there."""
    gone = update(episodes).where(place & episodes.c.live).values(live=False).returning(episodes.c.record)
    found = [from_record(json.loads(record)) for record in connection.execute(gone).scalars()]
    for each in found:
        note(
            connection, now, Action.EPISODE_WITHDRAWN, article=each.article, language=each.language,
            before={"revision": each.revision},
        )  # fmt: skip
    if found:
        _count(connection)
    return found


def _is_removed(connection: Connection, article: ArticleId) -> bool:
    query = select(article_cards.c.removed).where(article_cards.c.article == article)
    return connection.execute(query).scalar() is not None


def section_rows(episode: Episode) -> list[dict[str, Any]]:
    """The rows that say which sections an episode is in."""
    place = {"article": episode.article, "language": episode.language}
    return [
        {**place, "kind": section.kind.value, "slug": section.slug, "label": section.label}
        for section in sections_of(episode)
    ]


def _file_under_sections(connection: Connection, episode: Episode) -> None:
    filed = (episode_sections.c.article == episode.article) & (episode_sections.c.language == episode.language)
    connection.execute(delete(episode_sections).where(filed))
    rows = section_rows(episode)
    if rows:
        connection.execute(insert(episode_sections), rows)


def _place(article: ArticleId, language: LanguageTag):  # type: ignore[no-untyped-def] # noqa: ANN202 # SQLAlchemy infers it
    return (episodes.c.article == article) & (episodes.c.language == language)


def _count(connection: Connection) -> None:
    connection.execute(update(counters).where(counters.c.name == _GENERATION).values(value=counters.c.value + 1))
