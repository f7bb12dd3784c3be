"""Watched sources in the library."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, case, delete, func, insert, select, update

from podcaster.adapters.database.records import columns_of, record_of
from podcaster.adapters.database.repositories.changes import note
from podcaster.adapters.database.repository import Repository
from podcaster.adapters.database.tables.library import hook_deliveries, source_items, sources
from podcaster.errors import Conflict, SourceUnknown
from podcaster.model.changes import Action
from podcaster.source.rules import IntakeRules, rules_from, rules_record
from podcaster.source.watched import PollOutcome, PollResult, SourceItem, WatchedSource

_WRITTEN_TOGETHER = 500
"""Rows in one statement."""


class SqlSourceRepository(Repository):
    """Fills `ports.SourceRepository`."""

    def add_source(self, source: WatchedSource) -> None:
        """Keep a new source."""
        try:
            with self._writing() as connection:
                connection.execute(insert(sources).values(**_written(source)))
                asked = {"only": source.only, "interval_s": source.interval_s, "first": source.first}
                asked |= {"rules": rules_record(source.rules)} if source.rules else {}
                note(connection, self._clock(), Action.SOURCE_ADDED, subject=source.url, after=asked)
        except Conflict as error:
            raise Conflict(f"{source.url} is watched already.", "`podcaster sources list` shows it.") from error

    def source(self, source: str) -> WatchedSource:
        """One source."""
        with self._reading() as connection:
            row = connection.execute(select(sources).where(sources.c.id == source)).one_or_none()
        if row is None:
            raise _unknown(source)
        return _source(row)

    def sources(self) -> Sequence[WatchedSource]:
        """All sources."""
        with self._reading() as connection:
            return [_source(row) for row in connection.execute(select(sources).order_by(sources.c.url))]

    def remove_source(self, source: str) -> bool:
        """Forget a source."""
        with self._writing() as connection:
            connection.execute(delete(source_items).where(source_items.c.source == source))
            gone = connection.execute(delete(sources).where(sources.c.id == source).returning(sources.c.url)).scalar()
            if gone is not None:
                note(connection, self._clock(), Action.SOURCE_REMOVED, subject=gone)
            return gone is not None

    def change_rules(self, source: str, rules: IntakeRules, now: datetime) -> WatchedSource:
        """Replace its rules; the next poll reads the whole listing and judges again what was skipped."""
        before = self.source(source)
        written = json.dumps(rules_record(rules), ensure_ascii=False)
        skipped = source_items.c.source == source, source_items.c.skipped != "", source_items.c.article.is_(None)
        with self._writing() as connection:
            changed = update(sources).where(sources.c.id == source)
            connection.execute(changed.values(rules=written, etag="", last_modified="", next_poll=now))
            connection.execute(update(source_items).where(*skipped).values(taken="", skipped="", tries=0))
            note(
                connection, now, Action.SOURCE_CHANGED, subject=before.url,
                before={"rules": rules_record(before.rules)}, after={"rules": rules_record(rules)},
            )  # fmt: skip
        return self.source(source)

    def skipped_items(self, source: str, *, limit: int) -> Sequence[SourceItem]:
        """Entries that its rules do not admit."""
        query = select(source_items).where(
            source_items.c.source == self.source(source).id, source_items.c.skipped != ""
        )
        newest = query.order_by(source_items.c.checked.desc(), source_items.c.url).limit(limit)
        with self._reading() as connection:
            return [record_of(SourceItem, row) for row in connection.execute(newest)]

    def call_source(self, source: str, now: datetime) -> WatchedSource:
        """Make a source due now."""
        with self._writing() as connection:
            soon = update(sources).where(sources.c.id == source, sources.c.next_poll > now).values(next_poll=now)
            called = connection.execute(soon.returning(sources.c.url)).scalar()
            if called is not None:
                note(connection, self._clock(), Action.SOURCE_CALLED, subject=called)
        return self.source(source)

    def claim_source(self, now: datetime, until: datetime, *, source: str | None = None) -> WatchedSource | None:
        """Claim a source."""
        free = sources.c.claimed_until.is_(None) | (sources.c.claimed_until < now)
        wanted = sources.c.next_poll <= now if source is None else sources.c.id == source
        query = select(sources).where(free, wanted).order_by(sources.c.next_poll).limit(1)
        with self._reading() as connection:
            # Most rounds find nothing: they must not keep others from writing.
            if connection.execute(query).first() is None:
                return None
        with self._writing() as connection:
            row = connection.execute(query.with_for_update(skip_locked=True)).first()
            if row is None:
                return None
            connection.execute(update(sources).where(sources.c.id == row.id).values(claimed_until=until))
        return _source(row)

    def keep_source(self, source: WatchedSource) -> None:
        """Record a poll's result."""
        values = {**_written(source), "claimed_until": None}
        rules = values.pop("rules")
        with self._writing() as connection:
            if connection.execute(select(sources.c.rules).where(sources.c.id == source.id)).scalar() != rules:
                # They were changed meanwhile: the listing is wanted again, and soon.
                values |= {"etag": "", "last_modified": ""}
                del values["next_poll"]
            connection.execute(update(sources).where(sources.c.id == source.id).values(**values))

    def source_items(self, source: str) -> Mapping[str, SourceItem]:
        """Entries of a source."""
        with self._reading() as connection:
            rows = connection.execute(select(source_items).where(source_items.c.source == source))
            return {row.key: record_of(SourceItem, row) for row in rows}

    def item_counts(self) -> Mapping[str, Mapping[str, int]]:
        """Entries of each source by their state."""
        state = case(
            (source_items.c.withdrawn, "withdrawn"),
            (source_items.c.skipped != "", "skipped"),
            (source_items.c.error != "", "failed"),
            (source_items.c.taken == source_items.c.fingerprint, "read"),
            else_="waiting",
        ).label("state")
        query = select(source_items.c.source, state, func.count().label("number")).group_by(
            source_items.c.source, state
        )
        found: dict[str, dict[str, int]] = {}
        with self._reading() as connection:
            for row in connection.execute(query):
                found.setdefault(row.source, {})[row.state] = row.number
        return found

    def first_delivery(self, signature: str, now: datetime, *, forget_before: datetime) -> bool:
        """Record a webhook's signature; False if it came before."""
        try:
            with self._writing() as connection:
                connection.execute(delete(hook_deliveries).where(hook_deliveries.c.received < forget_before))
                connection.execute(insert(hook_deliveries).values(signature=signature, received=now))
        except Conflict:
            return False
        return True

    def keep_source_items(self, source: str, items: Iterable[SourceItem]) -> None:
        """Add or replace."""
        rows = [
            columns_of(each, source=source, digest=hashlib.sha256(each.key.encode("utf-8", "replace")).hexdigest())
            for each in items
        ]
        new, keys = self._insert(source_items), ("source", "digest")
        changed = {each.name: new.excluded[each.name] for each in source_items.columns if each.name not in keys}
        put = new.on_conflict_do_update(index_elements=keys, set_=changed)
        with self._writing() as connection:
            if connection.execute(select(sources.c.id).where(sources.c.id == source)).first() is None:
                return
            for start in range(0, len(rows), _WRITTEN_TOGETHER):
                connection.execute(put, rows[start : start + _WRITTEN_TOGETHER])


def _written(source: WatchedSource) -> dict[str, Any]:
    rules = json.dumps(rules_record(source.rules), ensure_ascii=False)
    last = None if source.last is None else json.dumps(asdict(source.last), ensure_ascii=False)
    return columns_of(source, rules=rules, last=last)


def _source(row: Row[tuple[object, ...]]) -> WatchedSource:
    last = None
    if row.last is not None:
        said = json.loads(row.last)
        last = PollResult(**{**said, "outcome": PollOutcome(said["outcome"])})
    return record_of(WatchedSource, row, rules=rules_from(json.loads(row.rules)), last=last)


def _unknown(source: str) -> SourceUnknown:
    return SourceUnknown(f"There is no source {source[:32]!r}.", "`podcaster sources list` shows those that are there.")
