"""Signs that engines take for something else, and the words that they join."""

import re
from collections.abc import Sequence
from typing import Final

from podcaster.values.value import Settled

LEVELS: Final = re.compile(
    r"(?<!\w)(?:Section|Article|Chapter|Version|Figure|Table|Clause|Paragraph|Appendix|Annex|Artikel|Kapitel|Abschnitt|Artículo|"
    r"Art\.|art\.|section|article|chapter|version|figure|table|clause|paragraph|artículo|sección|capítulo|versión|artigo|versão|"
    r"§§?)\s?(\d{1,3}\.\d{1,3})(?!\d|[.,]\d|\s?%)"
)
"""Numbers of sections, whose dot parts levels in every language."""
_SIGN: Final = re.compile(r"(?<!\S)(?:[<>≤≥±=≈×÷]|<=|>=|\+/[-−])(?!\S)|[±≤≥]|\+/[-−]")
_CODE: Final = re.compile(r"(?<!\S)[\^~@#*|+\\](?!\S)|(?<![\w*#\\:.])(?:[*\\]\w+|#\d+)(?![\w*])")
_JOINED: Final = re.compile(r"(?<![\w*:\\])\w+(?:[\^~*\\]\w+)+(?![\w*]|\.\w)")


def signs(sentence: str, made: Sequence[Settled]) -> list[Settled]:
    """Signs that engines take for something else: `4 < 9`, `±`."""
    taken = [(each.start, each.end) for each in made]
    return [
        Settled(start=each.start(group), end=each.end(group), form=each[group], plain=each[group])
        for group, pattern in ((0, _SIGN), (0, _CODE), (0, _JOINED), (1, LEVELS))
        for each in pattern.finditer(sentence)
        if not any(start <= each.start() < end for start, end in taken)
    ]


def codes(sentence: str) -> tuple[Settled, ...]:
    """Signs that have a meaning in an engine's format, and the words that they join: `a^b`, `#5`, ` + `."""
    found = [each for pattern in (_CODE, _JOINED) for each in pattern.finditer(sentence)]
    return tuple(
        Settled(start=each.start(), end=each.end(), form=each[0], plain=each[0])
        for each in sorted(found, key=lambda each: each.start())
    )


def joined(sentence: str) -> tuple[str, ...]:
    """The words of a sentence that such signs join."""
    return tuple(_JOINED.findall(sentence))
