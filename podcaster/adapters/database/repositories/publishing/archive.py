"""Published episodes, paged and searchable."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, delete, func, insert, or_, select

from podcaster.adapters.database.records import published_episode
from podcaster.adapters.database.repository import Repository
from podcaster.adapters.database.tables.library import episode_sections, episode_texts, episodes
from podcaster.episode.search_text import Phrase, search_text
from podcaster.model import Episode
from podcaster.ports import EpisodeQuery, PublishedEpisode

_FILED = (episodes.c.article == episode_sections.c.article) & (episodes.c.language == episode_sections.c.language)
_WRITTEN = (episodes.c.article == episode_texts.c.article) & (episodes.c.language == episode_texts.c.language)


class ArchiveRepository(Repository):
    """Fills `ports.Archive`."""

    def listed(self, wanted: EpisodeQuery, *, limit: int, offset: int = 0) -> Sequence[PublishedEpisode]:
        """Episodes from a place on."""
        order = (episodes.c.reported.desc(), episodes.c.first_published.desc(), episodes.c.guid.desc())
        named = [case((_all_in(episode_texts.c.names, wanted.phrases), 0), else_=1)] if wanted.phrases else []
        query = _narrowed(select(episodes), wanted).order_by(*named, *order).limit(limit).offset(offset)
        with self._reading() as connection:
            return [published_episode(row) for row in connection.execute(query)]

    def count(self, wanted: EpisodeQuery) -> int:
        """The number of matching episodes."""
        with self._reading() as connection:
            counted: int = connection.execute(
                _narrowed(select(func.count()).select_from(episodes), wanted)
            ).scalar_one()
            return counted


def text_row(episode: Episode) -> dict[str, Any]:
    """The row by which an episode is found."""
    found_by = search_text(episode)
    return {
        "article": episode.article,
        "language": episode.language,
        "names": found_by.names,
        "text": found_by.text,
    }


def write_text(connection: Connection, episode: Episode) -> None:
    """Index an episode by its current words."""
    here = (episode_texts.c.article == episode.article) & (episode_texts.c.language == episode.language)
    connection.execute(delete(episode_texts).where(here))
    connection.execute(insert(episode_texts).values(**text_row(episode)))


def _narrowed(query: Select[Any], wanted: EpisodeQuery) -> Select[Any]:
    query = query.where(episodes.c.live & (episodes.c.language == wanted.language))
    if wanted.section is not None:
        query = query.join(episode_sections, _FILED).where(
            (episode_sections.c.kind == wanted.section.kind.value) & (episode_sections.c.slug == wanted.section.slug)
        )
    if wanted.phrases:
        either = [
            or_(_has(episode_texts.c.names, phrase), _has(episode_texts.c.text, phrase)) for phrase in wanted.phrases
        ]
        query = query.join(episode_texts, _WRITTEN).where(and_(*either))
    return query


def _all_in(column: ColumnElement[str], asked: Sequence[Phrase]) -> ColumnElement[bool]:
    return and_(*(_has(column, phrase) for phrase in asked))


def _has(column: ColumnElement[str], phrase: Phrase) -> ColumnElement[bool]:
    # Its words are letters and digits, so that none of them is a wildcard.
    return column.like(f"% {' '.join(phrase)}%")
