"""`podcaster models`: translation packages and recognizers, listed, installed and removed."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from podcaster import language as languages
from podcaster.cli.container import container
from podcaster.cli.terminal.outcome import answer
from podcaster.release import to_install

if TYPE_CHECKING:
    from podcaster.ports import Downloaded, TranslationPackage

models = typer.Typer(no_args_is_help=True, help="Translation packages and speech recognizers.")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@models.command("list")
def list_models(
    available: Annotated[bool, typer.Option("--available", help="List those of the index, too.")] = False,
    as_json: AsJson = False,
) -> None:
    """List installed translation packages and recognizers."""
    store = container().models
    recognizers = container().recognizers.installed()
    here = {package.name: package for package in store.installed()}
    there = {package.name: package for package in store.available()} if available else {}
    for name in sorted({*here, *there}):
        package, offered = here.get(name), there.get(name)
        if as_json:
            facts = (
                {"size_bytes": offered.size_bytes, "licence": offered.licence, "quality": offered.quality}
                if offered
                else {}
            )
            versions = {"installed": package and package.version, "available": offered and offered.version}
            answer({"package": name, **versions, **{key: fact for key, fact in facts.items() if fact}})
        else:
            typer.echo(_said(name, package, offered))
    for model in recognizers:
        if as_json:
            answer({"recognizer": model.name, "bytes": model.size_bytes, "usable": model.usable})
        else:
            state = "installed" if model.usable else f"installed; it needs `{to_install('proofing')}`"
            typer.echo(f"{model.name:<10} {'speech recognizer':<34} {state}")
    if not here and not recognizers and not available and not as_json:
        typer.echo("No package is installed; `podcaster models list --available` shows what there is.", err=True)
    sys.stdout.flush()


@models.command("install")
def install_models(
    packages: Annotated[list[str], typer.Argument(help="en-es, whisper-base, a URL, a file or a folder.")],
) -> None:
    """Install packages or recognizers by name, from a URL, a file or a folder; older versions are replaced."""
    store, recognizers = container().models, container().recognizers
    for what in packages:
        with downloading(what) as progress:
            if recognizers.knows(what):
                typer.echo(f"{recognizers.install(what, progress).name} is installed.")
                continue
            package = store.install(what, progress)
        typer.echo(f"{package.name} {package.version} is installed.")


@models.command("remove")
def remove_models(packages: list[str]) -> None:
    """Remove packages."""
    store, recognizers = container().models, container().recognizers
    for name in packages:
        (recognizers if recognizers.knows(name) else store).remove(name)
        typer.echo(f"{name} is removed.")


def _said(name: str, package: "TranslationPackage | None", offered: "TranslationPackage | None") -> str:
    known = package or offered
    assert known is not None  # noqa: S101 # a name is from one of both
    pair = f"{languages.name(known.source)} → {languages.name(known.target)}"
    state = f"installed {package.version}" if package else "not installed"
    newer = f", {offered.said} in the index" if offered and (not package or offered.version != package.version) else ""
    return f"{name:<10} {pair:<34} {state}{newer}"


@contextmanager
def downloading(what: str) -> Iterator["Downloaded"]:
    """A progress bar in bytes, on a terminal."""
    if not sys.stderr.isatty():
        yield lambda _, __: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bars:
        task = bars.add_task(what[-40:], total=None)
        yield lambda done, total: bars.update(task, completed=done, total=total)
