"""Back-fills: added, looked at, paused, ended; and moved on by whoever works, a report at a time, a few under way."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from podcaster.errors import AddressRefused, Conflict, SourceEmpty
from podcaster.intake.archive_items import ArchiveItems, ItemResult, items_at
from podcaster.model.changes import Actor, Channel
from podcaster.ports import ArchiveFile, BackfillRepository, Clock, acting
from podcaster.source.archive import (
    Backfill,
    BackfillItem,
    BackfillProgress,
    BackfillState,
    ItemKind,
    ItemState,
    progress_of,
    window_start,
)
from podcaster.source.entry_addresses import is_web_address
from podcaster.units import LanguageTag

_CLAIM = timedelta(seconds=15)
"""Time after which the items of a dead worker are taken over."""
_MOST_UNDER_WAY = 1_000
_MOST_REPORTS = 1_000_000
_KEY_CHARACTERS = 16
"""Characters of a back-fill's id that stand for its Idempotency-Key; the rest stand for the request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backfills:
    """Fills `ports.BackfillManager`; `move_on` is a worker's."""

    repository: BackfillRepository
    archive_items: ArchiveItems
    urgent: Callable[[], bool]
    """Whether anything goes before a back-fill."""
    clock: Clock
    new_id: Callable[[], str]
    at_once: int
    """Renders of one back-fill that are in the queue at a time."""
    most_listings: int = 10_000
    """Feeds, their pages and sitemaps of one back-fill that are read."""

    def add(
        self,
        *,
        listing: str = "",
        urls: Sequence[str] = (),
        files: Iterable[ArchiveFile] = (),
        name: str = "",
        only: str = "",
        languages: Sequence[LanguageTag] = (),
        idempotency_key: str | None = None,
    ) -> Backfill:
        """Have an archive taken in."""
        for each in filter(None, (listing, only, *urls)):
            if not is_web_address(each):
                raise AddressRefused(f"{each} is not a web address.", "Give an http or https URL.")
        now, key = self.clock(), self.new_id()
        if idempotency_key:
            key = _id_for(idempotency_key, [listing, list(urls), name, only, list(languages)])
            if there := self._there(key):
                return there
        items = [*items_at(ItemKind.LISTING, filter(None, [listing])), *items_at(ItemKind.REPORT, urls)]
        items += self._kept(key, files)
        if not items:
            raise SourceEmpty("There is no report in this back-fill.", "Give a feed, a sitemap, addresses or files.")
        backfill = Backfill(
            id=key, name=name or listing or f"{items[0].name} and {len(items) - 1} more", only=only,
            languages=tuple(languages), added=now, since=now, not_before=now,
        )  # fmt: skip
        try:
            self.repository.add_backfill(backfill, items)
        except Conflict:  # the same request came twice at once
            return self.repository.backfill(key)
        return backfill

    def progress(self, backfill: str) -> BackfillProgress:
        """The progress of one back-fill."""
        return self._progress(self.repository.backfill(backfill))

    def all_progress(self) -> Sequence[BackfillProgress]:
        """The progress of each back-fill."""
        return [self._progress(each) for each in self.repository.backfills()]

    def items(self, backfill: str, state: ItemState, *, limit: int = 100, after: int = -1) -> Sequence[BackfillItem]:
        """Its items in a state."""
        return self.repository.backfill_items(self.repository.backfill(backfill).id, state, limit=limit, after=after)

    def pause(self, backfill: str) -> BackfillProgress:
        """Begin nothing more of it."""
        return self._moved(backfill, BackfillState.PAUSED)

    def resume(self, backfill: str) -> BackfillProgress:
        """Go on."""
        return self._moved(backfill, BackfillState.RUNNING)

    def cancel(self, backfill: str) -> BackfillProgress:
        """End it, and its renders."""
        done = self._moved(backfill, BackfillState.CANCELLED)
        self._stop(backfill)
        return self._progress(done.backfill)

    def move_on(self) -> bool:
        """One item more of each back-fill that has room; whether there may be more at once.

        Nothing while there is urgent work. It does not wait for its end: whoever ends the process waits for this.
        """
        if self.urgent():
            return False
        there = self.repository.backfills(BackfillState.RUNNING, BackfillState.PAUSED)
        for paused in (each for each in there if each.state is BackfillState.PAUSED):
            self._settle(paused)
        moved = [self._moved_on(each) for each in there if each.state is BackfillState.RUNNING]
        return any(moved)

    def _there(self, key: str) -> Backfill | None:
        """The back-fill made with an Idempotency-Key."""
        of_key = (each for each in self.repository.backfills() if each.id.startswith(key[:_KEY_CHARACTERS]))
        there = next(of_key, None)
        if there is not None and there.id != key:
            raise Conflict("This Idempotency-Key stands for another back-fill.", "Use a new key for a new back-fill.")
        return there

    def _moved_on(self, backfill: Backfill) -> bool:
        under_way = self._settle(backfill)
        now = self.clock()
        if backfill.not_before > now or under_way >= self.at_once:
            return False
        item = self.repository.claim_item(backfill.id, now, now + _CLAIM)
        if item is None:
            return self._finished(backfill, under_way)
        try:
            with acting(Actor(name=backfill.name, channel=Channel.BACKFILL)):
                result = self._bounded(self.archive_items.process(backfill, item))
            backfill = result.backfill
            self._keep(backfill, result.item, result.found)
        finally:
            self.repository.release_backfill(backfill)
        if self.repository.backfill(backfill.id).state is BackfillState.CANCELLED:
            self._stop(backfill.id)
        return True

    def _bounded(self, result: ItemResult) -> ItemResult:
        """Limit the entries of a result, so that an endless listing does not fill the table."""
        listings = [each for each in result.found if each.kind is ItemKind.LISTING]
        if not listings:
            return result
        tally = self.repository.tally(result.backfill.id, result.backfill.added)
        room = self.most_listings - tally.listings - tally.read if tally.total < _MOST_REPORTS else 0
        if len(listings) <= room:
            return result
        said = f"The archive has more feeds and sitemaps than {self.most_listings:,}; what this one leads to is left aside."
        found = (*listings[: max(room, 0)], *(each for each in result.found if each.kind is not ItemKind.LISTING))
        return replace(result, item=replace(result.item, state=ItemState.FAILED, error=said), found=found)

    def _settle(self, backfill: Backfill) -> int:
        """Write down whose render has ended; how many are under way."""
        under_way = self.repository.backfill_items(backfill.id, ItemState.RENDERING, limit=_MOST_UNDER_WAY)
        ended = [done for each in under_way if (done := self.archive_items.settled(each))]
        for each in ended:
            self._keep(backfill, each)
        return len(under_way) - len(ended)

    def _finished(self, backfill: Backfill, under_way: int) -> bool:
        """End a back-fill in which nothing waits and nothing runs; an item claimed by another worker still waits."""
        tally = self.repository.tally(backfill.id, backfill.added)
        if not (under_way or tally.left or tally.listings):
            self.repository.move_backfill(backfill.id, BackfillState.DONE, self.clock())
        return False

    def _stop(self, backfill: str) -> None:
        """End the renders that nobody else waits for."""
        for item in self.repository.backfill_items(backfill, ItemState.RENDERING, limit=_MOST_UNDER_WAY):
            self._keep(self.repository.backfill(backfill), self.archive_items.stopped(item))

    def _keep(self, backfill: Backfill, item: BackfillItem, found: Iterable[BackfillItem] = ()) -> None:
        self.repository.keep_item(backfill.id, item, found=found)
        if item.blob and item.ended:
            self.archive_items.blobs.delete(item.blob)

    def _moved(self, backfill: str, state: BackfillState) -> BackfillProgress:
        self.repository.move_backfill(backfill, state, self.clock())
        found = self.repository.backfill(backfill)
        if found.state is not state:
            raise Conflict(f"The back-fill is {found.state}.", "Add another one; what is known is not made again.")
        return self._progress(found)

    def _progress(self, backfill: Backfill) -> BackfillProgress:
        now = self.clock()
        return progress_of(backfill, self.repository.tally(backfill.id, window_start(backfill, now)), now)

    def _kept(self, backfill: str, files: Iterable[ArchiveFile]) -> Iterator[BackfillItem]:
        """Files that a worker on any machine can read; of the same bytes one."""
        kept: set[str] = set()
        for file in files:
            digest = hashlib.sha256(file.body).hexdigest()
            if digest not in kept:
                kept.add(digest)
                blob = f"backfills/{backfill}/{digest}"
                self.archive_items.blobs.put(blob, file.body)
                yield BackfillItem(place=0, kind=ItemKind.REPORT, name=file.name, digest=digest, blob=blob)


def _id_for(idempotency_key: str, request: object) -> str:
    parts = (idempotency_key.encode("utf-8", "replace"), json.dumps(request).encode())
    return "".join(hashlib.sha256(each).hexdigest()[:_KEY_CHARACTERS] for each in parts)
