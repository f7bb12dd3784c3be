"""Listeners in the library."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Row, bindparam, delete, insert, select, update

from podcaster.adapters.database.records import columns_of, record_of
from podcaster.adapters.database.repositories.publishing.feeds import GENERATION
from podcaster.adapters.database.repository import Repository
from podcaster.adapters.database.tables.library import counters, listeners, speaker_listeners
from podcaster.adapters.database.tables.links import (
    oauth_codes,
    oauth_tokens,
    speaker_codes,
    speaker_links,
    speaker_streams,
)
from podcaster.listener.account import Listener
from podcaster.listener.digests import playback_position_key
from podcaster.listener.preferences import Preferences, preferences_from_json, preferences_json

_GENERATION = select(counters.c.value).where(counters.c.name == GENERATION).scalar_subquery().label("generation")
_VISIT = select(listeners, _GENERATION).where(listeners.c.digest == bindparam("digest"))
"""Made once: what listeners' apps ask for begins with it."""


class ListenerRepository(Repository):
    """Fills the listeners' part of `ports.Library`."""

    def add_listener(self, listener: Listener) -> None:
        """Keep a new listener."""
        with self._writing() as connection:
            connection.execute(insert(listeners).values(**columns_of(listener) | _wishes(listener.preferences)))

    def listener_by_digest(self, digest: str) -> Listener | None:
        """The listener with a token digest."""
        return self._listener(listeners.c.digest == digest)

    def visit(self, digest: str) -> tuple[Listener, int] | None:
        """The listener with a token digest, and the generation."""
        with self._reading() as connection:
            row = connection.execute(_VISIT, {"digest": digest}).one_or_none()
        return None if row is None else (listener_of_row(row), row.generation)

    def listener_by_code(self, digest: str) -> Listener | None:
        """The listener with a code digest."""
        return self._listener(listeners.c.code_digest == digest)

    def listeners(self, *, limit: int = 1000) -> Sequence[Listener]:
        """Listeners, the newest first."""
        query = select(listeners).order_by(listeners.c.created.desc(), listeners.c.id).limit(limit)
        with self._reading() as connection:
            return [listener_of_row(row) for row in connection.execute(query)]

    def set_preferences(self, listener: str, preferences: Preferences, now: datetime) -> bool:
        """Change what a listener wants."""
        values = {**_wishes(preferences), "changed": now}
        with self._writing() as connection:
            return connection.execute(update(listeners).where(listeners.c.id == listener).values(**values)).rowcount > 0

    def rotate_listener(self, digest: str, *, new: str, code: str, now: datetime) -> bool:
        """Put new digests in place of the old."""
        values = {"digest": new, "code_digest": code, "changed": now}
        with self._writing() as connection:
            changed = update(listeners).where(listeners.c.digest == digest).values(**values).returning(listeners.c.id)
            listener = connection.execute(changed).scalar_one_or_none()
            if listener is not None:
                unlink(connection, listener)
            return listener is not None

    def remove_listener(self, listener: str) -> bool:
        """Forget a listener."""
        with self._writing() as connection:
            unlink(connection, listener)
            heard = speaker_listeners.c.listener == playback_position_key(listener)
            connection.execute(delete(speaker_listeners).where(heard))
            return connection.execute(delete(listeners).where(listeners.c.id == listener)).rowcount > 0

    def _listener(self, place: ColumnElement[bool]) -> Listener | None:
        with self._reading() as connection:
            row = connection.execute(select(listeners).where(place)).one_or_none()
        return None if row is None else listener_of_row(row)


def _wishes(preferences: Preferences) -> dict[str, str]:
    """Preferences as JSON, and the wish for another reading in a column that is searched."""
    reading = preferences.reading
    return {"preferences": preferences_json(preferences), "reading": "" if reading.usual else reading.key}


def listener_of_row(row: Row[tuple[object, ...]]) -> Listener:
    """A listener as the table has them."""
    return record_of(Listener, row, preferences=preferences_from_json(row.preferences))


def unlink(connection: Connection, listener: str) -> int:
    """Delete a listener's links, codes, tokens and streams, in the caller's transaction; how many links and grants there were."""
    linked = connection.execute(delete(speaker_links).where(speaker_links.c.listener == listener)).rowcount
    gone = delete(oauth_tokens).where(oauth_tokens.c.listener == listener).returning(oauth_tokens.c.code)
    granted = len(set(connection.execute(gone).scalars()))
    for table in (speaker_codes, oauth_codes, speaker_streams):
        connection.execute(delete(table).where(table.c.listener == listener))
    return linked + granted
