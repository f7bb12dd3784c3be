"""Ends of lines, and gaps between words, that markup makes and text does not show."""

import re

from lxml import html

from podcaster.article.markup.tree import BREAK, replace, text_of

_REPLACED = ("img", "svg", "button", "iframe", "video", "audio", "object", "canvas", "select", "textarea", "input")
_PERMALINKS = "//h1//a | //h2//a | //h3//a | //h4//a | //h5//a | //h6//a"
_PERMALINK_SIGNS = frozenset({"#", "¶", "§", "🔗", "∞", "⚓"})

_PARAGRAPHS = (
    "div", "p", "section", "article", "ul", "ol", "dl", "blockquote", "figure", "footer", "h2", "h3", "h4", "h5", "h6"
)  # fmt: skip
_HOLDERS = frozenset(
    {"div", "section", "article", "main", "body", "li", "td", "dd", "blockquote", "details", "center", "form"}
)
_ITEMS = frozenset({"li", "dd", "dt"})
_INITIAL = 2
"""Letters of an initial that is set apart: `T` or `“T` before `he ship`."""


def drop_permalinks(tree: html.HtmlElement) -> None:
    """Take out the signs behind headings that lead to themselves."""
    for link in tree.xpath(_PERMALINKS):
        if link.text_content().strip() in _PERMALINK_SIGNS:
            replace(link, "")


def break_lines(tree: html.HtmlElement) -> None:
    """Mark where lines end, however a page says so; words round a picture or a button do not run together."""
    for element in tree.iter(*_REPLACED):
        before = element.getprevious()
        text = (element.getparent().text if before is None else before.tail) or ""
        if (element.tail or "")[:1].isalnum() and (not text or text[-1].isalnum()):
            element.tail = f" {element.tail}"
    for element in tree.iter("br", "hr"):
        element.tail = BREAK + (element.tail or "")
    for element in tree.xpath(
        "//span[contains(@style, 'block')] | //a[contains(@style, 'block')] | //b[contains(@style, 'block')]"
    ):
        if re.search(r"display\s*:\s*block", element.get("style")):
            element.tail = BREAK + (element.tail or "")
    for element in list(tree.iter(*_PARAGRAPHS)):
        _part_from_text(element)
    for element in tree.xpath(
        "(//span | //a | //b | //strong | //em | //h1 | //h2 | //h3 | //h4)/*[self::div or self::p or self::section or self::li]"
    ):
        # Blocks within inline elements: their words do not run together.
        element.text = f" {element.text or ''}"
        element.tail = f" {element.tail or ''}"


def _part_from_text(element: html.HtmlElement) -> None:
    """Mark where a paragraph ends that stands beside text without an element of its own, or beside another in an item."""
    parent = element.getparent()
    if parent is None or parent.tag not in _HOLDERS:
        return
    before, behind = element.getprevious(), element.tail or ""
    text = (parent.text if before is None else before.tail) or ""
    if len(element) == 0 and behind[:1].isalpha() and 0 < len(text_of(element)) <= _INITIAL:
        replace(element, text_of(element))
        return
    # The mark joins a text that is there already: an extractor takes a division with text of its own for one paragraph.
    if text.strip() and before is None:
        parent.text = f"{text}{_GAP}"
    elif text.strip():
        before.tail = f"{text}{_GAP}"
    if behind.strip():
        element.tail = f"{_GAP}{behind}"
    elif parent.tag in _ITEMS and element.getnext() is not None and element.getnext().tag in _PARAGRAPHS:
        element.tail = BREAK


_GAP = BREAK * 2
