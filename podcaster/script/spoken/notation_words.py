"""Words for signs of mathematics, addresses and the net, by language."""

from dataclasses import dataclass
from functools import cache

from podcaster.script.spoken.word_tables import table
from podcaster.units import LanguageTag


@dataclass(frozen=True, slots=True, kw_only=True)
class Notation:
    """Words for a sign; templates have `{0}` and `{1}` for its neighbours."""

    power: str
    squared: str
    cubed: str
    times: str
    ratio: str
    """Between the figures of a ratio or a score."""
    less: str
    more: str
    at_most: str
    at_least: str
    equals: str
    plus_minus: str
    at: str
    """The sign of addresses."""
    dot: str
    hashtag: str
    minus: str
    plus: str
    divided: str
    unequal: str
    infinity: str
    root: str
    """Before what stands behind the root sign."""
    permille: str
    """Template for a number of thousandths."""
    about: str
    by: str
    """Between the sides of a room."""
    fold: str
    """Behind a number that something was multiplied by."""
    arrow: str
    """Between a value and what became of it."""
    underscore: str
    section: str


@cache
def notation_words(language: LanguageTag) -> Notation | None:
    """The words of a language; None where nobody wrote them down."""
    words = table(language, "notation")
    return Notation(**words) if words else None
