"""`podcaster backfill`: import archives in the background."""

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from podcaster import language as languages
from podcaster.cli.container import STANDARD_INPUT, container, warned
from podcaster.cli.terminal.outcome import answer
from podcaster.errors import InputRefused, SourceNotFound
from podcaster.source.archive import BackfillProgress, ItemState

if TYPE_CHECKING:
    from podcaster.ports import ArchiveFile, BackfillManager

backfills = typer.Typer(no_args_is_help=True, help="Back-fills: archives imported in the background.")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
_REPORTS: Final = frozenset({".html", ".htm", ".xhtml", ".md", ".markdown", ".txt", ".pdf", ".docx", ".epub", ".eml"})
_EVERY_S: Final = 0.5
_TOLD: Final = 1_000
"""Failures that are named."""


@backfills.command("add")
def add_backfill(  # noqa: PLR0917 # Typer passes them by name
    source: Annotated[list[str] | None, typer.Argument(help="A feed or a sitemap; or files and folders.")] = None,
    urls: Annotated[str, typer.Option(help="A file with one URL a line, or - for standard input.")] = "",
    only: Annotated[str, typer.Option(help="Skip reports whose URL does not begin with this.")] = "",
    language: Annotated[
        list[str] | None,
        typer.Option("-l", "--language", help="Render into this language instead of the configured ones; repeatable."),
    ] = None,
    name: Annotated[str, typer.Option(help="Name of the back-fill.")] = "",
    watch: Annotated[bool, typer.Option(help="Show progress until it has ended.")] = False,
    as_json: AsJson = False,
) -> None:
    """Start a back-fill; the service or a worker renders it, a few reports at a time."""
    given = source or []
    addresses = [each for each in given if each.startswith(("http://", "https://"))]
    if len(addresses) > 1 or (addresses and (len(given) > 1 or urls)):
        raise InputRefused("A feed or a sitemap comes alone.", "Write addresses of reports into a file, for --urls.")
    desk = container().backfills
    added = desk.add(
        listing=addresses[0] if addresses else "",
        urls=_lines(urls) if urls else (),
        files=_files([] if addresses else given),
        name=name or (given[0] if len(given) == 1 else ""),
        only=only,
        languages=[languages.parse(tag) for tag in language or ()],
    )
    answer({"backfill": added.id}) if as_json else typer.echo(f"{added.id}  {added.name}")
    if watch:
        _watched(desk, added.id)


@backfills.command("list")
def list_backfills(as_json: AsJson = False) -> None:
    """List the back-fills, with progress, speed and expected end."""
    for each in container().backfills.all_progress():
        answer(_record(each)) if as_json else typer.echo(_said(each))


@backfills.command("show")
def show_backfill(
    backfill: str,
    watch: Annotated[bool, typer.Option(help="Show progress until it has ended.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show one back-fill and its failures."""
    desk = container().backfills
    if watch:
        _watched(desk, backfill)
        return
    now, failed = desk.progress(backfill), desk.items(backfill, ItemState.FAILED, limit=_TOLD)
    if as_json:
        answer({**_record(now), "failures": [{"name": each.name, "error": each.error} for each in failed]})
        return
    typer.echo(_said(now))
    for each in failed:
        typer.echo(f"  {each.name}: {each.error}")


@backfills.command("pause")
def pause_backfill(backfill: str) -> None:
    """Pause a back-fill; reports under way are finished."""
    typer.echo(_said(container().backfills.pause(backfill)))


@backfills.command("resume")
def resume_backfill(backfill: str) -> None:
    """Resume a paused back-fill."""
    typer.echo(_said(container().backfills.resume(backfill)))


@backfills.command("cancel")
def cancel_backfill(backfill: str) -> None:
    """Cancel a back-fill and its running renders; published episodes stay."""
    here = container()
    typer.echo(_said(here.backfills.cancel(backfill)))


def _files(sources: Sequence[str]) -> "Iterator[ArchiveFile]":
    """The reports among some files and in some folders, each read when its turn comes."""
    from podcaster.ports import ArchiveFile

    for source in sources:
        path = Path(source)
        if not path.exists():
            raise SourceNotFound(f"{source} is not there.", "Correct the path.")
        found: Iterable[Path] = [path]
        if path.is_dir():
            found = sorted(each for each in path.rglob("*") if each.is_file() and each.suffix.lower() in _REPORTS)
        for each in found:
            yield ArchiveFile(name=str(each), body=each.read_bytes())


def _lines(name: str) -> list[str]:
    text = sys.stdin.read() if name == STANDARD_INPUT else Path(name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _watched(desk: "BackfillManager", backfill: str) -> None:
    """A progress bar until the back-fill ends, on a terminal; exit status 1 if an item failed."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[said]}"))
    with Progress(*columns, console=console, disable=not console.is_terminal) as bars:
        now = desk.progress(backfill)
        task = bars.add_task(now.backfill.name[:40], total=None, said="")
        while True:
            ended = now.tally.total - now.tally.left
            bars.update(task, completed=ended, total=now.tally.total or None, said=_pace(now))
            if now.backfill.state.final:
                break
            time.sleep(_EVERY_S)
            now = desk.progress(backfill)
    typer.echo(_said(now))
    for each in desk.items(backfill, ItemState.FAILED, limit=_TOLD):
        warned(f"{each.name}: {each.error}")
    if now.tally.reports.get(ItemState.FAILED, 0):
        sys.exit(1)


def _said(now: BackfillProgress) -> str:
    backfill, reports = now.backfill, now.tally.reports
    parts = [f"{reports.get(ItemState.DONE, 0)} of {now.tally.total} done"]
    parts += [f"{reports[state]} {state}" for state in ItemState if state is not ItemState.DONE and reports.get(state)]
    parts += filter(None, [_pace(now)])
    return f"{backfill.id}  {backfill.name}  {backfill.state}: {', '.join(parts)}"


def _pace(now: BackfillProgress) -> str:
    parts = []
    if now.rate_per_minute is not None:
        parts.append(f"{now.rate_per_minute:g} a minute")
    if now.expected_end is not None:
        parts.append(f"until {now.expected_end:%Y-%m-%d %H:%M:%S} UTC")
    if now.tally.listings and not now.backfill.state.final:
        parts.append("still being listed")
    if now.backfill.said:
        parts.append(f"{now.backfill.said} Until {now.backfill.not_before:%H:%M:%S} UTC it is left alone.")
    return ", ".join(parts)


def _record(now: BackfillProgress) -> dict[str, object]:
    backfill, tally = now.backfill, now.tally
    return {
        "backfill": backfill.id,
        "name": backfill.name,
        "state": backfill.state,
        "total": tally.total,
        **{state.value: tally.reports.get(state, 0) for state in ItemState},
        "rate_per_minute": now.rate_per_minute,
        "expected_end": now.expected_end.isoformat() if now.expected_end else None,
    }
