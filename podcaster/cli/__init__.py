"""The command line: thin; every command reads its arguments, calls what wiring joined, and prints."""

from typing import Annotated

import typer

from podcaster.cli.alexa import register as register_alexa
from podcaster.cli.backfills import register as register_backfills
from podcaster.cli.demo import register as register_demo
from podcaster.cli.downloads import register as register_downloads
from podcaster.cli.editors import register as register_editors
from podcaster.cli.engines.models import register as register_models
from podcaster.cli.engines.setup import register as register_setup
from podcaster.cli.engines.voices import register as register_voices
from podcaster.cli.listeners import register as register_listeners
from podcaster.cli.operation.audit import register as register_audit
from podcaster.cli.operation.backups import register as register_backups
from podcaster.cli.operation.prune import register as register_prune
from podcaster.cli.operation.workers import register as register_workers
from podcaster.cli.proof import register as register_proof
from podcaster.cli.render import register as register_render
from podcaster.cli.script import register as register_script
from podcaster.cli.service import register as register_service
from podcaster.cli.sources import register as register_sources
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


for register in (
    register_render,
    register_script,
    register_service,
    register_editors,
    register_voices,
    register_models,
    register_setup,
    register_listeners,
    register_alexa,
    register_sources,
    register_audit,
    register_downloads,
    register_backfills,
    register_proof,
    register_prune,
    register_demo,
    register_workers,
    register_backups,
):
    register(app)


def main() -> None:
    """Run a command; an error that a person can mend is one line on stderr and the exit status of its class."""
    with reported():
        app()
