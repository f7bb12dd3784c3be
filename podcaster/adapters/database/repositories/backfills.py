"""Back-fills in the library."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, or_, select, update

from podcaster.adapters.database.records import columns_of, record_of
from podcaster.adapters.database.repositories.changes import note
from podcaster.adapters.database.repository import Repository
from podcaster.adapters.database.tables.backfills import backfill_items, backfills
from podcaster.errors import BackfillUnknown
from podcaster.model.changes import Action
from podcaster.source.archive import Backfill, BackfillItem, BackfillState, ItemKind, ItemState, Tally
from podcaster.units import LanguageTag

_WRITTEN_TOGETHER = 500
"""Rows in one statement."""
_DECISIONS = {
    BackfillState.PAUSED: Action.BACKFILL_PAUSED,
    BackfillState.RUNNING: Action.BACKFILL_RESUMED,
    BackfillState.CANCELLED: Action.BACKFILL_CANCELLED,
}
"""Decisions of editors, as opposed to states that follow from the work."""
_FINAL = [state.value for state in BackfillState if state.final]


class SqlBackfillRepository(Repository):
    """Fills `ports.BackfillRepository`."""

    def add_backfill(self, backfill: Backfill, items: Iterable[BackfillItem]) -> None:
        """Keep a new back-fill."""
        with self._writing() as connection:
            connection.execute(insert(backfills).values(**_written(backfill)))
            self._put_new(connection, backfill.id, items, first=0)
            asked = {"backfill": backfill.id, "only": backfill.only, "languages": list(backfill.languages)}
            note(connection, self._clock(), Action.BACKFILL_ADDED, subject=backfill.name, after=asked)

    def backfill(self, backfill: str) -> Backfill:
        """One back-fill."""
        found = self._found(select(backfills).where(backfills.c.id == backfill))
        if not found:
            raise _unknown(backfill)
        return found[0]

    def backfills(self, *states: BackfillState) -> Sequence[Backfill]:
        """The newest first."""
        query = select(backfills).order_by(backfills.c.added.desc(), backfills.c.id)
        return self._found(query.where(backfills.c.state.in_([state.value for state in states])) if states else query)

    def move_backfill(self, backfill: str, state: BackfillState, now: datetime) -> bool:
        """Pause it, run it, end it."""
        ended = now if state.final else None
        since = {"since": now} if state is BackfillState.RUNNING else {}
        with self._writing() as connection:
            done = connection.execute(
                update(backfills)
                .where(backfills.c.id == backfill, backfills.c.state.not_in([*_FINAL, state.value]))
                .values(state=state.value, ended=ended, **since)
                .returning(backfills.c.name)
            ).scalar()
            if done is not None and state in _DECISIONS:
                asked = {"backfill": backfill}
                note(connection, self._clock(), _DECISIONS[state], subject=done, after=asked)
            if done is not None and state is BackfillState.CANCELLED:
                connection.execute(
                    update(backfill_items)
                    .where(backfill_items.c.backfill == backfill, backfill_items.c.state == ItemState.WAITING.value)
                    .values(state=ItemState.CANCELLED.value, ended=now)
                )
        if done is None:
            self.backfill(backfill)
        return done is not None

    def claim_item(self, backfill: str, now: datetime, until: datetime) -> BackfillItem | None:
        """The next waiting item."""
        waiting = _in_state(backfill, ItemState.WAITING)
        query = waiting.order_by(backfill_items.c.kind, backfill_items.c.tries, backfill_items.c.place).limit(1)
        with self._reading() as connection:
            # Most looks find nothing: they must not keep others from writing.
            if connection.execute(query).first() is None:
                return None
        with self._writing() as connection:
            free = or_(backfills.c.claimed_until.is_(None), backfills.c.claimed_until < now)
            mine = connection.execute(
                update(backfills)
                .where(backfills.c.id == backfill, backfills.c.state == BackfillState.RUNNING.value, free)
                .values(claimed_until=until)
            )
            row = connection.execute(query).first() if mine.rowcount else None
            if row is None:
                return None
            item = replace(_item(row), tries=row.tries + 1)
            connection.execute(update(backfill_items).where(_place(backfill, item)).values(tries=item.tries))
        return item

    def release_backfill(self, backfill: Backfill) -> None:
        """End the claim."""
        values = {name: getattr(backfill, name) for name in ("not_before", "failures", "said")}
        with self._writing() as connection:
            connection.execute(
                update(backfills).where(backfills.c.id == backfill.id).values(claimed_until=None, **values)
            )

    def keep_item(self, backfill: str, item: BackfillItem, *, found: Iterable[BackfillItem] = ()) -> None:
        """Record what became of an item."""
        place = _place(backfill, item)
        if item.render is None:
            place &= backfill_items.c.state != ItemState.CANCELLED.value
        with self._writing() as connection:
            connection.execute(update(backfill_items).where(place).values(**columns_of(item)))
            last = select(func.max(backfill_items.c.place)).where(backfill_items.c.backfill == backfill)
            self._put_new(connection, backfill, found, first=(connection.execute(last).scalar() or 0) + 1)

    def backfill_items(
        self, backfill: str, state: ItemState, *, limit: int = 100, after: int = -1
    ) -> Sequence[BackfillItem]:
        """Items in a state."""
        query = _in_state(backfill, state).where(backfill_items.c.place > after)
        with self._reading() as connection:
            return [_item(row) for row in connection.execute(query.order_by(backfill_items.c.place).limit(limit))]

    def tally(self, backfill: str, since: datetime) -> Tally:
        """Counts by state."""
        table = backfill_items
        mine = table.c.backfill == backfill
        counts = select(table.c.kind, table.c.state, func.count()).where(mine).group_by(table.c.kind, table.c.state)
        recent = select(func.count()).where(mine, table.c.ended >= since, table.c.kind == ItemKind.REPORT.value)
        with self._reading() as connection:
            found = {(kind, ItemState(state)): count for kind, state, count in connection.execute(counts)}
            ended = connection.execute(recent).scalar() or 0
        return Tally(
            listings=found.get((ItemKind.LISTING.value, ItemState.WAITING), 0),
            read=sum(
                count
                for (kind, state), count in found.items()
                if kind == ItemKind.LISTING.value and state is not ItemState.WAITING
            ),
            reports={state: count for (kind, state), count in found.items() if kind == ItemKind.REPORT.value},
            recent=ended,
        )

    def _put_new(self, connection: Connection, backfill: str, items: Iterable[BackfillItem], *, first: int) -> None:
        """Digests not stored yet."""
        new = self._insert(backfill_items).on_conflict_do_nothing(index_elements=["backfill", "digest"])
        distinct = {each.digest: each for each in items}.values()
        rows = [columns_of(each, backfill=backfill, place=place) for place, each in enumerate(distinct, first)]
        for start in range(0, len(rows), _WRITTEN_TOGETHER):
            connection.execute(new, rows[start : start + _WRITTEN_TOGETHER])

    def _found(self, query: Select[tuple[object, ...]]) -> Sequence[Backfill]:
        with self._reading() as connection:
            return [_backfill(row) for row in connection.execute(query)]


def _place(backfill: str, item: BackfillItem) -> Any:  # noqa: ANN401 # SQLAlchemy's
    return (backfill_items.c.backfill == backfill) & (backfill_items.c.place == item.place)


def _in_state(backfill: str, state: ItemState) -> Select[Any]:
    return select(backfill_items).where(backfill_items.c.backfill == backfill, backfill_items.c.state == state.value)


def _written(backfill: Backfill) -> dict[str, Any]:
    return columns_of(backfill, languages=",".join(backfill.languages))


def _backfill(row: Row[tuple[object, ...]]) -> Backfill:
    languages = tuple(LanguageTag(tag) for tag in row.languages.split(",") if tag)
    return record_of(Backfill, row, languages=languages, state=BackfillState(row.state))


def _item(row: Row[tuple[object, ...]]) -> BackfillItem:
    return record_of(BackfillItem, row, kind=ItemKind(row.kind), state=ItemState(row.state))


def _unknown(backfill: str) -> BackfillUnknown:
    return BackfillUnknown(
        f"There is no back-fill {backfill[:32]!r}.", "`podcaster backfill list` shows those that are there."
    )
