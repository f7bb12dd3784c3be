"""`podcaster alexa`: what Amazon has to be given."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from podcaster.cli.container import container, warned
from podcaster.errors import StorageFailed

alexa = typer.Typer(no_args_is_help=True, help="The Alexa skill.")


@alexa.callback()
def _group() -> None:
    """Keep `package` a command of its own while it is the only one."""


@alexa.command("package")
def package(
    out: Annotated[Path, typer.Option("--out", help="Folder that is written; files in it are replaced.")],
) -> None:
    """Write the skill package: manifests and an interaction model for every locale."""
    here = container()
    if not here.settings.base_url.startswith("https://"):
        warned("Amazon takes addresses over https alone; set PODCASTER_BASE_URL before you hand the package in.")
    files = here.alexa_package()
    for name, data in files.items():
        file = out / name
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        except OSError as error:
            raise StorageFailed(f"{file} cannot be written: {error.strerror}.", "Choose another --out.") from error
    sys.stdout.write(f"{len(files)} files in {out}\n")
