"""Who changed what: one row of the log for each decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from podcaster.units import ArticleId, LanguageTag


class Door(StrEnum):
    """By which way a change came in."""

    API = "api"
    DESK = "desk"
    """The editors' pages; the name is the key's that was entered there."""
    COMMAND = "command"
    HOOK = "hook"
    SOURCE = "source"
    """A feed or a sitemap that is watched."""
    BACKFILL = "backfill"
    """An archive that is taken in."""
    SCHEDULE = "schedule"
    """An editor's decision, carried out at its time."""
    WORKER = "worker"
    """What a render leads to."""


class Action(StrEnum):
    """What was done."""

    ARTICLE_ADDED = "article.added"
    ARTICLE_CHANGED = "article.changed"
    """It came in anew, and is another."""
    ARTICLE_CORRECTED = "article.corrected"
    ARTICLE_REMOVED = "article.removed"
    ARTICLE_RESTORED = "article.restored"
    """It was handed in again by an editor."""
    RENDER_REQUESTED = "render.requested"
    RENDER_SUPERSEDED = "render.superseded"
    RENDER_CANCELLED = "render.cancelled"
    EPISODE_PUBLISHED = "episode.published"
    EPISODE_WITHDRAWN = "episode.withdrawn"
    EPISODE_SCHEDULED = "episode.scheduled"
    EPISODE_UNSCHEDULED = "episode.unscheduled"
    """By an editor, or because it was published or withdrawn."""
    LINE_WORDED = "line.worded"
    TABLE_CHANGED = "table.changed"
    """A glossary or a lexicon."""
    SOURCE_ADDED = "source.added"
    SOURCE_CALLED = "source.called"
    SOURCE_REMOVED = "source.removed"
    BACKFILL_ADDED = "backfill.added"
    BACKFILL_PAUSED = "backfill.paused"
    BACKFILL_RESUMED = "backfill.resumed"
    BACKFILL_CANCELLED = "backfill.cancelled"
    KEY_ADDED = "key.added"
    KEY_REVOKED = "key.revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who is at work."""

    name: str
    """Of an API key; of whoever typed the command; the address of a source; the name of a back-fill; `hook`; `podcaster`."""
    door: Door
    place: str = ""
    """The network that a request came from, or the machine that a command was typed at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One row of the log."""

    number: int
    """Grows with every row."""
    at: datetime
    actor: Actor
    action: Action
    article: ArticleId | None
    language: LanguageTag | None
    subject: str
    """What was changed, where report and language do not say it: a sentence of the report, a table, a render, a key."""
    before: Mapping[str, object] | None
    """What stood there; None: nothing."""
    after: Mapping[str, object] | None
    """What stands there now; None: nothing."""
