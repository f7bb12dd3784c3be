"""Estimates how long a text takes to read."""

import re
from collections.abc import Iterable

_WORDS_A_MINUTE = 230
"""Silent reading of non-fiction (Brysbaert 2019: 238)."""
_LETTERS_A_MINUTE = 400
"""Characters a minute, for scripts that are written without spaces."""
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def reading_minutes(texts: Iterable[str]) -> int:
    """Minutes to read texts, at least one."""
    text = " ".join(texts)
    letters, rest = len(_UNSPACED.findall(text)), _UNSPACED.sub(" ", text)
    return max(1, round(letters / _LETTERS_A_MINUTE + len(rest.split()) / _WORDS_A_MINUTE))
