"""Published episodes in the library."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, false, func, insert, select, update

from podcaster.adapters.database.records import published_episode
from podcaster.adapters.database.repositories.changes import note
from podcaster.adapters.database.repositories.publishing.archive import write_text
from podcaster.adapters.database.repositories.publishing.feeds import (
    GENERATION,
    count_publication,
    file_in_feeds,
    forget_item,
    lock_counter,
    take_out_of_feeds,
    written_record,
)
from podcaster.adapters.database.repositories.publishing.unshown import note_unshown
from podcaster.adapters.database.repository import Repository
from podcaster.adapters.database.tables.library import article_cards, counters, episode_sections, episodes
from podcaster.episode.serialisation import from_record
from podcaster.errors import EpisodeUnknown
from podcaster.feed.section import Section, SectionKind, sections_of
from podcaster.model import Episode
from podcaster.model.changes import Action
from podcaster.ports import PublishedEpisode
from podcaster.units import ArticleId, LanguageTag

_FILED = (episodes.c.article == episode_sections.c.article) & (episodes.c.language == episode_sections.c.language)


class EpisodeRepository(Repository):
    """Fills the episodes' part of `ports.Library`."""

    def publish(self, episode: Episode, now: datetime) -> bool:
        """Put an episode into the feeds."""
        record = written_record(episode)
        values = {
            "revision": episode.revision,
            "record": record,
            "reported": episode.published,
            "changed": now,
            "live": True,
        }
        place = _place(episode.article, episode.language)
        with self._writing() as connection:
            lock_counter(connection)
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
            file_in_feeds(connection, episode, now if there is None else there.first_published)
            forget_item(connection, episode.article, episode.language)
            count_publication(connection)
            if there is not None and there.live:
                note_unshown(connection, episode.article, episode.language, there.record, now)
            note_unshown(connection, episode.article, episode.language, record, now)
            note(
                connection, self._clock(), Action.EPISODE_PUBLISHED, article=episode.article, language=episode.language,
                before={"revision": there.revision} if there is not None and there.live else None,
                after={"revision": episode.revision},
            )  # fmt: skip
            return True

    def unpublish(self, article: ArticleId, language: LanguageTag) -> Episode | None:
        """Take an episode out of the feeds; the time of its first publication is kept."""
        with self._writing() as connection:
            return next(iter(withdrawn(connection, self._clock(), _place(article, language))), None)

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
        found: list[LanguageTag] = []
        with self._reading() as connection:
            # From one language to the next by the index: an archive has many episodes and few languages. SQLite would rather
            # look for what is live, which is nearly all, and sort that; it cannot where that is an expression.
            live = func.coalesce(episodes.c.live, false())
            while True:
                query = select(episodes.c.language).where(live, episodes.c.language > (found[-1] if found else ""))
                following = connection.execute(query.order_by(episodes.c.language).limit(1)).scalar()
                if following is None:
                    return found
                found.append(LanguageTag(following))

    def generation(self) -> int:
        """The number of publications and withdrawals."""
        with self._reading() as connection:
            query = select(counters.c.value).where(counters.c.name == GENERATION)
            counted: int = connection.execute(query).scalar_one()
            return counted


def withdrawn(connection: Connection, now: datetime, place: ColumnElement[bool]) -> Sequence[Episode]:
    """Take episodes out of the feeds; returns those that were in them."""
    gone = update(episodes).where(place & episodes.c.live).values(live=False).returning(episodes.c.record)
    records = connection.execute(gone).scalars().all()
    found = [from_record(json.loads(record)) for record in records]
    for each, record in zip(found, records, strict=True):
        note_unshown(connection, each.article, each.language, record, now)
        take_out_of_feeds(connection, each.article, each.language)
        note(
            connection, now, Action.EPISODE_WITHDRAWN, article=each.article, language=each.language,
            before={"revision": each.revision},
        )  # fmt: skip
    if found:
        count_publication(connection)
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
