"""The layout of a PDF's pages: columns, lines, tables, paragraphs, headings, notes."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from podcaster.adapters.documents.pdf_layout.columns import in_reading_order
from podcaster.adapters.documents.pdf_layout.lines import TextLine, lines_of_column, row_texts, table_rows
from podcaster.adapters.documents.pdf_layout.running_heads import repeated_at_edges, without_running_heads
from podcaster.adapters.documents.pdf_layout.segments import SMALLER, Page, Segment
from podcaster.article.paragraphs.line_joins import vocabulary_of, with_next_line
from podcaster.model import Block, BlockKind

_BULLET = re.compile(r"^(?:[•‣◦▪●∙·■□➢➤►✓–—-]|\(?[a-z]\)|\(?\d{1,2}[.)])\s+(?=\S)")
_NOTE = re.compile(r"^(?:\[?\d{1,3}[\].)]?|[*†‡§]+)\s*\S")
_SENTENCE_ENDS = ".!?…:;。！？؟।"
_LARGER = 1.12
_HEADING_LETTERS = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Title and blocks of the pages."""

    title: str
    blocks: tuple[Block, ...]
    aside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Paragraph:
    kind: BlockKind
    text: str
    size: float
    bold: bool = False
    whole: bool = True
    """Whether it ends where it ends on the page: the last of a column may go on in the next."""


def blocks_of_pages(pages: Sequence[Page]) -> Found:
    """The text of the pages in reading order; running heads, page numbers and footnotes are left aside."""
    body = _body_size(pages)
    repeated = repeated_at_edges(pages)
    vocabulary = vocabulary_of("\n".join(each.text for page in pages for each in page.segments))
    aside: list[str] = []
    paragraphs: list[_Paragraph] = []
    for page in pages:
        kept, left = without_running_heads(page, repeated, body)
        notes = _notes(kept, page, body)
        aside += [*left, *(" ".join(each.text for each in note) for note in notes)]
        text = [each for each in kept if not any(each in note for note in notes)]
        for column in in_reading_order(text, body):
            for paragraph in _paragraphs(lines_of_column(column), body, vocabulary):
                _append(paragraphs, paragraph, vocabulary)
    title, rest = _titled(paragraphs, body)
    return Found(
        title=title, blocks=tuple(Block(kind=_kind(each, body), text=each.text) for each in rest), aside=tuple(aside)
    )


def _body_size(pages: Iterable[Page]) -> float:
    """The size that most letters have, to half a point."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for segment in page.segments:
            sizes[round(segment.size * 2) / 2] += len(segment.text)
    return sizes.most_common(1)[0][0] if sizes else 12.0


def _notes(segments: Sequence[Segment], page: Page, body: float) -> list[list[Segment]]:
    """Footnotes: small text below everything of the body's size, from a mark on."""
    lowest = max((each.bottom for each in segments if each.size >= body * SMALLER), default=0.0)
    small = sorted(
        (
            each
            for each in segments
            if each.size < body * SMALLER and each.top > max(lowest - body * 0.5, page.height * 0.4)
        ),
        key=lambda each: (round(each.top), each.left),
    )
    if not small or not _NOTE.match(small[0].text):
        return []
    notes: list[list[Segment]] = []
    for segment in small:
        if _NOTE.match(segment.text) or not notes:
            notes.append([segment])
        else:
            notes[-1].append(segment)
    return notes


def _paragraphs(lines: Sequence[TextLine], body: float, vocabulary: frozenset[str]) -> Iterator[_Paragraph]:
    place = 0
    while place < len(lines):
        rows = table_rows(lines, place)
        if len(rows) > 1:
            yield from (_Paragraph(BlockKind.ROW, text, body) for text in row_texts(rows))
            place += len(rows)
            continue
        end = place + 1
        while (
            end < len(lines)
            and _goes_on(lines[end - 1], lines[end], lines[place], body)
            and len(table_rows(lines, end)) <= 1
        ):
            end += 1
        yield _paragraph(lines[place:end], vocabulary, whole=end < len(lines))
        place = end


def _paragraph(lines: Sequence[TextLine], vocabulary: frozenset[str], *, whole: bool) -> _Paragraph:
    text = lines[0].text
    bullet = _BULLET.match(text)
    for line in lines[1:]:
        text = with_next_line(text, line.text, vocabulary)
    kind = BlockKind.ITEM if bullet else BlockKind.PARAGRAPH
    size = median(line.size for line in lines)
    return _Paragraph(
        kind, text[bullet.end() :] if bullet else text, size, all(line.bold for line in lines), whole=whole
    )


def _goes_on(before: TextLine, line: TextLine, first: TextLine, body: float) -> bool:
    """Whether a line belongs to the paragraph of the line above it."""
    if abs(line.size - before.size) > body * 0.1 or line.bold != before.bold or _BULLET.match(line.text):
        return False
    if line.top - before.bottom > before.size * 0.45 or line.top < before.top - before.size:
        return False
    indented = line.left - min(before.left, first.left) > before.size * 0.6
    if _BULLET.match(first.text):
        return line.left > first.left + before.size * 0.3
    ended = before.text[-1:] in _SENTENCE_ENDS
    short = before.right < before.right_edge - before.size * 4
    return not (indented and (ended or short)) and not (short and ended) and not (before.bold and short and ended)


def _append(paragraphs: list[_Paragraph], paragraph: _Paragraph, vocabulary: frozenset[str]) -> None:
    """Add a paragraph, or the rest of the one that a column's or a page's end cut."""
    last = next((each for each in reversed(paragraphs)), None)
    if (
        last
        and not last.whole
        and last.kind in {BlockKind.PARAGRAPH, BlockKind.ITEM}
        and paragraph.kind is BlockKind.PARAGRAPH
    ):
        open_ended = last.text[-1:] not in _SENTENCE_ENDS + '"”’)'
        if (
            open_ended
            and abs(last.size - paragraph.size) < 1
            and last.bold == paragraph.bold
            and not paragraph.text[:1].isupper()
        ):
            text = with_next_line(last.text, paragraph.text, vocabulary)
            paragraphs[-1] = replace(last, text=text, whole=paragraph.whole)
            return
    paragraphs.append(paragraph)


def _titled(paragraphs: list[_Paragraph], body: float) -> tuple[str, list[_Paragraph]]:
    """The largest text of the first page's beginning, if it is larger than the body."""
    front = paragraphs[:12]
    largest = max((each.size for each in front), default=0.0)
    if largest < body * _LARGER:
        return "", paragraphs
    place = next(at for at, each in enumerate(front) if each.size == largest)
    title = front[place].text
    end = place + 1
    while end < len(front) and abs(front[end].size - largest) < 0.5 and len(title) < _HEADING_LETTERS:  # noqa: PLR2004 # half a point
        title = f"{title} {front[end].text}"
        end += 1
    return title, [*paragraphs[:place], *paragraphs[end:]]


def _kind(paragraph: _Paragraph, body: float) -> BlockKind:
    if paragraph.kind is not BlockKind.PARAGRAPH or len(paragraph.text) > _HEADING_LETTERS:
        return paragraph.kind
    larger = paragraph.size > body * _LARGER
    loud = larger or (paragraph.bold and paragraph.size > body * SMALLER)
    return BlockKind.HEADING if loud and paragraph.text[-1:] not in ".;," else BlockKind.PARAGRAPH
