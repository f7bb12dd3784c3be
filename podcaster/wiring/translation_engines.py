"""Translation engines, paths and models."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from podcaster import language as languages
from podcaster.errors import SettingsWrong
from podcaster.units import LanguageTag
from podcaster.wiring.stores import Stores, shipped

if TYPE_CHECKING:
    from podcaster.adapters.bergamot import BergamotTranslator
    from podcaster.ports import ModelStore
    from podcaster.translation.paths import TranslationPath
    from podcaster.translation.post_editing.corrections import Corrections
    from podcaster.translation.translator import Translator


class TranslationEngines(Stores):
    """Translators in order of preference, and the models that they use."""

    @cached_property
    def translators(self) -> Sequence["Translator"]:
        """In order of preference: models that an operator installed, then the paths that are measured, the best first."""
        from podcaster.adapters.argos import ArgosTranslator
        from podcaster.translation.paths import path_translators
        from podcaster.wiring.plugins import TRANSLATORS, plugged

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
            *plugged(TRANSLATORS),
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
        from podcaster.translation.post_editing.corrections import Corrections

        own = self.voices / "translation_corrections.toml"
        trusted = self.voices == shipped("voices") or not own.is_file()
        return Corrections.of(self._translation_table("translation_corrections"), trusted=trusted)

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
        from podcaster.adapters.argos import ArgosPackages, CTranslate2Models
        from podcaster.adapters.bergamot import BergamotModels
        from podcaster.wiring.model_stores import ModelStores

        settings = self.settings
        argos = ArgosPackages(self._argos_folder, self.fetcher, index=settings.argos_index)
        return ModelStores(
            argos=argos,
            ctranslate2=CTranslate2Models(argos, self.fetcher, index=settings.model_index),
            bergamot=BergamotModels(
                self.bergamot_folder, self.fetcher, index=settings.bergamot_index or settings.model_index
            ),
        )

    @property
    def _argos_folder(self) -> Path:
        return self.settings.argos_packages or self.settings.data / "argos"

    def who_translates(self, source: LanguageTag, target: LanguageTag) -> str:
        """The engine that translates a pair here.

        Raises:
            NoTranslationPath: there is none.
        """
        from podcaster.translation.script_translation import choose

        if languages.match(source, [target]):
            return "nobody: it is the source"
        from podcaster.translation.paths import PathTranslator

        translator = choose(self.translators, source, target)
        if isinstance(translator, PathTranslator):
            return str(translator.path)
        return f"{translator.name} (draft)" if translator.draft else translator.name
