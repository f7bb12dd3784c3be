"""Download counts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from podcaster.downloads.transfers import ClientTransfer
from podcaster.units import ArticleId, LanguageTag


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A filter for downloads; None matches every value."""

    article: str | None = None
    """A report's id, or `briefing`."""
    language: LanguageTag | None = None
    app: str | None = None
    since: date | None = None
    until: date | None = None
    """Both days are included; days are UTC's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Downloads:
    """The same downloads, four ways; the most downloaded first, days in order."""

    total: int
    articles: Mapping[str, int]
    """By report, `briefing` for all personal briefings; the first hundred."""
    languages: Mapping[str, int]
    days: Mapping[date, int]
    """Days with a download; the last 366."""
    apps: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPosition:
    """The position up to which an access log was read."""

    log: str
    """Digest by which the log is known, whatever its file is called, in hexadecimal."""
    before: int
    """Bytes that were read of it before."""
    now: int


class DownloadRepository(Protocol):
    """Stores downloads as sums by day, report, language and app; client data is deleted with its day."""

    def day_key(self, day: date, today: date) -> bytes:
        """The secret of a day, 32 bytes, which all workers and machines share; made when it is asked for first.

        It lives until the end of the day after it, or after the day on which it was asked for.
        """

    def note_heard(self, heard: Iterable[ClientTransfer], *, place: LogPosition | None = None) -> frozenset[str]:
        """Add what clients were sent to what they had of the same file; whose digests are counted by now.

        A client counts once for the episode and the day. What is added again changes nothing, but for `loose` bytes.
        With `place`, what comes from a log is added, and the place in the log moved on, together or not at all.

        Raises:
            Conflict: the log was read further meanwhile.
        """

    def log_place(self, log: str) -> int:
        """Bytes of an access log that were read."""

    def forget_days(self, today: date) -> None:
        """Forget the secrets whose life is over, and everything that was kept of their days' clients."""

    def downloads(self, wanted: Counted) -> Downloads:
        """The sums."""

    def downloads_of(self, articles: Sequence[ArticleId]) -> Mapping[ArticleId, int]:
        """Each report's, in all languages and ever; reports without a download are left out."""
