"""Rules shared by Spanish, Catalan, Galician and Portuguese for measures, prices, times and dates in figures."""

import re
from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Final

from podcaster import language as languages
from podcaster.script.rewriting import Rule
from podcaster.script.spoken.word_tables import table
from podcaster.script.spoken.wording import any_of, replaced
from podcaster.units import LanguageTag

_NUMBER: Final = r"\d+(?:[.,\u00a0\u202f]\d+)*"


def unit_names(names: Mapping[str, str]) -> Mapping[str, str]:
    """Units by their signs, from names of which some signs cannot be written: `m2` stands for m² and m2, `pp` for pp and p. p."""
    made: dict[str, str] = {}
    for sign, name in names.items():
        made[sign] = name
        if sign[-1] in "23":
            made[sign[:-1] + "²³"["23".index(sign[-1])]] = name
    return made


_HALF_OF_DAY: Final = (
    r"(?:[ap]\. ?m\.|[ap]m\b|de la (?:mañana|tarde|noche)|del matí|de la tarda|da (?:mañá|manhã|tarde|noite))"
)
_TO_HOUR: Final = r"(?:[01]?\d|2[0-4])[.:][0-5]\d\s?(?:h\b|hor(?:a|e)s\b)"
"""A time of day that says so, as the end of a span."""


def rules(language: LanguageTag) -> tuple[Rule, ...]:
    """The rules of one of these languages; they come before those for amounts and ranges."""
    times, names = table(language, "times"), unit_names(table(language, "units"))
    units, between = any_of(names), table(language, "signs")["to"]
    per = table(language, "signs")["per"]
    return (
        replaced(r"(?<![\d/.,])(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)(?![\d/])", partial(_date, language)),
        replaced(
            r"(?<![\d.,])(\d{1,3}(?:[ \u00a0\u202f]\d{3})+)(?![\d%]|[ \u00a0]\d)",
            lambda found: "".join(found[1].split()),
        ),
        replaced(rf"(?<![\w.,:])(\d{{1,2}})\.([0-5]\d)(?=\s?{_HALF_OF_DAY})", r"\1:\2"),
        replaced(
            rf"(?<![\w.,:])(\d{{1,2}})\.([0-5]\d)(?:\s?[-–]\s?| (a) )(?={_TO_HOUR})",
            lambda found: f"{found[1]}:{found[2]} {between} ",
        ),
        replaced(r"\b(\d{1,2})[.:]([0-5]\d)\s?h\b\.?", rf"\1:\2 {times['hours']}"),
        replaced(rf"\b({times['at']}) (\d{{1,2}})\.([0-5]\d)\b(?!\d|[.,]\d)", r"\1 \2:\3"),
        replaced(
            rf"(?<=[\d$€£MK])\s?/\s?({units})(?![\w/])", lambda found: f" {per} {names[found[1]].partition('|')[0]}"
        ),
        replaced(rf"(?<![\w.,])({_NUMBER})\s?({units})(?![\w/²³])", partial(_measured, names)),
    )


def _date(language: LanguageTag, found: re.Match[str]) -> str:
    """`5/3/2021` as `5 de marzo de 2021`: the day comes first in all of them."""
    day, month, year = (int(part) for part in found.groups())
    try:
        return languages.long_date(date(year, month, day), language)
    except ValueError:
        return found[0]


def _measured(names: Mapping[str, str], found: re.Match[str]) -> str:
    one, _, more = names[found[2]].partition("|")
    return f"{found[1]} {one if found[1] == '1' else more}"
