"""Words of each language for signs and figures; a language without a module keeps its signs as they are."""

from dataclasses import replace
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Final

from podcaster.script import cldr
from podcaster.script.rewriting import Rewriting, Rule
from podcaster.script.spoken import (
    currency_signs,
    figure_dates,
    fractions,
    notation,
    numbers,
    signs,
)
from podcaster.script.spoken.languages import others
from podcaster.script.spoken.quantities import bare_units, measures, units
from podcaster.script.spoken.word_tables import signs_and_amounts
from podcaster.script.spoken.wording import Wording, one_or_more, replaced
from podcaster.units import LanguageTag

_MODULES: Final = {
    "en": "english",
    **dict.fromkeys(("es", "ca", "gl", "pt"), "iberian"),
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
_BY_REGION: Final = frozenset({"es", "ca", "gl", "pt", "zh"})
"""Languages whose modules tell their regions apart; of others they have rules alone."""
_MANY_FORMS: Final = frozenset({"ru", "pl"})
"""Languages whose nouns have more forms behind numbers than one and several."""


@cache
def rewriting_of(language: LanguageTag) -> Rewriting:
    """Everything that is done to a sentence of a language."""
    return Rewriting(rules_of(language))


def rules_of(language: LanguageTag) -> tuple[Rule, ...]:
    """The rules of a language, in order."""
    wording = wording_of(language)
    return (
        *wording.first_rules,
        *figure_dates.rules(language),
        *bare_units.first_rules(language, wording.currencies),
        *measures.rates(language),
        *notation.rules(language),
        *fractions.rules(language),
        *spans(wording),
        *wording.rules,
        *numbers.rules(wording),
        *measures.rules(language),
        *wording.last_rules,
        *bare_units.rules(language, wording.scales),
        *signs.rules(language),
    )


def spans(wording: Wording) -> tuple[Rule, ...]:
    """Rules for `17:00–18:30` and `12% - 15%`."""
    if not wording.to:
        return ()
    between = f" {wording.to} "
    return (
        replaced(r"(?<=\d:\d\d)\s?[–—-]\s?(?=\d{1,2}:\d\d(?!\d))", between),
        replaced(r"(?<=\d%) [–—-] (?=\d+(?:[.,]\d+)?\s?%)", between),
    )


def wording_of(language: LanguageTag) -> Wording:
    """The words of a language, with the names of every currency where its own table has any."""
    base = language.partition("-")[0]
    if base not in _MODULES:
        return others.wording(language)
    module = import_module(f"{__name__}.{_MODULES[base]}")
    wording: Wording = module.wording(language) if base in _BY_REGION else _worded(module, LanguageTag(base))
    if not wording.currencies:
        return wording
    unlisted = currency_signs.unlisted(language, wording.currencies, many_forms=base in _MANY_FORMS)
    return replace(wording, currencies={**unlisted, **wording.currencies})


def _worded(module: ModuleType, language: LanguageTag) -> Wording:
    """The words of a language that is the same in all its regions, with its module's rules."""
    return replace(
        signs_and_amounts(language),
        decimal_comma=cldr.decimal_comma(language),
        form=units.plural_form(language) if language in _MANY_FORMS else one_or_more,
        first_rules=getattr(module, "FIRST_RULES", ()),
        rules=module.RULES,
        last_rules=getattr(module, "LAST_RULES", ()),
    )
