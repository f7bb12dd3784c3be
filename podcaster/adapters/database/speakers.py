"""Listeners of smart speakers in the library."""

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from podcaster.adapters.database.shelf import Shelf
from podcaster.adapters.database.tables import speaker_listeners
from podcaster.ports import Listening


class SpeakerShelf(Shelf):
    """Fills the speakers' part of `ports.Library`."""

    def listening(self, listener: str) -> Listening | None:
        """Where a listener is."""
        with self._reading() as connection:
            query = select(speaker_listeners).where(speaker_listeners.c.listener == listener)
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        return Listening(
            listener=row.listener,
            token=row.token,
            offset_ms=row.offset_ms,
            language=row.language,
            changed=row.changed,
        )

    def keep_listening(self, listening: Listening) -> None:
        """Remember where a listener is, in one statement, so that two of their devices do not meet."""
        insert = postgresql.insert if self._engine.dialect.name == "postgresql" else sqlite.insert
        values = {
            "token": listening.token,
            "offset_ms": listening.offset_ms,
            "language": listening.language,
            "changed": listening.changed,
        }
        statement = insert(speaker_listeners).values(listener=listening.listener, **values)
        later = speaker_listeners.c.changed <= statement.excluded.changed
        with self._writing() as connection:
            connection.execute(
                statement.on_conflict_do_update(index_elements=[speaker_listeners.c.listener], set_=values, where=later)
            )
