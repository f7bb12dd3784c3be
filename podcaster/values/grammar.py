"""Number formats of languages: signs for groups and decimals by CLDR; words for scales, percent, money and minus."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final

from podcaster import language as languages
from podcaster.script import cldr
from podcaster.script.language_words import table
from podcaster.script.spoken.currency_signs import SIGNS
from podcaster.script.spoken.languages import wording_of
from podcaster.units import LanguageTag

_FAMILIES: Final = {
    "dollar": "USD AUD CAD HKD NZD SGD TWD FJD JMD TTD BBD BSD BZD GYD LRD NAD XCD BND",
    "peso": "MXN PHP ARS CLP COP CUP DOP UYU", "pound": "GBP EGP LBP SDG SYP SSP", "rupee": "INR PKR LKR NPR MUR SCR",
    "yen": "JPY CNY", "crown": "SEK NOK DKK ISK CZK", "franc": "CHF XAF XOF RWF BIF DJF GNF KMF FRF", "rial": "IRR OMR YER QAR SAR",
    "shilling": "KES UGX TZS SOS", "dinar": "KWD BHD IQD JOD DZD TND LYD RSD MKD", "lira": "TRY",
}  # fmt: skip
_UNSPACED: Final[Mapping[str, Mapping[str, str]]] = {
    "zh": {"元": "CNY", "元人民币": "CNY", "元人民幣": "CNY", "块钱": "CNY", "美元": "USD", "欧元": "EUR", "英镑": "GBP", "日元": "JPY",
           "港元": "HKD", "卢布": "RUB", "韩元": "KRW"},
    "zh-TW": {"美元": "USD", "歐元": "EUR", "英鎊": "GBP", "日圓": "JPY", "人民幣": "CNY", "新台幣": "TWD"},
    "zh-HK": {"美元": "USD", "歐元": "EUR", "英鎊": "GBP", "港元": "HKD", "人民幣": "CNY"},
    "ja": {"円": "JPY", "ドル": "USD", "米ドル": "USD", "ユーロ": "EUR", "ポンド": "GBP", "元": "CNY", "ウォン": "KRW"},
    "th": {"บาท": "THB", "ดอลลาร์": "USD", "ยูโร": "EUR", "ปอนด์": "GBP", "เยน": "JPY"},
}  # fmt: skip
"""Words for money that CLDR writes otherwise, or not at all."""
_FAMILY_OF: Final = {code: family for family, codes in _FAMILIES.items() for code in codes.split()}
_NAMED: Final = (
    "USD EUR GBP JPY CNY INR RUB TRY CHF KRW ILS UAH BRL MXN PHP NGN VND THB KZT AZN GEL GHS KES ZAR PLN CZK HUF SEK NOK DKK SAR IRR EGP "
    "PKR BDT IDR MYR ARS CLP COP PEN BTC"
)


_SAME_EVERYWHERE: Final = frozenset("UAH KZT TRY NGN THB VND GEL AZN GHS ZAR".split())  # noqa: SIM905 # a list of codes
"""Currencies whose English names other languages leave as they are, or give an s."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """One language's signs and words for numbers."""

    language: LanguageTag
    decimal: str
    scales: Mapping[str, int]
    """Powers of ten by their words."""
    percent: tuple[str, ...]
    minus: tuple[str, ...]
    at_least: tuple[str, ...]
    """Words behind which those for minus mean at least, or about."""
    links: tuple[str, ...]
    currencies: Mapping[str, str]
    """Codes by sign, code and word, in folded case."""
    months: Mapping[str, int]
    """By full and short name, in folded case."""


@cache
def grammar(language: LanguageTag) -> Grammar:
    """Number grammar of a language; languages without a table have CLDR's signs, months and currencies only."""
    base = languages.base(language)
    words, powers = table(base, "reading"), table(base, "powers")
    return Grammar(
        language=language,
        decimal="," if cldr.decimal_comma(language) else ".",
        scales=_scales(powers) if powers else _scales_of_wording(language),
        percent=("%", "％", "٪", *filter(None, words.get("percent", "").split("|"))),
        minus=tuple(words.get("minus", "minus").split("|")),
        at_least=tuple(filter(None, words.get("at_least", "").split("|"))),
        links=tuple(filter(None, words.get("link", "").split("|"))),
        currencies=_currencies(language),
        months=_months(language),
    )


def family(unit: str) -> str:
    """Comparison key of a unit: all dollars are equal, since their sign is."""
    return _FAMILY_OF.get(unit, unit)


def parsed(written: str, decimal: str) -> Decimal:
    """A number as a language writes it: a sign before three figures groups them, unless it is the decimal sign."""
    plain = re.sub(r"[\s\u00a0\u202f’']", "", written)
    signs = [sign for sign in plain if sign in ".,"]
    if not signs:
        return Decimal(plain)
    last = signs[-1]
    head, _, tail = plain.rpartition(last)
    several = signs.count(last) > 1
    mixed = len(set(signs)) > 1
    groups = len(tail) == 3 and not mixed and (several or last != decimal) and len(re.split(r"[.,]", head)[0]) <= 3  # noqa: PLR2004
    if several or groups:
        return Decimal(re.sub(r"[.,]", "", plain))
    return Decimal(f"{re.sub(r'[.,]', '', head) or '0'}.{tail}")


def _scales(powers: Mapping[str, str]) -> Mapping[str, int]:
    return {word: int(power) for power, words in powers.items() for word in words.split("|")}


def _scales_of_wording(language: LanguageTag) -> Mapping[str, int]:
    """Words for powers of ten that CLDR has, for languages without a table."""
    known = wording_of(language).scales
    powers = {"k": 3, "m": 6, "bn": 9, "tn": 12}
    return {word: power for key, power in powers.items() if key in known for word in known[key].many.split("|")}


def _currencies(language: LanguageTag) -> Mapping[str, str]:
    """Signs, codes and the words that our own tables and CLDR have for money."""
    from babel.numbers import get_currency_name  # noqa: PLC0415 # slow to load

    locale = cldr.locale(language)
    made = {sign.casefold(): code for sign, code in SIGNS.items()} | {code.casefold(): code for code in _NAMED.split()}
    for code in _NAMED.split():
        for count in (1, 2, 5):
            made.setdefault(str(get_currency_name(code, count=count, locale=locale)).casefold(), code)
    codes = set(_NAMED.split())
    for code, names in wording_of(LanguageTag("en")).currencies.items():
        if code in codes and code in _SAME_EVERYWHERE:
            for name in names.split("|"):
                made.setdefault(name.casefold(), code)
                made.setdefault(f"{name.casefold()}s", code)
    made |= _UNSPACED.get(str(language), _UNSPACED.get(languages.base(language), {}))
    own = wording_of(language).currencies
    for code, names in own.items():
        if code in codes:
            made |= {name.casefold(): code for name in names.split("|")}
    return made


def _months(language: LanguageTag) -> Mapping[str, int]:
    locale = cldr.locale(language)
    made: dict[str, int] = {}
    for form in ("stand-alone", "format"):
        for width in ("abbreviated", "wide"):
            names = locale.months[form][width]
            made |= {str(name).casefold().rstrip("."): number for number, name in names.items()}
    return {name: number for name, number in made.items() if not name.isdigit()}
