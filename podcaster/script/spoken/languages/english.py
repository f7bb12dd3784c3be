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
    RANKS,
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
"""Words after a figure that is no year."""
_AT_STOP: Final = r"(?:(?<=[IVXL]{2})|(?<=[IVXL])(?!\.\s*\w))(?!\.\w)"
"""A letter with a full stop behind it is an initial, unless the text ends there."""
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


_MONTH_OR_PLACE: Final = (
    r"(?<!January )(?<!February )(?<!March )(?<!April )(?<!May )(?<!June )(?<!July )(?<!August )(?<!September )(?<!October )"
    r"(?<!November )(?<!December )(?<!Day )(?<!day )(?<!page )(?<!Page )(?<!Chapter )(?<!Section )(?<!Room )(?<!No )(?<!Phase )"
)
"""Behind these a figure stands for itself, whatever follows."""


def _grouped(found: re.Match[str]) -> str:
    """`14 300` as `14,300`: English voices take a space for the end of a number."""
    return re.sub(r"\D", ",", found[0])


def _fraction(found: re.Match[str]) -> str:
    """`7/8` as `seven eighths`, `1 1/2` as `1 and one half`."""
    above, below = int(found["above"]), int(found["below"])
    if not 0 < above < below:
        return found[0]
    name = "half" if below == _HALF else "quarter" if below == _QUARTER else calendar.number_words(below, "ordinal")
    plural = "" if above == 1 else "s"
    whole = f"{found['whole']} and " if found["whole"] else ""
    return f"{whole}{calendar.number_words(above, 'cardinal')} {name}{plural}"


_HALF: Final = 2
_QUARTER: Final = 4
_FIRST: Final = (
    replaced(
        rf"{_MONTH_OR_PLACE}(?<![\w.,])(?<!\d )[1-9]\d{{0,2}}(?:([ \u00a0\u2009\u202f’'])\d{{3}}(?:\1\d{{3}})*)(?![ \u00a0]?\d|,\d|-\d)",
        _grouped,
    ),
    replaced(r"(?<=\d)[\u00a0\u202f](?=\d{3}(?!\d))", ","),
    replaced(r"(?<=\d)\s?per cent\b", " percent"),
    replaced(r"(?<=\d)\s?¢", " cents"),
    replaced(r"(?<=\d)\s?(?:pc|pct)\b\.?(?!\w)", " percent"),
)
_RULES: Final = (
    replaced(r"(?<![\w/.,$])((?:19|20)\d\d)/(\d\d)(?![\w/.-])", r"\1–\2"),
    written_out({k: v for k, v in ABBREVIATIONS.items() if "/" in k}),
    replaced(r"(?<=\d)\s?([½⅓⅔¼¾])", lambda found: f" and {FRACTIONS[found[1]]}"),
    replaced(
        r"(?<![\w/.,-])(?:(?P<whole>\d{1,3}) )?(?P<above>\d{1,2})/(?P<below>[2-9]|[1-9]\d|100)(?![\w/-]|[.,]\d)",
        _fraction,
    ),
    written_out(ABBREVIATIONS | FRACTIONS),
    replaced(r"(?<=\d[ap]m)\s?[–-]\s?(?=\d{1,2}(?:[:.]\d\d)?\s?[ap]m\b)", " to "),
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
    replaced(rf"\b({RANKS} (?:[A-Z][\w’'-]+ )?[A-Z][\w’'-]+) ([IVXL]+)\b{_AT_STOP}", _regnal),
    replaced(rf"\b({any_of(MONARCHS)}) ([IVXL]+)\b{_AT_STOP}", _regnal),
    replaced(rf"\b({any_of(NUMBERED)}|[A-Z][a-z]{{2,}}(?= [IVXL]{{2}})) ([IVXL]+)\b", _numbered),
    replaced(rf"(?<![\w.,])(\d+(?:[.,]\d+)*)\s?({any_of(UNITS)})(?![\w/²³·^])", _measured),
    replaced(rf"(?<![\w.,$€£])(\d+(?:[.,]\d+)*)[ \u00a0]m\b(?! (?:{any_of(COUNTED)})\b)(?![/·²³^.]\w?)", r"\1 metres"),
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
        first_rules=_FIRST,
        rules=_RULES,
        last_rules=_LAST_RULES,
    )
