"""A web page's own words about its report: JSON-LD, then meta tags, then what is displayed."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from lxml import etree, html

from podcaster.article.dates import parse_date
from podcaster.article.draft import Draft
from podcaster.article.dump import split_authors
from podcaster.article.furniture import ends_report, is_furniture, is_teaser
from podcaster.article.text import one_line
from podcaster.model import Block, BlockKind

_ARTICLES = frozenset(
    {"Article", "NewsArticle", "Report", "BlogPosting", "AnalysisNewsArticle", "TechArticle", "WebPage"}
)
_KEY_POINTS = re.compile(
    r"^(?:key (?:points|takeaways|findings)|summary|highlights|in brief|at a glance|puntos clave|points clés|das wichtigste.*):?$",
    re.IGNORECASE,
)
_MOST_TOPICS = 8
_BYLINE_WORDS = 8
_DEEPEST = 2_000


class PageReader(Protocol):
    """Reads foreign HTML where it can do no harm. The promise is tests/contracts/test_page_reader.py."""

    def read(self, page: bytes, *, charset: str, url: str | None) -> Draft:
        """The report on a page; its body is empty where there is none.

        Raises:
            NoArticleFound: the page cannot be understood within the limits of time and memory.
        """


def parse(page: str) -> html.HtmlElement:
    """A page as a tree, of whatever size; deeper nesting than any report has is cut off."""
    parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    tree = html.document_fromstring(page, parser=parser)
    for element in tree.xpath("//*[count(ancestor::*) = $deepest]", deepest=_DEEPEST):
        element.getparent().remove(element)
    return tree


def described(tree: html.HtmlElement, body: Sequence[Block], url: str | None) -> Draft:
    """The draft of a page with this body."""
    linked = next(_linked_data(tree), {})
    title = one_line(_first(linked.get("headline"), _meta(tree, "og:title"), _displayed(tree, "//h1"), _title(tree)))
    points, text, aside = _sorted(body, title)
    return Draft(
        title=title,
        authors=_authors(linked) or _meta_authors(tree) or _byline(tree),
        published=_published(tree, linked),
        language=_first(_attribute(tree, "//html/@lang"), linked.get("inLanguage"), _meta(tree, "og:locale")).replace(
            "_", "-"
        ),
        topics=_topics(tree, linked),
        key_points=points,
        body=text,
        url=_first(_attribute(tree, "//link[@rel='canonical']/@href"), _meta(tree, "og:url"), url) or None,
        image=_first(_meta(tree, "og:image"), _image(linked)) or None,
        left_aside=aside,
    )


def _sorted(body: Sequence[Block], title: str) -> tuple[tuple[str, ...], tuple[Block, ...], tuple[str, ...]]:
    """Key points, body, and what only looks like it."""
    points: list[str] = []
    text: list[Block] = []
    aside: list[str] = []
    blocks = [(block, one_line(block.text)) for block in body]
    in_points = False
    for place, (block, line) in enumerate(blocks):
        if ends_report(line) and text:
            aside += [rest for _, rest in blocks[place:]]
            break
        if not line or is_furniture(line) or is_teaser(line) or (not text and line.casefold() == title.casefold()):
            aside.append(line)
        elif not text and (block.kind is BlockKind.HEADING and _KEY_POINTS.match(line)):
            in_points = True
        elif block.kind is BlockKind.ITEM and (in_points or not text):
            points.append(line)
        elif (
            not text and re.match(r"^by\s+\S", line, re.IGNORECASE) and len(line.split()) < _BYLINE_WORDS
        ) or parse_date(line):
            aside.append(line)
        else:
            in_points = False
            text.append(Block(kind=block.kind, text=line))
    if not text:
        return (), tuple(Block(kind=BlockKind.ITEM, text=point) for point in points), tuple(aside)
    return tuple(points), tuple(text), tuple(filter(None, aside))


def _linked_data(tree: html.HtmlElement) -> Iterator[Mapping[str, Any]]:
    """Every article that the page's JSON-LD describes."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            data = json.loads(script, strict=False)
        except ValueError:
            continue
        nodes = data if isinstance(data, list) else data.get("@graph", [data]) if isinstance(data, dict) else []
        for node in nodes:
            kinds = node.get("@type", ()) if isinstance(node, dict) else ()
            if _ARTICLES & set([kinds] if isinstance(kinds, str) else kinds) and node.get("headline"):
                yield node


def _authors(linked: Mapping[str, Any]) -> tuple[str, ...]:
    authors = linked.get("author") or []
    listed = authors if isinstance(authors, list) else [authors]
    names = [each.get("name", "") if isinstance(each, dict) else str(each) for each in listed]
    return tuple(dict.fromkeys(one_line(str(name)) for name in names if name))


def _meta_authors(tree: html.HtmlElement) -> tuple[str, ...]:
    named = [name for name in tree.xpath("//meta[@name='author']/@content") if not str(name).startswith("http")]
    return tuple(dict.fromkeys(author for name in named for author in split_authors(one_line(name))))


def _byline(tree: html.HtmlElement) -> tuple[str, ...]:
    for element in tree.xpath(
        "//*[contains(@class, 'byline') or contains(@class, 'author') or @rel='author'][position() <= 3]"
    ):
        name = re.sub(r"^by\s+", "", one_line(element.text_content()), flags=re.IGNORECASE)
        if name and len(name.split()) <= _BYLINE_WORDS:
            return split_authors(name)
    return ()


def _published(tree: html.HtmlElement, linked: Mapping[str, Any]) -> datetime | None:
    candidates = [linked.get("datePublished"), _meta(tree, "article:published_time"), _meta(tree, "date")]
    candidates += [_attribute(tree, "//time/@datetime"), _displayed(tree, "//time")]
    return next((moment for each in candidates if each and (moment := parse_date(one_line(str(each))))), None)


def _topics(tree: html.HtmlElement, linked: Mapping[str, Any]) -> tuple[str, ...]:
    tags = [one_line(str(tag)) for tag in tree.xpath("//meta[@property='article:tag']/@content")]
    keywords = linked.get("keywords") or ()
    listed = keywords if isinstance(keywords, list) else str(keywords).split(",") if keywords else []
    found = dict.fromkeys([*tags, *(one_line(str(each)) for each in listed)])
    return tuple(topic for topic in found if topic)[:_MOST_TOPICS]


def _image(linked: Mapping[str, Any]) -> str:
    image = linked.get("image")
    image = image[0] if isinstance(image, list) and image else image
    return str(image.get("url", "")) if isinstance(image, dict) else str(image or "")


def _meta(tree: html.HtmlElement, name: str) -> str:
    return next(iter(tree.xpath("//meta[@property=$name or @name=$name]/@content", name=name)), "")


def _attribute(tree: html.HtmlElement, path: str) -> str:
    return next(iter(tree.xpath(path)), "")


def _displayed(tree: html.HtmlElement, path: str) -> str:
    found = tree.xpath(path)
    return found[0].text_content() if found else ""


def _title(tree: html.HtmlElement) -> str:
    return re.split(r"\s+[|–—-]\s+", _displayed(tree, "//title"))[0]


def _first(*candidates: object) -> str:
    return next((one_line(str(each)) for each in candidates if each), "")


ParseError = etree.ParserError
