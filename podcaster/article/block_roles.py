"""Blocks sorted into key points, body and what is left aside: by whole lines, and by where on the page they stand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from podcaster.article.boilerplate import (
    announces_key_points,
    byline_names,
    is_boilerplate,
    is_button,
    is_teaser,
    mentions_consent,
    names_other_reports,
    opens_other_reports,
)
from podcaster.article.dates import parse_date
from podcaster.article.metadata.day_in_line import is_dateline
from podcaster.article.text import one_line
from podcaster.model import Block, BlockKind

_SENTENCE_END = re.compile(r"[.!?…。！？؟।:][\"'”’»)\]]*$")
_PROSE_LETTERS = 60
_RESUMED_LETTERS = 120
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_BYLINE_WORDS = 10
_DATE_LETTERS = 60
_SENTENCE_LETTERS = 12


@dataclass(slots=True)
class Sorted:
    """A report's blocks by what is done with them."""

    points: list[str] = field(default_factory=list)
    body: list[Block] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    front: list[str] = field(default_factory=list)
    """Those of `aside` that stand above the text: date, byline, title."""


def sort_blocks(blocks: Sequence[Block], *, title: str = "", language: str = "") -> Sorted:
    """Key points, body and boilerplate; every text of `blocks` is in exactly one of them."""
    lined = [(block, line) for block in blocks if (line := one_line(block.text))]
    lines = [line for _, line in lined]
    found = Sorted()
    in_points = False
    end = _end_of_report(lined)
    for place, (block, line) in enumerate(lined[:end]):
        following = lined[place + 1] if place + 1 < end else None
        heads_text = following is not None and _heads(block, line, following, language)
        if not found.body and not heads_text:
            found.front.append(line)
        if _is_aside(lines, place, heads_text=heads_text):
            found.aside.append(line)
        elif found.body:
            found.body.append(Block(kind=block.kind, text=line))
        elif _same(line, title) or (
            _is_front(line, block, language, heads_text=heads_text) and not _opens_timeline(lined[place:end], language)
        ):
            found.aside.append(line)
        elif (
            block.kind is BlockKind.HEADING
            and announces_key_points(line)
            and following
            and following[0].kind is BlockKind.ITEM
        ):
            in_points = True
            found.aside.append(line)
        elif block.kind is BlockKind.ITEM and (in_points or not found.body):
            found.points.append(line)
        else:
            in_points = False
            found.body.append(Block(kind=block.kind, text=line))
    found.aside += lines[end:]
    _drop_trailing_headings(found)
    if not found.body:
        found.body = [Block(kind=BlockKind.ITEM, text=point) for point in found.points]
        found.points = []
    return found


def _heads(block: Block, line: str, following: tuple[Block, str], language: str) -> bool:
    """Whether a line is the heading of the text below it; a date may head a single short sentence."""
    if block.kind is not BlockKind.HEADING:
        return False
    if is_prose(following[1]):
        return True
    dated = any(map(str.isdigit, line)) and len(line) <= _DATE_LETTERS and parse_date(line, language) is not None
    return dated and len(following[1]) >= _SENTENCE_LETTERS and bool(_SENTENCE_END.search(following[1]))


def _opens_timeline(lined: Sequence[tuple[Block, str]], language: str) -> bool:
    """Whether a date is the first of several that each stand above a part of the text."""
    if (
        len(lined) < _LEAST_TIMELINE
        or not _SENTENCE_END.search(lined[1][1])
        or parse_date(lined[0][1], language) is None
    ):
        return False
    return any(
        len(line) <= _DATE_LETTERS
        and any(map(str.isdigit, line))
        and _SENTENCE_END.search(below)
        and parse_date(line, language)
        for (_, line), (_, below) in pairwise(lined[2:])
    )


_LEAST_TIMELINE = 4


def is_prose(line: str) -> bool:
    """Whether a line is at least one whole sentence."""
    long_enough = len(line) >= _PROSE_LETTERS or (len(line) >= _PROSE_LETTERS // 3 and bool(_UNSPACED.search(line)))
    return long_enough and bool(_SENTENCE_END.search(line))


def _is_aside(lines: Sequence[str], place: int, *, heads_text: bool) -> bool:
    line = lines[place]
    if heads_text and not is_teaser(line):
        return False
    return is_boilerplate(line) or is_teaser(line) or (mentions_consent(line) and _beside_button(lines, place))


def _beside_button(lines: Sequence[str], place: int) -> bool:
    beside = [lines[at] for at in (place - 1, place + 1) if 0 <= at < len(lines)]
    return any(is_button(each) for each in beside)


def _is_front(line: str, block: Block, language: str, *, heads_text: bool) -> bool:
    """Whether a line above the text is its date, its byline or its title's rest."""
    if byline_names(line) and len(line.split()) <= _BYLINE_WORDS:
        return True
    return (
        not heads_text
        and block.kind is not BlockKind.ITEM
        and ((len(line) <= _DATE_LETTERS and parse_date(line, language) is not None) or is_dateline(line, language))
    )


def _same(line: str, title: str) -> bool:
    return bool(title) and line.casefold().rstrip(" .") == title.casefold().rstrip(" .")


def _end_of_report(lined: Sequence[tuple[Block, str]]) -> int:
    """Index at which other reports start: at a heading that says so, unless the text goes on below it."""
    prose = [len(line) if is_prose(line) else 0 for _, line in lined]
    whole, before = sum(prose), 0
    for place, (_, line) in enumerate(lined):
        if before and before * 2 >= whole and opens_other_reports(line) and not _is_section(lined, place):
            return place
        before += prose[place]
    return len(lined)


def _is_section(lined: Sequence[tuple[Block, str]], place: int) -> bool:
    """Whether a line that may announce other reports heads a part of this one: the text goes on below it."""
    if _goes_on(lined, place + 1):
        return True
    block, line = lined[place]
    if block.kind is not BlockKind.HEADING or place + 1 == len(lined):
        return False
    below, text = lined[place + 1]
    prose = (
        below.kind is BlockKind.PARAGRAPH and len(text) >= _RESUMED_LETTERS and is_prose(text) and "…" not in text[-3:]
    )
    return prose and not names_other_reports(line)


def _goes_on(lined: Sequence[tuple[Block, str]], start: int) -> bool:
    """Whether two long paragraphs stand one behind the other further down: teasers are single ones."""
    long = [
        block.kind in {BlockKind.PARAGRAPH, BlockKind.QUOTE} and len(line) >= _RESUMED_LETTERS and is_prose(line)
        for block, line in lined[start:]
    ]
    return any(first and second for first, second in pairwise(long))


def _drop_trailing_headings(found: Sorted) -> None:
    """A heading with nothing under it is a button that looks like one."""
    dropped = []
    while found.body and found.body[-1].kind is BlockKind.HEADING:
        dropped.append(found.body.pop().text)
    found.aside += reversed(dropped)
