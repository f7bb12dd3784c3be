"""`podcaster sources`: feeds and sitemaps that are watched."""

from typing import Annotated

import typer

from podcaster.cli.container import container
from podcaster.cli.terminal.outcome import answer
from podcaster.source.watched import WatchedSource

sources = typer.Typer(no_args_is_help=True, help="Feeds and sitemaps that are watched.")
AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]


@sources.command("add")
def add_source(
    url: str,
    only: Annotated[str, typer.Option(help="Leave reports alone whose address does not begin with this.")] = "",
    every: Annotated[int, typer.Option(min=60, help="Seconds between two times.")] = 900,
    first: Annotated[int, typer.Option(min=0, help="How many of the reports that are there already are taken.")] = 10,
    as_json: AsJson = False,
) -> None:
    """Watch an RSS or Atom feed, or a sitemap; the service or a worker asks it."""
    added = container().sources.add(url, only=only, interval_s=every, first=first)
    answer({"source": added.id}) if as_json else typer.echo(f"{added.id}  {added.url}")


@sources.command("list")
def list_sources(as_json: AsJson = False) -> None:
    """The sources, how they answered last, and when they are asked again."""
    for each in container().sources.sources():
        _say(each, as_json=as_json)


@sources.command("poll")
def poll_sources(
    which: Annotated[list[str] | None, typer.Argument(metavar="[SOURCE]…", help="Without any: all.")] = None,
    as_json: AsJson = False,
) -> None:
    """Ask sources here and now; the service or a worker renders what came in."""
    here = container()
    for source in which or [each.id for each in here.sources.sources()]:
        _say(here.sources.poll(source), as_json=as_json)


@sources.command("remove")
def remove_source(source: str) -> None:
    """Watch a source no more; the reports that came from it stay."""
    container().sources.remove(source)
    typer.echo(f"{source} is watched no more.")


def _say(source: WatchedSource, *, as_json: bool) -> None:
    last = source.last
    if as_json:
        result = (
            {
                "outcome": last.outcome,
                "new": last.new,
                "changed": last.changed,
                "withdrawn": last.withdrawn,
                "error": last.error,
            }
            if last
            else None
        )
        answer({"source": source.id, "url": source.url, "next": source.next_poll.isoformat(), "last": result})
        return
    done = "not asked yet"
    if last:
        done = f"{last.outcome}: {last.new} new, {last.changed} changed, {last.withdrawn} withdrawn"
        done += f", {last.waiting} waiting" if last.waiting else ""
        done += f"  {last.error}" if last.error else ""
    typer.echo(f"{source.id}  {source.url}  {done}; next {source.next_poll:%Y-%m-%d %H:%M:%S} UTC")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(sources, name="sources")
