"""Dates as pages, feeds and writers put them; days that are written out are read by dateparser."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any

from podcaster.article.month_names import day_in_words, names_day

Languages = Sequence[Sequence[str]]
_LEAD = re.compile(
    r"^(?:first )?(?:published|posted|updated|last updated|date|datum|stand|fecha|data|publicado|publicada|publié|mis à jour|pubblicato|"
    r"veröffentlicht(?: am)?|aktualisiert(?: am)?|gepubliceerd(?: op)?|publicerad|opublikowano|опубликовано|am|le|el|on)"
    r"(?:\s+(?:on|at|el|em|le|il|am|op))?:?\s+",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"(?P<year>\d{4})[-/.]?(?P<month>\d{2})[-/.]?(?P<day>\d{2})(?!\d)")
_ISO = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})[T ](?P<time>\d{2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?$"
)
_ZONE_NAME = re.compile(r"\[[A-Za-z_/+-]+\]$|(?<=\d) \([A-Z][^()]{1,40}\)$")
"""The zone's name behind its offset (RFC 9557 §3.1), or in brackets."""
_SCRIPTED = re.compile(
    r"(?:[A-Z][a-z]{2} )?(?P<month>[A-Z][a-z]{2}) (?P<day>\d{1,2}) (?P<year>\d{4}) (?P<time>\d{2}:\d{2}:\d{2}) "
    r"(?:GMT|UTC)(?P<zone>[+-]\d{4})"
)
"""A date as JavaScript writes it: `Thu Jun 13 2024 08:00:00 GMT+0200`, the zone's name in brackets behind it."""
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
_MILLISECONDS = 13
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d{2}(?!\d)")
_LETTER = re.compile(r"[^\W\d_]")
_PARTICLES = re.compile(
    r"\b(?:de|del|of|a|do|da|d['’])\s+|\bd['’](?=\w)|(?<=\d)(?:st|nd|rd|th|er|º|ª)\b|\bг(?:ода)?\.?(?=\s|,|$)",
    re.IGNORECASE,
)
_LONGEST, _MOST_WORDS = 60, 9
_MONTH_FIRST = frozenset({"us", "ph", "ca", "bz", "pr"})
"""Regions whose English writes the month before the day."""
_LATIN: Languages = (
    ("en", "de", "es", "fr", "it", "pt", "nl"),
    ("ca", "gl", "pl", "sv", "da", "nb", "fi", "tr", "cs", "hu", "ro"),
)
_BY_SCRIPT: Mapping[str, Languages] = {
    "CYRILLIC": (("ru", "uk"),), "CJK": (("zh", "ja", "ko"),), "HIRAGANA": (("ja",),), "HANGUL": (("ko",),), "ARABIC": (("ar",),),
    "DEVANAGARI": (("hi",),), "GREEK": (("el",),),
}  # fmt: skip
"""Languages that dateparser tries, by script and in order; each costs time on first use."""
_LANGUAGES = frozenset(
    tag for group in (*_LATIN, *(each for groups in _BY_SCRIPT.values() for each in groups)) for tag in group
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_MONTHS_BEGIN = (
    "jan feb mar mär már mrt apr ápr may mai maj máj mei jun jún jul júl aug sep sze oct okt nov dec dez des ene gen ian xan fev fév "
    "abr avr mag giu iun xuñ jui lug iul xul ago aoû set ott out dic déc sty lut kwi cze lip sie wrz paź lis gru oca şub nis haz tem "
    "ağu eyl eki kas ara tam hel maa huh tou kes hei elo syy lok jou led úno bře dub kvě čer srp zář říj pro noi juil"
)
_MONTH_STARTS = frozenset(_MONTHS_BEGIN.split())
"""First letters of months in the languages of `_LATIN`: without one, a line with figures is no date there."""
_SETTINGS = {
    "STRICT_PARSING": True,
    "REQUIRE_PARTS": ["day", "month", "year"],
    "PARSERS": ["absolute-time"],
    "TIMEZONE": "UTC",
    "RETURN_AS_TIMEZONE_AWARE": True,
}


def parse_date(text: str, language: str = "") -> datetime | None:
    """A time with a zone; midnight UTC for a day; None for anything that is no single full date.

    Args:
        text: ISO 8601, RFC 5322, seconds since 1970, figures, or a day written out.
        language: Of the text; decides what `03/04/2024` means.
    """
    figures = "".join(str(unicodedata.decimal(each)) if each.isdecimal() else each for each in " ".join(text.split()))
    plain = _LEAD.sub("", _ZONE_NAME.sub("", figures)).strip(" .,;|·–")
    if not plain or len(plain) > _LONGEST or not any(map(str.isdigit, plain)):
        return None
    return _iso(plain) or _internet(plain) or _numbers(plain) or _written(plain, language)


def _iso(plain: str) -> datetime | None:
    try:
        return _aware(datetime.fromisoformat(plain)) if "-" in plain else None
    except ValueError:
        found = _ISO.match(plain)
    try:
        zone = found["zone"] or "" if found else ""
        zone = "+00:00" if zone in {"Z", "UTC", "GMT"} else zone
        return _aware(datetime.fromisoformat(f"{found['day']}T{found['time']}{zone}")) if found else None
    except ValueError:
        return None


def _internet(plain: str) -> datetime | None:
    """RFC 5322 §3.3, as RSS has it."""
    if ":" not in plain or not plain.isascii():
        return None
    if scripted := _SCRIPTED.match(plain):
        plain = "{day} {month} {year} {time} {zone}".format_map(scripted.groupdict())
    try:
        return _aware(parsedate_to_datetime(plain))
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _numbers(plain: str) -> datetime | None:
    if _EPOCH.fullmatch(plain):
        return datetime.fromtimestamp(int(plain) / (1000 if len(plain) == _MILLISECONDS else 1), UTC).replace(
            microsecond=0
        )
    found = _NUMERIC.match(plain)
    if not found or _LETTER.search(plain.replace("T", "").replace("Z", "")):
        return None
    try:
        return datetime(int(found["year"]), int(found["month"]), int(found["day"]), tzinfo=UTC)
    except ValueError:
        return None


def _written(plain: str, language: str) -> datetime | None:
    if len(plain.split()) > _MOST_WORDS:
        return None
    tag, _, region = language.replace("_", "-").lower().partition("-")
    if not _YEAR.search(plain) or not _DAY.search(_YEAR.sub("", plain)):
        return day_in_words(plain, tag) if tag and tag not in _LANGUAGES else None
    if day := next((day for each in (tag, "en") if each and (day := day_in_words(plain, each))), None):
        return day
    if tag not in {"", "en"} and (found := _FIGURES.fullmatch(plain)):
        return _day_first(int(found["first"]), int(found["second"]), int(found["year"]))
    day_first = tag == "en" and region and region not in _MONTH_FIRST
    if not _may_be_date(plain, tag):
        return None
    return _parsed(plain, tag, day_first=bool(day_first)) or _month_first(plain)


def _parsed(plain: str, tag: str, *, day_first: bool) -> datetime | None:
    """A day written out, as dateparser reads it."""
    text = _PARTICLES.sub(lambda found: " " if found[0][-1:].isspace() else "", plain)
    settings = _SETTINGS | ({"DATE_ORDER": "DMY"} if day_first else {})
    for languages in _order(tag, plain):
        if found := _dateparser().parse(text, languages=list(languages), settings=settings):
            moment: datetime = found
            return _aware(moment)
    return None


def _may_be_date(plain: str, tag: str) -> bool:
    """Whether a line with figures may be a date: dateparser takes long to say no."""
    order, words = _order(tag, plain), _WORD.findall(plain)
    if order[-1] not in {*_LATIN, ("en",)} or not words:
        return True
    if not any(word[:3].casefold() in _MONTH_STARTS for word in words):
        return False
    return not (tag in _LANGUAGES and order[-1] == ("en",) and _has_other_words(words, tag))


def _day_first(first: int, second: int, year: int) -> datetime | None:
    """The day of `13.06.2024`, and of `06/13/2024`, whose month cannot be 13."""
    day, month = (second, first) if second > _MONTHS >= first else (first, second)
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None


def _month_first(plain: str) -> datetime | None:
    """The day of `06/13/2024 08:00`, whose month cannot be 13."""
    found = _FIGURES_AND_TIME.fullmatch(plain)
    return _day_first(int(found["first"]), int(found["second"]), int(found["year"])) if found else None


_MONTHS = 12
_FIGURES = re.compile(r"(?P<first>\d{1,2})(?P<mark>[./-]) ?(?P<second>\d{1,2})(?P=mark) ?(?P<year>(?:19|20|21)\d{2})")


_FIGURES_AND_TIME = re.compile(rf"{_FIGURES.pattern},? \d{{1,2}}:\d{{2}}(?::\d{{2}})?(?: ?[AP]M)?", re.IGNORECASE)


def _has_other_words(words: Sequence[str], tag: str) -> bool:
    """Whether there is a word that stands in no date of a language, nor of English."""
    return any(
        len(word) > len("von")
        and word[:3].casefold() not in _MONTH_STARTS
        and not any(names_day(word, each) for each in (tag, "en"))
        for word in words
    )


def _order(language: str, plain: str) -> Languages:
    own = [(language,)] if language in _LANGUAGES else []
    letter = _LETTER.search(plain)
    if letter is None:
        return own or [("fr",)]
    groups = _BY_SCRIPT.get(unicodedata.name(letter[0], "").partition(" ")[0], _LATIN)
    return [*own, ("en",)] if own and groups is _LATIN else [*own, *groups]


@cache
def _dateparser() -> Any:  # noqa: ANN401 # a module without annotations
    import dateparser  # noqa: PLC0415 # a second, for the few texts that write a day out

    return dateparser


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def first_date(candidates: Sequence[object], language: str = "") -> datetime | None:
    """The first of some texts that is a date; a mapping or a list is none."""
    texts = (str(each) for each in candidates if each and not isinstance(each, Mapping | list))
    return next((moment for text in texts if (moment := parse_date(text, language))), None)
