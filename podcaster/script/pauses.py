"""How long a voice rests after a line."""

from podcaster.model import LineKind
from podcaster.units import Milliseconds

_AFTER_SENTENCE = Milliseconds(260)
_AFTER_BLOCK = {
    LineKind.OPENING: Milliseconds(600),
    LineKind.TITLE: Milliseconds(800),
    LineKind.BYLINE: Milliseconds(800),
    LineKind.KEY_POINT: Milliseconds(560),
    LineKind.HEADING: Milliseconds(700),
    LineKind.PARAGRAPH: Milliseconds(620),
    LineKind.QUOTE: Milliseconds(620),
    LineKind.ITEM: Milliseconds(440),
    LineKind.ROW: Milliseconds(440),
    LineKind.CLOSING: Milliseconds(900),
}


def after(kind: LineKind, *, ends_block: bool) -> Milliseconds:
    """Between sentences of a paragraph the voice only breathes; where something ends it rests."""
    return _AFTER_BLOCK[kind] if ends_block else _AFTER_SENTENCE
