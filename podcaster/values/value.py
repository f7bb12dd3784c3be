"""A value in a sentence: a number of something, a day, a time, or a name that holds figures; and its form elsewhere."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

CERTAIN_FROM: Final = 13
"""Smaller numbers in words are often said in other words: both, a pair, half a year."""


class ValueKind(StrEnum):
    """Kind of a value."""

    NUMBER = "number"
    """A number, with or without a unit: money, a percentage, a measure."""
    ORDINAL = "ordinal"
    FRACTION = "fraction"
    RATIO = "ratio"
    DATE = "date"
    TIME = "time"
    """A time of day."""
    DIGITS = "digits"
    """A telephone number: its figures, one by one."""
    TOKEN = "token"  # noqa: S105 # no password
    """An address, a file's or an account's name: the same in every language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value, and where it stands."""

    kind: ValueKind
    start: int
    end: int
    """In characters of the text."""
    text: str
    """As it is written."""
    numbers: tuple[Decimal, ...] = ()
    """Possible readings, likeliest first; numerator and denominator of fractions and ratios; hours and minutes."""
    unit: str = ""
    """`%`, an ISO 4217 code, a CLDR unit, or nothing."""
    date: tuple[int | None, int | None, int | None] = (None, None, None)
    """Year, month and day; None for what is not said."""
    swapped: bool = False
    """Whether day and month of a date can be the other way round."""
    certain: bool = True
    """Whether it must be in a translation; words that may be no number, and Roman numerals, need not."""

    @property
    def number(self) -> Decimal:
        """The likeliest reading."""
        return self.numbers[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A stretch of a source sentence that stands for one thing, and its form in the target language."""

    start: int
    end: int
    """In characters of the source."""
    form: str
    plain: str
    """The same in words of the source language, for an engine that cannot keep a mask."""
