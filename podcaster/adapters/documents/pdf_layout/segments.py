"""Runs of text that PDFium finds on a page, with their positions."""

from dataclasses import dataclass
from typing import Final

SMALLER: Final = 0.92
"""Share of the body's size below which text is small: notes, running heads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A run of text on one line, in points from the page's upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    """Height of its line box."""
    bold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page's text, in the order that the file has it."""

    width: float
    height: float
    segments: tuple[Segment, ...]
