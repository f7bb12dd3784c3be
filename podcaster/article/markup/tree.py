"""Trees of foreign HTML: parsing, and replacing an element by text."""

import html as entities
import re

from lxml import html

from podcaster.article.text import broken_into_lines, clean, one_line

BREAK, ROW = "\ufdd1", "\ufdd0"
"""Marks within a tree: a line ends here; this paragraph is a row of a table. Noncharacters, so no page has them."""
_DEEPEST = 2_000
_MARKS = re.compile(f"[{BREAK}{ROW}]")
_DECLARATION = re.compile(r"^\s*<\?xml\b.*?\?>", re.DOTALL)
_INSTRUCTION = re.compile(r"<\?(?:xml|php)\b.*?\?>", re.DOTALL)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_XHTML = re.compile(r"^\s*(?:<\?xml\b|<!doctype[^>]*xhtml|<html[^>]*\bxmlns=|<[\w-]+:html\b)", re.IGNORECASE)
_EMPTY = re.compile(r"<([a-zA-Z][\w-]*)((?:\s+[^<>\"']*(?:\"[^\"]*\"|'[^']*'))*)\s*/>")
_XHTML_PREFIX = re.compile(r"\bxmlns:([\w-]{1,30})\s*=\s*[\"']\s*https?://www\.w3\.org/1999/xhtml[\"'\s]")
_LONGEST_PROLOG = 65_536
_CLOSED_BREAK = re.compile(r"(?:<br\s*/?>\s*)?</br\s*>", re.IGNORECASE)
"""Browsers take `</br>` for `<br>` (HTML §13.2.6.4.7)."""
_MATH_PREFIX = re.compile(r"<(/?)(?:m|mml|math|mathml|ns\d):(?=m|semantics|annotation)")
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)


def parse(page: str) -> html.HtmlElement:
    """A page as a tree, of whatever size; deeper nesting than any report has is cut off.

    Raises:
        lxml.etree.ParserError: there is no element in it.
    """
    text = _as_html(page)
    if "<?" in text:
        text = _INSTRUCTION.sub("", text)
    parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    tree = html.document_fromstring(text, parser=parser)
    for element in tree.xpath("//*[count(ancestor::*) = $deepest]", deepest=_DEEPEST):
        element.getparent().remove(element)
    return tree


def _as_html(page: str) -> str:
    """XHTML written so that an HTML parser understands it: `<title/>` is not left open, prefixes are dropped."""
    text = clean(page)
    if "</br" in text or "</BR" in text:
        text = _CLOSED_BREAK.sub("<br>", text)
    if ":m" in text:
        text = _MATH_PREFIX.sub(r"<\1", text)
    if not _XHTML.match(text):
        return text
    text = _DECLARATION.sub("", text, count=1)
    prefixes = {"xhtml", "html", "h", *_XHTML_PREFIX.findall(text, 0, _LONGEST_PROLOG)}
    text = re.sub(rf"<(/?)(?:{'|'.join(map(re.escape, sorted(prefixes)))}):(?=[a-zA-Z])", r"<\1", text)
    text = _CDATA.sub(lambda found: entities.escape(found[1], quote=False) if "<" in found[1] else found[1], text)
    return _EMPTY.sub(
        lambda found: found[0] if found[1].lower() in _VOID else f"<{found[1]}{found[2]}></{found[1]}>", text
    )


def replace(element: html.HtmlElement, text: str) -> None:
    """Text in place of an element; what follows the element stays."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    text += element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
    parent.remove(element)


def text_of(element: html.HtmlElement) -> str:
    """All text of an element, in one line; the marks are spaces."""
    return one_line(_MARKS.sub(" ", "".join(element.itertext())))


def lines_of(text: str) -> list[str]:
    """The lines that the marks in a text part, each in one line; two breaks in a row end a paragraph."""
    paragraphs = re.split(rf"(?:{BREAK}\s*){{2,}}", broken_into_lines(text).replace(ROW, ""))
    return [line for each in paragraphs if (line := one_line(each.replace(BREAK, " ")))]


def tokens(element: html.HtmlElement) -> frozenset[str]:
    """The words of an element's class and id, in lower case: `rating-agencies` is two."""
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    return frozenset(_TOKEN.sub(" ", _CAMEL.sub(" ", named)).lower().split())


_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_TOKEN = re.compile(r"[^A-Za-z]+")
