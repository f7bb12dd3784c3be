"""Days written out in any language that CLDR knows: month names, and what stands beside them in a date."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache

_TIME = re.compile(r"(?<!\d)\d{1,2}\s?(?:[:h]\s?\d{2}(?::\d{2})?|[hH]\b)(?:\s*(?:h|hs|uhr|am|pm|น\.?))?", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_LETTERS = r"(?:[^\W\d_]|[\u0300-\u036f\u0900-\u0963\u0980-\u0dff\u0e31-\u0e4e])+"
_WORD = re.compile(rf"{_LETTERS}(?:[’']{_LETTERS})*")
_PARTICLES = (
    "de del of a as às da do di d des den der dem la le el los las à ob u um uhr kl klo klokken ore ora hs h hrs at on em am im "
    "il alle saat ב את m g r г р року год года години с ko an eko ren aren j wib wit wita น เวลา พ ศ ค ε στις στο"
)
_BESIDE = frozenset(_PARTICLES.split())
"""Words that stand in dates and say nothing."""
_BUDDHIST_YEARS, _LEAST_YEAR, _MOST_YEAR = 543, 1900, 2200
_MOST_DAY = 31
_AFFIX = 3
"""Letters of case endings behind a month's name, as in Basque."""


def day_in_words(text: str, language: str) -> datetime | None:
    """Midnight UTC of a date in a language's own words; None if the text is anything else."""
    months, days = _names(language)
    plain = unicodedata.normalize("NFC", _TIME.sub(" ", text)).casefold()
    numbers = [int(each) for each in _NUMBER.findall(plain)]
    words = [each for each in _WORD.findall(plain) if each not in days and each not in _BESIDE]
    if len(words) != 1 or (month := _month(words[0], months)) is None:
        return None
    years = [each for each in numbers if each > _MOST_DAY]
    within = [each for each in numbers if 0 < each <= _MOST_DAY]
    if len(years) != 1 or len(within) != 1:
        return None
    year = years[0] - _BUDDHIST_YEARS if language.startswith("th") and years[0] > _MOST_YEAR else years[0]
    try:
        return datetime(year, month, within[0], tzinfo=UTC) if _LEAST_YEAR <= year <= _MOST_YEAR else None
    except ValueError:
        return None


def names_day(word: str, language: str) -> bool:
    """Whether a word is a weekday, or one of those that stand beside a date and say nothing."""
    return word.casefold() in _BESIDE or word.casefold() in _names(language)[1]


def _month(word: str, months: Mapping[str, int]) -> int | None:
    for stem in (word, word[1:]):
        for cut in range(min(_AFFIX, max(0, len(stem) - _AFFIX)) + 1):
            if found := months.get(stem[: len(stem) - cut]):
                return found
    return None


@cache
def months_of(language: str) -> Mapping[str, int]:
    """The months by name: of the language, of its regions that have others, and of English."""
    base = language.replace("_", "-").partition("-")[0].lower()
    tags = ("en", *_REGIONS.get(base, ()), base, language)
    return {name: number for tag in tags for name, number in _names(tag)[0].items()}


_REGIONS = {"ar": ("ar-SY", "ar-DZ", "ar-MA"), "de": ("de-AT",), "no": ("nb",)}


@cache
def _names(language: str) -> tuple[Mapping[str, int], frozenset[str]]:
    """Months by name, and the names of weekdays."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 # for the few dates that nothing else reads

    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return {}, frozenset()
    forms = [(form, width) for form in ("format", "stand-alone") for width in ("wide", "abbreviated")]
    months = {
        unicodedata.normalize("NFC", name).casefold().strip("."): number
        for form, width in forms
        for number, name in locale.months[form][width].items()
    }
    days = {
        part
        for form, width in forms
        for name in locale.days[form][width].values()
        for part in _WORD.findall(name.casefold())
    }
    return {name: number for name, number in months.items() if not name.isdigit()}, frozenset(days)


def is_month(word: str) -> bool:
    """Whether a word names a month in a language that writes `12. März`."""
    return word.strip(".,;:").casefold() in _months_behind_days()


@cache
def _months_behind_days() -> frozenset[str]:
    from babel import Locale  # noqa: PLC0415 # for texts with numbered lines alone

    names: set[str] = set()
    for tag in (
        "de", "da", "nb", "fi", "cs", "sk", "sl", "hr", "hu", "pl", "lv", "lt", "et", "is", "en", "es", "fr", "it",
        "pt", "nl", "sv",
    ):  # fmt: skip
        months = Locale(tag).months
        names |= {
            name.casefold().strip(".")
            for form in ("format", "stand-alone")
            for width in ("wide", "abbreviated")
            for name in months[form][width].values()
        }
    return frozenset(name for name in names if name and not name.isdigit())
