"""Whether a translated line says what its source says, as far as a program can tell."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from podcaster.model import Check

_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?")
_MARK = re.compile(r"(?<!\w)[*@#](?=\w)|[⁇⟦⟧]|\\@")
_SHORT = 24
_LENGTHS = (0.4, 2.6)
_LOOP_WORDS = 3
_UNTRANSLATED_WORDS = 4


def check_line(source: str, target: str, *, kept: Sequence[str]) -> tuple[Check, ...]:
    """Every check of a line, in a fixed order; `kept` are the protected texts that must be in the target."""
    faults = {
        "numbers": _numbers(source, target),
        "names": _kept(target, kept),
        "length": _length(source, target),
        "repetition": _repetition(source, target),
        "untranslated": _untranslated(source, target, kept),
        "marks": _marks(source, target),
    }
    return tuple(Check(name=name, passed=not fault, detail=fault) for name, fault in faults.items())


def numbers_in(text: str) -> list[str]:
    """The numbers of a text by their digits alone: `1,500` and `1.500` are the same one."""
    return [re.sub(r"\D", "", number) for number in _NUMBER.findall(text)]


def _numbers(source: str, target: str) -> str:
    ours, theirs = Counter(numbers_in(source)), Counter(numbers_in(target))
    missing, added = ours - theirs, theirs - ours
    faults = [f"{number} is missing" for number in missing] + [f"{number} was added" for number in added]
    return "; ".join(faults)


def _kept(target: str, kept: Sequence[str]) -> str:
    folded = target.casefold()
    return "; ".join(f"{text} is missing" for text in dict.fromkeys(kept) if text.casefold() not in folded)


def _length(source: str, target: str) -> str:
    if not target.strip():
        return "nothing is left of it"
    ratio = len(target) / max(len(source), 1)
    least, most = _LENGTHS
    return "" if len(source) < _SHORT or least <= ratio <= most else f"{ratio:.1f} times as long as the source"


def _repetition(source: str, target: str) -> str:
    """The loop that neural models fall into: the same words again and again, more often than the source has any."""
    ours = _most_repeated(target)
    return f"{ours[0]!r} is repeated" if ours[1] >= _LOOP_WORDS and ours[1] > _most_repeated(source)[1] else ""


def _most_repeated(text: str) -> tuple[str, int]:
    words = text.lower().split()
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
