"""Word boundaries of a term, with and without spaces between words."""

import re
from typing import Final

UNSPACED: Final = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\u1780-\u17ff"  # Burmese, Khmer
    "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # kana and ideographs
)
"""Ranges of scripts whose words stand side by side, for a character class."""
_LETTER: Final = rf"[^\W{UNSPACED}]"
"""A letter or figure of a script whose words are spaced."""
_UNSPACED: Final = re.compile(f"[{UNSPACED}]")


def whole(term: str) -> str:
    """A pattern for a term as whole words: nothing of a word stands beside it, unless the script sets no spaces there."""
    return f"{before(term)}{re.escape(term)}{behind(term)}"


def before(term: str) -> str:
    """Lookbehind for the start of a term."""
    return "" if _UNSPACED.match(term) else rf"(?<!{_LETTER})"


def behind(term: str) -> str:
    """Lookahead for the end of a term."""
    return "" if _UNSPACED.match(term[-1:]) else rf"(?!{_LETTER})"
