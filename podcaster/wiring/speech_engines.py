"""Speech engines, voices and jingles."""

import hashlib
import time
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from podcaster.errors import NoVoice, SettingsWrong
from podcaster.units import LanguageTag
from podcaster.wiring.stores import now, shipped
from podcaster.wiring.translation_engines import TranslationEngines

if TYPE_CHECKING:
    from podcaster.model import Voice
    from podcaster.ports import SpeechModel, VoiceStore
    from podcaster.speech.call_pacing import SharedPace
    from podcaster.speech.catalogue import Catalogue
    from podcaster.speech.synthesizer import Synthesizer

_SLOTS_KEPT = timedelta(days=1)


class SpeechEngines(TranslationEngines):
    """Synthesizers by name, the catalogue of voices, and the models that they use."""

    @cached_property
    def catalogue(self) -> "Catalogue":
        """The catalogue of voices."""
        from podcaster.speech.catalogue import Catalogue

        if not self.voices.is_dir():
            raise SettingsWrong(f"{self.voices} is not a folder.", "Correct PODCASTER_VOICES.")
        return Catalogue(self.voices)

    @cached_property
    def synthesizers(self) -> Mapping[str, "Synthesizer"]:
        """By the name that voices/*.toml use."""
        from podcaster.adapters.espeak import EspeakSynthesizer
        from podcaster.adapters.festival import FestivalSynthesizer
        from podcaster.adapters.hibari import HibariSynthesizer
        from podcaster.adapters.kokoro import KokoroSynthesizer
        from podcaster.adapters.kokoro.model import KokoroModel
        from podcaster.adapters.piper import PiperSynthesizer
        from podcaster.wiring.phonemizers import phonemizer

        kokoro = KokoroModel(self.kokoro_folder, device=self.settings.kokoro_device)
        embedded = (
            HibariSynthesizer(),
            FestivalSynthesizer(),
            KokoroSynthesizer(kokoro, phonemizer),
            PiperSynthesizer(self.piper_folders),
            EspeakSynthesizer(),
        )
        engines: dict[str, Synthesizer] = {engine.name: engine for engine in embedded}
        if self.settings.network_voices:
            from podcaster.adapters.gtts import GttsSynthesizer

            settings = self.settings
            engines["gtts"] = GttsSynthesizer(
                endpoint=settings.gtts_endpoint,
                turn=self._shared_pace("gtts", settings.gtts_calls_per_minute).turn,
            )
        if self.settings.speech_server_url:
            from podcaster.adapters.openai_speech import OpenaiSynthesizer

            settings = self.settings
            engines["openai"] = OpenaiSynthesizer(
                settings.speech_server_url,
                key=settings.speech_server_key,
                model=settings.speech_server_model,
                calls_per_minute=settings.speech_server_calls_per_minute,
            )
        return {**engines, **self._plugged_voices(engines)}

    def _shared_pace(self, name: str, calls_per_minute: int) -> "SharedPace":
        """A pace that all workers of a database keep to, or without one all processes of this data folder."""
        from podcaster.speech.call_pacing import SharedPace

        def claim(slot: str, moment: datetime) -> bool:
            digest = hashlib.sha256(slot.encode()).hexdigest()
            return self.first_time(digest, moment, forget_before=now() - _SLOTS_KEPT)

        return SharedPace(name, calls_per_minute=calls_per_minute, claim=claim, clock=now, wait=time.sleep)

    @staticmethod
    def _plugged_voices(own: Mapping[str, "Synthesizer"]) -> Mapping[str, "Synthesizer"]:
        """Engines of other packages.

        Raises:
            SettingsWrong: one cannot be loaded, or has the name of one of podcaster's own.
        """
        from podcaster.wiring.plugins import SYNTHESIZERS, plugged

        found: dict[str, Synthesizer] = {engine.name: engine for engine in plugged(SYNTHESIZERS)}
        taken = sorted(found.keys() & own.keys())
        if taken:
            raise SettingsWrong(f"A plug-in calls its speech engine {taken[0]!r}, as podcaster does.", "Rename it.")
        return found

    @property
    def kokoro_folder(self) -> Path:
        """Folder of Kokoro's model."""
        return self.settings.kokoro_model or self.settings.data / "kokoro"

    @cached_property
    def speech_models(self) -> "Mapping[str, SpeechModel]":
        """Models that many voices speak with, by the engines' names."""
        from podcaster.adapters.kokoro.installation import KokoroInstaller

        kokoro = KokoroInstaller(self.kokoro_folder, self.fetcher)
        return {kokoro.name: kokoro}

    @property
    def piper_folders(self) -> Sequence[Path]:
        """Folders with Piper voices."""
        own = self.settings.piper_voices
        return (own,) if own else (self.voices / "piper", self.settings.data / "piper")

    @property
    def jingle_files(self) -> "tuple[Path | None, Path | None]":
        """Jingles before and after every episode.

        Raises:
            SettingsWrong: there is no such jingle.
        """
        named = self.settings.jingles or ("-",)
        return self._jingle_file(named[0]), self._jingle_file(named[-1])

    def _jingle_file(self, name: str) -> "Path | None":
        if name == "-":
            return None
        folders = (self.voices / "jingles", shipped("voices") / "jingles")
        places = [*(folder / f"{name}.wav" for folder in folders), *(folder / name for folder in folders), Path(name)]
        found = [file for file in places if file.is_file()]
        if not found:
            known = ", ".join(sorted({file.stem for folder in folders for file in folder.glob("*.wav")}))
            raise SettingsWrong(
                f"There is no jingle {name!r}.", f"Write a file's path into PODCASTER_JINGLES, or one of: {known}."
            )
        return found[0]

    @cached_property
    def voice_store(self) -> "VoiceStore":
        """Piper's voices: those that are here, and those of the index."""
        from podcaster.adapters.piper.voices import PiperVoices

        return PiperVoices(self.piper_folders[-1], self.fetcher, index=self.settings.piper_index)

    def ready_voices(self, language: LanguageTag) -> "Sequence[Voice]":
        """The voices of a language that can speak here; none where nothing speaks it."""
        from podcaster.speech.casting import ready_voices

        try:
            return ready_voices(self.catalogue, language, self.synthesizers)
        except NoVoice:
            return ()

    def who_speaks(self, language: LanguageTag) -> str:
        """The voice that a language is spoken with here, and its quality.

        Raises:
            NoVoice: there is none.
        """
        from podcaster.speech.engine_facts import quality

        voice, _ = self.catalogue.choose(language, self.synthesizers)
        known = quality(voice)
        return f"{voice.name} ({known})" if known else voice.name
