"""Captions of a transcript: at most two lines of 65 columns, broken at phrases, for apps that show text as it comes.

Each sentence begins a caption of its own. Inside a sentence, times come from the words where they are known and from
the share of its length elsewhere.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from podcaster.article.text import one_line
from podcaster.episode.word_times import tokens
from podcaster.model import Cue
from podcaster.units import Milliseconds

LINES, COLUMNS = 2, 65
_PHRASE_END = re.compile(r"[.,;:!?…–—)\]»”。，、；：！？」』）،؛؟।]$")
_PHRASE_START = re.compile(r"^[(\[«“„¿¡–—「『（]")
_INSIDE_A_PHRASE, _NEW_CAPTION, _NEW_LINE, _EMPTY = 400, 900, 60, 8
"""Costs of a break, in squared columns; an eighth of an empty column's."""
_KEPT = 4096
"""Sentences cached: both formats ask, and a re-rendered report usually has one new line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """One or two lines of text and when they are heard."""

    start_ms: Milliseconds
    end_ms: Milliseconds
    lines: tuple[str, ...]
    estimated: bool = False
    """Whether it begins or ends inside a sentence whose words have no times."""

    @property
    def text(self) -> str:
        """Its lines, as both formats write them."""
        return "\n".join(self.lines)


def captions(cue: Cue) -> tuple[Caption, ...]:
    """The captions of a sentence, in order and without a gap; none for an empty one."""
    text = one_line(cue.text)
    if not text:
        return ()
    shown = _captions_of(text)
    starts = _starts(text, shown)
    edges = _apart([cue.start_ms, *(_time(cue, text, start) for start in starts[1:]), cue.end_ms])
    split = len(shown) > 1 and not cue.words.texts
    return tuple(
        Caption(start_ms=start_ms, end_ms=end_ms, lines=lines, estimated=split)
        for lines, (start_ms, end_ms) in zip(shown, pairwise(edges), strict=True)
    )


def columns(text: str) -> int:
    """Width of a text: a wide or fullwidth character takes two columns (Unicode UAX #11), a combining mark none."""
    if text.isascii():
        return len(text)
    return sum(
        2 if unicodedata.east_asian_width(letter) in "WF" else 0 if unicodedata.combining(letter) else 1
        for letter in text
    )


@lru_cache(_KEPT)
def _captions_of(text: str) -> tuple[tuple[str, ...], ...]:
    """The text's lines, in groups of at most two."""
    if columns(text) <= COLUMNS:
        return ((text,),)
    made: list[tuple[str, ...]] = []
    group: list[str] = []
    for line, ends_caption in _cheapest(_pieces(text)):
        group.append(line)
        if ends_caption:
            made.append(tuple(group))
            group = []
    return tuple(made)


def _pieces(text: str) -> list[str]:
    """Pieces that may stand on lines of their own, with the spaces behind it; longer ones than a line are cut."""
    edges = [*(token.start() for token in tokens(text)), len(text)]
    edges[0] = 0
    return [part for start, end in pairwise(edges) for part in _cut(text[start:end])]


def _cut(piece: str) -> Iterator[str]:
    while columns(piece.rstrip()) > COLUMNS:
        place = next(n for n in range(len(piece), 0, -1) if columns(piece[:n]) <= COLUMNS)
        yield piece[:place]
        piece = piece[place:]
    if piece:
        yield piece


_Place = tuple[int, int]
"""Pieces taken, and lines in the caption that is being filled."""


def _cheapest(pieces: Sequence[str]) -> list[tuple[str, bool]]:
    """Lines that break where it costs least, each with whether a caption ends behind it: a shortest path over places."""
    widths = [(columns(piece), columns(piece.rstrip())) for piece in pieces]
    breaks = [_phrase_cost(before, after) for before, after in pairwise(pieces)]
    best: dict[_Place, tuple[int, _Place | None]] = {(0, 0): (0, None)}
    for place in ((taken, row) for taken in range(len(pieces)) for row in range(LINES)):
        if place not in best:
            continue
        for reached, cost in _steps(widths, breaks, place):
            total = best[place][0] + cost
            if reached not in best or total < best[reached][0]:
                best[reached] = (total, place)
    at: _Place | None = (len(pieces), 0)
    path: list[_Place] = []
    while at is not None:
        path.append(at)
        at = best[at][1]
    return [("".join(pieces[start:end]).strip(), row == 0) for (start, _), (end, row) in pairwise(reversed(path))]


def _steps(widths: Sequence[tuple[int, int]], breaks: Sequence[int], place: _Place) -> Iterator[tuple[_Place, int]]:
    """Places that one more line leads to, with its cost: its empty columns squared, and where it breaks."""
    taken, row = place
    line = 0
    for end, (whole, bare) in enumerate(widths[taken:], start=taken + 1):
        if line + bare > COLUMNS:
            return
        if end == len(widths):
            yield (end, 0), 0
            return
        cost = (COLUMNS - line - bare) ** 2 // _EMPTY + breaks[end - 1]
        yield (end, 0), cost + _NEW_CAPTION
        if row + 1 < LINES:
            yield (end, row + 1), cost + _NEW_LINE
        line += whole


def _phrase_cost(before: str, after: str) -> int:
    return 0 if _PHRASE_END.search(before.rstrip()) or _PHRASE_START.match(after) else _INSIDE_A_PHRASE


def _starts(text: str, shown: Sequence[tuple[str, ...]]) -> list[int]:
    """The place of each caption in the text."""
    starts, place = [], 0
    for lines in shown:
        for number, line in enumerate(lines):
            place = text.index(line, place)
            if number == 0:
                starts.append(place)
            place += len(line)
    return starts


def _time(cue: Cue, text: str, place: int) -> Milliseconds:
    """When the text is heard from this place on: by the share of the length between two known times."""
    places, times = [0], [cue.start_ms]
    for shown, time_ms in zip(cue.words.texts, cue.words.times_ms, strict=False):
        found = text.find(shown, places[-1])
        if found > places[-1]:
            places.append(found)
            times.append(time_ms)
    places.append(len(text))
    times.append(cue.end_ms)
    after = min(bisect_right(places, place), len(places) - 1)
    share = (place - places[after - 1]) / max(1, places[after] - places[after - 1])
    return Milliseconds(round(times[after - 1] + share * (times[after] - times[after - 1])))


def _apart(edges: list[Milliseconds]) -> list[Milliseconds]:
    """Times in order, a millisecond apart at least where the sentence lasts long enough."""
    first, last = edges[0], edges[-1]
    if last - first < len(edges) - 1:
        return edges[:1] + [last] * (len(edges) - 1)
    for n in range(1, len(edges) - 1):
        latest = last - (len(edges) - 1 - n)
        edges[n] = Milliseconds(min(max(edges[n], edges[n - 1] + 1), latest))
    return edges
