"""Voices for editors: what is known of each, how it sounds, and which one speaks a language."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from podcaster.audio.stored_clips import content_key
from podcaster.errors import BlobMissing, NoVoice, VoiceUnknown
from podcaster.model import Voice
from podcaster.ports import BlobStore, Clock, EditorsTable, Library, VoiceFacts
from podcaster.render.pipeline.render_context import RenderContext
from podcaster.speech.engine_facts import EngineFacts, engine_facts
from podcaster.speech.synthesizer import voice_fields
from podcaster.units import LanguageTag

_FIRST: Final = "first"


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceChoice:
    """Fills `ports.VoiceDesk`."""

    library: Library
    blobs: BlobStore
    context: Callable[[], RenderContext]
    clock: Clock

    def voices(self, language: LanguageTag) -> Sequence[VoiceFacts]:
        """The voices of a language."""
        context = self.context()
        chosen = preferred_voice(self.library, language)
        voices = _of(language, context)
        ready = [voice for voice in voices if _can_speak(voice, context)]
        return [_facts(voice, context, speaks=voice in ready[:1], chosen=voice.name == chosen) for voice in voices]

    def preview(self, name: str) -> bytes:
        """A sample of a voice, kept under all that it depends on."""
        from podcaster.render.editing.voice_preview import voice_preview  # noqa: PLC0415 # numpy

        context = self.context()
        voice = context.catalogue.named(name)
        if voice is None:
            raise VoiceUnknown(f"There is no voice {name!r}.", "`podcaster voices list` shows every voice.")
        if not _can_speak(voice, context):
            raise NoVoice(f"{name} cannot speak here.", "`podcaster doctor` says how to install its engine.")
        key = content_key(
            preview=voice.name,
            gain_db=voice.gain_db,
            encoder=context.encoder.version,
            **voice_fields(voice, context.synthesizers[voice.engine]),
        )
        with suppress(BlobMissing):
            return self.blobs.get(f"voice-previews/{key}.mp3")
        sound = b"".join(bytes(each) for each in voice_preview(voice, context))
        self.blobs.put(f"voice-previews/{key}.mp3", sound)
        return sound

    def choose(self, language: LanguageTag, name: str | None, *, editor: str) -> None:
        """Keep which voice speaks a language."""
        context = self.context()
        voice = next((each for each in _of(language, context) if each.name == name), None)
        if name is not None and voice is None:
            raise VoiceUnknown(f"{language} has no voice {name!r}.", "`podcaster voices list` shows every voice.")
        if voice is not None and not _can_speak(voice, context):
            raise NoVoice(f"{name} cannot speak here.", "`podcaster doctor` says how to install its engine.")
        before = self.library.editors_table(_table(language))
        content = {"voices": {_FIRST: name} if name else {}}
        table = EditorsTable(name=_table(language), content=content, changed=self.clock(), editor=editor)
        self.library.put_editors_table(table, before=before)


def preferred_voice(library: Library, language: LanguageTag) -> str | None:
    """Name of the voice that an editor chose for a language."""
    table = library.editors_table(_table(language))
    found = table.content["voices"].get(_FIRST) if table else None
    return str(found) if found else None


def _of(language: LanguageTag, context: RenderContext) -> Sequence[Voice]:
    try:
        return context.catalogue.voices(language)
    except NoVoice as error:
        raise VoiceUnknown(error.what, error.remedy) from error


def _table(language: LanguageTag) -> str:
    return f"voices/{language}"


def _can_speak(voice: Voice, context: RenderContext) -> bool:
    synthesizer = context.synthesizers.get(voice.engine)
    return synthesizer is not None and synthesizer.has(voice)


def _facts(voice: Voice, context: RenderContext, *, speaks: bool, chosen: bool) -> VoiceFacts:
    facts = engine_facts().get(voice.engine, EngineFacts())
    synthesizer = context.synthesizers.get(voice.engine)
    return VoiceFacts(
        voice=voice,
        ready=_can_speak(voice, context),
        speaks=speaks,
        chosen=chosen,
        times_real_time=facts.times_real_time,
        memory_mb=facts.memory_mb,
        load_seconds=facts.load_seconds,
        deterministic=None if synthesizer is None else synthesizer.deterministic,
        engine_licence=facts.licence,
    )
