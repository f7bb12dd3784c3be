"""Changes of episodes that feeds do not show yet."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from podcaster.adapters.database.repository import Repository
from podcaster.adapters.database.tables.feeds import feed_changes
from podcaster.episode.serialisation import from_record
from podcaster.ports.publishing.feeds import UnshownEpisode
from podcaster.units import ArticleId, LanguageTag


class UnshownRepository(Repository):
    """Fills the part of `ports.FeedRepository` that says what feeds do not show yet."""

    def unshown(self) -> Sequence[UnshownEpisode]:
        """Every change, the earliest first."""
        with self._reading() as connection:
            rows = connection.execute(select(feed_changes).order_by(feed_changes.c.number)).all()
        return [
            UnshownEpisode(number=row.number, episode=from_record(json.loads(row.record)), since=row.since)
            for row in rows
        ]

    def forget_unshown(self, numbers: Iterable[int]) -> None:
        """Drop changes that every feed shows now."""
        which = list(numbers)
        if which:
            with self._writing() as connection:
                connection.execute(delete(feed_changes).where(feed_changes.c.number.in_(which)))


def note_unshown(
    connection: Connection, article: ArticleId, language: LanguageTag, record: str, since: datetime
) -> None:
    """Note a change in its own transaction."""
    values = {"article": article, "language": language, "record": record, "since": since}
    connection.execute(insert(feed_changes).values(**values))
