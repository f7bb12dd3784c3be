"""Least length of a report, by script: two hundred Chinese characters are a long text, two hundred letters are none."""

import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

DEFAULT: Final = "default"
LEAST_LETTERS: Final[Mapping[str, int]] = MappingProxyType(
    {DEFAULT: 60, "Hani": 25, "Hira": 40, "Kana": 40, "Hang": 40}
)
"""By ISO 15924 script code; `default` counts for every script that is not named."""
_SCRIPTS = {
    "LATIN": "Latn", "CYRILLIC": "Cyrl", "GREEK": "Grek", "ARABIC": "Arab", "HEBREW": "Hebr", "DEVANAGARI": "Deva", "THAI": "Thai",
    "HANGUL": "Hang", "HIRAGANA": "Hira", "KATAKANA": "Kana", "CJK": "Hani", "ARMENIAN": "Armn", "GEORGIAN": "Geor", "BENGALI": "Beng",
    "TAMIL": "Taml",
}  # fmt: skip
_HANDED_IN_SHARE = 1 / 3
"""Share of a page's minimum that a file needs: a page has text around its report, a file does not."""


def is_long_enough(texts: Iterable[str], least: Mapping[str, int], *, page: bool) -> bool:
    """Whether the letters of some texts make a report; each counts for its share of what its script needs."""
    needed = 1.0 if page else _HANDED_IN_SHARE
    counted = 0.0
    for text in texts:
        for sign in text:
            if sign.isalpha():
                counted += 1 / max(1, least.get(_script(sign)) or least.get(DEFAULT) or LEAST_LETTERS[DEFAULT])
                if counted >= needed - 1e-9:
                    return True
    return False


@lru_cache(maxsize=4_096)
def _script(letter: str) -> str:
    return _SCRIPTS.get(unicodedata.name(letter, "").partition(" ")[0], DEFAULT)
