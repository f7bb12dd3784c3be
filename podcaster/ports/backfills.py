"""Back-fills: what is kept of them, and what editors do with them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from podcaster.source.archive import Backfill, BackfillItem, BackfillProgress, BackfillState, ItemState, Tally
from podcaster.units import LanguageTag


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveFile:
    """A report of an archive, as a file."""

    name: str
    body: bytes


class BackfillRepository(Protocol):
    """Stores back-fills."""

    def add_backfill(self, backfill: Backfill, items: Iterable[BackfillItem]) -> None:
        """Keep a new back-fill and what is known to be in it; of items with the same digest one."""

    def backfill(self, backfill: str) -> Backfill:
        """One back-fill.

        Raises:
            BackfillUnknown: none has this id.
        """

    def backfills(self, *states: BackfillState) -> Sequence[Backfill]:
        """Back-fills, the newest first; those in one of the states, or all."""

    def move_backfill(self, backfill: str, state: BackfillState, now: datetime) -> bool:
        """Pause it, run it, end it; whether that changed anything: what has ended stays so.

        Where it is cancelled, so are its waiting items.

        Raises:
            BackfillUnknown: none has this id.
        """

    def claim_item(self, backfill: str, now: datetime, until: datetime) -> BackfillItem | None:
        """The next waiting item, listings first, with one try more; the back-fill is ours `until` then.

        None where it does not run, is another's, or nothing waits. A claim whose holder died ends by itself.
        """

    def release_backfill(self, backfill: Backfill) -> None:
        """End the claim, and record until when and why it stands still."""

    def keep_item(self, backfill: str, item: BackfillItem, *, found: Iterable[BackfillItem] = ()) -> None:
        """Record what became of an item, in one transaction with what it listed: new digests alone, behind all others.

        An item that was cancelled meanwhile stays so unless it has a render.
        """

    def backfill_items(
        self, backfill: str, state: ItemState, *, limit: int = 100, after: int = -1
    ) -> Sequence[BackfillItem]:
        """Items in a state by their places, from behind `after`."""

    def tally(self, backfill: str, since: datetime) -> Tally:
        """Counts by state; items that ended since `since` count as recent."""


class BackfillManager(Protocol):
    """Starts and controls back-fills."""

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
        """Start a back-fill from a feed or sitemap, a list of URLs, or files.

        With the key that made one already, that one; `files` do not come with a key.

        Raises:
            AddressRefused: an address is none of the web's.
            Conflict: the key made another one.
            SourceEmpty: there is nothing in it.
        """

    def progress(self, backfill: str) -> BackfillProgress:
        """Progress of one back-fill.

        Raises:
            BackfillUnknown: none has this id.
        """

    def all_progress(self) -> Sequence[BackfillProgress]:
        """Progress of every back-fill, newest first."""

    def items(self, backfill: str, state: ItemState, *, limit: int = 100, after: int = -1) -> Sequence[BackfillItem]:
        """Items in a state, by position.

        Raises:
            BackfillUnknown: none has this id.
        """

    def pause(self, backfill: str) -> BackfillProgress:
        """Begin nothing more of it; what has begun is finished.

        Raises:
            BackfillUnknown: none has this id.
            Conflict: it has ended.
        """

    def resume(self, backfill: str) -> BackfillProgress:
        """Go on.

        Raises:
            BackfillUnknown, Conflict: as for `pause`.
        """

    def cancel(self, backfill: str) -> BackfillProgress:
        """End it, and the renders of it that are under way; what was published stays.

        Raises:
            BackfillUnknown, Conflict: as for `pause`.
        """
