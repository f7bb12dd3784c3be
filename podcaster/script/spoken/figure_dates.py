"""Dates in figures with their month in words: `3/4/2022`, `2022-11-25`, `25.11.2022`."""

import re
from datetime import date
from functools import lru_cache, partial
from typing import Final

from podcaster.script import cldr
from podcaster.script.spoken.wording import Rule, replaced
from podcaster.units import LanguageTag

_ISO: Final = (
    r"(?<![\d/.,–-])((?:1[5-9]|20)\d\d)[-/.](0?[1-9]|1[0-2])[-/.](0?[1-9]|[12]\d|3[01])(?![\d/-]|[.,]\d)(?:T(?=\d\d:))?"
)
_YEAR_LAST: Final = r"(?<![\d/.,–-])(\d{1,2})([-/.])(\d{1,2})\2((?:1[5-9]|20)\d\d)(?![\d/-]|[.,]\d)"
_SHORT_YEAR: Final = r"(?<![\d/.,–-])(\d{1,2})([/.])(\d{1,2})\2(\d\d)(?![\d/-]|[.,]\d|\s?%)"
_CENTURY_FROM: Final = 70
"""Two figures from here on are a year of the twentieth century."""


def rules(language: LanguageTag) -> tuple[Rule, ...]:
    """Rule for dates in figures; if day and month are ambiguous, CLDR's order for the language's region decides."""
    first = month_first(language)
    return (
        replaced(
            _ISO, lambda found: _spaced(found, _said(language, found[0], int(found[1]), int(found[2]), int(found[3])))
        ),
        replaced(_YEAR_LAST, partial(_ordered, language, first)),
        replaced(_SHORT_YEAR, partial(_ordered, language, first)),
    )


@lru_cache(64)
def month_first(language: LanguageTag) -> bool:
    """Whether 3/4 is the fourth of March."""
    return str(cldr.locale(language).date_formats["short"].pattern).lstrip("'yY年/.- ").startswith("M")


def _ordered(language: LanguageTag, month_first: bool, found: re.Match[str]) -> str:  # noqa: FBT001 # bound by partial
    one, sign, two, written = int(found[1]), found[2], int(found[3]), found[4]
    if len(written) == 2 and sign == "." and month_first:  # noqa: PLR2004 # a year in two figures
        return found[0]
    year = int(written) + (0 if len(written) > 2 else 1900 if int(written) >= _CENTURY_FROM else 2000)  # noqa: PLR2004
    usual, other = ((two, one) if month_first else (one, two)), ((one, two) if month_first else (two, one))
    for day, month in (usual, other):
        if said := _said(language, "", year, month, day):
            return said
    return found[0]


def _spaced(found: re.Match[str], said: str) -> str:
    return f"{said} " if found[0].endswith("T") and said != found[0] else said


def _said(language: LanguageTag, written: str, year: int, month: int, day: int) -> str:
    """The day in words, or as it is written if there is no such day."""
    try:
        named = date(year, month, day)
    except ValueError:
        return written
    return cldr.long_date(named, language)
