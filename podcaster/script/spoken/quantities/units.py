"""Units of measurement, by the names that CLDR has for them in a language."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache, partial
from typing import Final

from podcaster.script import cldr
from podcaster.script.rewriting import Rule
from podcaster.script.spoken.numbers import value
from podcaster.script.spoken.wording import Scale, any_of, inflected, replaced
from podcaster.units import LanguageTag

UNITS: Final = {
    "km/h": "speed-kilometer-per-hour", "km²": "area-square-kilometer", "km2": "area-square-kilometer",
    "m²": "area-square-meter", "m2": "area-square-meter", "m³": "volume-cubic-meter", "m3": "volume-cubic-meter",
    "km": "length-kilometer", "cm": "length-centimeter", "mm": "length-millimeter", "kg": "mass-kilogram",
    "t": "mass-tonne", "ha": "area-hectare", "kW": "power-kilowatt", "MW": "power-megawatt", "GW": "power-gigawatt",
    "kWh": "energy-kilowatt-hour", "°C": "temperature-celsius",
}  # fmt: skip
"""CLDR's units by the signs that most of the world writes."""
NUMBER: Final = r"\d+(?:[.,\u00a0\u202f]\d+)*"
_PRICE: Final = r"(?:(?<=[\d$€£])|(?<=kr))"
_FIGURE: Final = "0.###"


def rules(
    language: LanguageTag,
    *,
    per: str = "",
    each: str = "",
    own: Mapping[str, str] | None = None,
    signs: Mapping[str, str] = UNITS,
) -> tuple[Rule, ...]:
    """Rule for units behind numbers, and behind prices where `per` is a word for the slash.

    `each` is what else may stand behind that slash, as `Tag|Monat`.
    `own` are names that CLDR does not have or that nobody says, as `tonnellata|tonnellate`.
    """
    named = partial(_named, language, own or {}, signs)
    known = any_of({**signs, **(own or {})})
    made = [replaced(rf"(?<![\w.,])({NUMBER})\s?({known})(?![\w/²³])", lambda found: named(found[1], found[2]))]
    if per:
        one = partial(_alone, named)
        made.insert(0, replaced(rf"{_PRICE}\s?/\s?({known})(?![\w/²³])", lambda found: f" {per} {one(found[1])}"))
    if each:
        made.insert(0, replaced(rf"{_PRICE}\s?/\s?({each})\b", rf" {per} \1"))
    return tuple(made)


def _named(language: LanguageTag, own: Mapping[str, str], signs: Mapping[str, str], number: str, sign: str) -> str:
    """`5 km` as `5 Kilometer`, the number as it is written."""
    if sign in own:
        return f"{number} {inflected(own[sign], number)}"
    return _pattern(signs[sign], _plain(number), language).replace("{0}", number)


def _alone(named: Callable[[str, str], str], sign: str) -> str:
    return named("1", sign).removeprefix("1").strip()


@lru_cache(maxsize=512)
def _pattern(unit: str, number: Decimal, language: LanguageTag) -> str:
    """CLDR's pattern for an amount of a unit, with `{0}` for the number.

    CLDR leaves a long name out that is the short one.
    """
    from babel.numbers import format_decimal  # noqa: PLC0415 # slow to load
    from babel.units import format_unit  # noqa: PLC0415 # slow to load

    locale = cldr.locale(language)
    said = format_unit(number, unit, "long", format=_FIGURE, locale=locale)
    if unit in said:
        said = format_unit(number, unit, "short", format=_FIGURE, locale=locale)
    said = said.replace("\u00a0", " ")
    said = _METRIC.sub("", said) if unit == "mass-tonne" else said
    return said.replace(format_decimal(number, _FIGURE, locale=locale), "{0}")


_METRIC: Final = re.compile(r"\s(?:métricas?|mètri(?:ca|ques)|metric(?:a|he))\b|\bmetrische\s")
"""Word that CLDR adds to a tonne, and nobody says."""


def pattern(unit: str, number: str, language: LanguageTag) -> str:
    """CLDR's pattern for a number of a unit, with `{0}` for the number."""
    return _pattern(unit, _plain(number), language)


def plural_form(language: LanguageTag) -> Callable[[str], int]:
    """Index of a number's form among one, few, other and many (CLDR plural rules): 0 to 3."""
    order = ("one", "few", "other", "many")
    return lambda number: order.index(str(cldr.locale(language).plural_form(_plain(number))))


def scaled(scales: Mapping[str, Scale], form: Callable[[str], int], signs: str) -> Rule:
    """Rule for thousands and millions other than money: `5 млн` as `5 миллионов`."""

    def say(found: re.Match[str]) -> str:
        scale = scales[found[2]]
        last = re.split("[–-]", found[1])[-1]
        return scale.one if found[1] == "1" else f"{found[1]} {inflected(scale.many, last, form)}"

    return replaced(rf"(?<![\w.,])(?<!\d[–-])((?:{NUMBER}[–-])?{NUMBER})\s?({signs})(?!\w)", say)


def _plain(number: str) -> Decimal:
    about = value(re.sub(r"[\u00a0\u202f]", "", number))
    return Decimal(int(about)) if about.is_integer() else Decimal(str(round(about, 3)))
