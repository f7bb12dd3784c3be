"""The command line: thin; every command reads its arguments, calls what wiring joined, and prints."""

import typer

from podcaster.cli.outcome import reported
from podcaster.cli.render import register as register_render

app = typer.Typer(
    name="podcaster",
    help="Turns written reports into spoken podcasts in several languages.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
register_render(app)


def main() -> None:
    """Run a command; an error that a person can mend is one line on stderr and the exit status of its class."""
    with reported():
        app()
