"""The skill as Amazon takes it in: manifests and interaction models, for the developer console or ASK CLI."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from podcaster import language as languages
from podcaster.alexa.models import interaction_model
from podcaster.alexa.words import LOCALES, words_for
from podcaster.model import Show
from podcaster.units import LanguageTag


def skill_package(
    *,
    base_url: str,
    show: Callable[[LanguageTag], Show],
    rendered: Sequence[LanguageTag],
    spoken: Sequence[LanguageTag],
) -> Mapping[str, bytes]:
    """Every file of the package, by its path; equal arguments give equal bytes.

    Args:
        base_url: Where the service is reached, without a slash at the end; Amazon takes https alone.
        show: What each language's show says of itself.
        rendered: Languages that reports are rendered into; the briefing is offered where a locale's is among them.
        spoken: Languages that listeners may ask for.
    """
    tags = [LanguageTag(locale) for locale in LOCALES]
    files: dict[str, object] = {"skill.json": _skill(base_url, tags)}
    for locale in tags:
        files[f"interactionModels/custom/{locale}.json"] = interaction_model(locale, spoken)
    files["flash-briefing/skill.json"] = _flash_briefing(base_url, show, _briefed(tags, rendered))
    return {path: json.dumps(each, ensure_ascii=False, indent=2).encode() + b"\n" for path, each in files.items()}


def _skill(base_url: str, locales: Sequence[LanguageTag]) -> dict[str, Any]:
    endpoint = {"uri": f"{base_url}/alexa", "sslCertificateType": "Trusted"}
    custom = {"endpoint": endpoint, "interfaces": [{"type": "AUDIO_PLAYER"}]}
    return _manifest({"custom": custom}, {locale: _store(locale) for locale in locales})


def _flash_briefing(
    base_url: str, show: Callable[[LanguageTag], Show], briefed: Mapping[LanguageTag, LanguageTag]
) -> dict[str, Any]:
    feeds = {}
    for locale, language in briefed.items():
        of = show(language)
        feed = {
            "name": of.title,
            "isDefault": True,
            "vuiPreamble": of.title,
            "updateFrequency": "HOURLY",
            "genre": "HEADLINE_NEWS",
            "contentType": "AUDIO",
            "url": f"{base_url}/alexa/briefing/{language}.json",
            **({"imageUri": of.image} if of.image else {}),
        }
        feeds[locale] = {"feeds": [feed], "customErrorMessage": words_for(locale).speech["failed"]}
    stores = {locale: _store(locale) for locale in briefed}
    return _manifest({"flashBriefing": {"locales": feeds}}, stores)


def _manifest(apis: Mapping[str, object], stores: Mapping[LanguageTag, object]) -> dict[str, Any]:
    return {
        "manifest": {
            "manifestVersion": "1.0",
            "publishingInformation": {
                "locales": stores,
                "isAvailableWorldwide": True,
                "testingInstructions": "Open the skill, then say: play the latest. No account is needed.",
                "category": "NEWS",
                "distributionMode": "PUBLIC",
                "distributionCountries": [],
            },
            "apis": apis,
            "permissions": [],
            "privacyAndCompliance": {
                "allowsPurchases": False,
                "usesPersonalInfo": False,
                "isChildDirected": False,
                "isExportCompliant": True,
                "containsAds": False,
            },
        }
    }


def _store(locale: LanguageTag) -> dict[str, Any]:
    words = words_for(locale)
    return {
        "name": words.name,
        "summary": words.summary,
        "description": words.description,
        "examplePhrases": [words.example],
        "keywords": list(words.keywords),
    }


def _briefed(locales: Sequence[LanguageTag], rendered: Sequence[LanguageTag]) -> Mapping[LanguageTag, LanguageTag]:
    """The locales that have a briefing, each with the language of it."""
    found = {locale: languages.match(locale, rendered) for locale in locales}
    return {locale: language for locale, language in found.items() if language}
