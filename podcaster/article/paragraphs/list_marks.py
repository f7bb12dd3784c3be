"""Marks of lists: told from numbers and signs that begin a sentence."""

import re
from collections.abc import Sequence

from podcaster.article.month_names import is_month

BULLET = re.compile(r"^(?P<mark>[•‣◦▪●∙·■□➢➤►✓✔→⇒\uf0b7\uf0a7]|[*+–—-](?=\s)|-(?=[^\W\d]))\s*(?P<text>\S.*)$")
NUMBERED = re.compile(r"^\(?(?P<number>\d{1,3}|[a-h](?=\)))(?P<stop>\.\)|[.)])\s+(?P<text>\S.*)$")
_SIGNED = re.compile(
    r"[-+–]\s?\d[\d.,]*\s?(?:°|%|grad\b|degr|gradi?\b|prozent|per ?cent|por ciento|pour cent)", re.IGNORECASE
)
"""A sign in front of a measure, and no list mark: `- 5 Grad`."""
CHESS_MOVE = re.compile(r"(?:[KQRBN]?[a-h]?[1-8]?x?[a-h][1-8](?:=[QRBN])?|O-O(?:-O)?)[+#]?[!?]{0,2}(?=\s|$)")


def items_among(lines: Sequence[str]) -> frozenset[int]:
    """Places of the lines that begin with a list mark, and with no number or sign of a sentence."""
    found: set[int] = set()
    for place, line in enumerate(lines):
        bullet, numbered = BULLET.match(line), NUMBERED.match(line)
        certain = bullet and not _SIGNED.match(line) and (_is_certain(bullet) or _shared(lines, place, bullet["mark"]))
        if certain or (numbered and _in_sequence(lines, place, numbered)):
            found.add(place)
    return frozenset(found)


def _is_certain(bullet: re.Match[str]) -> bool:
    return bullet["mark"] in "•‣◦▪●∙■□➢➤►✓✔→⇒\uf0b7\uf0a7" or (
        bullet["mark"] == "*" and not bullet["text"].endswith("*")
    )


def _shared(lines: Sequence[str], place: int, mark: str) -> bool:
    beside = [BULLET.match(lines[at]) for at in (place - 1, place + 1) if 0 <= at < len(lines)]
    return any(each and each["mark"] == mark for each in beside)


def _in_sequence(lines: Sequence[str], place: int, numbered: re.Match[str]) -> bool:
    """Whether the line's neighbours count on from it, and it is no day of a month, and no move of a game of chess."""
    number = _counted(numbered["number"])
    if is_month(numbered["text"].split(maxsplit=1)[0]) or CHESS_MOVE.match(numbered["text"]):
        return False
    for step in (-1, 1):
        at = place + step
        beside = NUMBERED.match(lines[at]) if 0 <= at < len(lines) else None
        if beside and _counted(beside["number"]) == number + step and beside["stop"] == numbered["stop"]:
            return True
    return False


def _counted(number: str) -> int:
    return int(number) if number.isdecimal() else ord(number) - ord("a") + 1
