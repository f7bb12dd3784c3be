"""Letters of another script inside a word that look like the word's own, as keyboards and scanners leave them."""

import re
from collections.abc import Set as AbstractSet
from typing import Final

_CYRILLIC: Final = "аеорсухіјѕһԁԛԝАВЕКМНОРСТХІЈЅ"
_LATIN: Final = "aeopcyxijshdqwABEKMHOPCTXIJS"
_TO_LATIN: Final = str.maketrans(_CYRILLIC, _LATIN)
_TO_CYRILLIC: Final = str.maketrans(_LATIN, _CYRILLIC)
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_IN_CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]")
_IN_LATIN: Final = re.compile(r"[A-Za-z\u00c0-\u024f]")


def unmixed(text: str, scripts: AbstractSet[str]) -> str:
    """The text with such words in one script: `Pаypаl` whose `а` is Cyrillic, `Mосква` whose `M` is Latin.

    Args:
        text: One line.
        scripts: The first words of the Unicode names of the language's own letters; LATIN is among them.
    """
    if not (_IN_CYRILLIC.search(text) and _IN_LATIN.search(text)):
        return text
    cyrillic = "CYRILLIC" in scripts
    return _WORD.sub(lambda found: _in_one_script(found[0], cyrillic=cyrillic), text)


def _in_one_script(word: str, *, cyrillic: bool) -> str:
    if not (_IN_CYRILLIC.search(word) and _IN_LATIN.search(word)):
        return word
    latin, other = word.translate(_TO_LATIN), word.translate(_TO_CYRILLIC)
    wanted = ((other, _IN_LATIN), (latin, _IN_CYRILLIC)) if cyrillic else ((latin, _IN_CYRILLIC), (other, _IN_LATIN))
    return next((made for made, foreign in wanted if not foreign.search(made)), word)
