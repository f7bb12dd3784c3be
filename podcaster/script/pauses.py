"""Pauses after lines."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from podcaster.model import LineKind, Script
from podcaster.units import Milliseconds


class _Pause(NamedTuple):
    within_ms: int
    """After a sentence that another of the same piece follows."""
    after_ms: int
    """After the last sentence of a heading, paragraph, quote or list item."""


_PAUSES: Final = {
    LineKind.OPENING: _Pause(350, 600),
    LineKind.TITLE: _Pause(400, 800),
    LineKind.BYLINE: _Pause(300, 900),
    LineKind.LEAD_IN: _Pause(300, 600),
    LineKind.KEY_POINT: _Pause(300, 600),
    LineKind.HEADING: _Pause(350, 750),
    LineKind.PARAGRAPH: _Pause(250, 650),
    LineKind.QUOTE: _Pause(300, 700),
    LineKind.ITEM: _Pause(250, 450),
    LineKind.ROW: _Pause(250, 400),
    LineKind.DISCLOSURE: _Pause(350, 600),
    LineKind.CLOSING: _Pause(400, 1000),
}
"""At least the 200 ms that a clip ends with."""


def pause_after(kind: LineKind, *, last: bool) -> Milliseconds:
    """Silence after a line; `last` says whether it ends its piece of the report."""
    pause = _PAUSES[kind]
    return Milliseconds(pause.after_ms if last else pause.within_ms)


def paced(script: Script, factors: Mapping[LineKind, float]) -> Script:
    """The script with the rests of its language: `factors` times the usual ones, by the kind of the line before."""
    if not factors:
        return script
    lines = (
        replace(line, pause_ms=Milliseconds(round(line.pause_ms * factors.get(line.kind, 1)))) for line in script.lines
    )
    return replace(script, lines=tuple(lines))
