"""Sentences as engines read them best: plain letters, dates and rates in words, no abbreviations that pass for words."""

import re
from datetime import date
from functools import cache, lru_cache
from importlib import import_module
from typing import Final

from podcaster import language as languages
from podcaster.script import cldr
from podcaster.script.rewriting import Rewriting
from podcaster.script.spoken.letters import plain
from podcaster.script.spoken.numbered_parts import IN_A_STREET
from podcaster.script.spoken.wording import any_of
from podcaster.units import LanguageTag
from podcaster.values.parsing import read
from podcaster.values.value import Value, ValueKind


@lru_cache(4096)
def prepared(sentence: str, source: LanguageTag) -> str:
    """A sentence as engines read it best: plain letters, and days in figures with their month in words."""
    text = LEADING_DOT.sub("0.", plain(sentence, source)).translate(_BRACKETS)
    text = _abbreviated(languages.base(source))(text)
    days = [
        value for value in read(text, source) if value.kind is ValueKind.DATE and _FIGURE_DATE.fullmatch(value.text)
    ]
    for value in reversed(days):
        text = f"{text[: value.start]}{_day(value, source)}{text[value.end :]}"
    return text


def _old_money(found: re.Match[str]) -> str:
    """`£4 10s 6d` as `£4, 10 shillings and 6 pence`."""
    pence = f" and {found[3]} pence" if found[3] else ""
    shillings = f"{found[2]} {'shilling' if found[2] == '1' else 'shillings'}"
    return f"£{found[1]}{',' if pence else ' and'} {shillings}{pence}" if found[1] else f"{shillings}{pence}"


def _named_day(found: re.Match[str]) -> str:
    """`12/31` as `31 December`."""
    return f"{found[2]} {cldr.locale(LanguageTag('en')).months['format']['wide'][int(found[1])]}"


_BRACKETS: Final = str.maketrans("{}", "()")
"""Brackets that mean something to engines."""
LEADING_DOT: Final = re.compile(r"(?<![\w.,])\.(?=\d)")
_IN_MILLIONS: Final = "people|tonnes|tons|litres|barrels|homes|hectares|acres|doses|votes|jobs"
_AREAS: Final = rf"(?:(?:[kc]?m[²³23]|ha|t|bbl|[kMG]Wh)(?!\w)|(?:{_IN_MILLIONS})\b)"
"""What there are millions and no metres of."""


@cache
def _abbreviated(base: str) -> Rewriting:
    """Puts something in place of abbreviations that engines take for words and slashes."""
    if base != "en":
        return Rewriting(())
    each = any_of(import_module("podcaster.script.spoken.languages.english.words").EACH)
    return Rewriting.of(
        (re.compile(r"(?<!\w)(?:y/y|y-o-y|yoy|YoY)(?!\w)"), "year on year"),
        (re.compile(r"(?<!\w)(?:q/q|q-o-q|qoq|QoQ)(?!\w)"), "quarter on quarter"),
        (re.compile(r"(?<!\w)(?:m/m|MoM|m-o-m)(?!\w)"), "month on month"),
        (re.compile(r"(?<=\d)-(?:per[- ]cent|percent)(?!\w)"), " percent"),
        (re.compile(r"(?<!\w)per[- ]cent(?!\w)"), "percent"),
        (re.compile(r"(?<=\d)\s?\*\s?(?=\d)"), " × "),
        (re.compile(r"(?<![\w.])(\d)['′]\s?(\d{1,2})(?:[\"″”])(?!\w)"), r"\1 feet \2 inches"),
        (re.compile(r"(?<![\w~])~\s?(?=[\d$€£])"), "about "),
        (
            re.compile(r"(?<=\d)-a-(?=(?:year|month|week|day|night|head|share|barrel|tonne|ton|litre|gallon|pound)\b)"),
            " a ",
        ),
        (re.compile(r"(?<![\d/.,–-])(1[3-9]|2\d|3[01])\.(0\d|1[0-2])\.(\d\d)(?![\d/-]|[.,]\d)"), r"\1/\2/20\3"),
        (re.compile(rf"(?<![\w/.])(\d{{1,3}})/(\d{{1,3}})(?={IN_A_STREET})"), r"\1-\2"),
        (re.compile(r"(?<![\w/.,–-])(0?[1-9]|1[0-2])/(1[3-57-9]|2[1-36-9]|31)(?![\w/-]|[.,]\d|\s?%)"), _named_day),
        (re.compile(r"(?<!\w)(Mr|Mrs|Ms|Dr)(?= [A-Z])"), r"\1."),
        (re.compile(rf"(?<=\d)(\s?[A-Za-zµ°²³/]{{1,9}})/(?=(?:{each})(?![\w/]))"), r"\1 per "),
        (re.compile(rf"(?<=[\d€$£kKmMbBn])\s?/\s?(?=(?:{each})(?![\w/]))"), " per "),
        (re.compile(r"(?<!\w)£(\d[\d,]*)[ .](\d{1,2})s(?:[ .]?(\d{1,2})d)?(?!\w)"), _old_money),
        (re.compile(r"(?<![\w.,’'–-])()(\d{1,2})s[ .]?(\d{1,2})d(?!\w)"), _old_money),
        (re.compile(r"(?<![\w.,$€£-])(\d{1,2})p(?!\w|\.\w)"), r"\1 pence"),
        (re.compile(r"(?<=[\d½¼¾]) tbsps?(?= (?!of\b)[a-z])"), " tablespoons of"),
        (re.compile(r"(?<=[\d½¼¾]) tsps?(?= (?!of\b)[a-z])"), " teaspoons of"),
        (re.compile(rf"(?<=\d)m(?= (?:{_AREAS}))"), " million"),
        (re.compile(r"(?<=\d)/(?=10{0,3} ?(?:g|kg|ml|l|km|m)(?!\w))"), " per "),
        (re.compile(r"№\s?(?=\d)"), "number "),
        (re.compile(r"(?<![\w.,])10−(?=\d{1,2}(?!\d))"), "10^-"),
        (re.compile(r"(?<=\d)(\s?)u(?=g(?:/|\b))"), r"\1µ"),
        (re.compile(r"(?<=/m)\^?3(?!\d)|(?<=\d m)\^3(?!\d)"), "³"),
    )


_FIGURE_DATE: Final = re.compile(r"[\d/.–-]+")


def _day(value: Value, language: LanguageTag) -> str:
    year, month, day = value.date
    if day is None and year and month:
        return cldr.month_of_year(date(year, month, 1), language)
    try:
        named = date(year or 0, month or 0, day or 0)
    except ValueError:
        return value.text
    if languages.base(language) == "en":
        return cldr.long_date(named, LanguageTag("en-GB"))
    return cldr.long_date(named, language)
