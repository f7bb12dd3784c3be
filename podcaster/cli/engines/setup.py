"""`podcaster setup`: what the configured languages would gain, asked for once and downloaded."""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from podcaster import language as languages
from podcaster.cli.container import container, warned
from podcaster.cli.engines.models import downloading
from podcaster.cli.engines.voices import described
from podcaster.errors import NoVoice, PodcasterError
from podcaster.release import to_install
from podcaster.units import LanguageTag

if TYPE_CHECKING:
    from podcaster.model import Voice
    from podcaster.ports import Downloaded, SpeechModel
    from podcaster.wiring import Container

Source = Annotated[
    str | None, typer.Option("--from", help="Language of the reports; by default the first configured one.")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """Something better than what a language has now."""

    name: str
    said: str
    install: "Callable[[str, Downloaded], object]"


Gains = Mapping[LanguageTag, Gain]


def setup(
    source: Source = None, yes: Annotated[bool, typer.Option("--yes", help="Install without asking.")] = False
) -> None:
    """Install neural translation, voices and a recognizer for the configured languages, where there are some."""
    here = container()
    own = languages.parse(source) if source else here.languages[0]
    problems: list[PodcasterError] = []
    packages = _found(lambda: _packages(here, own), problems)
    spoken = {**_found(lambda: _voices(here), problems), **_speech_models(here)}
    for language in here.languages:
        typer.echo(f"{language:<9} {_way(here, own, language)}{_gain(packages.get(language))}")
        typer.echo(f"{'':<9} {_voice(here, language)}{_gain(spoken.get(language))}")
    hearing = _recognizer(here)
    typer.echo(f"{'proofing':<9} {here.who_proofs()}{_gain(hearing)}")
    wanted = {gain.name: gain for gain in (*packages.values(), *spoken.values(), *([hearing] if hearing else []))}
    if not here.voice_store.usable:
        typer.echo(f"More neural voices need Piper: `{to_install('piper')}`, then `podcaster setup` once more.")
    if not wanted and not problems:
        typer.echo("There is nothing to install.")
    elif wanted and not yes and not (sys.stdin.isatty() and typer.confirm(f"Install {', '.join(wanted)}?")):
        typer.echo("Nothing was installed; `podcaster setup --yes` installs it.", err=True)
    else:
        _install(list(wanted.values()), problems)
    for problem in problems[:-1]:
        warned(problem)
    if problems:
        raise problems[-1]


def _recognizer(here: "Container") -> Gain | None:
    """The recognizer's model, where the engine that runs it is installed and no model is."""
    if here.settings.proof == "off" or here.proofreader is not None or not here.recognizers.usable:
        return None
    name = here.recognizer_folder.name
    return Gain(name=name, said=f"Speech recognizer {name}", install=here.recognizers.install)


def _found(look: Callable[[], Gains], problems: list[PodcasterError]) -> Gains:
    """Offers of one index; if it cannot be reached, the other's are still installed."""
    try:
        return look()
    except PodcasterError as error:
        problems.append(error)
        return {}


def _install(gains: Sequence[Gain], problems: list[PodcasterError]) -> None:
    for gain in gains:
        try:
            with downloading(gain.name) as progress:
                gain.install(gain.name, progress)
        except PodcasterError as error:
            problems.append(error)
        else:
            typer.echo(f"{gain.said} is installed.")


def _packages(here: "Container", own: LanguageTag) -> Gains:
    """The packages that would be better than what translates now: each language's own, where none is installed."""
    installed = {(package.source, package.target) for package in here.models.installed()}
    gains = {}
    for package in here.models.available():
        for language in here.languages:
            fits = languages.match(own, [package.source]) and languages.match(language, [package.target])
            if fits and (package.source, package.target) not in installed and not languages.match(own, [language]):
                said = f"Translation model {package.name} ({package.said})"
                gains[language] = Gain(name=package.name, said=said, install=here.models.install)
    return gains


def _voices(here: "Container") -> Gains:
    """The voices of the catalogue that would speak in place of those that speak now."""
    if not here.voice_store.usable:
        return {}
    offered = {voice.name: voice for voice in here.voice_store.available()}
    gains = {}
    for language in here.languages:
        for voice in _candidates(here, language):
            engine = here.synthesizers.get(voice.engine)
            if engine is not None and engine.has(voice):
                break
            found = offered.get(voice.engine_voice.partition("#")[0]) if voice.engine == "piper" else None
            if found is not None:
                said = f"Piper voice {found.name} ({described(found, here.voice_store)})"
                gains[language] = Gain(name=found.name, said=said, install=here.voice_store.install)
                break
    return gains


def _speech_models(here: "Container") -> Gains:
    """The models of many voices that would speak in place of the voices that speak now."""
    from podcaster.speech.engine_facts import quality

    gains = {}
    for language in here.languages:
        for voice in _candidates(here, language):
            engine, model = here.synthesizers.get(voice.engine), here.speech_models.get(voice.engine)
            if engine is not None and engine.has(voice):
                break
            if model is not None and not model.installed:
                said = f"{model.name} (120 MB, {voice.licence}: {quality(voice)})"
                install = partial(_install_model, model)
                gains[language] = Gain(name=model.name, said=said, install=install)
                break
    return gains


def _install_model(model: "SpeechModel", _: str, progress: "Downloaded") -> object:
    return model.install("", progress)


def _candidates(here: "Container", language: LanguageTag) -> "Sequence[Voice]":
    """The catalogue's voices of a language; none where it has no file, which `_voice` says."""
    try:
        return here.catalogue.voices(language)
    except NoVoice:
        return ()


def _way(here: "Container", own: LanguageTag, language: LanguageTag) -> str:
    try:
        return f"translated by {here.who_translates(own, language)}"
    except PodcasterError as error:
        return error.what


def _voice(here: "Container", language: LanguageTag) -> str:
    try:
        return f"spoken by {here.who_speaks(language)}"
    except PodcasterError as error:
        return error.what


def _gain(gain: Gain | None) -> str:
    return f"  →  {gain.said}" if gain else ""
