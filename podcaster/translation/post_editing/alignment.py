"""Finds a misspelt name in a translation by its spelling."""

import re
import unicodedata
from collections.abc import Collection
from difflib import SequenceMatcher
from typing import Final

_WORD: Final = re.compile(r"\w+(?:['’.-]\w+)*")
_ALIKE: Final = 0.7
"""Least similarity of two spellings of a name, 0 to 1."""
_SHORTEST: Final = 4
"""Letters of a name that is looked for: shorter ones resemble too many words."""


def respelt(text: str, name: str, *, but: Collection[str] = ()) -> str:
    """A translation with a name in place of the words that resemble it most; as it is where none do.

    `but` are names that stand in it rightly.
    """
    if len(name) < _SHORTEST:
        return text
    words, length = list(_WORD.finditer(text)), len(name.split())
    best, place = _ALIKE, (0, 0)
    for first in range(len(words)):
        for last in range(first, min(first + length + 1, len(words))):
            span = words[first].start(), words[last].end()
            found = text[slice(*span)]
            if not found[:1].isupper() or found in but:
                continue
            alike = SequenceMatcher(None, _plain(name), _plain(found)).ratio()
            if alike > best:
                best, place = alike, span
    return text[: place[0]] + name + text[place[1] :] if place[1] else text


def _plain(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if sign.isalnum())
