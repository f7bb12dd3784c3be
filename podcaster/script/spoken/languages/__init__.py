"""Which words a language has for signs and figures: its own module here, or none and its signs stay as they are."""

from functools import cache
from importlib import import_module
from typing import Final

from podcaster.script import cldr
from podcaster.script.spoken import numbers, signs
from podcaster.script.spoken.languages import others
from podcaster.script.spoken.wording import Rule, Wording
from podcaster.units import LanguageTag

_MODULES: Final = {
    "en": "english",
    "es": "spanish",
    "ca": "catalan",
    "gl": "galician",
    "pt": "portuguese",
    "de": "german",
    "fr": "french",
    "hi": "hindi",
    "it": "italian",
    "nl": "dutch",
    "pl": "polish",
    "ru": "russian",
    "sv": "swedish",
    "zh": "chinese",
}


@cache
def rules_of(language: LanguageTag) -> tuple[Rule, ...]:
    """Everything that is done to a sentence of a language, in order."""
    wording = _wording(language)
    return (*wording.rules, *numbers.rules(wording), *wording.last_rules, *signs.rules(language))


def _wording(language: LanguageTag) -> Wording:
    base = language.partition("-")[0]
    if base not in _MODULES:
        return others.wording(base, decimal_comma=cldr.decimal_comma(language))
    wording: Wording = import_module(f"{__name__}.{_MODULES[base]}").wording(language)
    return wording
