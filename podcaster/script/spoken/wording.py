"""One language's wording of signs and figures."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from podcaster.script.rewriting import Rule

_ROMAN: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A power of ten that amounts of money are given in."""

    one: str
    """For exactly one of it, the number included: `un millón`."""
    many: str
    """Behind the number: `millones`."""
    link: str = " "
    """Between it and the currency: ` de `."""


def one_or_more(number: str) -> int:
    """The form that goes with a number: the first for 1, else the last."""
    return 0 if number == "1" else -1


def inflected(names: str, number: str, form: Callable[[str], int] = one_or_more) -> str:
    """The one of a name's forms, `dollar|dollars`, that goes with a number; a name of one form goes with all."""
    forms = names.split("|")
    return forms[form(number)] if len(forms) > 1 else names


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Words for signs. What is empty stays as it is written: engines read many signs properly by themselves."""

    decimal_comma: bool = True
    """Whether 2,5 is two and a half; then 2.5 is written 2,5 for the voice."""
    percent: str = ""
    """One word, or its forms as `процент|процента|процента|процентов`; so are the names of scales and currencies."""
    form: Callable[[str], int] = one_or_more
    """The form of a name that goes with a number; the last stands behind millions."""
    to: str = ""
    """Between the ends of a range."""
    between: tuple[str, str] | None = None
    """The word before a range that asks for another word in it: `("between", "and")`."""
    plus: str = ""
    minus: str = ""
    currencies: Mapping[str, str] = field(default_factory=dict)
    """By sign or ISO 4217 code."""
    scales: Mapping[str, Scale] = field(default_factory=dict)
    """By what is written behind the number: `k`, `m`, `bn`, `million`."""
    first_rules: tuple[Rule, ...] = ()
    """Rules of the language that run before all others."""
    rules: tuple[Rule, ...] = ()
    """The same; runs before amounts and ranges."""
    last_rules: tuple[Rule, ...] = ()
    """The same, after them."""


def words(text: str) -> tuple[str, ...]:
    """The words of a text, for tables that would fill a page with quotation marks."""
    return tuple(text.split())


def written_out(forms: Mapping[str, str]) -> Rule:
    """A rule that replaces whole words and phrases; the longest wins."""
    longest_first = sorted(forms, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    return partial(pattern.sub, lambda found: forms[found[0]])


def replaced(pattern: str, replacement: str | Callable[[re.Match[str]], str], *, flags: int = 0) -> Rule:
    """A rule that replaces what a pattern finds."""
    return partial(re.compile(pattern, flags).sub, replacement)


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of some words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def roman(numeral: str) -> int | None:
    """The value of a Roman numeral below 4,000 in its one proper form; None for other letters."""
    values = [_ROMAN[letter] for letter in numeral]
    value = sum(-here if here < after else here for here, after in zip(values, [*values[1:], 0], strict=True))
    return value if _to_roman(value) == numeral else None


def _to_roman(value: int) -> str:
    ones = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    tens = ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC")
    hundreds = ("", "C", "CC", "CCC", "CD", "D", "DC", "DCC", "DCCC", "CM")
    return "M" * (value // 1000) + hundreds[value // 100 % 10] + tens[value // 10 % 10] + ones[value % 10]
