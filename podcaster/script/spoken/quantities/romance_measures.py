"""Rules shared by Spanish, Catalan, Galician and Portuguese for measures, prices, times and dates in figures."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from podcaster import language as languages
from podcaster.script.spoken.wording import Rule, any_of, replaced
from podcaster.units import LanguageTag

_NUMBER: Final = r"\d+(?:[.,\u00a0\u202f]\d+)*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """The words of one of these languages."""

    language: LanguageTag
    units: Mapping[str, str]
    """By sign: the name of one, and of more, as `kilo|kilos`."""
    per: str = "por"
    about: str = "aproximadamente"
    """For a tilde before a number."""
    hours: str
    """Behind a time of day that stands with an h: `horas`."""
    at: str
    """A pattern for what stands before a time, where 10.30 is no decimal number."""


def unit_names(names: Mapping[str, str]) -> Mapping[str, str]:
    """Units by their signs, from names of which some signs cannot be written: `m2` stands for m² and m2, `pp` for pp and p. p."""
    made: dict[str, str] = {}
    for sign, name in names.items():
        made[sign] = name
        if sign[-1] in "23":
            made[sign[:-1] + "²³"["23".index(sign[-1])]] = name
    return made


def rules(words: Measures) -> tuple[Rule, ...]:
    """The rules that `words` feeds; they come before those for amounts and ranges."""
    units = any_of(words.units)
    return (
        replaced(r"(?<![\d/.,])(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)(?![\d/])", partial(_date, words.language)),
        replaced(
            r"(?<![\d.,])(\d{1,3}(?:[ \u00a0\u202f]\d{3})+)(?![\d%]|[ \u00a0]\d)",
            lambda found: "".join(found[1].split()),
        ),
        replaced(r"(?<!\w)[~≈]\s?(?=[\d$€£])", f"{words.about} "),
        replaced(r"\b(\d{1,2})[.:]([0-5]\d)\s?h\b\.?", rf"\1:\2 {words.hours}"),
        replaced(rf"\b({words.at}) (\d{{1,2}})\.([0-5]\d)\b(?!\d|[.,]\d)", r"\1 \2:\3"),
        replaced(rf"(?<=[\d$€£MK])\s?/\s?({units})(?![\w/])", partial(_per, words)),
        replaced(rf"(?<![\w.,])({_NUMBER})\s?({units})(?![\w/²³])", partial(_measured, words)),
    )


def _date(language: LanguageTag, found: re.Match[str]) -> str:
    """`5/3/2021` as `5 de marzo de 2021`: the day comes first in all of them."""
    day, month, year = (int(part) for part in found.groups())
    try:
        return languages.long_date(date(year, month, day), language)
    except ValueError:
        return found[0]


def _per(words: Measures, found: re.Match[str]) -> str:
    """`5 €/MWh` as `5 € por megavatio hora`."""
    return f" {words.per} {words.units[found[1]].partition('|')[0]}"


def _measured(words: Measures, found: re.Match[str]) -> str:
    one, _, more = words.units[found[2]].partition("|")
    return f"{found[1]} {one if found[1] == '1' else more}"
