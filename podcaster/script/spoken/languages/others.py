"""Languages of which little need be said: engines read most of their signs, CLDR abbreviates in their dates."""

import re
from collections.abc import Mapping
from typing import Final

from podcaster.script import cldr
from podcaster.script.spoken import currency_signs
from podcaster.script.spoken.wording import Rule, Scale, Wording, replaced
from podcaster.units import LanguageTag

_YEAR: Final[Mapping[str, tuple[Rule, ...]]] = {
    "be": (replaced(r"(?<=\d{4} )г\.", "года"),),
    "uk": (replaced(r"(?<=\d{4} )р\.", "року"),),
    "mk": (replaced(r"(?<=\d{4} )г\.", "година"),),
    "lt": (replaced(r"(?<=\d{4} )m\.", "metų"), replaced(r"(?<=\d )d\.", "diena")),
    "hy": (replaced(r"(?<=\d{4} )թ\.", "թվական"),),
}
"""The word for a year, or a day, that stands abbreviated behind it in a date."""


def wording(language: LanguageTag) -> Wording:
    """The words of a language: CLDR's names of currencies, and of the powers of ten that they are counted in."""
    return Wording(
        decimal_comma=cldr.decimal_comma(language),
        currencies=currency_signs.unlisted(language, {}, many_forms=False),
        scales=_scales(language),
        rules=_YEAR.get(language.partition("-")[0], ()),
    )


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
