"""`podcaster workers`: list workers and waiting work, drain one, pause all."""

import sys
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from podcaster.cli.container import container
from podcaster.cli.terminal.outcome import answer
from podcaster.errors import SourceNotFound

if TYPE_CHECKING:
    from podcaster.ports.library_counts import QueueFigures
    from podcaster.wiring import Container

workers = typer.Typer(invoke_without_command=True, help="Workers: list, drain, pause, resume.")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@workers.callback()
def list_workers(context: typer.Context, as_json: AsJson = False) -> None:
    """List running workers with their work, and what waits."""
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
                    "only": each.only,
                    "under_way": each.under_way,
                }
            )
            continue
        seen = f"seen {_rounded(moment - each.seen)} ago"
        able = (
            f"keeps to {', '.join(each.only)}" if each.only else f"can speak by {', '.join(each.engines) or 'nothing'}"
        )
        typer.echo(f"{each.name:<24} {state:<9} {seen:<16} {able}")
        for work in each.under_way:
            typer.echo(f"  {work}")
    for name, queue in (("urgent", figures.urgent), ("background", figures.background)):
        _tell_queue(name, queue, as_json=as_json)
    _tell_hindrances(here, as_json=as_json)
    _tell_unpublished(here, as_json=as_json)
    sys.stdout.flush()


def _tell_hindrances(here: "Container", *, as_json: bool) -> None:
    """Show why work waits: a pause, and what no living worker can make."""
    from podcaster.render.engine_routing import described
    from podcaster.wiring import now

    paused, hindered = here.presence.paused(), here.stranded_work()
    if as_json:
        answer(
            {
                "paused": paused and paused.isoformat(),
                "stranded": [
                    {"engine": each.engine, "waiting": each.count, "since": each.since.isoformat()} for each in hindered
                ],
            }
        )
        return
    if paused:
        typer.echo(f"Paused for {_rounded(now() - paused)}: nothing new begins until `podcaster workers resume`.")
    for each in hindered:
        typer.echo(described(each))


def _tell_unpublished(here: "Container", *, as_json: bool) -> None:
    """Show scheduled episodes that could not be published when they were due."""
    from podcaster.wiring import now

    failed = [each for each in here.library.schedules(until=now()) if each.error]
    if as_json:
        answer(
            {
                "unpublished": [
                    {"article": each.article, "language": each.language, "at": each.at.isoformat(), "error": each.error}
                    for each in failed
                ]
            }
        )
        return
    for each in failed:
        late = _rounded(now() - each.at)
        typer.echo(f"{each.article} was due in {each.language} {late} ago and is not published: {each.error}")


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
def drain_worker(
    name: Annotated[str, typer.Argument(help="Name of a worker, as `podcaster workers` shows it.")],
) -> None:
    """Drain a worker: it finishes its current lines, hands its renders back and ends."""
    with closing(container()) as here:
        drained = here.presence.drain(name)
    if not drained:
        raise SourceNotFound(f"There is no running worker {name}.", "`podcaster workers` lists those that run.")
    typer.echo(f"{name} ends within seconds; what it was at goes to the others.")


@workers.command("pause")
def pause_workers() -> None:
    """Pause all workers: languages under way are finished, submitted reports wait."""
    with closing(container()) as here:
        here.presence.pause()
    typer.echo("Workers begin nothing new, within seconds. `podcaster workers resume` lets them go on.")


@workers.command("resume")
def resume_workers() -> None:
    """End a pause."""
    with closing(container()) as here:
        resumed = here.presence.resume()
    typer.echo("Workers go on within seconds." if resumed else "Workers are not paused.")


def _rounded(span: timedelta) -> str:
    seconds = max(0, int(span.total_seconds()))
    for unit, length in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= 2 * length:
            return f"{seconds // length} {unit}"
    return f"{seconds} s"
