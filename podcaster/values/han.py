"""Reads what Chinese and Japanese write in characters of their own: days, eras, numbers with two scales."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from podcaster.script.spoken.wording import any_of
from podcaster.values.value import CERTAIN_FROM, Value, ValueKind

_DIGITS: Final = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_NUMERAL: Final = re.compile(r"[零〇一二三四五六七八九十百千万萬亿億兆两兩]+")
_PLACES: Final = {"十": 10, "百": 100, "千": 1000}
_STEPS: Final = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
_SIGNS: Final = "".join(_DIGITS)
_SMALL: Final = rf"\d{{1,2}}|[{_SIGNS}十廿]{{1,4}}"
_ERAS: Final = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "民国": 1911, "民國": 1911}
"""Years before the first of each."""
_DATE: Final = re.compile(
    rf"(?:(?P<era>{any_of(_ERAS)})(?P<reign>元|\d{{1,3}})\s?年|(?P<year>(?:1[5-9]|20)\d\d|[一二][{_SIGNS}]{{3}})\s?年)?"
    rf"(?<![\d{_SIGNS}十])(?P<month>{_SMALL})\s?月(?:(?P<day>{_SMALL})\s?[日号號])?"
)
_ERA_YEAR: Final = re.compile(rf"(?P<era>{any_of(_ERAS)})(?P<reign>元|\d{{1,3}})\s?年")
_MONTHS: Final = 12
_DAYS: Final = 31
_SCALES: Final = {"兆": 10**12, "亿": 10**8, "億": 10**8, "万": 10**4, "萬": 10**4, "千": 1000, "百": 100, "": 1}
_COMPOUND: Final = re.compile(
    r"(?<![\d.,])(?P<high>\d[\d,]*)(?P<scale>[兆亿億万萬])(?P<middle>\d[\d,]*)(?P<lower>[亿億万萬千百])(?:(?P<low>\d[\d,]*)(?P<lowest>[万萬千百])?)?"
    r"|(?<![\d.,])(?P<high1>\d[\d,]*)(?P<scale1>[兆亿億万萬])(?P<low1>\d{3,4})(?![\d.,年月日])"
)


def dates(text: str) -> Iterator[Value]:
    """`2022年3月21日`, `二〇二二年三月二十一日`, `令和4年3月21日`."""
    for found in _DATE.finditer(text):
        month, day = _number(found["month"]), _number(found["day"]) if found["day"] else None
        if not 1 <= month <= _MONTHS or (day is not None and not 1 <= day <= _DAYS):
            continue
        year = _year(found)
        yield Value(kind=ValueKind.DATE, start=found.start(), end=found.end(), text=found[0], date=(year, month, day))
    bare = _DATE.sub(lambda found: "\ue000" * len(found[0]), text)
    for found in _ERA_YEAR.finditer(bare):
        year = _ERAS[found["era"]] + (1 if found["reign"] == "元" else int(found["reign"]))
        yield Value(
            kind=ValueKind.NUMBER, start=found.start(), end=found.end(), text=found[0], numbers=(Decimal(year),)
        )


def compounds(text: str, currencies: Mapping[str, str]) -> Iterator[Value]:
    """`1亿2000万`, `１万２千`; with the currency behind it."""
    words = sorted((word for word in currencies if not word.isascii()), key=len, reverse=True)
    for found in _COMPOUND.finditer(text):
        parts = [("high", "scale"), ("middle", "lower"), ("low", "lowest"), ("high1", "scale1"), ("low1", "")]
        total = sum(
            (Decimal(found[number].replace(",", "")) * _SCALES[(found[scale] or "") if scale else ""])
            for number, scale in parts
            if found[number]
        )
        money = next((word for word in words if text.startswith(word, found.end())), "")
        end = found.end() + len(money)
        yield Value(
            kind=ValueKind.NUMBER,
            start=found.start(),
            end=end,
            text=text[found.start() : end],
            numbers=(Decimal(total),),
            unit=currencies.get(money, ""),
        )


def numbers(text: str) -> Iterator[Value]:
    """`二十五万`, `二〇二二`."""
    for found in _NUMERAL.finditer(text):
        number = numeral(found[0])
        if number is not None:
            certain = number >= CERTAIN_FROM and len(found[0]) > 1
            yield Value(
                kind=ValueKind.NUMBER,
                start=found.start(),
                end=found.end(),
                text=found[0],
                numbers=(Decimal(number),),
                certain=certain,
            )


def numeral(written: str) -> int | None:
    """`二十五万` as 250,000; figures one by one, `二〇二二`, as a year is said."""
    if all(sign in _DIGITS for sign in written):
        return int("".join(str(_DIGITS[sign]) for sign in written))
    total = section = digit = 0
    for sign in written:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _PLACES:
            section, digit = section + (digit or 1) * _PLACES[sign], 0
        else:
            size = _STEPS[sign]
            total = (total + section + digit or 1) * size if total < size else total + (section + digit) * size
            section = digit = 0
    return total + section + digit


def decimal_numeral(written: str) -> Decimal | None:
    """`二点五` as 2.5."""
    whole, _, tail = written.replace("點", "点").partition("点")
    if not whole or any(sign not in _DIGITS for sign in tail):
        return None
    return Decimal(f"{numeral(whole)}.{''.join(str(_DIGITS[sign]) for sign in tail) or 0}")


def _year(found: re.Match[str]) -> int | None:
    if found["era"]:
        return _ERAS[found["era"]] + (1 if found["reign"] == "元" else int(found["reign"]))
    if not found["year"]:
        return None
    return int("".join(str(_DIGITS.get(sign, sign)) for sign in found["year"]))


def _number(written: str) -> int:
    return int(written) if written.isdigit() and written.isascii() else numeral(written.replace("廿", "二十")) or 0
