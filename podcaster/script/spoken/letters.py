"""Compatibility characters as the plain letters and figures that they stand for: `ﬁrst` as `first`, `４５` as `45`."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from podcaster.script.spoken.wording import roman
from podcaster.units import LanguageTag

_PLAIN: Final = frozenset(
    {
        "<compat>",
        "<font>",
        "<wide>",
        "<narrow>",
        "<circle>",
        "<square>",
        "<initial>",
        "<medial>",
        "<final>",
        "<isolated>",
    }
)
"""Kinds of decomposition (UAX #44) that change a letter's look alone; raised, lowered and fraction signs mean something."""
_KEPT: Final = frozenset("№և")
"""Signs that languages say as a word or a letter of their own."""
_SLASHES: Final = str.maketrans("⁄∕", "//")
_OVERLAYS: Final = re.compile("[\u0334-\u0338\u20d0-\u20f0]|(?<=[\u0300-\u036f]{2})[\u0300-\u036f]+")
"""Strokes through letters, and marks heaped on marks."""
_ROMAN_SIGNS: Final = re.compile(r"(?P<name>[^\W\d_]{2,}[ \u00a0])?(?P<signs>[Ⅰ-ⅿ]+)(?!\w)")
_EASTERN: Final = frozenset({"zh", "ja", "ko", "yue"})
"""Languages whose punctuation is wide."""
_OWN_DIGITS: Final = frozenset({"ar", "as", "bn", "ckb", "fa", "hi", "mr", "my", "ne", "pa", "ps", "ur"})
"""Languages whose voices read digits of another form than ours."""


def plain(text: str, language: LanguageTag) -> str:
    """The text with plain letters and digits for those of another width, weight, form or script of digits."""
    if text.isascii():
        return text
    base = language.partition("-")[0]
    own_digits, eastern = base in _OWN_DIGITS, base in _EASTERN
    text = _ROMAN_SIGNS.sub(_numeral, _OVERLAYS.sub("", text.translate(_SLASHES)))
    return unicodedata.normalize("NFC", "".join(_plain(sign, own_digits=own_digits, eastern=eastern) for sign in text))


def _numeral(found: re.Match[str]) -> str:
    """Roman numerals that are signs of their own: letters behind a name, where they are a ruler's; else a number."""
    letters = unicodedata.normalize("NFKC", found["signs"]).upper()
    number = None if found["name"] and found["name"][0].isupper() else roman(letters)
    return f"{found['name'] or ''}{letters if number is None else number}"


@lru_cache(4096)
def _plain(sign: str, *, own_digits: bool, eastern: bool) -> str:
    if sign.isascii() or sign in _KEPT:
        return sign
    if unicodedata.category(sign) == "Nd":
        decomposed = unicodedata.decomposition(sign)
        return sign if own_digits and not decomposed else str(unicodedata.decimal(sign))
    kind = unicodedata.decomposition(sign).partition(" ")[0]
    if kind not in _PLAIN:
        return sign
    if unicodedata.category(sign) == "Sc" and kind != "<wide>":
        return sign
    whole = unicodedata.normalize("NFKC", sign)
    if kind == "<circle>" and whole.isdigit():
        return f" {whole} "
    wide_sign = kind == "<wide>" and not eastern
    return whole if wide_sign or any(map(str.isalnum, whole)) else sign
