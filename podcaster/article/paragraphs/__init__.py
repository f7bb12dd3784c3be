"""Plain text to paragraphs: wrapped lines joined, hyphens at their ends judged, list marks told from numbers and signs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from podcaster.article.paragraphs.line_joins import UNSPACED, vocabulary_of, with_next_line
from podcaster.article.paragraphs.list_marks import BULLET, NUMBERED, items_among
from podcaster.article.text import clean

_UNDERLINE = re.compile(r"^(?:={3,}|-{3,}|~{3,}|\^{3,})$")
_RULE = re.compile(r"^(?:[-_*=~#·•]\s?){3,}$")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_SENTENCE_ENDS = ".!?…:;。！？؟।"
_CLOSERS = "\"'”’»)]"
_LEAST_WIDTH, _MOST_WIDTH = 30, 120
_LEAST_UNSPACED_WIDTH = 14
_JUDGED = 0.75
_LEAST_DOUBLE_SPACED, _LEAST_SHARE_OF_WIDTH = 4, 0.25
_HYPHENS = "-\u2010"
_LOWER_LETTERS, _LEAST_DIVIDED = 35, 12


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a plain text."""

    text: str
    mark: str = ""
    """`•` before an item of a list, `>` before a quotation, `#` before a heading; empty for all else."""
    closed: bool = True
    """Whether an empty line, or the end, follows."""


def paragraphs_of(text: str) -> list[Paragraph]:
    """The paragraphs of a plain text.

    Lines are joined where the text was wrapped: they are about as wide as the widest, and the next word would not have fitted.
    """
    groups = _groups(_single_spaced(clean(_parted_by_indents(_with_hanging_lines(text))).split("\n")))
    width = _width(groups)
    column = _column(groups) if width else 0
    vocabulary = vocabulary_of(text)
    found: list[Paragraph] = []
    for group in groups:
        own = width or max(_width([part]) if _is_wrapped(part) else 0 for part in _parts(group))
        joined = [
            each for part in _parted_where_room_was_left(group, column) for each in _joined(part, own, vocabulary)
        ]
        found += [Paragraph(each.text, each.mark, closed=place == len(joined) - 1) for place, each in enumerate(joined)]
    return _without_lone_marks(found)


def _with_hanging_lines(text: str) -> str:
    """Text whose items hold the lines that hang below them."""
    while (joined := _HANGING.sub(r"\1 ", text)) != text:
        text = joined
    return text


_HANGING = re.compile(r"^([ ]{0,4}(?:[*•-]|\d{1,2}[.)]) [^\n]*[^\n-])\n {2,6}(?=[^\W\d_])", re.MULTILINE)
"""The first line of an item before one that is indented and has no mark."""


def _parted_by_indents(text: str) -> str:
    """Text with an empty line before each paragraph, where only the indents of first lines part them."""
    return "\n\n".join(map(_with_gaps, text.split("\n\n"))) if _INDENT.search(text) else text


def _with_gaps(block: str) -> str:
    lines = block.split("\n")
    first = [place for place, line in enumerate(lines) if _INDENT.match(line)]
    plain = [line for place, line in enumerate(lines) if place and place not in first and line.strip()]
    if len(first) < _LEAST_INDENTED or len(plain) < len(first) or _SENTENCE_ENDED.search(block) is None:
        return block
    ended = all(lines[place - 1].rstrip(_CLOSERS + " ")[-1:] in _SENTENCE_ENDS for place in first if place)
    if not ended or any(_mark(lines[place].strip()) for place in first):
        return block
    return "\n".join(f"\n{line}" if place in first and place else line for place, line in enumerate(lines))


_INDENT = re.compile(r"^(?:[ ]{2,8}|\t)(?=\S)", re.MULTILINE)
_LEAST_INDENTED = 2
_SENTENCE_ENDED = re.compile(r"[.!?…。！？।]")


def _single_spaced(lines: Sequence[str]) -> Sequence[str]:
    """Lines of which every other one is empty, without those: two or more empty ones part the paragraphs of such a text."""
    places = [place for place, line in enumerate(lines) if line]
    gaps = [behind - before - 1 for before, behind in pairwise(places)]
    single = [lines[place] for place, gap in zip(places, gaps, strict=False) if gap == 1]
    if len(single) < _LEAST_DOUBLE_SPACED or 0 in gaps or len(single) == len(gaps):
        return lines
    open_ended = [
        line for line in single if line.rstrip(_CLOSERS)[-1:] not in _SENTENCE_ENDS and len(line) >= _LEAST_WIDTH
    ]
    if len(open_ended) * 2 < len(single):
        return lines
    made: list[str] = []
    for place, gap in zip(places, [*gaps, 0], strict=True):
        made += [lines[place], *([""] if gap > 1 else [])]
    return made


def _parts(group: Sequence[str]) -> list[Sequence[str]]:
    """The lines of one paragraph, or of each item."""
    starts = [0, *(place for place, line in enumerate(group) if place and _mark(line) in {"•", "1"}), len(group)]
    return [group[start:end] for start, end in pairwise(starts)]


def _is_wrapped(group: Sequence[str]) -> bool:
    """Whether the lines of one paragraph were wrapped by themselves: about as wide as each other, and most of them open."""
    inner = [_bare(line) for line in group[:-1]]
    if not inner or max(map(len, inner)) - min(map(len, inner)) > max(map(len, inner)) * _LEAST_SHARE_OF_WIDTH:
        return False
    return sum(line.rstrip(_CLOSERS)[-1:] not in f"{_SENTENCE_ENDS}," for line in inner) * 2 > len(inner)


def _groups(lines: Sequence[str]) -> list[list[str]]:
    """Lines between empty ones; rules that part a text part it here."""
    groups: list[list[str]] = [[]]
    for line in lines:
        if _UNDERLINE.match(line) and len(groups[-1]) == 1:
            groups[-1] = [f"# {groups[-1][0].lstrip('# ')}"]
            groups.append([])
        elif not line or _RULE.match(line):
            groups.append([])
        else:
            groups[-1].append(line)
    return [group for group in groups if group]


def _width(groups: Sequence[Sequence[str]]) -> int:
    """Column at which a text was wrapped; 0 if it was not."""
    inner = [len(line) for group in groups for line in group[:-1] if len(group) > 1]
    if not inner:
        return 0
    widest = max(len(line) for group in groups for line in group)
    unspaced = sum(len(UNSPACED.findall(line)) for group in groups for line in group) > sum(inner) / 3
    wide = sum(len(_HANGUL.findall(line)) for group in groups for line in group) > sum(inner) / 3
    least = _LEAST_UNSPACED_WIDTH if unspaced else _LEAST_WIDTH * 2 // 3 if wide else _LEAST_WIDTH
    return max(inner) if least <= max(inner) and widest <= _MOST_WIDTH else 0


def _column(groups: Sequence[Sequence[str]]) -> int:
    """Column up to which each line of a text was filled; 0 if lines end early inside sentences, too."""
    pairs = [pair for group in groups for pair in pairwise(group)]
    inside = [
        (before, line) for before, line in pairs if not _ends_sentence(before) and not _mark(line) and not _mark(before)
    ]
    column = max((len(line) for group in groups for line in group), default=0)
    if len(inside) < _LEAST_FILLED or any(UNSPACED.match(line) for _, line in inside):
        return 0
    full = sum(_is_full(before, line, column) for before, line in inside)
    return column if full >= len(inside) * _FILLED_SHARE else 0


def _is_full(before: str, line: str, column: int) -> bool:
    return len(before) + 1 + len(line.split(maxsplit=1)[0]) > column or before[-1:] in _HYPHENS


def _ends_sentence(line: str) -> bool:
    return line.rstrip(_CLOSERS)[-1:] in _SENTENCE_ENDS


def _parted_where_room_was_left(group: Sequence[str], column: int) -> Iterator[Sequence[str]]:
    """Paragraphs that neither a gap nor an indent parts: the next line's first word would have fitted behind a sentence."""
    ends = [
        place
        for place in range(1, len(group))
        if column
        and _ends_sentence(group[place - 1])
        and not _is_full(group[place - 1], group[place], column)
        and not _mark(group[place])
        and not _mark(group[place - 1])
    ]
    for start, end in pairwise([0, *ends, len(group)]):
        yield group[start:end]


_LEAST_FILLED, _FILLED_SHARE = 6, 0.9


def _joined(group: Sequence[str], width: int, vocabulary: frozenset[str]) -> Iterator[Paragraph]:
    text, mark = "", ""
    for place, line in enumerate(group):
        before = group[place - 1] if place else ""
        own = "" if place and _is_dash_in_sentence(group, place, width) else _mark(line)
        bare = _bare(line) if own == ">" else line
        if (
            place
            and not (own and own != ">")
            and (own == mark or not own)
            and _continues(_bare(before), bare, text, width)
        ):
            text = with_next_line(text, bare, vocabulary)
            continue
        if text:
            yield Paragraph(text, mark)
        text, mark = (_bare(line) if own in {">", "#"} else line), own
    if text:
        yield Paragraph(text, mark)


def _is_dash_in_sentence(group: Sequence[str], place: int, width: int) -> bool:
    """Whether the dash that a line begins with goes on with the wrapped sentence above, and is no mark of a list."""
    found, before = _DASH.match(group[place]), group[place - 1]
    if not found or not width or _ends_sentence(before) or not found["text"][0].islower():
        return False
    alone = sum(line.startswith(f"{found['mark']} ") for line in group) == 1
    opened = re.search(rf"\s{found['mark']}\s", f"{before} {found['text']}") is not None
    return alone and opened and len(before) + 1 + len(found["text"].split(maxsplit=1)[0]) > width * _JUDGED


_DASH = re.compile(r"^(?P<mark>[-–—])\s+(?P<text>\S.*)$")


def _continues(before: str, line: str, text: str, width: int) -> bool:
    """Whether a line goes on with what the one before it began."""
    if text[-1:] in _HYPHENS and text[-2:-1].isalnum() and line[0].isalnum() and len(before) >= _LEAST_DIVIDED:
        return True
    word = line[:1] if UNSPACED.match(line) else line.split(maxsplit=1)[0]
    gap = 0 if UNSPACED.match(line) else 1
    if width and len(before) + gap + len(word) > width * (1 if len(before) < width * _JUDGED else _JUDGED + 0.05):
        return len(before) + gap + len(word) > width or len(before) >= width * 0.85 or line[0].islower()
    open_ended = text.rstrip(_CLOSERS)[-1:] not in _SENTENCE_ENDS
    return line[0].islower() and open_ended and len(before) >= _LOWER_LETTERS and len(before) <= _MOST_WIDTH


def _mark(line: str) -> str:
    if BULLET.match(line):
        return "•"
    if NUMBERED.match(line):
        return "1"
    if re.match(r">+\s*\S", line) and not re.match(r">+\s*[\d€$£]", line):
        return ">"
    return "#" if re.match(r"#{1,6}\s+\S", line) else ""


def _bare(line: str) -> str:
    return re.sub(r"^(?:>\s?)+|^#{1,6}\s+", "", line).rstrip("# ") if line[:1] in ">#" else line


def _without_lone_marks(found: Sequence[Paragraph]) -> list[Paragraph]:
    """Marks that a neighbour shares begin items; alone, a number or a dash begins a sentence."""
    lines = [each.text for each in found]
    marked = items_among(lines)
    return [_item(each) if place in marked else _plain(each) for place, each in enumerate(found)]


def _item(paragraph: Paragraph) -> Paragraph:
    found = BULLET.match(paragraph.text) or NUMBERED.match(paragraph.text)
    return Paragraph(found["text"] if found else paragraph.text, "•", closed=paragraph.closed)


def _plain(paragraph: Paragraph) -> Paragraph:
    mark = paragraph.mark if paragraph.mark in {">", "#"} else ""
    return Paragraph(paragraph.text, mark, closed=paragraph.closed)
