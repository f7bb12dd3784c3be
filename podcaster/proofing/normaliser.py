"""One way to write what was to be said and what was heard: lower-case words, with numbers and signs spelled out.

Recognizers write `14%` and `$3bn` for what voices were given as words, and the other way round.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final, Literal

from podcaster import language as languages
from podcaster.model import LineKind
from podcaster.script.phonetics import as_written
from podcaster.script.spoken import spoken_form
from podcaster.script.spoken.han_numerals import in_characters
from podcaster.units import LanguageTag

NumberStyle = Literal["cardinal", "year"]
"""Readings of four digits: 1998 as a thousand and some, or as a year."""

_DECIMAL_COMMA: Final = frozenset(["ca", "de", "es", "fr", "gl", "id", "it", "nl", "pl", "pt", "ro", "ru", "sv"])
_NUM2WORDS: Final[Mapping[str, str]] = {
    "en": "en", "es": "es", "pt": "pt_BR", "fr": "fr", "it": "it", "de": "de", "ca": "ca", "gl": "es", "nl": "nl", "pl": "pl",
    "ro": "ro", "ru": "ru", "sv": "sv", "id": "id",
}  # fmt: skip
_YEARS: Final = frozenset({"en", "de", "sv", "nl"})
"""Languages that read years in pairs of digits."""
_SAME: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {"per cent": "percent", "okay": "ok", "mr": "mister", "mrs": "missus", "dr": "doctor"},
    "es": {"punto": "coma", "dr": "doctor", "dra": "doctora"},
    "pt": {"ponto": "vírgula"},
    "gl": {"punto": "coma"},
    "fr": {"point": "virgule"},
    "it": {"punto": "virgola"},
}
"""Words with the same meaning, by language; the first is replaced by the second."""
_UNSAID: Final[Mapping[str, frozenset[str]]] = {"en": frozenset({"and"})}
"""Words that some say within a number, `two hundred (and) five`: left out where they stand beside one."""

_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")
_ORDINAL: Final = re.compile(r"(?<![\d.,])(\d{1,4})(?:st|nd|rd|th)\b", re.IGNORECASE)
_DOUBLED_CURRENCY: Final = re.compile(
    r"[$€£¥]\s?(\d[\d.,]*(?:\s[^\W\d]+)??)\s((?:d[oó]l|euro|libra|pound|yen)\w*)", re.IGNORECASE
)
"""`$86 million dollars`: the sign says nothing more."""
_APOSTROPHES: Final = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'"})
_HAN: Final = re.compile(r"[〇\u3400-\u4dbf\u4e00-\u9fff]")
"""Characters of Chinese: each is compared as a word, since nobody writes where words end."""
_NO_WORD: Final = re.compile(r"[^\w\s']|_|(?<!\w)'|'(?!\w)")


def normalised(text: str, language: LanguageTag, numbers: NumberStyle = "cardinal") -> tuple[str, ...]:
    """The words of a text, as they are compared."""
    base = languages.base(language)
    plain = unicodedata.normalize("NFC", as_written(text)).translate(_APOSTROPHES)
    plain = _DOUBLED_CURRENCY.sub(r"\1 \2", plain)
    said = spoken_form(plain, LineKind.PARAGRAPH, language) if plain.strip() else ""
    if base == "en":
        said = _ORDINAL.sub(lambda found: _ordinal(found[1]), said)
    said = _NUMBER.sub(lambda found: f" {_in_words(found[0], base, numbers)} ", said)
    bare = " ".join(_NO_WORD.sub(" ", said.lower()).split())
    for written, same in _SAME.get(base, {}).items():
        bare = re.sub(rf"\b{written}\b", same, bare)
    return tuple((_HAN.sub(r" \g<0> ", bare) if base == "zh" else bare).split())


def has_year(text: str) -> bool:
    """Whether there are digits that could be read as a year."""
    return re.search(r"(?<!\d)(?:1[1-9]|20)\d\d(?!\d)", text) is not None


def _ordinal(number: str) -> str:
    from num2words import num2words  # noqa: PLC0415 # as below

    return str(num2words(int(number), to="ordinal"))


def _in_words(number: str, base: str, style: NumberStyle) -> str:
    """A number in words; as it is written where nobody knows how."""
    if base == "zh":
        return in_characters(number.replace(",", ""))
    if base not in _NUM2WORDS:
        return number
    from num2words import num2words  # noqa: PLC0415 # slow to load; most sentences have nothing for it

    language = _NUM2WORDS[base]
    decimal, thousands = (",", ".") if base in _DECIMAL_COMMA else (".", ",")
    whole, _, fraction = re.sub(rf"\{thousands}(?=\d{{3}}(?!\d))", "", number).partition(decimal)
    if not whole.isdigit() or (fraction and not fraction.isdigit()):
        return number
    try:
        if style == "year" and base in _YEARS and not fraction and len(whole) == 4:  # noqa: PLR2004 # a year's digits
            return str(num2words(int(whole), lang=language, to="year"))
        return str(num2words(float(f"{whole}.{fraction}") if fraction else int(whole), lang=language))
    except (NotImplementedError, OverflowError, ValueError):
        return number
