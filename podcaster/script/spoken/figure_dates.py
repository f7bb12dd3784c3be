"""Dates in figures with their month in words: `3/4/2022`, `2022-11-25`, `25.11.2022`."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache, partial
from typing import Final

from podcaster.script import cldr
from podcaster.script.rewriting import Rule
from podcaster.script.spoken import date_forms
from podcaster.script.spoken.word_tables import table
from podcaster.script.spoken.wording import replaced, words
from podcaster.units import LanguageTag

_ISO: Final = (
    r"(?<![\d/.,–-])((?:1[5-9]|20)\d\d)[-/.](0?[1-9]|1[0-2])[-/.](0?[1-9]|[12]\d|3[01])(?![\d/-]|[.,]\d)(?:T(?=\d\d:))?"
)
_YEAR_LAST: Final = r"(?<![\d/.,–-])(\d{1,2})([-/.])(\d{1,2})\2((?:1[5-9]|20)\d\d)(?![\d/-]|[.,]\d)"
_SHORT_YEAR: Final = r"(?<![\d/.,–-])(\d{1,2})([/.])(\d{1,2})\2(\d\d)(?![\d/-]|[.,]\d|\s?%)"
_MONTH_YEAR: Final = r"(?<![\w/.,–-])(0?[1-9]|1[0-2])/((?:19|20)\d\d)(?![\d/-]|[.,]\d)"
_YEAR_MONTH: Final = r"(?<![\w/.,–-])((?:19|20)\d\d)-(0[1-9]|1[0-2])(?![\w/-]|[.,]\d)"
_COMPACT: Final = r"(?<![\w/.,–-])((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?![\w/-]|[.,]\d)"
_DAY_MONTH: Final = r"(?<![\d/.,–-])(0\d|[12]\d|3[01])/(0\d|1[0-2]|[1-9])(?![\d/-]|[.,]\d|\s?%)"
"""A day without its year, where a nought shows that it is no fraction."""
_SPAN: Final = (
    r"(?<=\d)\s?[–—]\s?(?=\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)?\d\d(?!\d))"
    r"|(?<=\d)\s?[–—]\s?(?=(?:19|20)\d\d[-/.]\d\d?[-/.]\d\d(?!\d))"
)
"""Between two days."""
_INTERVAL: Final = r"(?<=\d{4}-\d\d-\d\d)/(?=(?:19|20)\d\d-\d\d-\d\d(?!\d))"
_DAY_OF_MONTH: Final = (
    r"(?<![\w/.,–-])(0?[1-9]|1[0-2])/(1[3-9]|2\d|3[01])(?![\w/-]|[.,]\d|\s?%| (?:of|in|inch|pt|full|share|majority)\b)"
)
"""A month and a day, where no usual fraction has such a denominator or a word before says when."""
_DAY_NUMBERED: Final = r"[1-9]|[12]\d|3[01]"
_OF_WHAT: Final = (
    r"(?! (?:de|del|da|do|dos|das|des|du|di|dell[ae]?|dei|degli|av|van|del(?:en|arna)|polegadas?|pulgadas?|pollici|pouces?|tum)(?!\w)"
    r"(?! (?:19|20)\d\d)| d[’'])"
)
_ON_DAY: Final = (
    r"(?<=\bOn )(0?[1-9]|1[0-2])/([1-9]|[12]\d|3[01])"
    r"(?=, |(?<!\b[1-3]/[2-4]) (?:the|a|an|he|she|it|we|they|all|no|its|his|her|our|their) )"
)
"""A month and a day where a sentence begins with when."""
_USUAL_DENOMINATORS: Final = frozenset({16, 20, 24, 25, 30})
_ISSUE: Final = (
    r"(?<!\w)((?i:week|issue|woche|kw|semana|semaine|settimana|setmana|vecka|tydzień|heft|ausgabe) )"
    r"(\d{1,2})/((?:19|20)\d\d)(?!\d)"
)
_INSTANT: Final = r"(?<=\d\d:\d\d)(?::\d\d(?:\.\d+)?)?Z(?!\w)"
_WORDED_MONTH: Final = r"(?<![\w-])(\d{1,2})-([^\W\d_]{3,9})-((?:19|20)\d\d)(?![\w-])"


def rules(language: LanguageTag) -> tuple[Rule, ...]:
    """Rule for dates in figures; if day and month are ambiguous, CLDR's order for the language's region decides."""
    first = month_first(language)
    return (
        *date_forms.rules(language, month_first=first),
        replaced(_SPAN, date_forms.span(language)),
        replaced(_INTERVAL, date_forms.span(language)),
        replaced(_ISSUE, r"\1\2, \3"),
        *date_forms.months_and_weeks(language),
        replaced(
            _ISO,
            lambda found: _spaced(
                found, date_forms.day_in_words(language, found[0], int(found[1]), int(found[2]), int(found[3]))
            ),
        ),
        replaced(_YEAR_LAST, partial(_ordered, language, first)),
        replaced(_SHORT_YEAR, partial(_ordered, language, first)),
        replaced(
            _WORDED_MONTH, lambda found: f"{found[1]} {found[2].title() if found[2].isupper() else found[2]} {found[3]}"
        ),
        replaced(_MONTH_YEAR, partial(_month_year, language)),
        replaced(_YEAR_MONTH, partial(_year_month, language)),
        replaced(_COMPACT, partial(_compact, language)),
        replaced(_DAY_MONTH, partial(_day_month, language, first)),
        *_days_without_years(language),
        *((replaced(_ON_DAY, partial(_month_day, language)),) if first else ()),
        *((replaced(_DAY_OF_MONTH, partial(_month_day, language)),) if first else ()),
        replaced(_INSTANT, " UTC"),
    )


def _days_without_years(language: LanguageTag) -> Iterator[Rule]:
    """Rules for `el 5/6` and `del 3/5 al 9/6`, which a word before them tells from fractions.

    An article in the singular belongs to no fraction of several parts.
    """
    known, flags = table(language, "dates"), cldr.word_flags(language)
    day = rf"({_DAY_NUMBERED})/([1-9]|1[0-2])(?![\w/-]|[.,]\d|\s?%)"
    if "first_day" in known:
        between = rf"( (?:{known['last_day']}) )"
        yield replaced(
            rf"(?<![\w/-])((?i:{known['first_day']}) ){day}{between}{day}{_OF_WHAT}",
            partial(_span_of_days, language),
            flags=flags,
        )
    if "the_day" in known:
        yield replaced(
            rf"(?<![\w/-])((?i:{known['the_day']}) |(?i:l|al|dal|all|dall|dell)['’]){day}{_OF_WHAT}",
            partial(_the_day, language),
            flags=flags,
        )


def _span_of_days(language: LanguageTag, found: re.Match[str]) -> str:
    if {f"{found[2]}/{found[3]}", f"{found[5]}/{found[6]}"} <= _USUAL_PARTS:
        return found[0]
    first, last = (date_forms.named_day(language, int(found[place + 1]), int(found[place])) for place in (2, 5))
    return f"{found[1]}{first}{found[4]}{last}" if first and last else found[0]


def _the_day(language: LanguageTag, found: re.Match[str]) -> str:
    """`el 5/6` as `el 5 de junio`; `el 1/3` is a part, unless a comma follows or the word is that for a day.

    Halves, thirds and quarters are parts unless a sentence begins with them.
    """
    part = f"{found[2]}/{found[3]}"
    comma, article = found.string[found.end() :].startswith(","), found[1].rstrip()
    sure = language.startswith("sv") or _DAY_WORD.search(article) or (comma and article[-1] not in "'’")
    usual = part in _USUAL_PARTS and (found[2] == "1" or not article[0].isupper())
    if part == "24/7" or ((found[2] == "1" or usual) and not sure):
        return found[0]
    named = date_forms.named_day(language, int(found[3]), int(found[2]))
    return f"{found[1]}{named}" if named else found[0]


_USUAL_PARTS: Final = frozenset({"1/2", "1/3", "2/3", "1/4", "3/4"})
_DAY_WORD: Final = re.compile(r"d[ií]a|giorno")


@lru_cache(64)
def month_first(language: LanguageTag) -> bool:
    """Whether 3/4 is the fourth of March; Swedish writes the year first and the day before the month."""
    if language.startswith("sv"):
        return False
    return str(cldr.locale(language).date_formats["short"].pattern).lstrip("'yY年/.- ").startswith("M")


def day_first(text: str, sign: str) -> bool:
    """Whether a text writes the day before the month, whatever its language does.

    Full stops stand between figures where the day comes first; so does every date of a text that has one with no other reading.
    """
    return sign == "." or _DAY_SURELY_FIRST.search(text) is not None


_DAY_SURELY_FIRST: Final = re.compile(
    r"(?<![\d/.,–-])(?:1[3-9]|2\d|3[01])([-/.])(?:0?[1-9]|1[0-2])\1(?:1[5-9]|20)\d\d(?![\d/-]|[.,]\d)"
)


def _ordered(language: LanguageTag, month_first: bool, found: re.Match[str]) -> str:  # noqa: FBT001 # bound by partial
    one, sign, two, written = int(found[1]), found[2], int(found[3]), found[4]
    if len(written) == 2 and sign == "." and month_first:  # noqa: PLR2004 # a year in two figures
        before = re.search(r"([^\W\d_]+)\W*$", found.string[: found.start()])
        no_month = len(found[1]) == len(found[3]) == 2 and int(found[1]) > 12  # noqa: PLR2004 # no month
        if (before and before[1].casefold() in _VERSIONED) or not (
            no_month or (before and before[1].casefold() in _WHEN)
        ):
            return found[0]
        month_first = False
    month_first = month_first and not day_first(found.string, sign)
    year = date_forms.with_century(written)
    usual, other = ((two, one) if month_first else (one, two)), ((one, two) if month_first else (two, one))
    for day, month in (usual, other):
        if said := date_forms.day_in_words(language, "", year, month, day):
            return said
    return f"{one} {two} {year}" if sign == "/" else found[0]


_VERSIONED: Final = frozenset({"version", "release", "build", "section", "ubuntu", "article"})


def _month_day(language: LanguageTag, found: re.Match[str]) -> str:
    """`12/31` as `December 31st`."""
    before = re.search(r"([^\W\d_]+)\W*$", found.string[: found.start()])
    if (
        found[1][0] != "0"
        and int(found[2]) in _USUAL_DENOMINATORS
        and (before is None or before[1].casefold() not in {*_WHEN, "due", "from", "the"})
    ):
        return found[0]
    return date_forms.named_day(language, int(found[1]), int(found[2])) or found[0]


_NUMBERED: Final = frozenset(
    words("Ley ley Lei lei Llei Decreto decreto Decret Legge legge Gesetz Heft nr Nr numéro número")
)
_INITIALS: Final = re.compile(r"[A-ZÄÖÜ]{2,5}|№|#")


def _month_year(language: LanguageTag, found: re.Match[str]) -> str:
    """`11/2022` as `November 2022`; laws, files and issues have numbers of that form."""
    before = re.search(r"(\S+)\s$", found.string[: found.start()])
    if before and (before[1].endswith((".", "º", "°")) or before[1] in _NUMBERED or _INITIALS.fullmatch(before[1])):
        return f"{found[1]} {found[2]}"
    return cldr.month_of_year(date(int(found[2]), int(found[1]), 1), language)


def _year_month(language: LanguageTag, found: re.Match[str]) -> str:
    """`2023-05` as `May 2023`; `2004-05` is a season."""
    year, month = int(found[1]), int(found[2])
    return found[0] if (year + 1) % 100 == month else cldr.month_of_year(date(year, month, 1), language)


def _compact(language: LanguageTag, found: re.Match[str]) -> str:
    """`20221125`, behind a word that says when."""
    before = re.search(r"([^\W\d_]+)\W*$", found.string[: found.start()])
    if before is None or before[1].casefold() not in _WHEN:
        return found[0]
    return date_forms.day_in_words(language, found[0], int(found[1]), int(found[2]), int(found[3]))


_WHEN: Final = frozenset(words("on dated since until by el del em desde am vom seit le du il dal op den от с"))


def _day_month(language: LanguageTag, month_first: bool, found: re.Match[str]) -> str:  # noqa: FBT001 # bound by partial
    """`22/03` as `22 March`; a nought has to show that it is a day."""
    if found[0] == "24/7" or ("0" not in {found[1][0], found[2][0]} and int(found[1]) <= 12):  # noqa: PLR2004 # months of a year
        return found[0]
    one, two = int(found[1]), int(found[2])
    month, day = (one, two) if month_first and one <= 12 else (two, one)  # noqa: PLR2004 # months of a year
    return date_forms.named_day(language, month, day) or found[0]


def _spaced(found: re.Match[str], said: str) -> str:
    return f"{said} " if found[0].endswith("T") and said != found[0] else said
