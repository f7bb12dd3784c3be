"""`podcaster setup`: what the configured languages would gain, asked for once and downloaded."""

import sys
from typing import Annotated

import typer

from podcaster import language as languages
from podcaster.cli.house import house
from podcaster.cli.models import downloading
from podcaster.errors import PodcasterError
from podcaster.ports import TranslationPackage
from podcaster.units import LanguageTag
from podcaster.wiring import House

Source = Annotated[
    str | None, typer.Option("--from", help="The reports' language; otherwise the first configured one.")
]


def setup(source: Source = None, yes: Annotated[bool, typer.Option("--yes", help="Ask nothing.")] = False) -> None:
    """Install neural translation for the configured languages, where the index has it."""
    here = house()
    own = languages.parse(source) if source else here.languages[0]
    wanted = _gains(here, own)
    for language in here.languages:
        typer.echo(f"{language:<9} {_way(here, own, language)}{_gain(wanted.get(language))}")
    if not wanted:
        typer.echo("There is nothing to install.")
        return
    names = [package.name for package in wanted.values()]
    if not yes and not (sys.stdin.isatty() and typer.confirm(f"Install {', '.join(names)}?")):
        typer.echo("Nothing was installed; `podcaster setup --yes` installs it.", err=True)
        return
    for name in names:
        with downloading(name) as progress:
            package = here.models.install(name, progress)
        typer.echo(f"{package.name} {package.version} is installed.")


def _gains(here: House, own: LanguageTag) -> dict[LanguageTag, TranslationPackage]:
    """The packages that would be better than what translates now: each language's own, where none is installed."""
    installed = {(package.source, package.target) for package in here.models.installed()}
    gains = {}
    for package in here.models.available():
        for language in here.languages:
            fits = languages.match(own, [package.source]) and languages.match(language, [package.target])
            if fits and (package.source, package.target) not in installed and not languages.match(own, [language]):
                gains[language] = package
    return gains


def _way(here: House, own: LanguageTag, language: LanguageTag) -> str:
    try:
        return f"translated by {here.who_translates(own, language)}"
    except PodcasterError as error:
        return error.what


def _gain(package: TranslationPackage | None) -> str:
    return f"  →  Argos package {package.name} {package.version}" if package else ""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(setup)
