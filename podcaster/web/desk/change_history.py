"""The change history that the desk shows for a report, with values before and after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from podcaster.model.changes import Action, Change
from podcaster.ports import Library
from podcaster.units import ArticleId

_SHOWN = 50
_WITH_VALUES = frozenset(
    {Action.LINE_WORDED, Action.ARTICLE_CORRECTED, Action.EPISODE_SCHEDULED, Action.EPISODE_UNSCHEDULED}
)
"""Actions whose values are shown; for the others, the action says enough."""
_NAMES = {"text": "", "language": "report_language", "published": "published_on", "recording": "own_recording"}
"""Keys of words for fields, where they differ from the field's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueChange:
    """A changed value; an empty string means that there was or is none."""

    name: str
    """Key of the word for the field; empty if none is shown."""
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """A change, ready to be shown."""

    at: str
    """ISO 8601."""
    editor: str
    channel: str
    action: str
    """Key of the words for the action: `did_line_worded`."""
    language: str
    sentence: str
    """The source sentence, for an edited line; else empty."""
    values: Sequence[ValueChange]


def history(library: Library, article: ArticleId) -> Sequence[HistoryEntry]:
    """The latest changes of a report, newest first."""
    return [_history_entry(each) for each in library.changes(article=article, limit=_SHOWN)]


def _history_entry(change: Change) -> HistoryEntry:
    return HistoryEntry(
        at=change.at.isoformat(timespec="seconds"),
        editor=change.actor.name,
        channel=f"channel_{change.actor.channel}",
        action=f"did_{change.action.replace('.', '_')}",
        language=change.language or "",
        sentence=change.subject if change.action is Action.LINE_WORDED else "",
        values=_values(change.before or {}, change.after or {}) if change.action in _WITH_VALUES else (),
    )


def _values(before: Mapping[str, object], after: Mapping[str, object]) -> Sequence[ValueChange]:
    names = dict.fromkeys([*before, *after])
    return [
        ValueChange(
            name=_NAMES.get(name, name), before=_shown(name, before.get(name)), after=_shown(name, after.get(name))
        )
        for name in names
        if before.get(name) != after.get(name)
    ]


def _shown(name: str, value: object) -> str:
    if name == "recording":
        return "✓" if value else ""
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return "" if value is None else str(value)
