"""Russian: writings that come before others."""

import re
from typing import Final

from podcaster.script.rewriting import Rule
from podcaster.script.spoken import common_rules
from podcaster.script.spoken.wording import replaced, roman

_OF_MANY: Final = {"ста": "сто", "одного": "одно", "девяноста": "девяносто", "тысячи": "тысяче"}
"""Genitives that are other words within adjectives."""


def _compound(found: re.Match[str]) -> str:
    """`5-летний` as `пятилетний`, `100-летие` as `столетие`."""
    said = common_rules.number_words(int(found[1]), "ru", "cardinal", case="g").split()
    return "".join(_OF_MANY.get(word, word) for word in said) + found[2]


def _centuries(found: re.Match[str]) -> str:
    """`XIX–XX вв.` as `девятнадцатый-двадцатый века`."""
    where = bool(found["lead"])
    case = "p" if where or found["word"] == "веках" else "g" if found["word"] == "веков" else "n"
    first, last = (common_rules.number_words(roman(found[end]) or 0, "ru", case=case) for end in ("low", "high"))
    word = {"p": "веках", "g": "веков", "n": "века"}[case]
    return f"{found['lead'] or ''}{first}-{last} {word}"


def _years(found: re.Match[str]) -> str:
    """`в 2019–2021 гг.` as `с 2019 по 2021 год`."""
    return f"{'С' if found[0].startswith('В') else 'с'} {found['low']} по {found['high']} год"


def _of_them(found: re.Match[str]) -> str:
    """`2-х` as `двух`, `5-ти` as `пяти`."""
    return common_rules.number_words(int(found[1] or found[2]), "ru", "cardinal", case="g")


_YEAR: Final = r"(?:1\d|20)\d\d"
RULES: Final[tuple[Rule, ...]] = (
    replaced(r"(?<![\w/])г/г(?![\w/])", "год к году"),
    replaced(r"(?<![\w/])м/м(?![\w/])", "месяц к месяцу"),
    replaced(r"(?<![\w/])кв/кв(?![\w/])", "квартал к кварталу"),
    replaced(r"(?<=\d\.(?:19|20)\d\d) г\.(?= [а-яё]|[,;)]|$)", ""),
    replaced(rf"(?:\b[Вв] )?(?<![\w.,–-])(?P<low>{_YEAR})\s?[–-]\s?(?P<high>{_YEAR}) (?:гг\.|год(?:ах|ов|ы))", _years),
    replaced(
        r"(?P<lead>\b[Вв] )?\b(?P<low>[IVX]+)\s?[–-]\s?(?P<high>[IVX]+) (?P<word>вв\.|века|веков|веках)", _centuries
    ),
    replaced(r"(?<=\d0-е) гг\.", " годы"),
    replaced(
        r"(?<![\w.,])(\d{1,3})-((?:лет|процентн|километров|метров|кратн|этажн|дневн|часов|минутн|тонн|градусн|местн|тысячн)[а-яё]+)",
        _compound,
    ),
    replaced(
        r"(?<![\w.,])([234])-х(?!\w)|(?<![\w.,])([5-9]|1\d|20)-ти(?!\w)",
        _of_them,
    ),
    replaced(r"(?<![\w.,])4\s?[xх×]\s?(?=[1248]00\s?м)", "4 по "),
    replaced(r"(?<=\b[Вв] )([01]?\d|2[0-3])\.([0-5]\d)(?![\d%]|[.,]\d| ?[%а-яё])", r"\1:\2"),
    replaced(r"(?<=\d,\d\d) п\.", " пункта"),
    replaced(r"(?<=\d,\d\d) с(?=[,.;]|$)", " секунды"),
    replaced(r"\bгл\. (?=[IVX\d])", "глава "),
    replaced(r"\bкв\. (?=\d)", "квартира "),
    replaced(r"/барр\.", "/баррель"),
    replaced(r"(?<=[а-яё])/(?!1?0+\b)(?!100)(?=\d[\d,]*\s[а-яё]{3})", ", "),
)
