"""`podcaster workers`: who lives, what each is at, what waits; and the wish that one ends."""

import sys
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from podcaster.cli.container import container
from podcaster.cli.terminal.outcome import answer
from podcaster.errors import SourceNotFound

if TYPE_CHECKING:
    from podcaster.ports.figures import QueueFigures
    from podcaster.wiring import Container

workers = typer.Typer(invoke_without_command=True, help="Workers: who lives, what each is at, and what waits.")
AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]


@workers.callback()
def list_workers(context: typer.Context, as_json: AsJson = False) -> None:
    """Show who lives, what each is at, and what waits."""
    if context.invoked_subcommand:
        return
    with closing(container()) as here:
        _tell_all(here, as_json=as_json)


def _tell_all(here: "Container", *, as_json: bool) -> None:
    from podcaster.wiring import now

    moment = now()
    figures = here.library.figures()
    for each in here.presence.workers():
        state = each.state(moment)
        if as_json:
            answer(
                {
                    "worker": each.name,
                    "machine": each.machine,
                    "state": state,
                    "started": each.started.isoformat(),
                    "seen": each.seen.isoformat(),
                    "engines": each.engines,
                    "under_way": each.under_way,
                }
            )
            continue
        seen = f"seen {_rounded(moment - each.seen)} ago"
        typer.echo(f"{each.name:<24} {state:<9} {seen:<16} can speak by {', '.join(each.engines) or 'nothing'}")
        for work in each.under_way:
            typer.echo(f"  {work}")
    for name, queue in (("urgent", figures.urgent), ("background", figures.background)):
        _tell_queue(name, queue, as_json=as_json)
    sys.stdout.flush()


def _tell_queue(name: str, queue: "QueueFigures", *, as_json: bool) -> None:
    from podcaster.wiring import now

    since = queue.oldest_waiting
    if as_json:
        oldest = since.isoformat() if since else None
        answer({"queue": name, "waiting": queue.waiting, "running": queue.running, "oldest_waiting": oldest})
        return
    age = f", the oldest for {_rounded(now() - since)}" if since else ""
    typer.echo(f"{name:<24} {queue.running} running, {queue.waiting} waiting{age}")


@workers.command("drain")
def drain_worker(name: Annotated[str, typer.Argument(help="A worker of the list.")]) -> None:
    """Let a worker end: it takes nothing new, and hands back its renders, with the lines that are being spoken."""
    with closing(container()) as here:
        drained = here.presence.drain(name)
    if not drained:
        raise SourceNotFound(f"No worker {name} lives.", "`podcaster workers` lists those that do.")
    typer.echo(f"{name} ends within seconds; what it was at goes to the others.")


def _rounded(span: timedelta) -> str:
    seconds = max(0, int(span.total_seconds()))
    for unit, length in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= 2 * length:
            return f"{seconds // length} {unit}"
    return f"{seconds} s"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(workers, name="workers")
