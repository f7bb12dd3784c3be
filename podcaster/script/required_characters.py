"""Characters without which a pattern finds nothing, so that a text that lacks them need not be searched.

A sentence goes through hundreds of patterns, and most of these ask for a digit or a sign that it does not have.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from re import _constants as op  # type: ignore[attr-defined] # not published, and in every Python since 3.11
from re import _parser  # type: ignore[attr-defined]
from typing import Any, Final

DIGIT: Final = "\\d"
"""Stands for every decimal digit, in `required` and in `characters`."""
_LARGEST_RANGE: Final = 300
_OTHER_CASES: Final = {"i": "İı", "k": "\u212a", "s": "ſ"}
"""Other letters that one matches where case is ignored."""
_MOST: Final = 2
"""Sets of a pattern that are looked for: a third one seldom tells more."""
_TOO_COMMON: Final = 0.8
RequiredSets = tuple[frozenset[str], ...]


def characters(text: str) -> frozenset[str]:
    """The characters of a text, as `required` names them."""
    found = frozenset(text)
    return found | {DIGIT} if any(map(str.isdecimal, found)) else found


def required(pattern: re.Pattern[str]) -> RequiredSets:
    """Sets of characters of which a text has to have one each, or the pattern finds nothing; none where that is not known.

    The sets that are rarest in texts are taken, two at most.
    """
    sets = dict.fromkeys(_of_items(_parser.parse(pattern.pattern, pattern.flags), pattern.flags))
    rare = [each for each in sets if _commonness(each) < _TOO_COMMON]
    return tuple(sorted(rare, key=_commonness)[:_MOST])


def _of_items(items: Iterable[tuple[Any, Any]], flags: int) -> Iterator[frozenset[str]]:
    """The sets of things that stand behind one another."""
    for code, value in items:
        if code is op.LITERAL:
            yield from _known([_letter(value, flags)])
        elif code is op.IN:
            yield from _known([_member(kind, member, flags) for kind, member in value])
        elif code is op.BRANCH:
            yield from _of_branches([tuple(_of_items(each, flags)) for each in value[1]])
        elif code is op.SUBPATTERN:
            _, added, taken, inner = value
            yield from _of_items(inner, (flags | added) & ~taken)
        elif code in {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}:
            least, _, inner = value
            yield from _of_items(inner, flags) if least else ()
        elif code is op.ATOMIC_GROUP:
            yield from _of_items(value, flags)
        elif code is op.ASSERT:
            yield from _of_items(value[1], flags)


def _of_branches(branches: Sequence[RequiredSets]) -> Iterator[frozenset[str]]:
    """The rarest of each branch, together: one of the branches is there."""
    if all(branches):
        yield frozenset().union(*(min(each, key=_commonness) for each in branches))


def _known(members: Sequence[frozenset[str] | None]) -> Iterator[frozenset[str]]:
    known = [each for each in members if each is not None]
    if len(known) == len(members):
        yield frozenset().union(*known)


def _member(code: Any, value: Any, flags: int) -> frozenset[str] | None:  # noqa: ANN401 # the parser's own
    """The characters of a part of `[…]`; None where they are too many, or all but some."""
    if code is op.LITERAL:
        return _letter(value, flags)
    if code is op.RANGE and value[1] - value[0] <= _LARGEST_RANGE:
        letters = [_letter(each, flags) for each in range(value[0], value[1] + 1)]
        return frozenset().union(*(each for each in letters if each is not None)) if None not in letters else None
    return frozenset({DIGIT}) if code is op.CATEGORY and value is op.CATEGORY_DIGIT else None


def _letter(code: int, flags: int) -> frozenset[str] | None:
    """A character, in both cases where these are one; None for a cased one that is not ASCII: some have three forms."""
    letter = chr(code)
    if letter.isdecimal():
        return frozenset({DIGIT})
    if not flags & re.IGNORECASE or letter.lower() == letter.upper():
        return frozenset({letter})
    lower = letter.lower()
    return frozenset({lower, lower.upper(), *_OTHER_CASES.get(lower, "")}) if letter.isascii() else None


def _commonness(letters: frozenset[str]) -> float:
    """About the share of texts that have one of them, by kinds of characters; 1 or more for all texts."""
    return sum(map(_share, letters))


def _share(letter: str) -> float:
    if letter in {DIGIT, ","}:
        return 0.5
    if letter in " .":
        return 1.0
    if letter.islower():
        return 0.1 if letter in "jkqvwxyzàáâãçèéêëìíîïñòóôõöùúûüß" else 0.9
    return 0.15 if letter.isupper() else 0.02
