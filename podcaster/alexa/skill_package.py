"""The skill package: manifests, interaction models and icons, for the developer console or ASK CLI."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from podcaster import language as languages
from podcaster.alexa.interaction_models import interaction_model
from podcaster.alexa.words import LOCALES, words_for
from podcaster.episode.icon import draw_icon
from podcaster.listener.oauth_tokens import ACCESS_TOKEN_LIVES, SCOPE, SpeakerClient
from podcaster.model import Show
from podcaster.units import LanguageTag

_ICON_PIXELS = (108, 512)
"""Icon sizes that the Alexa store requires."""


def skill_package(
    *,
    base_url: str,
    show: Callable[[LanguageTag], Show],
    rendered: Sequence[LanguageTag],
    spoken: Sequence[LanguageTag],
    linking: SpeakerClient | None = None,
) -> Mapping[str, bytes]:
    """Every file of the package, by its path; equal arguments give equal bytes.

    Args:
        base_url: Public URL of the service, without a trailing slash; Amazon accepts only https.
        show: Show of a language.
        rendered: Languages that reports are rendered into; a locale gets the briefing if its language is among them.
        spoken: Languages that listeners may ask for.
        linking: OAuth client for account linking; its secret is written to no file.
    """
    tags = [LanguageTag(locale) for locale in LOCALES]
    files: dict[str, object] = {"skill.json": _skill(base_url, tags)}
    for locale in tags:
        files[f"interactionModels/custom/{locale}.json"] = interaction_model(locale, spoken)
    files["flash-briefing/skill.json"] = _flash_briefing(base_url, show, _briefing_locales(tags, rendered))
    if linking is not None:
        files["accountLinking.json"] = _account_linking(base_url, linking)
    documents = {path: json.dumps(each, ensure_ascii=False, indent=2).encode() + b"\n" for path, each in files.items()}
    icons = {
        f"{folder}{_icon_path(side)}": draw_icon(side) for folder in ("", "flash-briefing/") for side in _ICON_PIXELS
    }
    return {**documents, **icons}


def _skill(base_url: str, locales: Sequence[LanguageTag]) -> dict[str, Any]:
    endpoint = {"uri": f"{base_url}/alexa", "sslCertificateType": "Trusted"}
    custom = {"endpoint": endpoint, "interfaces": [{"type": "AUDIO_PLAYER"}]}
    return _manifest(base_url, {"custom": custom}, {locale: _store_listing(locale) for locale in locales})


def _account_linking(base_url: str, client: SpeakerClient) -> dict[str, Any]:
    """The document for `ask smapi update-account-linking-info`, without the secret."""
    return {
        "accountLinkingRequest": {
            "type": "AUTH_CODE",
            "authorizationUrl": f"{base_url}/oauth/authorize",
            "accessTokenUrl": f"{base_url}/oauth/token",
            "accessTokenScheme": "HTTP_BASIC",
            "clientId": client.id,
            "scopes": [SCOPE],
            "domains": [],
            "defaultTokenExpirationInSeconds": int(ACCESS_TOKEN_LIVES.total_seconds()),
            "skipOnEnablement": True,
        }
    }


def _icon_path(side: int) -> str:
    return f"assets/images/icon-{side}.png"


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
    stores = {locale: _store_listing(locale) for locale in briefed}
    return _manifest(base_url, {"flashBriefing": {"locales": feeds}}, stores)


def _manifest(base_url: str, apis: Mapping[str, object], stores: Mapping[LanguageTag, object]) -> dict[str, Any]:
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
                "locales": {locale: {"privacyPolicyUrl": f"{base_url}/privacy"} for locale in stores},
            },
        }
    }


def _store_listing(locale: LanguageTag) -> dict[str, Any]:
    words = words_for(locale)
    small, large = (f"file://{_icon_path(side)}" for side in _ICON_PIXELS)
    return {
        "name": words.name,
        "smallIconUri": small,
        "largeIconUri": large,
        "summary": words.summary,
        "description": words.description,
        "examplePhrases": [words.example],
        "keywords": list(words.keywords),
    }


def _briefing_locales(
    locales: Sequence[LanguageTag], rendered: Sequence[LanguageTag]
) -> Mapping[LanguageTag, LanguageTag]:
    """Locales that get a flash briefing, each with the briefing's language."""
    found = {locale: languages.match(locale, rendered) for locale in locales}
    return {locale: language for locale, language in found.items() if language}
