"""`podcaster audit`: who changed what, when, and from where."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Final

import typer

from podcaster.cli.container import container
from podcaster.cli.terminal.outcome import answer
from podcaster.errors import InputRefused
from podcaster.units import ArticleId

if TYPE_CHECKING:
    from podcaster.model.changes import Action, Change

_SHOWN = 60
"""Characters of a sentence in a line for people."""
ACTIONS: Final = (
    "article.added, article.changed, article.corrected, article.removed, article.restored, article.assigned, "
    "article.reviewed, render.requested, render.superseded, render.cancelled, episode.published, episode.withdrawn, "
    "episode.scheduled, episode.unscheduled, line.worded, translation.approved, translation.unapproved, "
    "table.changed, source.added, source.changed, source.called, source.removed, backfill.added, backfill.paused, "
    "backfill.resumed, backfill.cancelled, key.added, key.revoked"
)
"""Every `Action`, for help, which would load the whole model to read them there."""


def audit(
    *,
    article: Annotated[str | None, typer.Option("--article", "-a", help="Only changes to this report.")] = None,
    editor: Annotated[str | None, typer.Option("--editor", "-e", help="Only changes by this author.")] = None,
    action: Annotated[str | None, typer.Option("--action", help=f"Only changes of this kind: {ACTIONS}.")] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", help="Only changes at this time or later: 2030-05-04, 2030-05-04T06:00+02:00."),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Most changes to show.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, a line for each change.")] = False,
) -> None:
    """Show the change log, newest first."""
    found = container().library.changes(
        article=ArticleId(article) if article else None,
        editor=editor,
        action=_action(action) if action else None,
        since=_moment(since) if since else None,
        limit=limit,
    )
    for each in found:
        answer(_record(each)) if as_json else typer.echo(_line(each))


def _action(text: str) -> "Action":
    from podcaster.model.changes import Action

    try:
        return Action(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not one of {ACTIONS}.", param_hint="--action") from None


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise InputRefused(f"{text!r} is not a time.", "Write 2030-05-04 or 2030-05-04T06:00+02:00.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _record(change: "Change") -> dict[str, object]:
    """As `GET /api/audit` has it."""
    return {
        "number": change.number,
        "at": change.at.isoformat(),
        "editor": change.actor.name,
        "door": change.actor.channel,
        "place": change.actor.place,
        "action": change.action,
        "article": change.article,
        "language": change.language,
        "subject": change.subject,
        "before": change.before,
        "after": change.after,
    }


def _line(change: "Change") -> str:
    who = f"{change.actor.name} ({' '.join(filter(None, [change.actor.channel, change.actor.place]))})"
    what = " ".join(filter(None, [change.article, change.language, change.subject[:_SHOWN]]))
    values = " → ".join("–" if each is None else str(dict(each)) for each in (change.before, change.after))
    return f"{change.at:%Y-%m-%d %H:%M:%S}  {change.action:<19}  {who}  {what}" + (
        f"  {values}" if change.before or change.after else ""
    )
