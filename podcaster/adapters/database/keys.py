"""The library's API keys, by the digest of their secret."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from podcaster.adapters.database.connected import Connected
from podcaster.adapters.database.schema import api_keys, utc
from podcaster.errors import Conflict
from podcaster.ports import ApiKey


class Keys(Connected):
    """API keys; a revoked one stays, so that its name is never given again."""

    def add_key(self, key: ApiKey) -> None:
        """Keep a new API key."""
        insert = self._insert(api_keys).values(
            name=key.name,
            digest=key.digest,
            scope=key.scope,
            created=utc(key.created),
            revoked=key.revoked and utc(key.revoked),
            last_used=key.last_used and utc(key.last_used),
        )
        with self._writes() as connection:
            if connection.scalar(insert.on_conflict_do_nothing().returning(api_keys.c.name)) is None:
                raise Conflict(f"There is a key named {key.name!r}.", "Give the new one another name.")

    def key_by_digest(self, digest: str) -> ApiKey | None:
        """The key with this digest."""
        with self._reads() as connection:
            row = connection.execute(select(api_keys).where(api_keys.c.digest == digest)).one_or_none()
        return None if row is None else _key(row)

    def keys(self) -> Sequence[ApiKey]:
        """All keys by name."""
        with self._reads() as connection:
            return [_key(row) for row in connection.execute(select(api_keys).order_by(api_keys.c.name))]

    def revoke_key(self, name: str, now: datetime) -> bool:
        """End a key."""
        live = (api_keys.c.name == name) & api_keys.c.revoked.is_(None)
        with self._writes() as connection:
            return connection.execute(update(api_keys).where(live).values(revoked=utc(now))).rowcount > 0

    def touch_key(self, digest: str, now: datetime) -> None:
        """Record that a key was used."""
        with self._writes() as connection:
            connection.execute(update(api_keys).where(api_keys.c.digest == digest).values(last_used=utc(now)))


def _key(row: Row[Any]) -> ApiKey:
    return ApiKey(**row._mapping)  # noqa: SLF001 # SQLAlchemy's public name for it
