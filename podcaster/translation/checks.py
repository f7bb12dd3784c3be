"""Whether a translated line says what its source says, as far as a program can tell."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from podcaster.model import Check
from podcaster.translation.names import singular
from podcaster.units import LanguageTag
from podcaster.values import comparing
from podcaster.values.worded import worded

_ENGLISH = (LanguageTag("en"), LanguageTag("en"))
_MARK = re.compile(r"(?<!\w)[*@#](?=\w)|[⁇⟦⟧]|\\@")
_SHORT = 24
_LENGTHS = (0.4, 2.6)
_LOOP_WORDS = 3
_UNTRANSLATED_WORDS = 4
_DOUBLED = re.compile(r"(?<!\w)(?P<name>[^\W\d_a-z]\w+) (?P=name)(?!\w)")
"""A name said twice: models stammer at short ones."""


def check_line(
    source: str, target: str, *, kept: Sequence[str], languages: tuple[LanguageTag, LanguageTag] = _ENGLISH
) -> tuple[Check, ...]:
    """Every check of a line, in a fixed order.

    `kept` are the protected texts that must be in the target; `languages` are the source's and the target's, by whose rules
    numbers are read.
    """
    return _checks(source, target, tuple(kept), *languages)


@lru_cache(2048)
def _checks(
    source: str, target: str, kept: tuple[str, ...], source_language: LanguageTag, language: LanguageTag
) -> tuple[Check, ...]:
    """A line is checked when it is translated, and again as a part of its report."""
    faults = {
        "numbers": "; ".join(comparing.faults(source, target, source_language, language)),
        "names": _kept(target, kept),
        "length": _length(worded(source, source_language), target),
        "repetition": _repetition(source, target),
        "untranslated": _untranslated(source, target, kept),
        "marks": _marks(source, target),
    }
    return tuple(Check(name=name, passed=not fault, detail=fault) for name, fault in faults.items())


def _kept(target: str, kept: Sequence[str]) -> str:
    folded = target.casefold()
    return "; ".join(f"{text} is missing" for text in dict.fromkeys(kept) if singular(text).casefold() not in folded)


def _length(source: str, target: str) -> str:
    if not target.strip():
        return "nothing is left of it"
    ratio = len(target) / max(len(source), 1)
    least, most = _LENGTHS
    return "" if len(source) < _SHORT or least <= ratio <= most else f"{ratio:.1f} times as long as the source"


def _repetition(source: str, target: str) -> str:
    """The loop that neural models fall into: the same words again and again, more often than the source has any."""
    doubled = [name for name in _DOUBLED.findall(target) if f"{name} {name}" not in source]
    if doubled:
        return f"{doubled[0]!r} is repeated"
    ours = _most_repeated(target)
    return f"{ours[0]!r} is repeated" if ours[1] >= _LOOP_WORDS and ours[1] > _most_repeated(source)[1] else ""


def _most_repeated(text: str) -> tuple[str, int]:
    words = text.lower().split()
    if max(Counter(words).values(), default=0) < _LOOP_WORDS:
        return "", 0  # what is said so often has words that are
    runs = Counter(" ".join(words[place : place + 3]) for place in range(len(words) - 2))
    doubled = Counter(first for first, second in pairwise(words) if first == second)
    doubles = Counter({word: count + 1 for word, count in doubled.items()})
    return max([*runs.most_common(1), *doubles.most_common(1)], key=lambda each: each[1], default=("", 0))


def _untranslated(source: str, target: str, kept: Sequence[str]) -> str:
    for text in kept:
        source, target = source.replace(text, ""), target.replace(text, "")
    words = [word for word in re.findall(r"[^\W\d_]+", source) if word.islower()]
    return "it reads like the source" if len(words) >= _UNTRANSLATED_WORDS and source == target else ""


def _marks(source: str, target: str) -> str:
    marks = set(_MARK.findall(target)) - set(_MARK.findall(source))
    return f"marks of the engine are left in it: {' '.join(sorted(marks))}" if marks else ""
