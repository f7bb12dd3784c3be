"""English days, parts of a year, years and decades."""

import re
from typing import Final

from podcaster.script.rewriting import Rule
from podcaster.script.spoken.common_rules import number_words
from podcaster.script.spoken.wording import any_of, replaced, words

_MONTHS: Final = words("January February March April May June July August September October November December")
_SHORT: Final = {month[:3]: month for month in _MONTHS} | {"Sept": "September"}
_MONTH: Final = rf"(?P<month>(?:{any_of(_MONTHS)})\b|(?:{any_of(_SHORT)})\b\.?)"
_DAY: Final = r"(?:[12]\d|3[01]|0?[1-9])"
_DAYS: Final = rf"(?P<day>{_DAY})(?:st|nd|rd|th)?(?:(?P<link>[–—-]| to | and | or )(?P<last>{_DAY})(?:st|nd|rd|th)?)?"
_LEAD: Final = r"(?P<lead>\b(?:[Ii]n|[Oo]f|[Ff]or|[Dd]uring|[Bb]y|[Uu]ntil|[Ss]ince|from|through|after|before|over) )?"
_YEAR: Final = r"(?P<year>(?:19|20)\d\d)\b"
_PARTS: Final = words("first second third fourth")
_WITH_CENTURY: Final = 4
_TEENS: Final = range(11, 14)


def rules() -> tuple[Rule, ...]:
    """Dates and parts of a year; before ranges are written out."""
    return (
        replaced(r"\b([1-4])Q\s?(?:FY)?['’]?(\d\d)\b(?!%)", r"Q\1 20\2"),
        replaced(r"(?<=\bQ[1-4])\s?[–-]\s?(?=Q[1-4]\b)", " to "),
        replaced(rf"{_LEAD}\b(?P<kind>Q)(?P<part>[1-4])\b(?:[ -]?{_YEAR})?", _part_of_year),
        replaced(rf"{_LEAD}\b(?P<kind>H)(?P<part>[12])\b[ -]?{_YEAR}", _part_of_year),
        replaced(r"\b(\d{1,2})\.([0-5]\d)\s?(?=[ap]m\b|AM\b|PM\b)", r"\1:\2 "),
        replaced(r"(?<=\d)\s?(am|pm)\b", lambda found: f" {found[1].upper()}"),
        replaced(
            rf"(?<=\d )({any_of(_MONTHS)}|(?:{any_of(_SHORT)})\b\.?) ['’]?(\d\d)(?=[.,;)](?!\d)|$| (?:and|or|to)\b)",
            r"\1 20\2",
        ),
        replaced(rf"\b(?P<month>{any_of(_SHORT)})\.?-(?=(?:19|20)\d\d\b)", lambda found: f"{_month(found['month'])} "),
        replaced(rf"\b({any_of(_SHORT)}|{any_of(_MONTHS)})(\.? \d{{1,2}}) ['’](?=\d\d(?!\w))", r"\1\2, 20"),
        replaced(rf"(?P<lead>\b[Tt]he )?\b{_DAYS} {_MONTH}(?!\w)", _day_month),
        replaced(rf"\b{_MONTH} {_DAYS}(?![\d,.]\d|\d|[%\w]| (?:million|billion|percent))", _month_day),
        replaced(rf"\b{_MONTH}(?= \d{{4}}\b)", lambda found: _month(found["month"])),
    )


def year_rules(counted: tuple[str, ...]) -> tuple[Rule, ...]:
    """Years and decades; after ranges are written out. A figure before one of the words in `counted` is no year."""
    return (
        replaced(r"(?<![\w.,:])['’]?((?:1[1-9]|20)?\d0)['’]?s\b", _decade),
        replaced(
            rf"(?<![\w.,:/$€£-])(1[1-9]\d\d|20\d\d)(?![\w%/]|[.,:]\d|-\d| (?:{any_of(counted)})\b)",
            lambda found: number_words(int(found[1]), "en", "year"),
        ),
    )


def _part_of_year(found: re.Match[str]) -> str:
    """`in Q3 2021` as `in the third quarter of 2021`."""
    name = "quarter" if found["kind"] == "Q" else "half"
    lead = f"{found['lead']}the " if found["lead"] else ""
    year = f" of {found['year']}" if found["year"] else ""
    return f"{lead}{_PARTS[int(found['part']) - 1]} {name}{year}"


def _day_month(found: re.Match[str]) -> str:
    """`22 March` as `the 22nd of March`."""
    last = f" {_link(found['link'])} the {_ordinal(found['last'])}" if found["last"] else ""
    return f"{found['lead'] or 'the '}{_ordinal(found['day'])}{last} of {_month(found['month'])}"


def _month_day(found: re.Match[str]) -> str:
    """`March 22` as `March 22nd`."""
    last = f" {_link(found['link'])} {_ordinal(found['last'])}" if found["last"] else ""
    return f"{_month(found['month'])} {_ordinal(found['day'])}{last}"


def _month(written: str) -> str:
    return _SHORT.get(written.rstrip("."), written)


def _link(written: str) -> str:
    return written.strip() if written.strip().isalpha() else "to"


def _ordinal(day: str) -> str:
    number = int(day)
    ending = "th" if number in _TEENS else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _decade(found: re.Match[str]) -> str:
    """`1980s` as `nineteen eighties`."""
    form = "year" if len(found[1]) == _WITH_CENTURY else "cardinal"
    spelt = number_words(int(found[1]), "en", form)
    return f"{spelt[:-1]}ies" if spelt.endswith("y") else f"{spelt}s"
