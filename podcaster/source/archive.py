"""A back-fill: an archive that is taken in beside the day's work, report by report; what is listed, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from podcaster.units import ArticleId, LanguageTag, RenderId

WINDOW = timedelta(minutes=10)
"""The rate is that of the last minutes."""
_SURE = timedelta(seconds=5)
"""Before it, a rate says nothing."""


class BackfillState(StrEnum):
    """State of a back-fill."""

    RUNNING = "running"
    PAUSED = "paused"
    """Nothing more of it is begun."""
    DONE = "done"
    CANCELLED = "cancelled"

    @property
    def final(self) -> bool:
        """Whether nothing more comes of it."""
        return self in {BackfillState.DONE, BackfillState.CANCELLED}


class ItemKind(StrEnum):
    """Kind of a back-fill item."""

    LISTING = "listing"
    """A feed or a sitemap, which lists others."""
    REPORT = "report"


class ItemState(StrEnum):
    """The state of an item."""

    WAITING = "waiting"
    RENDERING = "rendering"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Backfill:
    """An archive that is taken in."""

    id: str
    name: str
    """The address of its listing, or what an editor calls it."""
    only: str = ""
    """Listed reports whose address does not begin with this are left alone."""
    languages: tuple[LanguageTag, ...] = ()
    """Languages of its reports; empty: the default ones."""
    state: BackfillState = BackfillState.RUNNING
    added: datetime
    since: datetime
    """When it was begun, or resumed last."""
    ended: datetime | None = None
    not_before: datetime
    """A host asked to be left alone until then."""
    failures: int = 0
    """Requests in a row that got no answer."""
    said: str = ""
    """Reason for standing still; empty while it goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackfillItem:
    """One listing or one report of a back-fill."""

    place: int
    """Counts from 0 within the back-fill."""
    kind: ItemKind
    name: str
    """Its address, or the name of its file."""
    digest: str
    """SHA-256 of the address, or of the file's bytes: what is listed twice is one."""
    url: str = ""
    blob: str = ""
    """Blob of a file until it is handled."""
    state: ItemState = ItemState.WAITING
    tries: int = 0
    article: ArticleId | None = None
    render: RenderId | None = None
    error: str = ""
    published: datetime | None = None
    """The date that its listing gives it, for a report that names none itself."""
    ended: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A back-fill in figures."""

    listings: int
    """Feeds and sitemaps that are still to be read: until then the total grows."""
    read: int = 0
    """Those that were read, or could not be."""
    reports: Mapping[ItemState, int]
    recent: int
    """Reports that ended since the start of the window that was asked for."""

    @property
    def total(self) -> int:
        """Reports that are known of."""
        return sum(self.reports.values())

    @property
    def left(self) -> int:
        """Reports that are waiting or being made."""
        return self.reports.get(ItemState.WAITING, 0) + self.reports.get(ItemState.RENDERING, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class BackfillProgress:
    """A back-fill, how far it has got and when it will have ended."""

    backfill: Backfill
    tally: Tally
    rate_per_minute: float | None = None
    """Reports that ended a minute of late; None while it does not run, or too little is known."""
    expected_end: datetime | None = None


def window_start(backfill: Backfill, now: datetime) -> datetime:
    """From when on reports count for the rate."""
    return max(backfill.since, now - WINDOW)


def progress_of(backfill: Backfill, tally: Tally, now: datetime) -> BackfillProgress:
    """Progress, with the rate of what ended within the window."""
    elapsed = now - window_start(backfill, now)
    if backfill.state is not BackfillState.RUNNING or not tally.recent or elapsed < _SURE:
        return BackfillProgress(backfill=backfill, tally=tally)
    rate = tally.recent / (elapsed / timedelta(minutes=1))
    end = now + timedelta(minutes=tally.left / rate)
    return BackfillProgress(
        backfill=backfill,
        tally=tally,
        rate_per_minute=round(rate, 2),
        expected_end=None if tally.listings else end.replace(microsecond=0),
    )
