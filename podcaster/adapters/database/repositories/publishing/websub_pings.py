"""Pings to hubs in the library."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select, update

from podcaster.adapters.database.records import columns_of, record_of
from podcaster.adapters.database.repository import Repository
from podcaster.adapters.database.tables.feeds import feed_pings
from podcaster.feed.websub_ping import FeedPing, merge_change


class WebsubPingRepository(Repository):
    """Fills `ports.WebsubPings`."""

    def add_pings(self, pings: Sequence[FeedPing]) -> None:
        """Add pings."""
        if pings:
            with self._writing() as connection:
                note_change(connection, pings)

    def claim_ping(self, hub: str, now: datetime, until: datetime) -> FeedPing | None:
        """Claim a ping."""
        free = feed_pings.c.claimed_until.is_(None) | (feed_pings.c.claimed_until < now)
        query = select(feed_pings).where(feed_pings.c.hub == hub, feed_pings.c.due <= now, free)
        query = query.order_by(feed_pings.c.due, feed_pings.c.feed).limit(1)
        with self._reading() as connection:
            # Most rounds find nothing: they must not keep others from writing.
            if connection.execute(query).first() is None:
                return None
        with self._writing() as connection:
            row = connection.execute(query.with_for_update(skip_locked=True)).first()
            if row is None:
                return None
            ping = record_of(FeedPing, row)
            connection.execute(update(feed_pings).where(_is(ping)).values(claimed_until=until))
            return ping

    def settle_ping(self, ping: FeedPing, following: FeedPing | None) -> None:
        """Give a ping back."""
        with self._writing() as connection:
            row = connection.execute(select(feed_pings).where(_is(ping)).with_for_update()).one_or_none()
            if row is None:
                return
            if row.change == ping.change and following is None:
                connection.execute(delete(feed_pings).where(_is(ping)))
                return
            values: dict[str, Any] = {"claimed_until": None, "tries": 0}
            if following is not None:
                values |= {"due": following.due, "tries": following.tries}
                values |= {"since": following.since} if row.change == ping.change else {}
            connection.execute(update(feed_pings).where(_is(ping)).values(**values))


def note_change(connection: Connection, pings: Iterable[FeedPing]) -> None:
    """Add pings for each hub in the transaction of the change; a pending ping covers it."""
    for fresh in pings:
        row = connection.execute(select(feed_pings).where(_is(fresh)).with_for_update()).one_or_none()
        if row is None:
            connection.execute(insert(feed_pings).values(**columns_of(fresh)))
        else:
            joined = merge_change(record_of(FeedPing, row), fresh.changed)
            connection.execute(update(feed_pings).where(_is(fresh)).values(**columns_of(joined)))


def _is(ping: FeedPing) -> ColumnElement[bool]:
    return and_(feed_pings.c.hub == ping.hub, feed_pings.c.feed == ping.feed)
