"""Dates in figures as few write them: with the month in Roman figures, without its year, as a span, behind a weekday."""

import re
from datetime import date
from functools import lru_cache, partial
from typing import Final

from podcaster.script import cldr
from podcaster.script.rewriting import Rule
from podcaster.script.spoken.word_tables import table
from podcaster.script.spoken.wording import any_of, replaced, roman
from podcaster.units import LanguageTag

_YEAR: Final = r"(?:1[5-9]|20)\d\d"
_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH: Final = r"(?:0?[1-9]|1[0-2])"
_ROMAN_MONTH: Final = rf"(?<![\w/.,–-])({_DAY})([./ -])(XI{{0,2}}|IX|IV|VI{{0,3}}|I{{1,3}})\2({_YEAR})(?![\w/-]|[.,]\d)"
_OVER_HYPHEN: Final = rf"(?<=[/.]\d\d\d\d)\s?-\s?(?=\d{{1,2}}[/.]\d{{1,2}}[/.]{_YEAR}(?!\d))"
_WITHOUT_YEAR: Final = (
    r"(?<![\d/.,–-])(\d{1,2})([/.])(\d{1,2})(?P<link>\.?\s?[–—-]\s?| to | and )"
    rf"(?=\d{{1,2}}\2\d{{1,2}}\2{_YEAR}(?!\d))"
)
_DAYS: Final = rf"(?<![\d/.,–-])({_DAY})\.?\s?[–—-]\s?({_DAY})([/.])({_MONTH})\3({_YEAR})(?![\d/-]|[.,]\d)"
_SHORT: Final = rf"(?<![\w/.,–-])({_DAY})-({_MONTH})-(\d\d)(?![\w/–-]|[.,]\d)"
_SPACED: Final = rf"(?<![\d/.,–-])({_DAY})\. ({_MONTH})\. ({_YEAR})(?![\d/-]|[.,]\d)"
_QUARTER_OF: Final = r"(?<!\w)([QqTHS][1-4]|[1-4][QTHS]|KW ?\d{1,2})/((?:19|20)\d\d)(?!\d)"
_QUARTER_SHORT: Final = r"(?<!\w)([1-4])([QTS])[’']?([0-4]\d)(?![\w%-]|[.,]\d)"
_FISCAL_YEAR: Final = r"(?<!\w)FY\s?['’]?(\d\d(?:\d\d)?)(?:[/–-](\d\d))?(?![\w%])"
_CENTURY_FROM: Final = 70
"""Two figures from here on are a year of the twentieth century."""


def rules(language: LanguageTag, *, month_first: bool) -> tuple[Rule, ...]:
    """Rules that run before those for usual dates; what names no day stays as it is written."""
    said = partial(day_in_words, language)
    to = span(language)
    ordinal = "." if language.startswith("de") else ""
    fiscal = table(language, "dates").get("fiscal_year")
    made = [
        *((replaced(_FISCAL_YEAR, partial(_fiscal, fiscal), flags=cldr.word_flags(language)),) if fiscal else ()),
        replaced(_QUARTER_OF, r"\1 \2"),
        replaced(_QUARTER_SHORT, r"\2\1 20\3"),
        replaced(r"(?<!\w)([1-4])([QT])(?=\s?20\d\d(?!\d))", r"\2\1"),
        replaced(_ROMAN_MONTH, lambda found: said(found[0], int(found[4]), roman(found[3]) or 0, int(found[1]))),
        replaced(_OVER_HYPHEN, to),
        replaced(_WITHOUT_YEAR, partial(_yearless, language, month_first, to)),
        replaced(_SPACED, r"\1.\2.\3") if not month_first else replaced(_SPACED, partial(_day_first, language)),
        replaced(_weekday(language), partial(_behind_weekday, language, month_first)),
    ]
    if not month_first:
        made.append(
            replaced(
                _DAYS,
                lambda found: f"{found[1]}{ordinal}{to}{said(found[0], int(found[5]), int(found[4]), int(found[2]))}",
            )
        )
        made.append(
            replaced(_SHORT, lambda found: said(found[0], with_century(found[3]), int(found[2]), int(found[1])))
        )
    return tuple(made)


def span(language: LanguageTag) -> str:
    """Separator of the first and the last day of a span."""
    word = table(language, "dates").get("to")
    return "–" if word is None else f" {word} " if cldr.spaced(language) else word


def months_and_weeks(language: LanguageTag) -> tuple[Rule, ...]:
    """Rules for `3 de feb. de 2024`, `30 May–2 June`, `Mon.–Fri.` and `2022-W48`."""
    words = table(language, "dates")
    names = _short_months(words.get("short_months", ""), language)
    made: list[Rule] = []
    if week := words.get("week"):
        made.append(
            replaced(
                rf"(?<![\w-])(?:{week} )?((?:19|20)\d\d)-W([0-5]\d)(?:-[1-7])?(?![\w-])",
                lambda found: f"{week} {int(found[2])}, {found[1]}",
            )
        )
    if "to" in words and cldr.spaced(language):
        days = _weekdays(language)
        to = f" {words.get('between_weekdays') or words['to']} "
        made.append(
            replaced(
                rf"(?<![\w-])(?P<one>(?i:{any_of(days)}))\.?\s?[–—-]\s?(?P<two>(?i:{any_of(days)}))(?:\.(?= ?\w|[,;)])|(?![\w-]))",
                lambda found: f"{days[found['one'].casefold()]}{to}{days[found['two'].casefold()]}",
            )
        )
        wide = [_OF.sub("", str(name)) for name in cldr.locale(language).months["format"]["wide"].values()]
        month = rf"(?:{any_of({*wide, *names})})\.?"
        de = r"(?:de |d['’])?"
        made.append(
            replaced(
                rf"(?<=\d )({de}{month}(?: (?:de |del )?\d{{4}})?)\s?[–—-]\s?(?=(?:[12]?\d|3[01])\.? {de}{month}(?!\w))"
                rf"|(?<!\w)({month} \d{{1,2}})\s?[–—-]\s?(?={month} \d{{1,2}}(?!\d))"
                rf"|(?<=\d\. )({month})\s?[–—-]\s?(?=(?:[12]?\d|3[01])\. {month}(?!\w))",
                lambda found: f"{found[1] or found[2] or found[3]}{span(language)}",
            )
        )
    if names and not language.startswith("en"):
        made.append(
            replaced(
                rf"(?:(?:(?<=\d )|(?<=\d\. ))(?P<of>de |d['’])?|(?<!\w)(?=\w+\. (?:de |del )?(?:19|20)\d\d(?!\d)))"
                rf"(?P<month>{any_of(names)})(?:\.|(?= (?:de |del )?(?:19|20)\d\d(?!\d)))(?!\w)",
                lambda found: f"{found['of'] or ''}{names[found['month']]}",
            )
        )
    return tuple(made)


def _short_months(written: str, language: LanguageTag) -> dict[str, str]:
    """Months by what they are shortened to before a full stop or a year."""
    wide = [_OF.sub("", str(name)) for name in cldr.locale(language).months["format"]["wide"].values()]
    return {short: month for month, each in zip(wide, written.split(), strict=False) for short in each.split("|")}


_OF: Final = re.compile("^(?:de |d’)")


def _fiscal(template: str, found: re.Match[str]) -> str:
    """`FY24/25` as `ejercicio 2024–25`."""
    year = found[1] if len(found[1]) == 4 else f"20{found[1]}"  # noqa: PLR2004 # with its century
    return template.format(f"{year}–{found[2]}" if found[2] else year)


def with_century(year: str) -> int:
    """A year of which the last two figures may be all that is written."""
    return int(year) + (0 if len(year) > 2 else 1900 if int(year) >= _CENTURY_FROM else 2000)  # noqa: PLR2004


def day_in_words(language: LanguageTag, written: str, year: int, month: int, day: int) -> str:
    """`25 November 2022`; as it is written if there is no such day."""
    try:
        return cldr.long_date(date(year, month, day), language)
    except ValueError:
        return written


def _day_first(language: LanguageTag, found: re.Match[str]) -> str:
    return day_in_words(language, found[0], int(found[3]), int(found[2]), int(found[1]))


def named_day(language: LanguageTag, month: int, day: int) -> str:
    """`November 25`; empty if there is no such day."""
    from babel.dates import format_skeleton  # noqa: PLC0415 # slow to load

    try:
        named = date(2024, month, day)
    except ValueError:
        return ""
    return str(format_skeleton("MMMMd", named, locale=cldr.locale(language)))


def _yearless(language: LanguageTag, month_first: bool, to: str, found: re.Match[str]) -> str:  # noqa: FBT001 # bound by partial
    """`3/14–3/20/2022` with the first of its days in words."""
    one, two = int(found[1]), int(found[3])
    month, day = (one, two) if month_first and found[2] == "/" else (two, one)
    named = named_day(language, month, day)
    return f"{named}{found['link'] if found['link'].strip().isalpha() else to}" if named else found[0]


@lru_cache(64)
def _weekdays(language: LanguageTag) -> dict[str, str]:
    """Names of weekdays by what they are written as, in small letters."""
    days = cldr.locale(language).days["format"]
    return {
        str(days[width][day]).rstrip(".").casefold(): str(days["wide"][day])
        for width in ("wide", "abbreviated")
        for day in days["wide"]
    }


def _weekday(language: LanguageTag) -> str:
    """Pattern for a weekday's name before a day and a month: `Mon 3/4`, `Mo., 3.4.`."""
    names = _weekdays(language)
    behind = r"(?![\d/]|\.?\d)"
    sign = r"(?P<sign>[/.])"
    return rf"(?<!\w)(?P<weekday>(?i:{any_of(names)}))\.?(?P<comma>,?) (?P<one>\d{{1,2}}){sign}(?P<two>\d{{1,2}})(?P<stop>\.?){behind}"


def _behind_weekday(language: LanguageTag, month_first: bool, found: re.Match[str]) -> str:  # noqa: FBT001 # bound by partial
    if found["sign"] == "." and month_first:
        return found[0]
    one, two = int(found["one"]), int(found["two"])
    named = named_day(language, *((one, two) if month_first else (two, one)))
    at_end = found.end() == len(found.string) or (found["sign"] == "/" and found["stop"])
    if not named:
        return found[0]
    weekday = _weekdays(language)[found["weekday"].casefold()]
    article = "den " if language.startswith("de") else ""
    return f"{weekday}{found['comma'] or (',' if article else '')} {article}{named}{found['stop'] if at_end else ''}"
