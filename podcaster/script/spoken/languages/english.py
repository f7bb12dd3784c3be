"""English, read as on the radio."""

import re
from typing import Final

from podcaster.script.spoken.languages import english_calendar as calendar
from podcaster.script.spoken.languages.english_words import (
    ABBREVIATIONS,
    COUNTED,
    CURRENCIES,
    EACH,
    FRACTIONS,
    MONARCHS,
    NUMBERED,
    SCALES,
    UNITS,
)
from podcaster.script.spoken.wording import Wording, any_of, replaced, roman, written_out
from podcaster.units import LanguageTag

_MEASURED: Final = (
    *COUNTED,
    *(name.split()[0] for name in UNITS.values()),
    *(name for names in CURRENCIES.values() for name in names.split("|")),
    *(scale.many for scale in SCALES.values()),
    "percent",
)
"""What follows a figure that is no year."""
_AFTER_AMOUNT: Final = "to|of|in|for|and|or|from|by|at|on|a|per|over|under|with|as|is|was|into|since|last|this|that"


def _regnal(found: re.Match[str]) -> str:
    """`Henry VIII` as `Henry the eighth`."""
    value = roman(found[2])
    return f"{found[1]} the {calendar.number_words(value, 'ordinal')}" if value else found[0]


def _numbered(found: re.Match[str]) -> str:
    """`World War II` as `World War Two`."""
    value = roman(found[2])
    return f"{found[1]} {calendar.number_words(value, 'cardinal').capitalize()}" if value else found[0]


def _century(found: re.Match[str]) -> str:
    """`the XIX century` as `the nineteenth century`."""
    value = roman(found[1])
    return f"{calendar.number_words(value, 'ordinal')} {found[2]}" if value else found[0]


def _measured(found: re.Match[str]) -> str:
    """`1 km/h` as `1 kilometre an hour`, `5 km/h` as `5 kilometres an hour`."""
    name = UNITS[found[2]]
    return f"{found[1]} {_one(name) if found[1] == '1' else name}"


def _one(name: str) -> str:
    return " ".join(_SINGULAR.get(word, word.removesuffix("s")) for word in name.split())


_SINGULAR: Final = {"feet": "foot", "basis": "basis", "Celsius": "Celsius", "times": "times"}
_PER: Final = rf"(?<=[\d$€£kKmMbBtn])\s?/\s?(?P<unit>{any_of((*EACH, *UNITS))})(?![\w/])"


def _each(found: re.Match[str]) -> str:
    """`€50k/year` as `€50k a year`, `€5/MWh` as `€5 per megawatt hour`."""
    unit = found["unit"]
    return f" {EACH[unit]} {unit}" if unit in EACH else f" per {_one(UNITS[unit])}"


_RULES: Final = (
    written_out(ABBREVIATIONS | FRACTIONS),
    replaced(r"\bNo(s?)\.(?=\s?\d)", r"Number\1"),
    replaced(r"(?<!\w)#(?=\d)", "number "),
    replaced(r"(?<!\w)[~≈](?=[\d$€£])", "about "),
    replaced(r"(?<!\w)<\s?(?=[\d$€£])", "less than "),
    replaced(r"(?<!\w)>\s?(?=[\d$€£])", "more than "),
    replaced(_PER, _each),
    replaced(r"\bFY\s?(?=(?:19|20)?\d\d\b)", "fiscal year "),
    replaced(r"\b(\d{1,2}):00\s?(?=[ap]m\b|AM\b|PM\b)", r"\1 "),
    replaced(r"\b([IVX]+)(?:th)? ([Cc]entur(?:y|ies))\b", _century),
    *calendar.rules(),
    replaced(rf"\b({any_of(MONARCHS)}) ([IVX]+)\b(?!\.)", _regnal),
    replaced(rf"\b({any_of(NUMBERED)}|[A-Z][a-z]{{2,}}(?= [IVX]{{2}})) ([IVX]+)\b", _numbered),
    replaced(rf"(?<![\w.,])(\d+(?:[.,]\d+)*)\s?({any_of(UNITS)})(?![\w/²³])", _measured),
)
_LAST_RULES: Final = (
    replaced(r"(?<=\d)\s?bn\b", " billion"),
    replaced(r"(?<=\d)\s?tr?n\b", " trillion"),
    replaced(rf"(?<=\d)\s?m(?= (?:{any_of(COUNTED)})\b)", " million"),
    *calendar.year_rules(_MEASURED),
    replaced(
        r"\b([Aa]n?(?: [a-z]+)?) (\d[\d.,]*(?: (?:thousand|million|billion|trillion))?) (dollar|euro|pound)s "
        rf"(?!(?:{_AFTER_AMOUNT})\b)(?=[a-z])",
        r"\1 \2 \3 ",
    ),
)


def wording(language: LanguageTag) -> Wording:
    """The words of English; regions differ in nothing that is spelt here."""
    del language
    return Wording(
        decimal_comma=False,
        percent="percent",
        to="to",
        between=("between", "and"),
        plus="plus",
        minus="minus",
        currencies=CURRENCIES,
        scales=SCALES,
        rules=_RULES,
        last_rules=_LAST_RULES,
    )
