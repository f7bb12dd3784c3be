"""Days within a line: `Published 13 June 2024, updated …`, in the months and calendars of the line's language."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

from podcaster.article.month_names import months_of

_LONGEST = 120
_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<year>\d{4})\s?[-./年년]\s?(?P<month>\d{1,2})\s?[-./月월]\s?(?P<day>\d{1,2})(?:日|일)?(?!\d)"
)
_DAY_FIRST = re.compile(r"(?<!\d)(?P<day>\d{1,2})(?P<mark>[./-])\s?(?P<month>\d{1,2})(?P=mark)\s?(?P<year>\d{4})(?!\d)")
_ERA = re.compile(r"(?P<era>令和|平成|昭和|民國|民国)\s?(?P<years>\d{1,3}|元)年(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
"""The year before each era's first."""
_MOST_MONTH = 12
_BUDDHIST_YEARS, _LEAST_YEAR, _MOST_YEAR = 543, 1900, 2200
_LEAST_JALALI, _MOST_JALALI = 1300, 1500
_JALALI_MONTHS = ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"]
_JALALI_SHIFT, _JALALI_START, _JALALI_CYCLE, _LONG_MONTHS = 1595, -356_033, 33, 6
_BETWEEN = r"(?:\s?[.,،]?\s?(?:de|del|of|d['’]|st|nd|rd|th|º|er|г\.?|năm)?\s?[.,،]?\s?)"
_CLOCK = re.compile(r"\d{1,2}\s?[:.h時시点點]\s?\d{2}(?:\s?分|\s?분)?(?::\d{2})?|[ap]\.?m\.?|\buhr\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}|[\u3040-\u9fff]")
_MOST_OTHER_WORDS, _MOST_IN_SENTENCE = 6, 2
_SENTENCE, _STOP = re.compile(r"[^\W\d_]{4}[.!?…]$|[。！？؟।]$"), re.compile(r"[.!?]$")


@dataclass(frozen=True, slots=True)
class Day:
    """A day, and where in its line it stands."""

    moment: datetime
    start: int
    end: int


def days_in_line(line: str, language: str) -> list[Day]:
    """The days that a short line names, in their order."""
    if len(line) > _LONGEST or not any(map(str.isdigit, line)):
        return []
    plain = "".join(str(unicodedata.decimal(each)) if each.isdecimal() else each for each in line).casefold()
    return sorted({each.start: each for each in _found(plain, language)}.values(), key=lambda each: each.start)


def is_dateline(line: str, language: str) -> bool:
    """Whether a line names a day, and hardly anything but times and what happened then: `Publié le …, mis à jour le …`."""
    days = days_in_line(line, language)
    rest = line
    for each in reversed(days):
        rest = f"{rest[: each.start]} {rest[each.end :]}"
    words = len(_WORD.findall(_CLOCK.sub(" ", rest)))
    most = _MOST_IN_SENTENCE if _STOP.search(line) else _MOST_OTHER_WORDS
    return bool(days) and words <= most and not _SENTENCE.search(line)


def _found(plain: str, language: str) -> Iterator[Day]:
    for found in _ERA.finditer(plain):
        years = 1 if found["years"] == "元" else int(found["years"])
        yield from _day(found, _ERAS[found["era"]] + years, int(found["month"]), language)
    for found in _YEAR_FIRST.finditer(plain):
        yield from _day(found, int(found["year"]), int(found["month"]), language)
    for found in _DAY_FIRST.finditer(plain):
        yield from _figures(found, language)
    months, pattern = _written(language)
    for found in pattern.finditer(plain) if months else ():
        named = next(filter(None, (found["m1"], found["m2"], found["m3"])))
        yield from _day(found, int(found["y1"] or found["y2"] or found["y3"]), months[named], language)


def _figures(found: re.Match[str], language: str) -> Iterator[Day]:
    day, month = int(found["day"]), int(found["month"])
    if month > _MOST_MONTH or (language.lower() in {"en", "en-us"} and day <= _MOST_MONTH):
        day, month = month, day
    yield from _made(found, int(found["year"]), month, day)


def _day(found: re.Match[str], year: int, month: int, language: str) -> Iterator[Day]:
    groups = found.groupdict()
    day = int(next(value for name in ("day", "d1", "d2", "d3") if (value := groups.get(name))))
    base = language.partition("-")[0].lower()
    if base == "fa" and _LEAST_JALALI <= year < _MOST_JALALI:
        yield from _jalali(found, year, month, day)
    else:
        yield from _made(found, year - _BUDDHIST_YEARS if base == "th" and year > _MOST_YEAR else year, month, day)


def _made(found: re.Match[str], year: int, month: int, day: int) -> Iterator[Day]:
    try:
        if _LEAST_YEAR <= year <= _MOST_YEAR:
            yield Day(datetime(year, month, day, tzinfo=UTC), *found.span())
    except ValueError:
        return


def _jalali(found: re.Match[str], year: int, month: int, day: int) -> Iterator[Day]:
    """A day of the Persian calendar, by its cycles of 33 years."""
    if not (1 <= month <= _MOST_MONTH and 1 <= day <= 31):  # noqa: PLR2004 # the longest month
        return
    cycle, place = divmod(year + _JALALI_SHIFT, _JALALI_CYCLE)
    before = (month - 1) * 31 if month <= _LONG_MONTHS else (month - 1) * 30 + _LONG_MONTHS
    days = 365 * (year + _JALALI_SHIFT) + cycle * 8 + (place + 3) // 4 + before + day
    moment = date.fromordinal(_JALALI_START + days)
    yield Day(datetime(moment.year, moment.month, moment.day, tzinfo=UTC), *found.span())


@cache
def _written(language: str) -> tuple[dict[str, int], re.Pattern[str]]:
    """The months of a language by name, and a pattern for its days in words."""
    months = {name: number for name, number in months_of(language).items() if len(name) > 1}
    if language.startswith("fa"):
        months |= {name: number for number, name in enumerate(_JALALI_MONTHS, 1)}
    names = "|".join(re.escape(each) for each in sorted(months, key=len, reverse=True)) or "(?!)"
    return months, re.compile(
        rf"(?<!\d)(?P<d1>\d{{1,2}}){_BETWEEN}(?P<m1>{names}){_BETWEEN}(?P<y1>\d{{4}})(?!\d)"
        rf"|(?<!\w)(?P<m2>{names})\.?\s?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{{4}})(?!\d)"
        rf"|(?<!\d)(?P<y3>\d{{4}})\.?\s+(?P<m3>{names})\s+(?P<d3>\d{{1,2}})(?!\d)"
    )
