"""Readings, the listeners who want them, and secrets, in the library."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, insert, select

from podcaster.adapters.database.repositories.publishing.feeds import count_publication, lock_counter, written_record
from podcaster.adapters.database.repository import Repository
from podcaster.adapters.database.tables.library import episodes, listeners
from podcaster.adapters.database.tables.readings import readings, secrets
from podcaster.episode.serialisation import from_record
from podcaster.listener.preferences import Preferences, preferences_from_json
from podcaster.model import Episode, Reading
from podcaster.ports import ReadEpisode
from podcaster.units import Revision


class ReadingRepository(Repository):
    """Fills `ports.Readings`."""

    def publish_reading(self, episode: Episode, reading: Reading, *, of: Revision, now: datetime) -> bool:
        """Offer a reading of a published revision."""
        place = (episodes.c.article == episode.article) & (episodes.c.language == episode.language)
        key = {"article": episode.article, "language": episode.language, "reading": reading.key}
        mine = (
            (readings.c.article == episode.article)
            & (readings.c.language == episode.language)
            & (readings.c.reading == reading.key)
        )
        record = written_record(episode)
        with self._writing() as connection:
            # As whoever publishes does: so the revision cannot be replaced in between.
            lock_counter(connection)
            current = connection.execute(select(episodes.c.revision).where(place & episodes.c.live)).scalar()
            before = connection.execute(select(readings.c.revision, readings.c.record).where(mine)).one_or_none()
            if current != of or before == (of, record):
                return False
            connection.execute(delete(readings).where(mine))
            connection.execute(insert(readings).values(**key, revision=of, record=record, made=now))
            count_publication(connection)
            return True

    def readings(self, reading: Reading, *, limit: int = 1000) -> Sequence[ReadEpisode]:
        """Finished readings of an episode."""
        same = (
            (episodes.c.article == readings.c.article)
            & (episodes.c.language == readings.c.language)
            & (episodes.c.revision == readings.c.revision)
        )
        query = select(readings.c.record, readings.c.made).join(episodes, same)
        query = query.where(episodes.c.live & (readings.c.reading == reading.key)).order_by(readings.c.made.desc())
        with self._reading() as connection:
            rows = connection.execute(query.limit(limit)).all()
        return [ReadEpisode(episode=from_record(json.loads(row.record)), made=row.made) for row in rows]

    def readers(self) -> Sequence[Preferences]:
        """Wishes for another reading than the show's."""
        query = select(listeners.c.preferences).where(listeners.c.reading > "").distinct()
        with self._reading() as connection:
            return [preferences_from_json(each) for each in connection.execute(query).scalars()]

    def readers_changed(self) -> datetime | None:
        """When one of them was last heard of."""
        with self._reading() as connection:
            query = select(func.max(listeners.c.changed)).where(listeners.c.reading > "")
            found: datetime | None = connection.execute(query).scalar()
            return found

    def secret(self, name: str, fresh: bytes) -> bytes:
        """The secret of a name."""
        query = select(secrets.c.value).where(secrets.c.name == name)
        with self._reading() as connection:
            known = connection.execute(query).scalar()
        if known is None:
            with self._writing() as connection:
                lock_counter(connection)
                known = connection.execute(query).scalar()
                if known is None:
                    known = fresh.hex()
                    connection.execute(insert(secrets).values(name=name, value=known))
        return bytes.fromhex(known)
