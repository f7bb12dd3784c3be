"""Languages of which little need be said: engines read most of their signs, CLDR abbreviates in their dates."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from podcaster.script import cldr
from podcaster.script.rewriting import Rule
from podcaster.script.spoken import common_rules, currency_signs
from podcaster.script.spoken.wording import Scale, Wording, any_of, replaced
from podcaster.units import LanguageTag

_YEAR: Final[Mapping[str, tuple[Rule, ...]]] = {
    "be": (replaced(r"(?<=\d{4} )г\.", "года"),),
    "uk": (replaced(r"(?<=\d{4} )р\.", "року"),),
    "mk": (replaced(r"(?<=\d{4} )г\.", "година"),),
    "lt": (replaced(r"(?<=\d{4} )m\.", "metų"), replaced(r"(?<=\d )d\.", "diena")),
    "hy": (replaced(r"(?<=\d{4} )թ\.", "թվական"),),
}
"""The word for a year, or a day, that stands abbreviated behind it in a date."""

_JOINER: Final = "\u2060"
_ARABIC_APART: Final[Mapping[str, tuple[Rule, ...]]] = {"ar": (replaced(r"(?<!\w)و(?=[\d$€£¥₹₠-⃀])", f"و{_JOINER}"),)}
"""Sets `and`, which is written as one word with what follows, apart from figures until they are said."""


def wording(language: LanguageTag) -> Wording:
    """The words of a language: CLDR's names of currencies, and of the powers of ten that they are counted in."""
    return Wording(
        decimal_comma=cldr.decimal_comma(language),
        currencies=currency_signs.unlisted(language, {}, many_forms=False),
        scales=_scales(language),
        first_rules=(
            *_ARABIC_APART.get(language.partition("-")[0], ()),
            *_eastern(LanguageTag(language.partition("-")[0])),
        ),
        last_rules=(replaced(_JOINER, ""),) if language.partition("-")[0] in _ARABIC_APART else (),
        rules=(*_YEAR.get(language.partition("-")[0], ()), common_rules.grouped(cldr.word_flags(language))),
    )


def _eastern(language: LanguageTag) -> tuple[Rule, ...]:
    """Rules for `$5.4bn`, whose scales Japanese and Korean count in ten thousands, and for speeds."""
    if language not in _MYRIADS:
        return ()
    names = currency_signs.unlisted(language, {}, many_forms=False)
    gap = " " if cldr.spaced(language) else ""
    number = r"(?P<number>(?<![\d.,])\d+(?:,\d{3})*(?:\.\d+)?)"
    amounts = replaced(
        rf"(?P<sign>{any_of(names)})\s?{number}\s?(?P<scale>k|K|mn?|M|bn?|B|tr?n|T)(?![A-Za-z\d])",
        lambda found: (
            f"{_in_myriads(Decimal(found['number'].replace(',', '')) * _POWERS[found['scale'][0].lower()], language)}{gap}"
            f"{names[found['sign']].partition('|')[0]}"
        ),
    )
    if language != "ja":
        return (amounts,)
    return (
        amounts,
        replaced(
            rf"(?P<sign>[$€£¥₹]?){number}\s?(?P<unit>[万億兆]?円|[万億兆]?ドル|(?<=[$€£¥₹])|kWh|GB|人|件|個|回|キロ|トン)\s?/\s?(?P<per>{_EACH})",
            _japanese_rate,
        ),
        replaced(
            rf"(?:時速)?(?P<about>約?){number}\s?(?:km/h|kmh|㎞/h|キロ/時)(?![A-Za-z])",
            r"時速\g<about>\g<number>キロメートル",
        ),
        replaced(rf"風速(?P<about>約?){number}\s?m/s(?![A-Za-z²2])", r"風速\g<about>\g<number>メートル"),
        replaced(rf"(?:秒速)?(?P<about>約?){number}\s?m/s(?![A-Za-z²2])", r"秒速\g<about>\g<number>メートル"),
    )


_EACH: Final = "時間|時|日|週|月|年|人|回|件|個|キロ|トン|平方メートル"
_PER: Final = {"時": "1時間", "時間": "1時間", "日": "1日", "週": "1週間", "月": "1か月", "年": "1年"}


def _japanese_rate(found: re.Match[str]) -> str:
    """`500円/月` as `1か月500円`."""
    return f"{_PER.get(found['per'], '1' + found['per'])}あたり{found['sign']}{found['number']}{found['unit']}"


_MYRIADS: Final = {"ja": "兆億万", "ko": "조억만"}
"""Words for 10¹², 10⁸ and 10⁴."""
_POWERS: Final = {"k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}


def _in_myriads(number: Decimal, language: LanguageTag) -> str:
    """5,400,000,000 as `54億`."""
    made = ""
    for name, power in zip(_MYRIADS[language], (12, 8, 4), strict=True):
        count, number = divmod(number, Decimal(10**power))
        made += f"{count:f}{name}" if count else ""
    return made + (f"{number.normalize():f}" if number or not made else "")


def _scales(language: LanguageTag) -> Mapping[str, Scale]:
    """CLDR's words for thousands, millions and their like, by themselves and by what English writes for them."""
    patterns = cldr.locale(language).compact_decimal_formats.get("long", {}).get("other", {})
    made: dict[str, Scale] = {}
    for size, written in _WRITTEN.items():
        pattern = str(getattr(patterns.get(size), "pattern", "")).partition(";")[0]
        word = re.sub("['0\u200e\u200f]", "", pattern).strip()
        if word and pattern.count("0") == 1:
            made |= dict.fromkeys((word, *written), Scale(one=f"1 {word}", many=word))
    return made


_WRITTEN: Final = {"1000": ("k",), "1000000": ("m",), "1000000000": ("bn",), "1000000000000": ("tn", "trn")}
"""Powers of ten by what stands behind an amount for them."""
