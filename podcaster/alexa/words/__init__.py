"""What the skill says and understands: one TOML file per language."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from podcaster.units import LanguageTag

LOCALES: Mapping[str, str] = {
    locale: locale.partition("-")[0]
    for locale in (
        "ar-SA", "de-DE", "en-AU", "en-CA", "en-GB", "en-IN", "en-US", "es-ES", "es-MX", "es-US", "fr-CA", "fr-FR", "hi-IN",
        "it-IT", "ja-JP", "nl-NL", "pt-BR",
    )
}  # fmt: skip
"""Alexa's locales whose language podcaster speaks, and the file that has their words."""
_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language's part of the skill."""

    name: str
    """The skill's name in the store."""
    invocation: str
    """What the skill is called by: two words or more, in small letters."""
    example: str
    """How the skill is opened, with the speaker's own name in front."""
    summary: str
    description: str
    keywords: tuple[str, ...]
    speech: Mapping[str, str]
    """What the skill says, by the occasion; with `{title}`, `{topic}`, `{language}`, `{show}`, `{titles}`."""
    utterances: Mapping[str, tuple[str, ...]]
    """What listeners say, by the intent; `{topic}`, `{language}` and `{code}` are slots."""
    topics: Mapping[str, tuple[str, ...]]
    """Names of what is no country, by its id."""


@cache
def words_for(language: LanguageTag) -> Words:
    """The words of a language or of a locale; English ones where there are none."""
    file = _FOLDER / f"{language.partition('-')[0]}.toml"
    table = tomllib.loads((file if file.is_file() else _FOLDER / "en.toml").read_text(encoding="utf-8"))
    store = table["store"]
    return Words(
        name=store["name"],
        invocation=store["invocation"],
        example=store["example"],
        summary=store["summary"],
        description=store["description"],
        keywords=tuple(store["keywords"]),
        speech=table["speech"],
        utterances={intent: tuple(said) for intent, said in table["utterances"].items()},
        topics={code: tuple(names) for code, names in table["topics"].items()},
    )
