"""Prepared HTML to blocks, all of it: for reports that stand in no page, and beside what an extractor chose."""

import re
from collections.abc import Iterator

from lxml import html

from podcaster.article.markup.breaks import break_lines, drop_permalinks
from podcaster.article.markup.formulas import say_formulas
from podcaster.article.markup.raised import without_note_marks
from podcaster.article.markup.tables import say_tables
from podcaster.article.markup.tree import ROW, lines_of
from podcaster.article.markup.visible import leave_out
from podcaster.model import Block, BlockKind

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_KINDS = {
    **dict.fromkeys(_HEADINGS, BlockKind.HEADING),
    "li": BlockKind.ITEM,
    "dd": BlockKind.ITEM,
    "dt": BlockKind.ITEM,
    "blockquote": BlockKind.QUOTE,
}
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "html", "li",
    "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
    "ul", "caption",
})  # fmt: skip
_SKIPPED = frozenset({
    "script", "style", "head", "noscript", "template", "iframe", "object", "svg", "canvas", "audio", "video",
    "select", "button", "input", "textarea", "map", "datalist", "title", "meta", "link",
})  # fmt: skip
_DEEPEST = 150
"""Levels that are told apart; what lies deeper is one text."""


def prepare(tree: html.HtmlElement, language: str = "") -> list[str]:
    """Make of a tree what is read out of it; the texts that are left aside on the way."""
    say_formulas(tree, language)
    aside = leave_out(tree)
    drop_permalinks(tree)
    break_lines(tree)
    say_tables(tree)
    return aside


def blocks_of(element: html.HtmlElement) -> Iterator[Block]:
    """Every block of a prepared tree, in reading order."""
    yield from _Walk().blocks(element, BlockKind.PARAGRAPH, 0)


def block_texts(kind: BlockKind, text: str) -> Iterator[Block]:
    """The blocks of one piece of text, whose marks are resolved."""
    for place, part in enumerate(text.split(ROW)):
        for line in lines_of(part):
            if said := _LOOSE_STOP.sub("", without_note_marks(line)):
                yield Block(kind=BlockKind.ROW if place else kind, text=said)


_LOOSE_STOP = re.compile(r"(?<=\w) (?=[.,](?:\s|$))")
"""A space that a note's mark leaves in front of a full stop."""


class _Walk:
    """Collects inline text until a block begins or ends."""

    def __init__(self) -> None:
        self._inline: list[str] = []

    def blocks(self, element: html.HtmlElement, kind: BlockKind, depth: int) -> Iterator[Block]:
        if depth > _DEEPEST:
            self._inline.append("".join(element.itertext()))
            return
        self._inline.append(element.text or "")
        for child in element:
            if isinstance(child.tag, str) and child.tag not in _SKIPPED:
                if child.tag in _BLOCKS:
                    yield from self._flushed(kind)
                    inner = _KINDS.get(child.tag, kind)
                    yield from self.blocks(child, inner, depth + 1)
                    yield from self._flushed(inner)
                else:
                    yield from self.blocks(child, kind, depth + 1)
            self._inline.append(child.tail or "")
        if depth == 0:
            yield from self._flushed(kind)

    def _flushed(self, kind: BlockKind) -> Iterator[Block]:
        text, self._inline = "".join(self._inline), []
        yield from block_texts(kind, text)
