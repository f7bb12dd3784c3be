"""Plain text: what a writer saved, or what is left when a page is copied, with buttons, teasers and all."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from podcaster.article.block_roles import sort_blocks
from podcaster.article.boilerplate import announces_key_points, byline_names, is_boilerplate, is_teaser
from podcaster.article.dates import parse_date
from podcaster.article.draft import Draft
from podcaster.article.front_matter import matter_date, matter_text, matter_texts, split_front_matter
from podcaster.article.markup.formulas import LEFT_OUT, without_source
from podcaster.article.markup.raised import without_note_marks
from podcaster.article.markup.tables import said_rows
from podcaster.article.metadata.addresses import absolute
from podcaster.article.paragraphs import Paragraph, paragraphs_of
from podcaster.article.paragraphs.list_marks import CHESS_MOVE
from podcaster.article.text import clean_source, unescaped_entities
from podcaster.model import Block, BlockKind

_HEADING_CHARACTERS = 90
_TITLE_CHARACTERS = 250
_STRUCK = re.compile(r"~~(?=\S)[^~\n]+(?<=\S)~~\s?")
"""Text between double tildes, as Markdown and chats strike it out."""
_MOVES = re.compile(rf"\d+\.\s+{CHESS_MOVE.pattern}")
_WIDE_STOP = re.compile(r"[。！？]")
_SENTENCE_ENDS = ".!?…:;,。！？؟।"


@dataclass(slots=True)
class _Front:
    """Metadata found above the text."""

    title: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None


def read_plain_text(text: str) -> Draft:
    """The report in a plain text: the first line that is text is the title; bullets before the body are key points."""
    matter, rest = split_front_matter(clean_source(text))
    found = [each for part in _parts(rest) for each in part]
    front = _Front(title=matter_text(matter, "title"))
    aside: list[str] = []
    start = 0
    timeline = _is_timeline(found)
    for paragraph in found:
        if (timeline and front.title and _heads_entry(paragraph)) or not _take_front(front, paragraph, aside):
            break
        start += 1
    blocks = [_block(each) for each in found[start:]]
    url = matter_text(matter, "url")
    sorted_blocks = sort_blocks(blocks, title=front.title)
    return Draft(
        title=front.title,
        authors=_authors(matter) or front.authors,
        published=matter_date(matter.get("date"), matter_text(matter, "language")) or front.published,
        language=matter_text(matter, "language"),
        topics=matter_texts(matter.get("topics")),
        key_points=tuple(sorted_blocks.points),
        body=tuple(sorted_blocks.body),
        url=absolute(url),
        image=absolute(matter_text(matter, "image"), url),
        left_aside=(*aside, *sorted_blocks.aside),
    )


def _parts(text: str) -> Iterator[Sequence[Paragraph]]:
    """The paragraphs of a text, and the rows of the tables in it: lines whose cells a tab, a stroke or a gap parts."""
    start = 0
    for table in _TABLE.finditer(text):
        lines = [
            line.strip().strip("|") for line in table[0].strip("\n").split("\n") if not _TABLE_RULE.fullmatch(line)
        ]
        cells = [[cell.strip() for cell in _GAP.split(line.strip())] for line in lines]
        if len(cells) > 1 and {len(row) for row in cells} == {len(cells[0])} and max(map(len, lines)) <= _LONGEST_ROW:
            yield paragraphs_of(text[start : table.start()])
            yield [Paragraph(row, "|") for row in said_rows(cells)]
            start = table.end()
    yield paragraphs_of(text[start:])


_GAP = re.compile(r"[ ]*\t[\t ]*|[ ]+\|[ ]+|[ ]{3,}")
_CELLED = r"[^\n]*\S(?:[ ]*\t|[ ]+\|[ ]|[ ]{3,})[ \t]*\S[^\n]*"
_TABLE = re.compile(rf"(?:(?<=\n)|\A){_CELLED}(?:\n{_CELLED}|\n[ ]*[-+|:= ]{{3,}})+(?=\n|\Z)")
_TABLE_RULE = re.compile(r"[ ]*[-+|:= ]{3,}[ ]*")
_LONGEST_ROW = 200


def _heads_entry(paragraph: Paragraph) -> bool:
    line = paragraph.text
    return len(line) <= _DATE_CHARACTERS and any(map(str.isdigit, line)) and parse_date(line) is not None


def _is_timeline(found: Sequence[Paragraph]) -> bool:
    """Whether several dates each head a part of the text, so that the first is not the text's own."""
    return sum(_heads_entry(each) and not _heads_entry(below) for each, below in pairwise(found)) > 1


_DATE_CHARACTERS = 60


def split_authors(names: str) -> tuple[str, ...]:
    """`A. Writer and B. Other` as two names; small letters behind a comma (`Berlin correspondent`) are no name."""
    parts = re.split(r"\s*(?:,|;|&|\band\b|\by\b|\bi\b|\be\b|\bet\b|\bund\b|\ben\b|\boch\b)\s+", names.strip(" .,"))
    cleaned = (part.strip(" .,|·") for part in parts)
    return tuple(dict.fromkeys(part for part in cleaned if part and not part[0].islower() and not part.isdigit()))


def byline(line: str) -> tuple[str, ...]:
    """Names in `By A. Writer and B. Other`; empty if the line is a sentence or something else."""
    return split_authors(byline_names(line))


def _authors(matter: object) -> tuple[str, ...]:
    value = matter.get("authors") or matter.get("author") if isinstance(matter, dict) else None
    return split_authors(unescaped_entities(value)) if isinstance(value, str) else matter_texts(value)


def _take_front(front: _Front, paragraph: Paragraph, aside: list[str]) -> bool:
    """The title, a date, a byline, or boilerplate above the text: whether the paragraph was one."""
    line = paragraph.text
    if paragraph.mark in {"•", "|"} or announces_key_points(line):
        return False
    if is_boilerplate(line) or is_teaser(line):
        aside.append(line)
        return True
    authors = byline(line) if front.title and not front.authors else ()
    if front.published is None and (day := parse_date(line)):
        front.published = day
    elif authors:
        front.authors = authors
    elif not front.title and len(line) <= _TITLE_CHARACTERS:
        front.title = line
    elif front.title and line.casefold() == front.title.casefold():
        aside.append(line)
    else:
        return False
    return True


def _block(paragraph: Paragraph) -> Block:
    text = without_note_marks(without_source(_STRUCK.sub("", paragraph.text), LEFT_OUT["en"]) or "")
    kinds = {"|": BlockKind.ROW, "•": BlockKind.ITEM, ">": BlockKind.QUOTE, "#": BlockKind.HEADING}
    kind = kinds.get(paragraph.mark) or (BlockKind.HEADING if _is_heading(paragraph) else BlockKind.PARAGRAPH)
    return Block(kind=kind, text=text)


def _is_heading(paragraph: Paragraph) -> bool:
    line = paragraph.text
    return (
        paragraph.closed
        and len(line) <= _HEADING_CHARACTERS
        and not _WIDE_STOP.search(line)
        and line[-1] not in _SENTENCE_ENDS + "”\"'’»)]"
        and not _MOVES.match(line)
        and (line[0].isupper() or line[0].isdigit() or not (line[0].islower() or line[0] in "-–—"))
    )
