"""Categories and authors of an entry, in the elements that feeds use for them."""

import html
import re

from lxml import etree

from podcaster.article.plain_text import split_authors
from podcaster.article.text import one_line
from podcaster.source.feed_xml import children_of, texts_of

_MOST = 50
_LONGEST = 200
_LABELS = ("category", "subject", "keywords", "tag", "section")
_AUTHORS = ("creator", "author", "contributor")
_MAIL = re.compile(r"\S+@\S+\s*\((?P<name>[^)]*)\)")
"""RSS 2.0 has `jo@example.com (Jo Hill)`."""


def labels_of(element: etree._Element) -> tuple[str, ...]:
    """Categories of an RSS item (`category`, `dc:subject`) or an Atom entry (`category/@label`, `@term`)."""
    found: dict[str, None] = {}
    for name in _LABELS:
        for each in children_of(element, name)[:_MOST]:
            said = each.get("label") or each.get("term") or "".join(each.itertext())
            parts = said.split(",") if name in {"subject", "keywords"} else [said]
            found |= dict.fromkeys(filter(None, map(_clean, parts)))
    return tuple(found)[:_MOST]


def authors_of(element: etree._Element) -> tuple[str, ...]:
    """Authors of an item (`dc:creator`, `author`) or an entry (`author/name`)."""
    for name in _AUTHORS:
        found: dict[str, None] = {}
        for each in children_of(element, name)[:_MOST]:
            said = _clean(texts_of(each).get("name", "") or (each.text or ""))
            mail = _MAIL.fullmatch(said)
            named = mail["name"] if mail else said
            if named and "@" not in named:
                found |= dict.fromkeys(split_authors(named))
        if found:
            return tuple(found)[:_MOST]
    return ()


def _clean(text: str) -> str:
    return one_line(html.unescape(text[: 4 * _LONGEST]))[:_LONGEST]
