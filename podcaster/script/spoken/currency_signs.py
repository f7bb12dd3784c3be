"""Currencies by their signs and codes: those that a language's own table does not name get their name from CLDR."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Final

from podcaster.script import cldr
from podcaster.script.spoken.wording import words
from podcaster.units import LanguageTag

SIGNS: Final[Mapping[str, str]] = {
    "$": "USD", "US$": "USD",  "€": "EUR", "£": "GBP", "¥": "JPY", "￥": "JPY", "₹": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY",
    "US $": "USD", "лв.": "BGN", "лв": "BGN",
    "RMB": "CNY", "CN¥": "CNY", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "HK$": "HKD", "NZ$": "NZD", "S$": "SGD",
    "R$": "BRL", "₪": "ILS", "₴": "UAH", "NT$": "TWD", "MX$": "MXN", "₦": "NGN", "₱": "PHP", "₫": "VND", "฿": "THB", "₡": "CRC",
    "₲": "PYG", "₵": "GHS", "GH₵": "GHS", "₸": "KZT", "₼": "AZN", "₾": "GEL", "₭": "LAK", "₮": "MNT", "৳": "BDT", "៛": "KHR",
    "؋": "AFN", "﷼": "IRR", "₨": "PKR", "֏": "AMD", "⃀": "KGS", "₿": "BTC", "₤": "GBP", "KSh": "KES", "Rs": "INR", "Rs.": "INR",
    "US-$": "USD", "U$S": "USD", "Sh": "KES", "Shs": "KES", "TSh": "TZS", "USh": "UGX", "CFA": "XOF", "FCFA": "XOF", "F CFA": "XOF",
    "CFA francs": "XOF", "francs CFA": "XOF", "S/": "PEN", "S/.": "PEN", "Kz": "AOA", "B/.": "PAB", "RM": "MYR", "Rp": "IDR", "N$": "NAD",
    "J$": "JMD", "TT$": "TTD", "RD$": "DOP", "EC$": "XCD", "SFr.": "CHF", "sFr.": "CHF", "DM": "DEM",
    "GH¢": "GHS", "AR$": "ARS", "COL$": "COP", "CLP$": "CLP", "JP¥": "JPY", "Z$": "ZWL", "L$": "LRD", "BZ$": "BZD", "B$": "BSD",
    "CDN$": "CAD", "C $": "CAD", "KD": "KWD", "SKr": "SEK", "DKr": "DKK", "NKr": "NOK", "Skr": "SEK", "Dkr": "DKK", "Nkr": "NOK",
    "Ksh": "KES", "Dh": "AED", "Dhs": "AED", "SR": "SAR", "Bs": "BOB", "Bs.": "BOB", "₢": "BRE", "₳": "ARA", "₥": "MILL",
    "₰": "PFENNIG", "₶": "LIVRE", "₻": "MARK", "₷": "SPESMILO", "\ua838": "INR", "\U0001ecb0": "INR",
    "zł": "PLN", "Kč": "CZK", "Ft": "HUF", "₠": "XEU", "₣": "FRF", "₧": "ESP", "₯": "GRD", "৲": "BDT", "௹": "INR", "૱": "INR",
}  # fmt: skip
"""Signs of currencies, among them every one of Unicode's category Sc that is in use, and the ISO 4217 codes that they stand for."""
CODES: Final = frozenset(
    words(
        "AED AFN ALL AMD ANG AOA ARS AUD AZN BAM BBD BDT BGN BHD BIF BND BOB BRL BSD BTN BWP BYN CAD CDF CHF CLP CNY "
        "COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD GBP GEL GHS GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS "
        "INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT "
        "MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR "
        "SBD SCR SDG SEK SGD SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TRY TTD TWD TZS UAH UGX USD UYU UZS VES "
        "VND VUV WST XAF XCD XOF XPF YER ZAR ZMW BTC "
    )
)
_COUNTS: Final = (Decimal(1), Decimal(2), Decimal("1.5"), Decimal(5))
"""One of each of CLDR's forms one, few, other and many, in the languages that have so many."""


ANY: Final = "$¢£¤¥֏؋৲৳૱௹฿៛₠-⃀﷼"
"""Signs of currencies, for a pattern's class of signs."""


def unlisted(language: LanguageTag, listed: Mapping[str, str], *, many_forms: bool) -> Mapping[str, str]:
    """Names, by sign and code, of the currencies that a language's own table does not list."""
    codes = {**SIGNS, **{code: code for code in sorted(CODES)}}
    named = {sign: listed[code] for sign, code in codes.items() if sign not in listed and code in listed}
    others = {sign: code for sign, code in codes.items() if sign not in listed and code not in listed}
    return named | {
        sign: name for sign, code in others.items() if (name := _name(code, language, many_forms=many_forms))
    }


@lru_cache(4096)
def _name(code: str, language: LanguageTag, *, many_forms: bool) -> str:
    """The forms of a currency's name; empty if CLDR has none."""
    if code in _EVERYWHERE:
        return _EVERYWHERE[code]
    from babel.numbers import get_currency_name  # noqa: PLC0415 # slow to load

    counts = _COUNTS if many_forms else (_COUNTS[0], _COUNTS[-1])
    names = [str(get_currency_name(code, count=count, locale=cldr.locale(language))) for count in counts]
    if code in names:
        return ""
    names = [_BRACKETS.sub("", name) for name in names]
    return "|".join(
        name if language.startswith(("de", "en")) or name[1:2].isupper() else name[:1].lower() + name[1:]
        for name in names
    )


_BRACKETS: Final = re.compile(r"\s*\(.*?\)")
"""Words that tell two currencies of one name apart."""
_EVERYWHERE: Final = {"BTC": "bitcoin|bitcoins", "XEU": "ECU", "MILL": "mill|mills", "PFENNIG": "pfennig|pfennigs"} | {
    "LIVRE": "livre|livres", "MARK": "mark|marks", "SPESMILO": "spesmilo|spesmilos",
}  # fmt: skip
