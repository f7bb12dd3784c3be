"""Interaction models, one a locale (Interaction Model Schema, Amazon's developer documentation)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from babel import Locale

from podcaster.alexa.conversation import INTENTS
from podcaster.alexa.words import words_for
from podcaster.units import LanguageTag

_COUNTRY = re.compile("[A-Z]{2}")
_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})
_BRACKETED = re.compile(r"\s*[(（]([^)）]*)[)）]")
_SLOTS: Final[Mapping[str, str]] = {"topic": "TOPIC", "language": "LANGUAGE", "code": "AMAZON.NUMBER"}


def interaction_model(locale: LanguageTag, spoken: Sequence[LanguageTag]) -> dict[str, Any]:
    """The content of `interactionModels/custom/{locale}.json`.

    Args:
        locale: One of `words.LOCALES`.
        spoken: The languages that listeners may ask for.
    """
    words = words_for(locale)
    language_model = {
        "invocationName": words.invocation,
        "intents": [_intent(name, words.utterances.get(name, ())) for name in INTENTS],
        "types": [
            {"name": "TOPIC", "values": _values(_topics(locale))},
            {"name": "LANGUAGE", "values": _values(_languages(locale, spoken))},
        ],
    }
    return {"interactionModel": {"languageModel": language_model}}


def _intent(name: str, samples: Sequence[str]) -> dict[str, Any]:
    used = dict.fromkeys(re.findall(r"\{(\w+)\}", " ".join(samples)))
    slots = [{"name": slot, "type": _SLOTS[slot]} for slot in used]
    return {"name": name, **({"slots": slots} if slots else {}), "samples": list(samples)}


def _topics(locale: LanguageTag) -> Iterable[tuple[str, Sequence[str]]]:
    """Topic slot values: our own topics, then every country by its code."""
    topics = words_for(locale).topics
    countries = Locale.parse(locale, sep="-").territories
    for code, names in topics.items():
        yield code, [*names, *filter(None, [countries.get(code)])]
    for code, name in sorted(countries.items()):
        if _COUNTRY.fullmatch(code) and code not in _NO_COUNTRIES and code not in topics:
            yield code, [name]


def _languages(locale: LanguageTag, spoken: Sequence[LanguageTag]) -> Iterable[tuple[str, Sequence[str]]]:
    names = Locale.parse(locale, sep="-").languages
    for tag in sorted({each.partition("-")[0] for each in spoken}):
        if tag in names:
            yield tag, [names[tag]]


def _values(named: Iterable[tuple[str, Sequence[str]]]) -> list[dict[str, Any]]:
    """Slot values with synonyms. Each name occurs once, and without characters that Alexa rejects."""
    taken: set[str] = set()
    values = []
    for code, names in named:
        heard = []
        for name in (part for each in names for part in _speakable(each)):
            if name.casefold() not in taken:
                taken.add(name.casefold())
                heard.append(name)
        if heard:
            values.append({"id": code, "name": {"value": heard[0], "synonyms": heard[1:]}})
    return values


def _speakable(name: str) -> Iterable[str]:
    """Speakable names: `Myanmar (Burma)` gives two; characters that nobody pronounces are dropped."""
    for part in (_BRACKETED.sub("", name), *_BRACKETED.findall(name)):
        plain = re.sub(r"\s+", " ", part.replace("&", " and ").replace("’", "'"))
        plain = re.sub(r"[^\w\s.'\-\u0300-\u036f\u0900-\u097f]", " ", plain).strip()
        if plain:
            yield re.sub(r"\s+", " ", plain)
