"""Compatibility characters as the plain letters and figures that they stand for: `ﬁrst` as `first`, `４５` as `45`."""

import unicodedata
from functools import lru_cache
from typing import Final

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
_OWN_DIGITS: Final = frozenset({"ar", "as", "bn", "ckb", "fa", "hi", "mr", "my", "ne", "pa", "ps", "ur"})
"""Languages whose voices read digits of another form than ours."""


def plain(text: str, language: LanguageTag) -> str:
    """The text with plain letters and digits for those of another width, weight, form or script of digits."""
    if text.isascii():
        return text
    own_digits = language.partition("-")[0] in _OWN_DIGITS
    return unicodedata.normalize("NFC", "".join(_plain(sign, own_digits=own_digits) for sign in text))


@lru_cache(4096)
def _plain(sign: str, *, own_digits: bool) -> str:
    if sign.isascii() or sign in _KEPT:
        return sign
    if unicodedata.category(sign) == "Nd":
        decomposed = unicodedata.decomposition(sign)
        return sign if own_digits and not decomposed else str(unicodedata.decimal(sign))
    if unicodedata.decomposition(sign).partition(" ")[0] not in _PLAIN:
        return sign
    whole = unicodedata.normalize("NFKC", sign)
    return whole if any(map(str.isalnum, whole)) else sign
