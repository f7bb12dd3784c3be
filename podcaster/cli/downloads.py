"""`podcaster downloads`: download counts, and their import from access logs."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from podcaster import language as languages
from podcaster.cli.container import container
from podcaster.cli.terminal.outcome import answer

downloads = typer.Typer(help="Download counts.", invoke_without_command=True)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day in UTC, inclusive.")]
_SHOWN = 14


@downloads.callback()
def show_downloads(  # noqa: PLR0917 # Typer names them
    context: typer.Context,
    article: Annotated[str | None, typer.Option(help="Only this report; `briefing` for personal briefings.")] = None,
    language: Annotated[str | None, typer.Option("--language", "-l", help="Only this language.")] = None,
    app: Annotated[str | None, typer.Option(help="Only this app.")] = None,
    since: Day = None,
    until: Day = None,
    as_json: AsJson = False,
) -> None:
    """Show downloads by report, language, day and app."""
    if context.invoked_subcommand is not None:
        return
    from podcaster.ports import Counted

    found = container().library.downloads(
        Counted(
            article=article,
            language=languages.parse(language) if language else None,
            app=app,
            since=since.date() if since else None,
            until=until.date() if until else None,
        )
    )
    days = {each.isoformat(): number for each, number in found.days.items()}
    if as_json:
        parts = {"articles": found.articles, "languages": found.languages, "days": days, "apps": found.apps}
        answer({"total": found.total, **parts})
        return
    typer.echo(f"{found.total} downloads")
    for title, numbers in (
        ("By report", found.articles),
        ("By language", found.languages),
        ("By day", dict(list(days.items())[-_SHOWN:])),
        ("By app", found.apps),
    ):
        _table(title, numbers)


@downloads.command("import")
def import_downloads(
    log: Annotated[
        Path, typer.Argument(metavar="LOGFILE", help="nginx's access log, combined or JSON, plain or gzip.")
    ],
    as_json: AsJson = False,
) -> None:
    """Count downloads from the access log of a web server that serves the episodes; no line counts twice."""
    from podcaster.web.statistics.log_import import import_log
    from podcaster.wiring import now

    here = container()
    done = import_log(log, repository=here.library, blobs=here.blobs, clock=now)
    if as_json:
        answer(
            {"lines": done.lines, "answers": done.answers, "unreadable": done.unreadable, "downloads": done.downloads}
        )
        return
    typer.echo(f"{done.lines:,} lines, {done.answers:,} of them with audio: {done.downloads:,} downloads.")
    if done.unreadable:
        typer.echo(f"{done.unreadable:,} lines are in neither of the two formats.", err=True)


def _table(title: str, numbers: Mapping[str, int]) -> None:
    if numbers:
        typer.echo(f"\n{title}")
    for name, number in numbers.items():
        typer.echo(f"{number:>9}  {name}")
