"""Reads the values of a sentence: what is written in figures and, where a language's words are known, in words."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache, lru_cache
from typing import Final

from podcaster.script import cldr
from podcaster.script.spoken import telephones
from podcaster.script.spoken.figure_dates import day_first, month_first
from podcaster.script.spoken.notation_words import notation_words
from podcaster.script.spoken.numbered_parts import IN_A_STREET
from podcaster.script.spoken.wording import roman
from podcaster.units import LanguageTag
from podcaster.values import han, words
from podcaster.values.grammar import Grammar, grammar, parsed
from podcaster.values.patterns import ADJOINING, PLAIN, patterns_of
from podcaster.values.unit_names import UNIT_SIGNS, unit_words
from podcaster.values.value import Value, ValueKind

_TOKEN: Final = re.compile(
    r"(?:\bhttps?://|\bwww\.)[^\s<>\"”’)\]]*[\w/]"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w@/])@[A-Za-z_]\w+|(?<![\w$])\$[A-Z]{1,5}(?:\.[A-Z])?(?![\w$]|\.\d)|(?<![\w&/#])#[^\W\d_]\w+"
    r"|(?<![\w/.@-])[A-Za-z0-9][\w-]*(?:\.[\w-]+)*\.(?:docx?|pdf|xlsx?|pptx?|odt|csv|txt|zip|html?|json|xml|toml|ya?ml|jpe?g|png|gif|"
    r"svg|mp[34]|py|js|exe|md|epub)(?![\w/]|\.\w)"
    r"|(?<![\w/.@-])(?:[a-z0-9][a-z0-9-]*\.)+(?:com|org|net|gov|edu|int|info|io|eu|uk|de|es|fr|it|pt|nl|ch|at|ca|au|jp|cn|br|mx)"
    r"(?:/[\w./-]*\w)?(?![\w-])"
    r"|(?<![\w.,])(?!\d{1,3}(?:\.\d{3}){3}(?!\d))\d{1,3}(?:\.\d{1,3}){3}(?![\w%]|[.,]\d)"
    r"|(?<![\w/.@#&=?-])[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+(?![\w/]|\.\w)"
    r"|(?<![\w.,])[vV]\d+(?:\.\d+)+(?!\w)"
    r"|(?<![\w.,$])(?!\d{1,2}\.(?:0?\d|1[0-2])\.\d\d(?!\d))(?!\d{1,3}(?:\.\d{3})+(?!\d))\d{1,3}(?:\.\d{1,3}){2}(?![\w%-]|[.,]\d)"
    r"|(?<!\w)[A-Z][a-z]?[²³⁴]?[⁺⁻](?!\w)"
    r"|(?<!\w)FY\s?['’]?\d\d(?:\d\d)?(?:[/–-]\d\d)?(?![\w%])"
    r"|(?<![\w\\])[A-Za-z]:(?:\\[\w.-]+)+|(?<![\w/.])(?:/[\w.-]*[A-Za-z_][\w.-]*){2,}(?![\w/])"
    r"|(?<!\w)(?:NYSE|NASDAQ|Nasdaq|LSE|LON|TSE|TSX|TYO|HKEX|HKG|ASX|BME|EPA|ETR|FRA|NSE|BSE|JSE|KRX):\s?[A-Z0-9]{1,6}(?!\w)",
    re.ASCII,
)
_NO_TOKEN: Final = re.compile(r"(?:[^.@#$_/\\:⁺⁻\d]|\.(?!\w))*")
"""Texts without the signs that each of them has."""
_ISO: Final = re.compile(
    r"(?<![\d/.,–-])((?:1[5-9]|20)\d\d)[-/.](0?[1-9]|1[0-2])[-/.](0?[1-9]|[12]\d|3[01])(?![\d/-]|[.,]\d)"
)
_FIGURE_DATE: Final = re.compile(r"(?<![\d/.,–-])(\d{1,2})([-/.])(\d{1,2})\2((?:1[5-9]|20)\d\d)(?![\d/-]|[.,]\d)")
_MONTH_YEAR: Final = re.compile(r"(?<![\d/.,–-])(0?[1-9]|1[0-2])/((?:19|20)\d\d)(?![\d/-]|[.,]\d)")
_TIME: Final = re.compile(r"(?<![\d:.,])([01]?\d|2[0-4]):([0-5]\d)(?![\d:]|[.,]\d)\s?(?:([ap])\.?m\b)?", re.IGNORECASE)
_HALF_DAY: Final = re.compile(r"(?<![\d:.,])(1[0-2]|[1-9])(?:[.:]([0-5]\d))?\s?([ap])\.?m\b", re.IGNORECASE)
_RAISED: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺−", "0123456789-+-")
_POWER: Final = re.compile(
    rf"(?<![\w.,])(?:({PLAIN})\s?[×x·⋅*]\s?)?({PLAIN})(?:\^\(?([-−+]?\d+)\)?|([⁻⁺]?[⁰¹²³⁴-⁹]+))(?!\w)"
    rf"|(?<![\w.,])({PLAIN})[eE]([+-]?\d{{1,3}})(?!\w)"
)
_FRACTION: Final = re.compile(rf"(?<![\w/.,-])(\d{{1,2}})(?:/| बटा )(\d{{1,2}})(?![\w/-]|[.,]\d|{IN_A_STREET})")
_VULGAR: Final = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4)}
_ROMAN: Final = re.compile(r"(?<![\w.-])[IVXL]+(?![\w-]|\.\w)")
_RATIO: Final = re.compile(r"(?<![\w:.,])(\d{1,4}):(\d{1,4})(?![\w:]|[.,]\d)")
_LONGEST_POWER: Final = 60
_ADJOINING: Final = re.compile(f"[{ADJOINING}]")
_DIGIT: Final = re.compile(r"\d")


@lru_cache(8192)
def read(text: str, language: LanguageTag) -> tuple[Value, ...]:
    """The values of a sentence in the order in which they stand; none lies within another."""
    found: list[Value] = []
    left = text
    parted = _ADJOINING.search(text) is not None
    for reader in _READERS if _DIGIT.search(text) or not cldr.spaced(language) else _READERS_WITHOUT_DIGITS:
        apart = parted and reader in _READERS_OF_SIGNS
        values = list(reader(_ADJOINING.sub(" ", left) if apart else left, language))
        found += values
        left = _blanked(left, values)
    found += words.read(left, language)
    found += _romans(_blanked(left, found))
    return tuple(sorted(found, key=lambda value: value.start))


def _blanked(text: str, values: list[Value]) -> str:
    """The text with a sign that is part of nothing in place of what was read."""
    for value in values:
        text = text[: value.start] + "\ue000" * (value.end - value.start) + text[value.end :]
    return text


def _value(kind: ValueKind, found: re.Match[str], **more: object) -> Value:
    start = found.start() + len(found[0]) - len(found[0].lstrip())
    return Value(kind=kind, start=start, end=found.end(), text=found[0].lstrip(), **more)  # type: ignore[arg-type] # names are checked by Value


def _tokens(text: str, _: LanguageTag) -> Iterator[Value]:
    if _NO_TOKEN.fullmatch(text):
        return iter(())  # as most sentences, at a tenth of the search's cost
    return (_value(ValueKind.TOKEN, found) for found in _TOKEN.finditer(text))


def _dates(text: str, language: LanguageTag) -> Iterator[Value]:
    for found in _ISO.finditer(text):
        yield _value(ValueKind.DATE, found, date=(int(found[1]), int(found[2]), int(found[3])))
    for found in _FIGURE_DATE.finditer(text):
        one, two = int(found[1]), int(found[3])
        month, day = (one, two) if month_first(language) and not day_first(text, found[2]) else (two, one)
        if month > 12:  # noqa: PLR2004 # months of a year
            month, day = day, month
        if month <= 12:  # noqa: PLR2004 # the same
            yield _value(ValueKind.DATE, found, date=(int(found[4]), month, day), swapped=max(one, two) <= 12)  # noqa: PLR2004 # the same
    for found in _MONTH_YEAR.finditer(text):
        yield _value(ValueKind.DATE, found, date=(int(found[2]), int(found[1]), None))
    if not cldr.spaced(language):
        yield from han.dates(text)
    for pattern in patterns_of(language).worded_date:
        for found in pattern.finditer(text):
            groups = found.groupdict()
            month = grammar(language).months[found["month"].casefold().rstrip(".")]
            year = int(groups["year"]) if groups.get("year") else None
            yield _value(ValueKind.DATE, found, date=(year, month, int(groups["day"]) if groups.get("day") else None))
        text = pattern.sub(lambda found: "\ue000" * len(found[0]), text)


def _times(text: str, _: LanguageTag) -> Iterator[Value]:
    for found in _TIME.finditer(text):
        yield _value(ValueKind.TIME, found, numbers=(_hour(int(found[1]), found[3]), Decimal(found[2])))
    for found in _HALF_DAY.finditer(_TIME.sub(lambda each: "\ue000" * len(each[0]), text)):
        yield _value(ValueKind.TIME, found, numbers=(_hour(int(found[1]), found[3]), Decimal(found[2] or 0)))


def _hour(hour: int, half: str | None) -> Decimal:
    if half and half.lower() == "p":
        return Decimal(hour % 12 + 12)
    return Decimal(hour % 12 if half else hour)


def _ratios(text: str, _: LanguageTag) -> Iterator[Value]:
    for found in _RATIO.finditer(text):
        yield _value(ValueKind.RATIO, found, numbers=(Decimal(found[1]), Decimal(found[2])))


def _telephones(text: str, _: LanguageTag) -> Iterator[Value]:
    return (_value(ValueKind.DIGITS, found) for found in telephones.numbers_in(text))


def _powers(text: str, language: LanguageTag) -> Iterator[Value]:
    decimal = grammar(language).decimal
    for found in _POWER.finditer(text):
        if found[5]:
            factor, base, exponent = found[5], "10", found[6]
        else:
            factor, base, exponent = found[1] or "1", found[2], (found[3] or found[4]).translate(_RAISED)
        if abs(int(exponent)) <= _LONGEST_POWER:
            yield _value(
                ValueKind.NUMBER, found, numbers=(parsed(factor, decimal) * parsed(base, decimal) ** int(exponent),)
            )


def _powers_in_words(text: str, language: LanguageTag) -> Iterator[Value]:
    """Powers as our own voices say them: `2.5 times 10 to the power of 4`."""
    decimal = grammar(language).decimal
    pattern = _power_words(language)
    for found in pattern.finditer(text) if pattern else ():
        exponent = int(found["exponent"]) * (-1 if found["minus"] else 1)
        if abs(exponent) <= _LONGEST_POWER:
            number = parsed(found["factor"] or "1", decimal) * parsed(found["base"], decimal) ** exponent
            yield _value(ValueKind.NUMBER, found, numbers=(number,))


@cache
def _power_words(language: LanguageTag) -> re.Pattern[str] | None:
    said = notation_words(language)
    if said is None:
        return None
    template = (
        re.escape(said.power)
        .replace(r"\{0\}", rf"(?P<base>{PLAIN})")
        .replace(r"\{1\}", rf"(?P<minus>{re.escape(said.minus)}\s?)?(?P<exponent>\d+)")
    )
    return re.compile(rf"(?:(?P<factor>{PLAIN})\s?{re.escape(said.times)}\s?)?{template}")


def _fractions(text: str, _: LanguageTag) -> Iterator[Value]:
    for found in _FRACTION.finditer(text):
        if 0 < int(found[1]) < int(found[2]):
            yield _value(ValueKind.FRACTION, found, numbers=(Decimal(found[1]), Decimal(found[2])))
    for sign, (above, below) in _VULGAR.items():
        for found in re.finditer(sign, text) if sign in text else ():
            yield _value(ValueKind.FRACTION, found, numbers=(Decimal(above), Decimal(below)))


def _parts_of_a_hundred(text: str, language: LanguageTag) -> Iterator[Value]:
    """Chinese: `百分之五`."""
    if cldr.spaced(language):
        return
    for found in re.finditer(rf"(负|-|−)?百分之(?:({PLAIN})|([零〇一二三四五六七八九十百点點]+))", text):
        number = parsed(found[2], ".") if found[2] else han.decimal_numeral(found[3])
        if number is not None:
            yield _value(ValueKind.NUMBER, found, numbers=(-number if found[1] else number,), unit="%")


def _compounds(text: str, language: LanguageTag) -> Iterator[Value]:
    """Chinese and Japanese: `1亿2000万`, `１万２千`."""
    return iter(()) if cldr.spaced(language) else han.compounds(text, grammar(language).currencies)


def _numbers(text: str, language: LanguageTag) -> Iterator[Value]:
    reader = patterns_of(language)
    found = list(reader.number.finditer(text))
    values = [_number(each, reader.grammar) for each in found]
    for place, value in enumerate(values):
        after = values[place + 1] if place + 1 < len(values) else None
        between = text[value.end : after.start] if after else ""
        if after and _BETWEEN.fullmatch(between):
            yield _with_end(value, after, found[place + 1], reader.grammar)
            if value.unit.isupper() and not after.unit and re.fullmatch(r"[-–—~]", between):
                values[place + 1] = replace(after, unit=value.unit)
        else:
            yield value


_BETWEEN: Final = re.compile(
    r"\s?[-–—/~～至到]\s?|\s?(?:to|and|or|a|y|e|i|o|u|ou|et|à|bis|und|oder|tot|en|of|till|och|eller|do|lub|до|и|или|से|to–)\s?"
)


def _with_end(value: Value, after: Value, written: re.Match[str], known: Grammar) -> Value:
    """The beginning of a range, which can have the scale and the unit of its end."""
    numbers = value.numbers
    scale = known.scales.get(written["scale"] or "")
    if scale:
        numbers = (*numbers, *(number * 10**scale for number in numbers))
    return replace(value, numbers=numbers, unit=value.unit or f"?{after.unit}" if after.unit else value.unit)


def _number(found: re.Match[str], known: Grammar) -> Value:
    number = parsed(found["number"], known.decimal)
    numbers = [number]
    if scale := known.scales.get(found["scale"] or ""):
        numbers = [number * 10**scale]
    elif found["letter"]:
        numbers = [number * 10 ** {"k": 3, "m": 6, "b": 9, "t": 12}[found["letter"].lower()], number]
    if found["sign"] or found["inner"]:
        hyphen = found["sign"] == "-" and _ADJOINING.match(found.string, found.start() - 1)
        numbers = [*(-each for each in numbers), *(numbers if hyphen else ())]
    money = found["before"] or found["behind"]
    unit = (
        known.currencies.get(money.casefold(), "")
        if money
        else "%"
        if found["percent"]
        else "‰"
        if found["permille"]
        else ""
    )
    if not unit and found["unit"]:
        unit = unit_words(known.language).get(found["unit"].casefold(), "") or UNIT_SIGNS.get(found["unit"], "")
    kind = ValueKind.ORDINAL if found["ordinal"] else ValueKind.NUMBER
    return _value(kind, found, numbers=tuple(numbers), unit=unit)


def _romans(text: str) -> Iterator[Value]:
    for found in _ROMAN.finditer(text):
        if (number := roman(found[0])) is not None and found[0] != "I":
            yield _value(ValueKind.ORDINAL, found, numbers=(Decimal(number),), certain=False)


_READERS: Final = (
    _tokens,
    _dates,
    _times,
    _ratios,
    _telephones,
    _powers,
    _powers_in_words,
    _fractions,
    _parts_of_a_hundred,
    _compounds,
    _numbers,
)
"""Readers of values in the order in which they take their share of a text."""
_READERS_WITHOUT_DIGITS: Final = (_tokens, _fractions)
"""Those that find something where no digit stands, in languages that set spaces between words."""
_READERS_OF_SIGNS: Final = frozenset({_times, _ratios, _telephones, _powers, _fractions})
"""Those that read figures and signs alone, whatever letter adjoins them."""
