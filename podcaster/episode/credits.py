"""The credits line: voice and translator, in the episode's language."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from podcaster import language as languages
from podcaster.errors import LanguageUnknown
from podcaster.model import Episode
from podcaster.units import LanguageTag

_VOWELS: Final = "aeiouàèéíòóúh"


@cache
def _tables() -> Mapping[str, Mapping[str, str]]:
    """Words by language, and the engines' names."""
    return tomllib.loads(files("podcaster.episode").joinpath("credits.toml").read_text(encoding="utf-8"))


def credits_line(episode: Episode) -> str:
    """`Voice: eSpeak NG, English (United States). Translated from Spanish by Apertium.` Falls back to English."""
    base = languages.base(episode.language)
    shown_in = LanguageTag(base if base in _tables() else "en")
    words = _tables()[shown_in]
    said = [words["voice"].format(voice=_voice(episode.voice, shown_in))] if episode.voice else []
    if episode.translator:
        pattern = words["translated_from" if episode.written_in else "translated"]
        engines = (_tables()["engines"].get(engine, engine) for engine in episode.translator.split("+"))
        source = languages.name(episode.written_in, shown_in) if episode.written_in else ""
        said.append(
            pattern.format(
                source=source,
                engine=" + ".join(engines),
                de="de l'" if source[:1].lower() in _VOWELS else "del ",
            )
        )
    return " ".join(said)


def heard_line(episode: Episode) -> str:
    """`99.4 % of the words were heard as written by a speech recognizer.`; empty if the share is not told."""
    if episode.heard_percent is None:
        return ""
    words = _tables().get(languages.base(episode.language), _tables()["en"])
    share = f"{episode.heard_percent:g}"
    return words["heard"].format(share=share if words is _tables()["en"] else share.replace(".", ","))


def _voice(name: str, shown_in: LanguageTag) -> str:
    """`en-GB-scotland-espeak` as `eSpeak NG, English (United Kingdom)`; other names stay as they are."""
    spoken, _, engine = name.rpartition("-")
    engines = _tables()["engines"]
    if engine not in engines:
        return name
    parts = spoken.split("-")
    for length in range(len(parts), 0, -1):
        try:
            tag = languages.parse("-".join(parts[:length]))
        except LanguageUnknown:
            continue
        called = languages.name(tag, shown_in)
        if called != tag:
            return f"{engines[engine]}, {called}"
    return name
