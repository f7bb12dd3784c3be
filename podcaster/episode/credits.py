"""The credits line: voice and translator, in the episode's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from podcaster import language as languages
from podcaster.errors import LanguageUnknown
from podcaster.model import Episode
from podcaster.units import LanguageTag

_ENGINES: Final[Mapping[str, str]] = {
    "espeak": "eSpeak NG",
    "festival": "Festival",
    "hibari": "hibari",
    "kokoro": "Kokoro",
    "piper": "Piper",
    "gtts": "Google",
    "apertium": "Apertium",
    "bergamot": "Firefox Translations",
    "openai": "LLM",
    "argos": "Argos Translate",
    "libretranslate": "LibreTranslate",
}
"""Names as their makers write them."""
_VOWELS: Final = "aeiouàèéíòóúh"


@dataclass(frozen=True, slots=True)
class _Words:
    voice: str
    translated: str
    """For reports whose source language is not stored."""
    translated_from: str


_HEARD: Final[Mapping[str, str]] = {
    "en": "{share} % of the words were heard as written by a speech recognizer.",
    "es": "Un reconocedor de voz ha oído el {share} % de las palabras tal como están escritas.",
    "ca": "Un reconeixedor de veu ha sentit el {share} % de les paraules tal com estan escrites.",
    "gl": "Un recoñecedor de voz escoitou o {share} % das palabras tal como están escritas.",
    "pt": "Um reconhecedor de voz ouviu {share} % das palavras tal como estão escritas.",
}
_ENGLISH: Final = _Words("Voice: {voice}.", "Translated by {engine}.", "Translated from {source} by {engine}.")
_WORDS: Final[Mapping[str, _Words]] = {
    "en": _ENGLISH,
    "es": _Words("Voz: {voice}.", "Traducido por {engine}.", "Traducido del {source} por {engine}."),
    "ca": _Words("Veu: {voice}.", "Traduït per {engine}.", "Traduït {de}{source} per {engine}."),
    "gl": _Words("Voz: {voice}.", "Traducido por {engine}.", "Traducido do {source} por {engine}."),
    "pt": _Words("Voz: {voice}.", "Traduzido por {engine}.", "Traduzido do {source} por {engine}."),
}


def credits_line(episode: Episode) -> str:
    """`Voice: eSpeak NG, English (United States). Translated from Spanish by Apertium.` Falls back to English."""
    words_in = languages.base(episode.language)
    words = _WORDS.get(words_in, _ENGLISH)
    shown_in = LanguageTag(words_in if words_in in _WORDS else "en")
    said = [words.voice.format(voice=_voice(episode.voice, shown_in))] if episode.voice else []
    if episode.translator:
        pattern = words.translated_from if episode.written_in else words.translated
        source = languages.name(episode.written_in, shown_in) if episode.written_in else ""
        said.append(
            pattern.format(
                source=source,
                engine=" + ".join(_ENGINES.get(engine, engine) for engine in episode.translator.split("+")),
                de="de l'" if source[:1].lower() in _VOWELS else "del ",
            )
        )
    return " ".join(said)


def heard_line(episode: Episode) -> str:
    """`99.4 % of the words were heard as written by a speech recognizer.`; empty if the share is not told."""
    if episode.heard_percent is None:
        return ""
    words_in = languages.base(episode.language)
    share = f"{episode.heard_percent:g}"
    if words_in in _HEARD and words_in != "en":
        share = share.replace(".", ",")
    return _HEARD.get(words_in, _HEARD["en"]).format(share=share)


def _voice(name: str, shown_in: LanguageTag) -> str:
    """`en-GB-scotland-espeak` as `eSpeak NG, English (United Kingdom)`; other names stay as they are."""
    spoken, _, engine = name.rpartition("-")
    if engine not in _ENGINES:
        return name
    parts = spoken.split("-")
    for length in range(len(parts), 0, -1):
        try:
            tag = languages.parse("-".join(parts[:length]))
        except LanguageUnknown:
            continue
        called = languages.name(tag, shown_in)
        if called != tag:
            return f"{_ENGINES[engine]}, {called}"
    return name
