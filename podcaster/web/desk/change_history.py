"""What the desk tells of who changed a report: each wording with what stood there before it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from podcaster.model.changes import Action, Change
from podcaster.ports import Library
from podcaster.units import ArticleId

_SHOWN = 50
_WITH_VALUES = frozenset(
    {Action.LINE_WORDED, Action.ARTICLE_CORRECTED, Action.EPISODE_SCHEDULED, Action.EPISODE_UNSCHEDULED}
)
"""Of the others, that it was done says enough."""
_NAMES = {"text": "", "language": "report_language", "published": "published_on"}
"""Which word stands before a value, where it is not the one of its own name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One thing that is another now; empty: nothing stood there, or nothing stands there."""

    name: str
    """Name of the word for it; empty where none is needed."""
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A change, as it is told at the desk."""

    at: str
    """ISO 8601."""
    editor: str
    door: str
    action: str
    """Name of the word for it: `did_line_worded`."""
    language: str
    sentence: str
    """The sentence of the report that was worded; else empty."""
    values: Sequence[Value]


def history(library: Library, article: ArticleId) -> Sequence[Told]:
    """The newest changes of a report, the newest first."""
    return [_told(each) for each in library.changes(article=article, limit=_SHOWN)]


def _told(change: Change) -> Told:
    return Told(
        at=change.at.isoformat(timespec="seconds"),
        editor=change.actor.name,
        door=f"door_{change.actor.door}",
        action=f"did_{change.action.replace('.', '_')}",
        language=change.language or "",
        sentence=change.subject if change.action is Action.LINE_WORDED else "",
        values=_values(change.before or {}, change.after or {}) if change.action in _WITH_VALUES else (),
    )


def _values(before: Mapping[str, object], after: Mapping[str, object]) -> Sequence[Value]:
    names = dict.fromkeys([*before, *after])
    pairs = [(name, _shown(before.get(name)), _shown(after.get(name))) for name in names]
    return [Value(name=_NAMES.get(name, name), before=was, after=now) for name, was, now in pairs if was != now]


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return "" if value is None else str(value)
