"""Signs that engines take for something else, and the words that they join."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from podcaster.script.spoken.quantities.measures import FACTOR
from podcaster.values.value import Settled

LEVELS: Final = re.compile(
    r"(?<!\w)(?:Section|Article|Chapter|Version|Figure|Table|Clause|Paragraph|Appendix|Annex|Artikel|Kapitel|Abschnitt|Artículo|"
    r"Art\.|art\.|section|article|chapter|version|figure|table|clause|paragraph|artículo|sección|capítulo|versión|artigo|versão|"
    r"§§?)\s?(\d{1,3}\.\d{1,3})(?!\d|[.,]\d|\s?%)"
)
"""Numbers of sections, whose dot parts levels in every language."""
_SIGN: Final = re.compile(r"(?<!\S)(?:[<>≤≥±=≈×÷]|<=|>=|\+/[-−])(?!\S)|[±≤≥]|\+/[-−]")
_CODE: Final = re.compile(r"(?<=\d )×(?= \d)|(?<!\S)[\^~@#*|+\\≠](?!\S)|(?<![\w*#\\:.])(?:[*\\]\w+|#\d+)(?![\w*])")
_JOINED: Final = re.compile(r"(?<![\w*:\\])\w+(?:[\^~*\\]\w+)+(?![\w*]|\.\w)")


_RATE: Final = re.compile(
    rf"(?<![\w.,/])(?P<number>\d[\d.,]*(?:[–-]\d[\d.,]*)?)"
    rf"(?![ \u00a0\u202f]?\S{{0,12}}/(?:day|week|month|year|hour|acre)|[ ]?A/B)(?P<unit>[ \u00a0\u202f]?{FACTOR}(?:/(?:\d+ ?)?{FACTOR})+)"
    r"(?![\w/²³^·⁻'’]|\.\w)"
)
"""So much of a unit with a slash in its sign: `90 km/h`."""
_UNDER: Final = re.compile(rf"\s?/\s?{FACTOR}(?![\w/²³^·⁻'’]|\.\w)")


def rates(sentence: str, made: Sequence[Settled], figures: Callable[[str], str]) -> list[Settled]:
    """Amounts with units that have a slash, whose two sides engines take for words; `figures` writes a number as the target does.

    What is priced by a unit, as `$85/MWh`, is one stretch with its price.
    """
    priced = [
        replace(each, end=found.end(), form=f"{each.form}{found[0]}", plain=f"{each.plain}{found[0]}")
        if (found := _UNDER.match(sentence, each.end))
        else each
        for each in made
    ]
    taken = [(each.start, each.end) for each in priced]
    return priced + [
        Settled(
            start=each.start(),
            end=each.end(),
            form=f"{_NUMBER.sub(lambda found: figures(found[0]), each['number'])}{each['unit']}",
            plain=each[0],
        )
        for each in _RATE.finditer(sentence)
        if not any(start < each.end() and each.start() < end for start, end in taken)
    ]


_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")


_RAISED: Final = re.compile(
    r"(?<![\w.,/·⋅])(?<!\d )(?!(?:[kcmdh]?m|ft|in|mi|yd|s)[²³])(?:[A-Za-zα-ω]|mc)[²³⁴-⁹ⁿ¹⁰⁻]+(?![\w⁺])"
)
"""A letter to a power: `x²`."""


def signs(sentence: str, made: Sequence[Settled]) -> list[Settled]:
    """Signs that engines take for something else: `4 < 9`, `±`."""
    taken = [(each.start, each.end) for each in made]
    return [
        Settled(start=each.start(group), end=each.end(group), form=each[group], plain=each[group])
        for group, pattern in ((0, _SIGN), (0, _CODE), (0, _JOINED), (0, _RAISED), (1, LEVELS))
        for each in pattern.finditer(sentence)
        if not any(start <= each.start() < end for start, end in taken)
    ]


def codes(sentence: str) -> tuple[Settled, ...]:
    """Signs that have a meaning in an engine's format, and the words that they join: `a^b`, `#5`, ` + `."""
    found = [each for pattern in (_CODE, _JOINED, _RAISED) for each in pattern.finditer(sentence)]
    return tuple(
        Settled(start=each.start(), end=each.end(), form=each[0], plain=each[0])
        for each in sorted(found, key=lambda each: each.start())
    )


def joined(sentence: str) -> tuple[str, ...]:
    """The words of a sentence that such signs join."""
    return (*_JOINED.findall(sentence), *_RAISED.findall(sentence))
