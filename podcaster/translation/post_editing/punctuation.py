"""Signs that a language writes, and its neighbours do not."""

import re
from typing import Final

from podcaster import language as languages
from podcaster.units import LanguageTag

_CLOSING: Final = {"?": "¿", "!": "¡"}
_BOUNDARY: Final = re.compile(r'[.!?:…]["”»)]? +|["“«(]')
_QUESTIONS: Final = {"es": (re.compile(r"^Lo que (?=.*\?)"), "Qué "), "ca": (re.compile(r"^El que (?=.*\?)"), "Què ")}
"""Beginnings of questions that Portuguese asks with `O que`."""


def punctuated(text: str, language: LanguageTag) -> str:
    """A sentence as its language asks and cries out."""
    base = languages.base(language)
    if base in _QUESTIONS:
        pattern, right = _QUESTIONS[base]
        text = pattern.sub(right, text)
    return _opened(text) if base == "es" else text


def _opened(text: str) -> str:
    """Spanish: the signs before a question and an exclamation."""
    place = 0
    while (found := re.compile(r"[?!](?!\w)").search(text, place)) is not None:
        opening = _CLOSING[found[0]]
        starts = [each.end() for each in _BOUNDARY.finditer(text, 0, found.start())]
        start = starts[-1] if starts else 0
        if not set("¿¡").intersection(text[start : found.start()]) and text[start : found.start()].strip():
            text = text[:start] + opening + text[start:]
            place = found.end() + 1
        else:
            place = found.end()
    return text
