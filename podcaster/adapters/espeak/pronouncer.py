"""Pronunciations by eSpeak NG's rules, from a process of its own."""

from __future__ import annotations

import sys
import threading
from functools import cached_property
from typing import TYPE_CHECKING, Final, Self

from podcaster import language as languages
from podcaster.adapters.child_process.answers import ProcessDied
from podcaster.adapters.child_process.json_lines import JsonLinesProcess
from podcaster.adapters.espeak import EspeakSynthesizer, plain, transcription_program
from podcaster.adapters.espeak.installation import installation
from podcaster.errors import EngineFailed, NoVoice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from podcaster.units import LanguageTag

_VOICES: Final = {"en": "en-us", "pt": "pt-br", "gl": "es", "zh": "cmn"}
"""Tags whose plain eSpeak voice differs from the pronunciation that neural voices were trained on, or that have none of their own."""
_SECONDS: Final = 20.0
"""Longest wait for one text."""


class EspeakPronouncer:
    """Fills `proofing.pronouncer.Pronouncer`; the process starts with the first text."""

    def __init__(self) -> None:
        self._voices = EspeakSynthesizer()
        self._process: JsonLinesProcess | None = None
        self._lock = threading.Lock()

    @cached_property
    def version(self) -> str:
        """The library's."""
        return self._voices.version

    def pronounces(self, language: LanguageTag) -> bool:
        """Whether eSpeak NG has a voice for the language."""
        return self._voice(language) is not None

    def pronounce(self, texts: Sequence[str], language: LanguageTag) -> Sequence[str]:
        """Each text in the International Phonetic Alphabet; a process that died is replaced once."""
        voice = self._voice(language)
        if voice is None:
            raise NoVoice(f"eSpeak NG does not pronounce {language}.", "Turn proofing off for the language.")
        with self._lock:
            try:
                return self._answers(voice, texts)
            except ProcessDied:
                self._end()
            try:
                return self._answers(voice, texts)
            except (ProcessDied, TimeoutError) as error:
                self._end()
                raise EngineFailed(f"eSpeak NG does not pronounce: {error}.", "Run `podcaster doctor`.") from error

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _voice(self, language: LanguageTag) -> str | None:
        base = languages.base(language)
        wanted = (language.lower(), _VOICES.get(base, base))
        if language == base:
            wanted = wanted[::-1]
        return next((name for name in wanted if name in self._voices.voices), None)

    def _answers(self, voice: str, texts: Sequence[str]) -> Sequence[str]:
        """One answer for each text, in order."""
        process = self._started()
        answers = [process.ask([voice, plain(text)], seconds=_SECONDS) for text in texts]
        if not all(isinstance(each, str) for each in answers):
            raise ProcessDied(f"no voice {voice}")
        return answers

    def _started(self) -> JsonLinesProcess:
        if self._process is None:
            place = installation()
            if place is None:
                raise NoVoice("eSpeak NG is not installed.", "Install the package espeakng-loader.")
            self._process = JsonLinesProcess([sys.executable, "-I", "-S", transcription_program.__file__, *place])
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.close()
