"""API keys in the library."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select, update

from podcaster.adapters.database.records import columns_of, record_of
from podcaster.adapters.database.repositories.changes import note
from podcaster.adapters.database.repository import Repository
from podcaster.adapters.database.tables.library import api_keys
from podcaster.errors import Conflict
from podcaster.model.changes import Action
from podcaster.ports import ApiKey


class KeyRepository(Repository):
    """Fills the keys' part of `ports.Library`."""

    def add_key(self, key: ApiKey) -> None:
        """Keep a new key."""
        with self._writing() as connection:
            if connection.execute(select(api_keys.c.name).where(api_keys.c.name == key.name)).first():
                raise Conflict(f"There is a key {key.name!r} already.", "Choose another name, or revoke that one.")
            connection.execute(insert(api_keys).values(**columns_of(key)))
            note(connection, self._clock(), Action.KEY_ADDED, subject=key.name, after={"scope": key.scope})

    def key_by_digest(self, digest: str) -> ApiKey | None:
        """The key with this digest."""
        with self._reading() as connection:
            row = connection.execute(select(api_keys).where(api_keys.c.digest == digest)).one_or_none()
        return None if row is None else record_of(ApiKey, row)

    def keys(self) -> Sequence[ApiKey]:
        """All keys."""
        with self._reading() as connection:
            return [record_of(ApiKey, row) for row in connection.execute(select(api_keys).order_by(api_keys.c.name))]

    def revoke_key(self, name: str, now: datetime) -> bool:
        """End a key."""
        with self._writing() as connection:
            place = (api_keys.c.name == name) & api_keys.c.revoked.is_(None)
            ended = connection.execute(update(api_keys).where(place).values(revoked=now)).rowcount > 0
            if ended:
                note(connection, self._clock(), Action.KEY_REVOKED, subject=name)
            return ended

    def touch_key(self, digest: str, now: datetime) -> None:
        """Record that a key was used."""
        with self._writing() as connection:
            connection.execute(update(api_keys).where(api_keys.c.digest == digest).values(last_used=now))
