"""Compatibility characters as the plain letters and figures that they stand for: `ﬁrst` as `first`, `４５` as `45`."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from podcaster.script.spoken.wording import roman
from podcaster.units import LanguageTag

_PLAIN: Final = frozenset(
    {
        "<compat>", "<font>", "<wide>", "<narrow>", "<circle>", "<square>", "<initial>", "<medial>", "<final>",
        "<isolated>", "<small>", "<vertical>", "<sub>",
    }
)  # fmt: skip
"""Kinds of decomposition (UAX #44) that change a letter's look alone; raised, lowered and fraction signs mean something."""
_KEPT: Final = frozenset("№և")
"""Signs that languages say as a word or a letter of their own."""
_WIDE: Final = frozenset({"<wide>", "<small>", "<vertical>"})
_ROUND: Final = ("DINGBAT", "NEGATIVE CIRCLED", "DOUBLE CIRCLED")
"""Beginnings of the names of figures in discs and rings that Unicode does not decompose."""
_TYPED: Final = str.maketrans("⁄∕∙‐‑﹣⁃‒―", "//·----–—")
"""Slashes, dots and dashes of other lengths."""
_SMALL_CAPITALS: Final = re.compile("(?<!\\w)[ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢos vwxz]{2,}(?!\\w)".replace(" ", ""))
_CAPITALS: Final = dict(zip(map(ord, "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ"), "abcdefghijklmnopqrstuvwyz", strict=True))
_RAISED_LETTERS: Final = re.compile("[ᴬ-ᵂᵃ-ᵡʰ-ʸˡ-ˣⁱⁿⱽꟲ-ꟴꟸꟹ]+")
"""Letters that stand raised, as in `1ˢᵗ`."""
_BESIDE: Final = re.compile(r"(?<=[：；，？！])(?=[^\W\d])|(?<=[^\W\d][：；，？！])(?=\d)")
"""Behind a wide sign, which brings its own space."""
_OVERLAYS: Final = re.compile("[\u0334-\u0338\u20d0-\u20f0]|(?<=[\u0300-\u036f]{2})[\u0300-\u036f]+")
"""Strokes through letters, and marks heaped on marks."""
_ROMAN_SIGNS: Final = re.compile(
    r"(?:(?<![^\W\d_])(?P<name>[^\W\d_]{2,}[ \u00a0]))?(?P<signs>[Ⅰ-ⅿ]+)(?!(?!(?:st|nd|rd|th|e|er|ème|[oa])\b)\w)"
)
_ROMAN_SIGN: Final = re.compile("[Ⅰ-ⅿ]")
_EASTERN: Final = frozenset({"zh", "ja", "ko", "yue"})
"""Languages whose punctuation is wide."""
_AS_IT_IS: Final = re.compile("[\x00-\x7fÀ-ÖØ-öø-ÿ·¿¡«»“”‘’–—€£]*")
"""Letters and signs of Western European texts, none of which is changed."""
_OWN_DIGITS: Final = frozenset({"ar", "as", "bn", "ckb", "fa", "hi", "mr", "my", "ne", "pa", "ps", "ur"})
"""Languages whose voices read digits of another form than ours."""


def plain(text: str, language: LanguageTag) -> str:
    """The text with plain letters and digits for those of another width, weight, form or script of digits."""
    if text.isascii() or _AS_IT_IS.fullmatch(text):
        return text
    base = language.partition("-")[0]
    own_digits, eastern = base in _OWN_DIGITS, base in _EASTERN
    text = _OVERLAYS.sub("", text.translate(_TYPED))
    text = _ROMAN_SIGNS.sub(_numeral, text) if _ROMAN_SIGN.search(text) else text
    text = _SMALL_CAPITALS.sub(lambda found: found[0].translate(_CAPITALS), _RAISED_LETTERS.sub(_lowered, text))
    if not eastern:
        text = _BESIDE.sub(" ", text)
    return unicodedata.normalize("NFC", "".join(_plain(sign, own_digits=own_digits, eastern=eastern) for sign in text))


def _lowered(found: re.Match[str]) -> str:
    """Raised letters as plain ones; one alone behind a figure or a letter is a power."""
    before = found.string[: found.start()]
    power = found[0] in {"ⁿ", "ˣ", "ⁱ"} and re.search(r"(?:\d|(?<![^\W\d_])[^\W\d_])$", before)
    return found[0] if power else unicodedata.normalize("NFKC", found[0])


def _numeral(found: re.Match[str]) -> str:
    """Roman numerals that are signs of their own: letters behind a name, where they are a ruler's; else a number."""
    letters = unicodedata.normalize("NFKC", found["signs"]).upper()
    ordinal = found.string[found.end() : found.end() + 1].isalpha()
    number = None if found["name"] and found["name"][0].isupper() and not ordinal else roman(letters)
    return f"{found['name'] or ''}{letters if number is None else number}"


@lru_cache(4096)
def _plain(sign: str, *, own_digits: bool, eastern: bool) -> str:
    if sign.isascii() or sign in _KEPT:
        return sign
    if unicodedata.category(sign) == "Nd":
        decomposed = unicodedata.decomposition(sign)
        return sign if own_digits and not decomposed else str(unicodedata.decimal(sign))
    kind = unicodedata.decomposition(sign).partition(" ")[0]
    if kind in _PLAIN:
        return _compatible(sign, kind, eastern=eastern)
    if not kind and unicodedata.category(sign) == "No" and unicodedata.name(sign).startswith(_ROUND):
        return f" {unicodedata.numeric(sign):g} "
    return sign


def _compatible(sign: str, kind: str, *, eastern: bool) -> str:
    """A compatibility character as what it stands for, if that is plain."""
    whole = unicodedata.normalize("NFKC", sign)
    if kind == "<circle>" and whole.isdigit():
        return f" {whole} "
    if kind == "<compat>" and whole.isascii() and unicodedata.category(sign) == "Po":
        return "…" if whole[0] == "." else "!" if whole == "!!" else "?" if whole == "??" else whole
    currency = unicodedata.category(sign) == "Sc" and kind not in _WIDE
    kept = currency or (kind == "<sub>" and not whole.isalpha())
    wide_sign = kind in _WIDE and not eastern
    joins = unicodedata.combining(whole[0]) > 0  # the marks of half-width kana
    return whole if not kept and (wide_sign or joins or any(map(str.isalnum, whole))) else sign
