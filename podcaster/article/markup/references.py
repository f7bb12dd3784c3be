"""Reference marks in square brackets, and the list of references that they lead to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from podcaster.model import Block, BlockKind

_NUMBERS = r"\[\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*\]"
_ALL = rf"{_NUMBERS}(?:\s?[,;]?\s?{_NUMBERS})*"
_MARK = re.compile(rf"(?<=\S)\s?{_ALL}(?![(:\w])")
_CERTAIN = re.compile(rf"(?<=[\w.,;:!?…%)\]”»]){_ALL}(?![(:\w])|(?<=\S)\s{_ALL}(?=\s?[.,;:!?)]|$)")
"""Directly behind a word, or with a stop behind it; an editor's `[12] men` in a quotation is part of the sentence."""
_LISTED = re.compile(r"\[(\d{1,3})\]\s*\S")
_NUMBER = re.compile(r"\d+")
_LEAST = 2


def without_references(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """The blocks without their reference marks and the list at their end, and that list."""
    if not any("[" in block.text for block in blocks):
        return tuple(blocks), ()
    cited = {number for block in blocks for number in _cited(block.text)}
    end = len(blocks)
    while end and _LISTED.match(blocks[end - 1].text):
        end -= 1
    if not cited & {int(found[1]) for block in blocks[end:] if (found := _LISTED.match(block.text))}:
        end = len(blocks)
    while 0 < end < len(blocks) and blocks[end - 1].kind is BlockKind.HEADING:
        end -= 1
    mark = _MARK if end < len(blocks) or _counts_on(cited) else _CERTAIN
    body = tuple(replace(block, text=mark.sub("", block.text)) for block in blocks[:end] or blocks)
    return body, tuple(block.text for block in blocks[end:]) if end else ()


def _cited(text: str) -> Iterator[int]:
    for found in _MARK.finditer(text):
        yield from map(int, _NUMBER.findall(found[0]))


def _counts_on(cited: set[int]) -> bool:
    """Whether the marks of a text count from one."""
    return len(cited) >= _LEAST and cited == set(range(1, len(cited) + 1))
