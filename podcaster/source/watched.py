"""A source, what it lists, and what became of that."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from podcaster.source.rules import NO_RULES, IntakeRules
from podcaster.units import ArticleId


class PollOutcome(StrEnum):
    """The outcome of a poll."""

    READ = "read"
    UNCHANGED = "unchanged"
    """304: it says that nothing is new (RFC 9110 §15.4.5)."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PollResult:
    """Result of polling a source once."""

    outcome: PollOutcome
    new: int = 0
    changed: int = 0
    withdrawn: int = 0
    refused: int = 0
    """Pages that are no report, that robots.txt keeps, or that do not answer."""
    skipped: int = 0
    """Reports that the source's rules do not admit."""
    waiting: int = 0
    """Reports left for the next time."""
    error: str = ""
    round: int = 0
    """Rounds in which the sitemaps of an index were read."""
    more: bool = False
    """Whether some of them were never read yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedSource:
    """A feed or a sitemap that is asked again and again."""

    id: str
    url: str
    only: str = ""
    """Reports whose address does not begin with this are left alone."""
    rules: IntakeRules = NO_RULES
    interval_s: int = 900
    first: int = 10
    """Number of existing reports that the first poll takes."""
    title: str = ""
    added: datetime
    next_poll: datetime
    polled: datetime | None = None
    failures: int = 0
    """Times in a row that it did not answer."""
    etag: str = ""
    last_modified: str = ""
    last: PollResult | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceItem:
    """One report that a source lists, or has listed."""

    key: str
    """The source's identifier: guid, id or URL."""
    url: str
    fingerprint: str
    """SHA-256 of what the source says of it now."""
    taken: str = ""
    """The fingerprint that was dealt with last; another one means work."""
    article: ArticleId | None = None
    """Kept for ever, though the title change."""
    etag: str = ""
    last_modified: str = ""
    listed: bool = True
    gone: int = 0
    """Answers of 404 or 410 in a row."""
    withdrawn: bool = False
    tries: int = 0
    """Failed requests for its page in a row."""
    checked: datetime | None = None
    skipped: str = ""
    """The rule that it does not meet and the value found: `label: Sport`."""
    error: str = field(default="")
