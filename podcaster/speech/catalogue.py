"""The catalogue of voices: voices/{language}.toml, one file a language, written by editors."""

import difflib
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from podcaster import language as languages
from podcaster.errors import NoVoice, SettingsWrong
from podcaster.model import LineKind, Voice
from podcaster.script.phrases import Phrases
from podcaster.speech.synthesizer import Synthesizer
from podcaster.speech.toml_lines import line_of, toml_lines
from podcaster.units import Decibels, LanguageTag

_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""Files of other names lie beside those of the languages."""


class _VoiceEntry(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1)
    engine: str = Field(min_length=1)
    engine_voice: str = Field(min_length=1)
    rate_wpm: int = Field(default=165, ge=80, le=400)
    pitch: int = Field(default=50, ge=0, le=99)
    gain_db: float | None = Field(default=None, ge=-40, le=40)
    noise_scale: float | None = Field(default=None, ge=0, le=2)
    noise_w_scale: float | None = Field(default=None, ge=0, le=2)
    gender: str = ""
    accent: str = Field(default="", pattern=r"^([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$")
    misheard_percent: float | None = Field(default=None, ge=0, le=100)
    licence: str = ""


class _LanguageFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    language: str
    name: str = Field(min_length=1)
    voices: list[_VoiceEntry] = Field(min_length=1)
    phrases: dict[str, object]
    pauses: dict[LineKind, Annotated[float, Field(ge=0.3, le=4)]] = Field(default_factory=dict)


def _no_preference(_: LanguageTag) -> str | None:
    return None


@dataclass(frozen=True)
class Catalogue:
    """The files of one folder, each read when its language is first asked for."""

    folder: Path
    preferred: Callable[[LanguageTag], str | None] = _no_preference
    """Name of the voice that goes before those of a language's file, if an editor chose one."""
    _read: dict[LanguageTag, _LanguageFile] = field(default_factory=dict, repr=False)

    @cached_property
    def languages(self) -> tuple[LanguageTag, ...]:
        """Every language that has a file, sorted."""
        named = (file.stem for file in self.folder.glob("*.toml"))
        return tuple(sorted(LanguageTag(stem) for stem in named if _TAG.fullmatch(stem)))

    def nearest(self, language: LanguageTag) -> LanguageTag:
        """The language of the file that serves a language: `es` for `es-CO`.

        Raises:
            NoVoice: there is none.
        """
        found = language if language in self.languages else languages.match(language, self.languages)
        if found is None:
            raise NoVoice(
                f"There is no voice for {language} ({languages.name(language)}).",
                f"Add {language}.toml to {self.folder}, or leave the language out.",
            )
        return found

    def voices(self, language: LanguageTag) -> tuple[Voice, ...]:
        """The voices of a language, in order of preference.

        Raises:
            NoVoice: no file serves the language.
            SettingsWrong: its file is wrong; every fault is named.
        """
        entry = self._entry(language)
        first = self.preferred(language)
        found = (
            Voice(
                language=language,
                name=each.name,
                engine=each.engine,
                engine_voice=each.engine_voice,
                rate_wpm=each.rate_wpm,
                pitch=each.pitch,
                gain_db=None if each.gain_db is None else Decibels(each.gain_db),
                noise_scale=each.noise_scale,
                noise_w_scale=each.noise_w_scale,
                gender=each.gender,
                accent=each.accent,
                misheard_percent=each.misheard_percent,
                licence=each.licence,
            )
            for each in entry.voices
        )
        return tuple(sorted(found, key=lambda voice: voice.name != first))

    def named(self, name: str) -> Voice | None:
        """The voice of a name, in whatever language; None: there is none.

        Raises:
            SettingsWrong: a language's file is wrong.
        """
        voices = (voice for language in self.languages for voice in self.voices(language))
        return next((voice for voice in voices if voice.name == name), None)

    def phrases(self, language: LanguageTag) -> Mapping[str, object]:
        """The `[phrases]` table of a language, which the script stage understands.

        Raises:
            NoVoice: no file serves the language.
            SettingsWrong: its file is wrong.
        """
        entry = self._entry(language)
        faults = list(Phrases.faults(entry.phrases))
        if faults:
            file = self.folder / f"{entry.language}.toml"
            lines = toml_lines(file.read_text(encoding="utf-8"))
            raise _wrong(file, [(line_of(lines, ("phrases", key)), fault) for key, fault in faults])
        return entry.phrases

    def pauses(self, language: LanguageTag) -> Mapping[LineKind, float]:
        """Pause after each kind of line, times the usual; 1 for kinds that are not named.

        Raises:
            NoVoice: no file serves the language.
            SettingsWrong: its file is wrong.
        """
        return self._entry(language).pauses

    def choose(self, language: LanguageTag, synthesizers: Mapping[str, Synthesizer]) -> tuple[Voice, Synthesizer]:
        """The first voice whose engine is here and has it.

        Raises:
            NoVoice: no engine that is here has any of them.
            SettingsWrong: the language's file is wrong.
        """
        return self.fallback_voices(language, synthesizers)[0]

    def fallback_voices(
        self, language: LanguageTag, synthesizers: Mapping[str, Synthesizer]
    ) -> tuple[tuple[Voice, Synthesizer], ...]:
        """The voice that speaks a language here, then those that stand in for it, in order of preference.

        One for each engine: where an engine cannot be reached, its second voice cannot either. Never empty.

        Raises:
            NoVoice: no engine that is here has any of them.
            SettingsWrong: the language's file is wrong.
        """
        voices = self.voices(language)
        found: dict[str, tuple[Voice, Synthesizer]] = {}
        for voice in voices:
            synthesizer = synthesizers.get(voice.engine)
            if synthesizer is not None and voice.engine not in found and synthesizer.has(voice):
                found[voice.engine] = (voice, synthesizer)
        if found:
            return tuple(found.values())
        wanted = ", ".join(sorted({voice.engine for voice in voices}))
        raise NoVoice(
            f"No engine here speaks {language} ({languages.name(language)}); its voices are for {wanted}.",
            "Install one of them; `podcaster doctor` says how.",
        )

    def _entry(self, language: LanguageTag) -> _LanguageFile:
        tag = self.nearest(language)
        if tag not in self._read:
            self._read[tag] = _read(self.folder / f"{tag}.toml")
        return self._read[tag]


def _read(file: Path) -> _LanguageFile:
    try:
        text = file.read_text(encoding="utf-8")
        table = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsWrong(f"{file} cannot be read: {error}.", "Correct the file.") from error
    try:
        entry = _LanguageFile.model_validate(table)
    except ValidationError as error:
        lines = toml_lines(text)
        faults = [
            (line_of(lines, detail["loc"]), _fault(detail["loc"], detail["type"], detail["msg"]))
            for detail in error.errors()
        ]
        raise _wrong(file, faults) from error
    if entry.language != file.stem:
        place = line_of(toml_lines(text), ("language",))
        raise _wrong(file, [(place, f"language is {entry.language!r}, and the file is named for {file.stem!r}")])
    return entry


def _wrong(file: Path, faults: Iterable[tuple[int, str]]) -> SettingsWrong:
    told = "; ".join(f"line {line}: {fault}" for line, fault in sorted(faults))
    return SettingsWrong(f"{file}, {told}.", "Correct the file; voices/README.md shows every key.")


def _fault(location: tuple[int | str, ...], kind: str, message: str) -> str:
    place = ".".join(str(part + 1) if isinstance(part, int) else part for part in location)
    if kind == "extra_forbidden":
        known = _VoiceEntry.model_fields if len(location) > 1 else _LanguageFile.model_fields
        near = difflib.get_close_matches(str(location[-1]), known, n=1)
        return f"{place} is no key" + (f" (did you mean {near[0]}?)" if near else "")
    return f"{place}: {message[:1].lower()}{message[1:]}"
