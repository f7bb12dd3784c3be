"""Engines, voices and stores, each made once and when it is first used."""

import os
import tomllib
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import podcaster
from podcaster import language as languages
from podcaster.errors import NoVoice, SettingsWrong
from podcaster.settings import Settings
from podcaster.units import LanguageTag

if TYPE_CHECKING:
    from podcaster.adapters.bergamot import BergamotTranslator
    from podcaster.model import Voice
    from podcaster.ports import BlobStore, Fetcher, ModelStore, SpeechModel, VoiceStore
    from podcaster.speech.catalogue import Catalogue
    from podcaster.speech.synthesizer import Synthesizer
    from podcaster.translation.corrections import Corrections
    from podcaster.translation.paths import TranslationPath
    from podcaster.translation.translator import Translator


def shipped(name: str) -> Path:
    """A folder that comes with podcaster: inside the package where it is installed, beside it in a clone."""
    package = Path(podcaster.__file__).parent
    return next((folder for folder in (package / name, package.parent / name) if folder.is_dir()), package / name)


class Engines:
    """Translation and speech engines, voices and stores."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @cached_property
    def languages(self) -> Sequence[LanguageTag]:
        """The languages that every report is rendered into."""
        return tuple(dict.fromkeys(languages.parse(tag) for tag in self.settings.languages))

    @cached_property
    def voices(self) -> Path:
        """The folder that editors change."""
        return self.settings.voices or shipped("voices")

    @cached_property
    def blobs(self) -> "BlobStore":
        """Clips, translations, episodes, feeds."""
        from podcaster.adapters.blobs import open_blobs

        return open_blobs(self.settings.storage_url or self.settings.data / "blobs")

    @cached_property
    def catalogue(self) -> "Catalogue":
        """The catalogue of voices."""
        from podcaster.speech.catalogue import Catalogue

        if not self.voices.is_dir():
            raise SettingsWrong(f"{self.voices} is no folder.", "Correct PODCASTER_VOICES.")
        return Catalogue(self.voices)

    @cached_property
    def translators(self) -> Sequence["Translator"]:
        """In order of preference: models that an operator installed, then the paths that are measured, the best first."""
        from podcaster.adapters.argos import ArgosTranslator
        from podcaster.translation.paths import path_translators

        settings = self.settings
        argos = ArgosTranslator(
            self._argos_folder,
            beam=settings.argos_beam,
            workers=settings.argos_threads or self.workers,
            device=settings.argos_device,
            compute_type=settings.argos_compute_type,
        )
        paths = path_translators(self.translation_paths, self._path_engines, self._corrections)
        return (
            *self._language_models,
            argos,
            argos.narrower(),
            self._bergamot.without_packaged(),
            *self._servers,
            *paths,
        )

    @cached_property
    def translation_paths(self) -> "Sequence[TranslationPath]":
        """Translation paths: voices/translation_paths.toml, or the editors' own file.

        Raises:
            SettingsWrong: the file cannot be read, or has wrong entries.
        """
        from podcaster.translation.paths import paths_of

        return paths_of(self._translation_table("translation_paths"))

    @cached_property
    def _corrections(self) -> "Corrections":
        from podcaster.translation.corrections import Corrections

        return Corrections.of(self._translation_table("translation_corrections"))

    def _translation_table(self, name: str) -> "Mapping[str, Any]":
        """A table of the voices folder, else the one that ships; empty where there is none."""
        files = (folder / f"{name}.toml" for folder in (self.voices, shipped("voices")))
        file = next((each for each in files if each.is_file()), None)
        if file is None:
            return {}
        try:
            return tomllib.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise SettingsWrong(f"{file} cannot be read: {error}.", "Correct it.") from error

    @cached_property
    def _path_engines(self) -> "Mapping[str, Translator]":
        """Engines by the names that paths call them."""
        from podcaster.adapters.apertium import ApertiumTranslator

        return {engine.name: engine for engine in (self._bergamot, ApertiumTranslator())}

    @cached_property
    def _bergamot(self) -> "BergamotTranslator":
        from podcaster.adapters.bergamot import BergamotTranslator

        return BergamotTranslator([self.bergamot_folder], workers=self.settings.bergamot_threads or self.workers)

    @property
    def bergamot_folder(self) -> Path:
        """Folder of installed Firefox models."""
        return self.settings.bergamot_models or self.settings.data / "bergamot"

    @property
    def _language_models(self) -> Sequence["Translator"]:
        """The language model that an operator named."""
        settings = self.settings
        if not settings.language_model_url:
            return ()
        from podcaster.adapters.openai import OpenAITranslator

        return (
            OpenAITranslator(
                settings.language_model_url, model=settings.language_model, key=settings.language_model_key
            ),
        )

    @property
    def _servers(self) -> Sequence["Translator"]:
        """Translation servers that an operator has."""
        if not self.settings.libretranslate_url:
            return ()
        from podcaster.adapters.libretranslate import LibreTranslator

        return (LibreTranslator(self.settings.libretranslate_url, key=self.settings.libretranslate_key),)

    @cached_property
    def models(self) -> "ModelStore":
        """Translation packages and models."""
        from podcaster.adapters.argos import ArgosPackages
        from podcaster.adapters.bergamot import BergamotModels
        from podcaster.wiring.model_stores import ModelStores

        return ModelStores(
            argos=ArgosPackages(self._argos_folder, self.fetcher, index=self.settings.argos_index),
            bergamot=BergamotModels(self.bergamot_folder, self.fetcher, index=self.settings.bergamot_index),
        )

    @property
    def _argos_folder(self) -> Path:
        return self.settings.argos_packages or self.settings.data / "argos"

    @cached_property
    def synthesizers(self) -> Mapping[str, "Synthesizer"]:
        """By the name that voices/*.toml use."""
        from podcaster.adapters.espeak import EspeakSynthesizer
        from podcaster.adapters.hibari import HibariSynthesizer
        from podcaster.adapters.kokoro import KokoroSynthesizer
        from podcaster.adapters.kokoro.model import KokoroModel
        from podcaster.adapters.piper import PiperSynthesizer
        from podcaster.wiring.phonemizers import phonemizer

        kokoro = KokoroModel(self.kokoro_folder, device=self.settings.kokoro_device)
        embedded = (
            HibariSynthesizer(),
            KokoroSynthesizer(kokoro, phonemizer),
            PiperSynthesizer(self.piper_folders),
            EspeakSynthesizer(),
        )
        engines: dict[str, Synthesizer] = {engine.name: engine for engine in embedded}
        if self.settings.network_voices:
            from podcaster.adapters.gtts import GttsSynthesizer

            settings = self.settings
            engines["gtts"] = GttsSynthesizer(
                endpoint=settings.gtts_endpoint, calls_per_minute=settings.gtts_calls_per_minute
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
        return engines

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

    @cached_property
    def thread_pool(self) -> Executor:
        """Makes lines at the same time."""
        return ThreadPoolExecutor(self.workers, thread_name_prefix="thread_pool")

    @cached_property
    def background_thread_pool(self) -> Executor:
        """Thread pool for background lines."""
        return ThreadPoolExecutor(self.workers, thread_name_prefix="patient")

    @property
    def workers(self) -> int:
        """Lines made at the same time."""
        return self.settings.workers or len(os.sched_getaffinity(0))

    @cached_property
    def fetcher(self) -> "Fetcher":
        """Asks other machines."""
        from podcaster.wiring.lazy import LazyFetcher

        return LazyFetcher(self._guarded_fetcher)

    def _guarded_fetcher(self) -> "Fetcher":
        from podcaster.adapters.fetch import GuardedFetcher

        settings = self.settings
        return GuardedFetcher(allow_loopback=settings.allow_loopback, allowed_networks=settings.allowed_networks)

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

    def who_translates(self, source: LanguageTag, target: LanguageTag) -> str:
        """The engine that translates a pair here.

        Raises:
            NoTranslationPath: there is none.
        """
        from podcaster.translation.scripts import choose

        if languages.match(source, [target]):
            return "nobody: it is the source"
        from podcaster.translation.paths import PathTranslator

        translator = choose(self.translators, source, target)
        if isinstance(translator, PathTranslator):
            return str(translator.path)
        return f"{translator.name} (draft)" if translator.draft else translator.name
