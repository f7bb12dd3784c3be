"""Number formats of languages: signs for groups and decimals by CLDR; words for scales, percent, money and minus."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final

from podcaster import language as languages
from podcaster.script import cldr
from podcaster.script.spoken.currency_signs import SIGNS
from podcaster.script.spoken.languages import wording_of
from podcaster.units import LanguageTag

_SCALES: Final[Mapping[str, str]] = {
    "en": "3=k|thousand 5=lakh|lakhs 6=million|mn|mln 7=crore|crores 12=lakh_crore 9=billion|bn|bln 12=trillion|tn|trn",
    "es": "3=mil|k 6=millón|millones|M|mn 9=mil_millones|millardo|millardos|mil_M|bn 12=billón|billones 18=trillón|trillones",
    "ca": "3=mil|k 6=milió|milions|M 9=mil_milions|miliard|miliards 12=bilió|bilions",
    "gl": "3=mil|k 6=millón|millóns|M 9=mil_millóns 12=billón|billóns",
    "pt": "3=mil|k 6=milhão|milhões|mi|M 9=bilhão|bilhões|bi|mil_milhões 12=trilhão|trilhões|tri|bilião|biliões",
    "de": "3=tausend|Tsd.|Tsd 6=Million|Millionen|Mio.|Mio 9=Milliarde|Milliarden|Mrd.|Mrd 12=Billion|Billionen|Bio.|Bio",
    "fr": "3=mille|k 6=million|millions|M 9=milliard|milliards|Md|Mds|Mrd 12=billion|billions",
    "it": "3=mila|mille 6=milione|milioni|mln 9=miliardo|miliardi|mld 12=bilione|bilioni|mille_miliardi|mila_miliardi",
    "nl": "3=duizend 6=miljoen|mln 9=miljard|mld 12=biljoen|bln",
    "pl": "3=tysiąc|tysiące|tysięcy|tys. 6=milion|miliony|miliona|milionów|mln 9=miliard|miliardy|miliarda|miliardów|mld "
    "12=bilion|biliony|biliona|bilionów|bln",
    "sv": "3=tusen 6=miljon|miljoner|mn|mkr 9=miljard|miljarder|md 12=biljon|biljoner",
    "ru": "3=тысяча|тысячи|тысяч|тыс.|тыс 6=миллион|миллиона|миллионов|млн|млн. 9=миллиард|миллиарда|миллиардов|млрд|млрд. "
    "12=триллион|триллиона|триллионов|трлн|трлн.",
    "zh": "3=千 4=万|萬 6=百万 7=千万 8=亿|億 9=十亿 10=百亿 11=千亿 12=万亿|兆",
    "ja": "4=万 8=億 12=兆",
    "hi": "3=हज़ार|हजार 5=लाख 6=मिलियन 7=करोड़|करोड 9=अरब|बिलियन 12=ट्रिलियन",
}
"""Words for powers of ten, as `6=million`; a low line stands for a space."""
_PERCENT: Final[Mapping[str, str]] = {
    "en": "percent|per cent|per-cent|pct|pc", "es": "por ciento|por cien", "ca": "per cent|per cents", "gl": "por cento",
    "pt": "por cento", "de": "Prozent|vom Hundert", "fr": "pour cent|pour cents", "it": "per cento", "nl": "procent",
    "pl": "procent|procenta|procentu|procentów", "sv": "procent", "ru": "процент|процента|процентов|процентам|процентами",
    "hi": "प्रतिशत|फीसदी|फ़ीसदी", "zh": "",
}  # fmt: skip
_MINUS: Final[Mapping[str, str]] = {
    "en": "minus|negative", "es": "menos", "ca": "menys", "gl": "menos", "pt": "menos", "de": "minus", "fr": "moins",
    "it": "meno", "nl": "min", "pl": "minus", "sv": "minus", "ru": "минус", "hi": "माइनस", "zh": "负|零下",
}  # fmt: skip
_AT_LEAST: Final[Mapping[str, str]] = {
    "es": "al|lo|cuando|o", "ca": "al|si|pel cap|o", "gl": "ao|polo|cando|ou", "pt": "ao|pelo|quando|ou", "fr": "au|du|le|ou",
    "it": "lo|quanto|o", "de": "oder", "nl": "of",
}  # fmt: skip
"""Words that a minus sign's word stands behind when it means no sign: `al menos 30`, `más o menos 30`."""
_LINKS: Final[Mapping[str, str]] = {"es": "de", "ca": "de|d’|d'", "gl": "de", "pt": "de", "fr": "de|d’|d'", "it": "di"}
"""Between a scale and what is counted."""
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
    return Grammar(
        language=language,
        decimal="," if cldr.decimal_comma(language) else ".",
        scales=_scales(_SCALES[base]) if base in _SCALES else _scales_of_wording(language),
        percent=("%", "％", "٪", *filter(None, _PERCENT.get(base, "").split("|"))),
        minus=tuple(filter(None, _MINUS.get(base, "minus").split("|"))),
        at_least=tuple(filter(None, _AT_LEAST.get(base, "").split("|"))),
        links=tuple(filter(None, _LINKS.get(base, "").split("|"))),
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


def _scales(written: str) -> Mapping[str, int]:
    made: dict[str, int] = {}
    for each in written.split():
        power, _, forms = each.partition("=")
        made |= {form.replace("_", " "): int(power) for form in forms.split("|")}
    return made


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
