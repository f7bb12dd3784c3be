"""Listeners of smart speakers in the library. Every event of a player comes here, so the statements are made once."""

from sqlalchemy import bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql.dml import Insert as PostgresInsert
from sqlalchemy.dialects.sqlite.dml import Insert as SqliteInsert

from podcaster.adapters.database.records import columns_of, record_of
from podcaster.adapters.database.repository import Repository
from podcaster.adapters.database.tables.library import speaker_listeners
from podcaster.ports import PlaybackPosition

_TABLE = speaker_listeners.c
_WHERE = select(speaker_listeners).where(_TABLE.listener == bindparam("of"))


def _remembering(insert: PostgresInsert | SqliteInsert) -> PostgresInsert | SqliteInsert:
    """One statement, so that two of a listener's devices do not meet."""
    new = insert.excluded
    values = {
        "token": new.token,
        "offset_ms": new.offset_ms,
        "language": func.coalesce(new.language, _TABLE.language),
        "changed": new.changed,
    }
    return insert.on_conflict_do_update(
        index_elements=[_TABLE.listener], set_=values, where=_TABLE.changed <= new.changed
    )


_REMEMBER = {
    "postgresql": _remembering(postgresql.insert(speaker_listeners)),
    "sqlite": _remembering(sqlite.insert(speaker_listeners)),
}


class SpeakerRepository(Repository):
    """Fills the speakers' part of `ports.Library`."""

    def listening(self, listener: str) -> PlaybackPosition | None:
        """A listener's playback position."""
        with self._reading() as connection:
            row = connection.execute(_WHERE, {"of": listener}).one_or_none()
        return None if row is None else record_of(PlaybackPosition, row)

    def keep_listening(self, listening: PlaybackPosition) -> None:
        """Remember where a listener is."""
        with self._writing() as connection:
            connection.execute(_REMEMBER[self._engine.dialect.name], columns_of(listening))
