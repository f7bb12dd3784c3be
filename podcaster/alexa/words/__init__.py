"""Words that the skill says and understands: one TOML file a language."""

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
"""Alexa locales whose language podcaster speaks, each with the name of its file."""
_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillWords:
    """The skill's words in one language."""

    name: str
    """The skill's name in the store."""
    invocation: str
    """Invocation name: two words or more, in lower case."""
    example: str
    """Example phrase for the store, with the wake word in front."""
    summary: str
    description: str
    keywords: tuple[str, ...]
    speech: Mapping[str, str]
    """Answers by occasion, with `{title}`, `{topic}`, `{language}`, `{show}` and `{titles}`."""
    utterances: Mapping[str, tuple[str, ...]]
    """Sample utterances by intent, with the slots `{topic}`, `{language}` and `{code}`."""
    topics: Mapping[str, tuple[str, ...]]
    """Names of topics that are not countries, by slot id."""


@cache
def words_for(language: LanguageTag) -> SkillWords:
    """The words of a language or locale; English if there are none."""
    file = _FOLDER / f"{language.partition('-')[0]}.toml"
    table = tomllib.loads((file if file.is_file() else _FOLDER / "en.toml").read_text(encoding="utf-8"))
    store = table["store"]
    return SkillWords(
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
