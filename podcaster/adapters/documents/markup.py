"""Documents that are HTML inside: their blocks, and the draft that they make."""

import re
from collections.abc import Iterable
from datetime import datetime

from lxml import etree

from podcaster.article.block_roles import sort_blocks
from podcaster.article.draft import Draft
from podcaster.article.markup.blocks import blocks_of, prepare
from podcaster.article.markup.tree import parse
from podcaster.model import Block, BlockKind

_CAPTION = re.compile(
    r"(?:figure|fig\.|table|chart|abbildung|abb\.|tabelle|tab\.|figura|gráfico|cuadro|tabla|tableau|graphique|tabella|grafico)\s*\d+[.:]?\s",
    re.IGNORECASE,
)
_LONGEST_CAPTION = 300


def blocks_in(page: str, language: str = "") -> tuple[list[Block], list[str]]:
    """Every block of a page, and what was left aside on the way."""
    try:
        tree = parse(page)
    except etree.ParserError:
        return [], []
    aside = prepare(tree, language)
    return list(blocks_of(tree)), aside


def is_caption(block: Block) -> bool:
    """Whether a paragraph is what stands under a figure or above a table."""
    return (
        block.kind is BlockKind.PARAGRAPH and len(block.text) <= _LONGEST_CAPTION and bool(_CAPTION.match(block.text))
    )


def draft_of(
    blocks: Iterable[Block],
    *,
    title: str = "",
    authors: tuple[str, ...] = (),
    published: datetime | None = None,
    language: str = "",
    aside: Iterable[str] = (),
) -> Draft:
    """The draft of a document; a first heading is its title if it has no other."""
    whole = list(blocks)
    captions = [each.text for each in whole if is_caption(each)]
    kept = [each for each in whole if not is_caption(each)]
    if not title and kept and kept[0].kind is BlockKind.HEADING:
        title = kept.pop(0).text
    found = sort_blocks(kept, title=title, language=language)
    return Draft(
        title=title,
        authors=authors,
        published=published,
        language=language,
        key_points=tuple(found.points),
        body=tuple(found.body),
        left_aside=(*found.aside, *captions, *aside),
    )
