"""Episodes that are to be published at a time."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from podcaster.adapters.database.records import columns_of, record_of
from podcaster.adapters.database.repositories.changes import note
from podcaster.adapters.database.repository import Repository
from podcaster.adapters.database.tables.library import scheduled_episodes
from podcaster.model.changes import Action
from podcaster.ports.publishing.schedules import ScheduledEpisode
from podcaster.units import ArticleId, LanguageTag


class ScheduleRepository(Repository):
    """Fills `ports.Schedules`."""

    def put_schedule(self, scheduled: ScheduledEpisode) -> None:
        """Keep when an episode is to be published, in place of an earlier time."""
        table = scheduled_episodes
        with self._writing() as connection:
            place = (table.c.article == scheduled.article) & (table.c.language == scheduled.language)
            before = connection.execute(delete(table).where(place).returning(table.c.at)).scalar()
            connection.execute(insert(table).values(**columns_of(scheduled)))
            note(
                connection, self._clock(), Action.EPISODE_SCHEDULED, article=scheduled.article, language=scheduled.language,
                before=_at(before), after=_at(scheduled.at),
            )  # fmt: skip

    def drop_schedule(self, article: ArticleId, language: LanguageTag, *, at: datetime | None = None) -> bool:
        """Forget a time; where `at` is given, only that one."""
        table = scheduled_episodes
        place = (table.c.article == article) & (table.c.language == language)
        with self._writing() as connection:
            place = place if at is None else place & (table.c.at == at)
            before = connection.execute(delete(table).where(place).returning(table.c.at)).scalar()
            if before is None:
                return False
            note(
                connection, self._clock(), Action.EPISODE_UNSCHEDULED, article=article, language=language,
                before=_at(before),
            )  # fmt: skip
            return True

    def fail_schedule(self, scheduled: ScheduledEpisode, error: str) -> bool:
        """Note why an episode was not published; no change of an editor's."""
        table = scheduled_episodes
        place = (table.c.article == scheduled.article) & (table.c.language == scheduled.language)
        noted = update(table).where(place & (table.c.at == scheduled.at) & (table.c.error != error))
        with self._writing() as connection:
            return connection.execute(noted.values(error=error)).rowcount > 0

    def schedules(
        self, *, article: ArticleId | None = None, until: datetime | None = None
    ) -> Sequence[ScheduledEpisode]:
        """Scheduled episodes, earliest first."""
        table = scheduled_episodes
        query = select(table).order_by(table.c.at, table.c.article, table.c.language)
        query = query if article is None else query.where(table.c.article == article)
        query = query if until is None else query.where(table.c.at <= until)
        with self._reading() as connection:
            return [record_of(ScheduledEpisode, row) for row in connection.execute(query)]


def _at(moment: datetime | None) -> Mapping[str, object] | None:
    return None if moment is None else {"at": moment.isoformat()}
