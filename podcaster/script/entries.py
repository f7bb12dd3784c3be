"""Entries of lexicons and glossaries: words and phrases, or regular expressions between slashes whose cost is bounded."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from podcaster.script.boundaries import whole

_LONGEST: Final = 200
_UNBOUNDED: Final = 300
"""As how many repetitions one without an end is counted."""
_COST: Final = 100_000
"""Ways in which an expression may try to match at one place; more would hold a report up."""
_QUANTIFIER: Final = re.compile(r"[*+?]|\{(\d*)(?:,(\d*))?\}")


def expression_of(entry: str) -> str | None:
    """The regular expression of an entry `/Bid(?:en|ens)/`; None for words.

    Raises:
        ValueError: it is wrong, or could take too long; says why.
    """
    if not (len(entry) > 2 and entry.startswith("/") and entry.endswith("/")):  # noqa: PLR2004 # two slashes
        return None
    expression = entry[1:-1]
    fault = next(_faults(expression), "")
    if fault:
        raise ValueError(fault)
    return expression


@lru_cache(1024)
def pattern_of(entry: str) -> str:
    """Pattern of an entry: whole words, or its regular expression."""
    expression = expression_of(entry)
    return whole(entry) if expression is None else expression


def _faults(expression: str) -> Iterator[str]:
    if len(expression) > _LONGEST:
        yield f"it is longer than {_LONGEST} characters"
    try:
        compiled = re.compile(expression)
    except re.error as error:
        yield f"it is no regular expression: {error}"
        return
    if compiled.search(""):
        yield "it matches where nothing stands"
    if re.search(r"\\[1-9]|\(\?P=|\(\?\(", expression):
        yield "it refers to a part of itself"
    if _cost(expression) > _COST:
        yield "its repetitions could take too long; repeat fewer parts, or bound them, as {1,20}"


@dataclass
class _Group:
    """A group of an expression, while it is read."""

    cost: int = 1
    repeats: bool = False
    branches: int = field(default=1)


def _cost(expression: str) -> int:
    """About how many ways there are to match at one place; a repetition of something that repeats counts as endless.

    So does one repetition right behind another of the same: each place where they may part is a way of its own.
    """
    open_groups = [_Group()]
    last = _Group()
    atom, endless = "", ""
    for token in _tokens(expression):
        here = open_groups[-1]
        if token == "(":  # noqa: S105 # a bracket
            open_groups.append(_Group())
        elif token == ")" and len(open_groups) > 1:  # noqa: S105 # the same
            last = open_groups.pop()
            atom, endless = "", ""
            open_groups[-1].cost *= last.cost * last.branches
            open_groups[-1].repeats |= last.repeats
        elif token == "|":  # noqa: S105 # a branch
            here.branches += 1
        elif found := _QUANTIFIER.fullmatch(token):
            most = _most(found)
            if most >= _UNBOUNDED and atom and atom == endless:
                return _COST + 1
            endless = atom if most >= _UNBOUNDED else ""
            if most > 1 and (last.repeats or (last.branches > 1 and most > _BRANCHED)):
                return _COST + 1
            here.cost *= most
            here.repeats |= most > 1
            last = _Group()
        else:
            last = _Group()
            atom, endless = token, endless if token == endless else ""
    return open_groups[0].cost * open_groups[0].branches


_BRANCHED: Final = 5
"""Most repetitions of a choice."""


def _most(found: re.Match[str]) -> int:
    if found[0] == "?":
        return 1
    if found[0][0] != "{":
        return _UNBOUNDED
    least, most = found[1], found[2]
    return int(most) if most else _UNBOUNDED if most == "" else int(least or 0)


def _tokens(expression: str) -> Iterator[str]:
    """Signs, escapes, classes and quantifiers of an expression, one by one."""
    return (
        found[0]
        for found in re.finditer(
            r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{\d*(?:,\d*)?\}|\(\?[^:)]*:?|.", expression, re.DOTALL
        )
        for found in [re.match(r"\(", found[0]) or found]
    )
