"""Extraction in the prepared process: HTML in, a draft as JSON out."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from typing import Any

import trafilatura
from lxml import html

from podcaster.adapters.trafilatura.selection import entries_of, main_element, own_text, prose_letters, unread, widen
from podcaster.adapters.trafilatura.threads import thread_of
from podcaster.article.draft import Draft
from podcaster.article.encoding import decoded
from podcaster.article.markup.blocks import block_texts, prepare
from podcaster.article.markup.tree import parse
from podcaster.article.page import declared_language, described
from podcaster.model import Block, BlockKind

_SUSPECT_LETTERS = 1_500
_SHORT, _SMALL_SHARE, _CLEARLY_MORE = 3_000, 0.4, 1.5
_LEAST_SHARE = 0.03
Extracted = Any
"""trafilatura gives lxml elements without annotations."""


def read(page: bytes, charset: str, url: str | None) -> Draft:
    """The draft of a page; its body is empty where nothing on it is a text."""
    tree = parse(decoded(page, charset, markup=True))
    aside = prepare(tree, declared_language(tree))
    aside += widen(tree)
    thread = thread_of(tree)
    blocks: Sequence[Block] = list(_extracted(tree, url))
    if thread is not None and (thread.declared or thread.holds(blocks)):
        main, blocks = thread.element, entries_of(thread.element)
    else:
        thread, main = None, main_element(tree)
    if thread is None and _letters(blocks) < _SHORT:
        blocks = _more(tree, url, blocks)
    if main is not None and _letters(blocks) < _SHORT and _is_torn(whole := own_text(main), blocks):
        blocks = whole
    draft = described(tree, blocks, url)
    return replace(draft, left_aside=(*draft.left_aside, *aside, *unread(tree.body if main is None else main, draft)))


def _more(tree: html.HtmlElement, url: str | None, blocks: Sequence[Block]) -> Sequence[Block]:
    """The result of a second extraction if the first is a small part of the page's prose and this one is clearly more."""
    read = _letters(blocks)
    if read >= prose_letters(tree) * _SMALL_SHARE:
        return blocks
    again = list(_extracted(tree, url, recall=True))
    return again if _letters(again) > read * _CLEARLY_MORE else blocks


def _extracted(tree: html.HtmlElement, url: str | None, *, recall: bool = False) -> Iterator[Block]:
    document = trafilatura.bare_extraction(
        tree, url=url, include_comments=False, include_tables=True, with_metadata=False, favor_recall=recall
    )
    body = getattr(document, "body", None)
    if body is not None:
        yield from _blocks(body, BlockKind.PARAGRAPH)


def _blocks(element: Extracted, kind: BlockKind) -> Iterator[Block]:
    for child in element:
        match child.tag:
            case "head":
                yield from _block(child, BlockKind.HEADING)
            case "item":
                yield from _item(child)
            case "list":
                yield from _blocks(child, BlockKind.ITEM)
            case "quote":
                yield from _quoted(child)
            case "table":
                yield from _cells(child)
            case _:
                yield from _block(child, kind)
        if child.tail and child.tail.strip():
            yield from block_texts(kind, child.tail)


def _cells(table: Extracted) -> Iterator[Block]:
    """A table that only lays out a page: cell by cell."""
    for cell in table.iter("cell"):
        if any(child.tag in {"p", "list", "head", "quote"} for child in cell):
            yield from block_texts(BlockKind.PARAGRAPH, cell.text or "")
            yield from _blocks(cell, BlockKind.PARAGRAPH)
        else:
            yield from _block(cell, BlockKind.PARAGRAPH)


def _item(item: Extracted) -> Iterator[Block]:
    """An item, then the items of a list inside it."""
    inner = [child for child in item if child.tag == "list"]
    for child in inner:
        item.remove(child)
    yield from _block(item, BlockKind.ITEM)
    for child in inner:
        yield from _blocks(child, BlockKind.ITEM)


def _quoted(quote: Extracted) -> Iterator[Block]:
    if any(child.tag in {"p", "list", "head"} for child in quote):
        yield from block_texts(BlockKind.QUOTE, quote.text or "")
        yield from _blocks(quote, BlockKind.QUOTE)
    else:
        yield from _block(quote, BlockKind.QUOTE)


def _block(element: Extracted, kind: BlockKind) -> Iterator[Block]:
    yield from block_texts(kind, "".join(element.itertext()))


def _is_torn(main: Sequence[Block], blocks: Sequence[Block]) -> bool:
    """Whether an independent reading of the main element has many times what was extracted."""
    there = _letters(main)
    return there > _SUSPECT_LETTERS and _letters(blocks) < there * _LEAST_SHARE


def _letters(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def as_json(draft: Draft) -> bytes:
    """One line that the adapter makes a draft of again."""
    record = asdict(draft)
    record["published"] = draft.published.isoformat() if draft.published else None
    record["body"] = [[block.kind.value, block.text] for block in draft.body]
    return json.dumps(record, ensure_ascii=False).encode("utf-8", "replace")
