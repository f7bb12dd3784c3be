"""The change log: one row for each decision, with its author."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from podcaster.units import ArticleId, LanguageTag


class Channel(StrEnum):
    """The way by which a change came in; the API and the database call it `door`."""

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
    """A worker, on behalf of a render."""


class Action(StrEnum):
    """The kind of change."""

    ARTICLE_ADDED = "article.added"
    ARTICLE_CHANGED = "article.changed"
    """A source or hook delivered a changed version."""
    ARTICLE_CORRECTED = "article.corrected"
    ARTICLE_REMOVED = "article.removed"
    ARTICLE_RESTORED = "article.restored"
    """An editor submitted it again."""
    ARTICLE_ASSIGNED = "article.assigned"
    """An editor works on it, or no longer does."""
    ARTICLE_REVIEWED = "article.reviewed"
    """An editor has looked at its flags, or wants somebody to look again."""
    RENDER_REQUESTED = "render.requested"
    RENDER_SUPERSEDED = "render.superseded"
    RENDER_CANCELLED = "render.cancelled"
    EPISODE_PUBLISHED = "episode.published"
    EPISODE_WITHDRAWN = "episode.withdrawn"
    EPISODE_SCHEDULED = "episode.scheduled"
    EPISODE_UNSCHEDULED = "episode.unscheduled"
    """By an editor, or because it was published or withdrawn."""
    LINE_WORDED = "line.worded"
    TRANSLATION_APPROVED = "translation.approved"
    """An editor reviewed a report in one language."""
    TRANSLATION_UNAPPROVED = "translation.unapproved"
    TABLE_CHANGED = "table.changed"
    """A glossary or a lexicon."""
    SOURCE_ADDED = "source.added"
    SOURCE_CHANGED = "source.changed"
    """Its intake rules."""
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
    """The author of a change."""

    name: str
    """Name of an API key, a system user, a source's URL, a back-fill's name; or `hook`, `podcaster`."""
    channel: Channel
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
    """The subject beyond report and language: a sentence, a table, a render, a key."""
    before: Mapping[str, object] | None
    """The value before; None: nothing."""
    after: Mapping[str, object] | None
    """The value after; None: nothing."""
