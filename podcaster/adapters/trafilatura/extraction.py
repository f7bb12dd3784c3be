"""What the prepared process does with one page: HTML in, a draft as JSON out."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from typing import Any

import trafilatura
from lxml import html

from podcaster.article.draft import Draft
from podcaster.article.markdown import row_text
from podcaster.article.page import described, parse
from podcaster.article.reading import decoded
from podcaster.article.text import clean
from podcaster.model import Block, BlockKind

_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<p\b[^>]*>(.*?)</p>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_SUSPECT_LETTERS = 1_500
_LEAST_SHARE = 0.2


def read(page: bytes, charset: str, url: str | None) -> Draft:
    """The draft of a page; without a body where the body that was found cannot be all of it."""
    declared = _CHARSET.search(page[:4_096])
    text = clean_markup(decoded(page, charset or (declared[1].decode("ascii") if declared else "")))
    tree = parse(text)
    blocks = list(_extracted(text, url))
    draft = described(tree, blocks, url)
    return replace(draft, body=()) if _lost(text, draft) else draft


def clean_markup(text: str) -> str:
    """Without the characters that make a parser stop; line ends stay, for <pre>."""
    return clean(text)


def _extracted(page: str, url: str | None) -> Iterator[Block]:
    document = trafilatura.bare_extraction(
        page, url=url, include_comments=False, include_tables=True, favor_recall=True, with_metadata=False
    )
    body = getattr(document, "body", None)
    if body is not None:
        yield from _blocks(body, BlockKind.PARAGRAPH)


def _blocks(element: Any, kind: BlockKind) -> Iterator[Block]:  # noqa: ANN401 # trafilatura gives lxml elements
    for child in element:
        match child.tag:
            case "head":
                yield from _block(child, BlockKind.HEADING)
            case "table":
                yield from _rows(child)
            case "item":
                yield from _item(child)
            case "list":
                yield from _blocks(child, BlockKind.ITEM)
            case "quote":
                yield from _quoted(child)
            case _:
                yield from _block(child, kind)
        if child.tail and child.tail.strip():
            yield Block(kind=kind, text=child.tail)


def _item(item: Any) -> Iterator[Block]:  # noqa: ANN401
    """An item, then the items of a list inside it."""
    inner = [child for child in item if child.tag == "list"]
    for child in inner:
        item.remove(child)
    yield from _block(item, BlockKind.ITEM)
    for child in inner:
        yield from _blocks(child, BlockKind.ITEM)


def _quoted(quote: Any) -> Iterator[Block]:  # noqa: ANN401
    if any(child.tag in {"p", "list", "head"} for child in quote):
        if quote.text and quote.text.strip():
            yield Block(kind=BlockKind.QUOTE, text=quote.text)
        yield from _blocks(quote, BlockKind.QUOTE)
    else:
        yield from _block(quote, BlockKind.QUOTE)


def _rows(table: Any) -> Iterator[Block]:  # noqa: ANN401
    header: Sequence[str] = ()
    for place, row in enumerate(table.iter("row")):
        cells = [" ".join("".join(cell.itertext()).split()) for cell in row.iter("cell")]
        if place == 0 and any(cell.get("role") == "head" for cell in row.iter("cell")):
            header = cells
        elif any(cells):
            yield Block(kind=BlockKind.ROW, text=row_text(header, cells))


def _block(element: Any, kind: BlockKind) -> Iterator[Block]:  # noqa: ANN401
    text = " ".join("".join(element.itertext()).split())
    if text:
        yield Block(kind=kind, text=text)


def _lost(page: str, draft: Draft) -> bool:
    """Whether the paragraphs on the page, counted without a parser, are many times what was extracted."""
    there = sum(
        len(html.fromstring(f"<p>{_TAG.sub('', each)}</p>").text or "")
        for each in _PARAGRAPH.findall(page)
        if each.strip()
    )
    found = sum(len(block.text) for block in draft.body) + sum(map(len, (*draft.key_points, *draft.left_aside)))
    return there > _SUSPECT_LETTERS and found < there * _LEAST_SHARE


def as_json(draft: Draft) -> bytes:
    """One line that the adapter makes a draft of again."""
    record = asdict(draft)
    record["published"] = draft.published.isoformat() if draft.published else None
    record["body"] = [[block.kind.value, block.text] for block in draft.body]
    return json.dumps(record, ensure_ascii=False).encode("utf-8", "replace")
