"""The command line: thin; every command reads its arguments, calls what wiring joined, and prints."""

from typing import Annotated

import typer

from podcaster.cli.alexa import alexa
from podcaster.cli.backfills import backfills
from podcaster.cli.demo import demo
from podcaster.cli.downloads import downloads
from podcaster.cli.editors import articles, keys
from podcaster.cli.engines.models import models
from podcaster.cli.engines.setup import setup
from podcaster.cli.engines.voices import voices
from podcaster.cli.listeners import listeners
from podcaster.cli.operation.audit import audit
from podcaster.cli.operation.backups import backup, restore
from podcaster.cli.operation.prune import prune
from podcaster.cli.operation.workers import workers
from podcaster.cli.proof import proof
from podcaster.cli.render import read, render
from podcaster.cli.script import script
from podcaster.cli.service import doctor, serve, worker
from podcaster.cli.sources import sources
from podcaster.cli.terminal.outcome import reported
from podcaster.release import release_version


def _show_version(wanted: bool) -> None:  # noqa: FBT001 # Typer calls it so
    if wanted:
        typer.echo(f"podcaster {release_version()}")
        raise typer.Exit


app = typer.Typer(
    name="podcaster",
    help="Turns written reports into spoken podcasts in several languages.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_show_version, help="Show the version and exit.")
    ] = False,
) -> None:
    """Turns written reports into spoken podcasts in several languages."""


for command in (render, read, script, serve, worker, doctor, setup, audit, proof, prune, demo, backup, restore):
    app.command()(command)
for name, group in {
    "articles": articles,
    "keys": keys,
    "voices": voices,
    "models": models,
    "listeners": listeners,
    "alexa": alexa,
    "sources": sources,
    "downloads": downloads,
    "backfill": backfills,
    "workers": workers,
}.items():
    app.add_typer(group, name=name)


def main() -> None:
    """Run a command; an error that a person can mend is one line on stderr and the exit status of its class."""
    with reported():
        app()
