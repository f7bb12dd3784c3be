"""A page's JSON-LD: which of its nodes is about the page itself, and what that says."""

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from podcaster.article.text import one_line

Node = Mapping[str, Any]
_ARTICLES = frozenset({
    "Article", "NewsArticle", "Report", "BlogPosting", "AnalysisNewsArticle", "TechArticle", "ScholarlyArticle",
    "OpinionNewsArticle", "ReportageNewsArticle", "BackgroundNewsArticle", "ReviewNewsArticle",
    "AskPublicNewsArticle", "SatiricalArticle", "AdvertiserContentArticle", "LiveBlogPosting", "SocialMediaPosting",
    "DiscussionForumPosting", "QAPage", "MedicalScholarlyArticle", "PressRelease", "Blog", "CreativeWork", "Review",
})  # fmt: skip
_REFERRED_TO = frozenset({"ImageObject", "Person", "Organization"})
"""Never about the page; a report's node may refer to one."""
_PAGES = frozenset({"WebPage", "ItemPage", "AboutPage"})
_ELSEWHERE = frozenset({
    "itemListElement", "hasPart", "isPartOf", "relatedLink", "isBasedOn", "citation", "mentions", "about", "author",
    "publisher", "image", "liveBlogUpdate", "comment", "suggestedAnswer", "acceptedAnswer", "breadcrumb",
    "potentialAction", "blogPost", "associatedMedia", "video",
})  # fmt: skip
"""Properties whose values are other things than the page's report."""
_DEEPEST = 6
_TAG = re.compile(r"</?(?:em|i|b|strong|sup|sub|span|br|wbr|mark|small|u|font|a|p)\b[^>]*>", re.IGNORECASE)
_MOST_UNESCAPED = 3
_SECTION = re.compile(r"<!\[CDATA\[|\]\]>")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_TRAILING_COMMA = re.compile(r",\s*([}\]])")
_TELLING = re.compile(r"[^\W_]{4,}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_MOST_DEPTH_OF_VALUE = 3


def linked_nodes(tree: HtmlElement) -> Iterator[Node]:
    """Every node that may describe the page, as the page has them; damaged scripts are passed over."""
    for script in tree.xpath("//script[contains(@type, 'ld+json')]/text()"):
        text = (
            re.sub(r"^\s*(?://)?\s*<!(?:\[CDATA\[|--)|(?://)?\s*(?:\]\]>|-->)\s*$", "", str(script)).strip().rstrip(";")
        )
        for spelling in (text, _TRAILING_COMMA.sub(r"\1", _REMARK.sub("", html.unescape(text)))):
            if values := list(_values(spelling)):
                for data in values:
                    yield from _nodes(data, 0)
                break


_REMARK = re.compile(r"^\s*/\*.*?\*/", re.DOTALL)
_BETWEEN = re.compile(r"[\s,;]*")


def _values(text: str) -> Iterator[object]:
    """The JSON values of a script, which may hold one behind the other."""
    decoder, place = json.JSONDecoder(strict=False), len(text) - len(text.lstrip())
    while place < len(text):
        try:
            value, end = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            return
        yield value
        place = _BETWEEN.match(text, end).end()  # type: ignore[union-attr] # it matches nothing, too


def own_node(nodes: Sequence[Node], addresses: Sequence[str], titles: Sequence[str]) -> Node:
    """The node about the page: by its address, then by its headline; empty if each one is about another page.

    Args:
        nodes: As `linked_nodes` found them.
        addresses: Where the page is, as far as anybody says.
        titles: What the page displays as its title.
    """
    places = {_place(each) for each in addresses if each}
    names = [name for each in titles if (name := _plain(each))]
    words = {word.casefold() for each in titles for word in _TELLING.findall(each)}
    scored = [(score, -at, node) for at, node in enumerate(nodes) if (score := _score(node, places, names, words)) >= 0]
    return _with_main_entity(max(scored, key=lambda each: each[:2])[2]) if scored else {}


def _with_main_entity(node: Node) -> Node:
    """A page's node with what its report's says, where that stands inside it and says no address of its own."""
    entity = node.get("mainEntity")
    if types_of(node) & _ARTICLES or not isinstance(entity, dict) or not types_of(entity) & _ARTICLES:
        return node
    return {**node, **{key: value for key, value in entity.items() if value}}


def plain_value(value: object, depth: int = 0) -> str:
    """A value as text: the first of a list, `@value` or `name` of a node; empty for none."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, Mapping):
        value = next((value[name] for name in ("@value", "name", "alternateName", "url") if value.get(name)), "")
    if isinstance(value, list | Mapping):
        return plain_value(value, depth + 1) if depth < _MOST_DEPTH_OF_VALUE else ""
    return "" if value is None or isinstance(value, bool) else str(value)


def unescaped(text: str) -> str:
    """Metadata as it is meant: character references resolved, however often they were escaped, and no tags."""
    for _ in range(_MOST_UNESCAPED):
        plain = html.unescape(text)
        if plain == text:
            break
        text = plain
    text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), _SECTION.sub("", text))
    return one_line(_TAG.sub(lambda found: " " if found[0][:3].lower() == "<br" else "", text))


def types_of(node: Node) -> frozenset[str]:
    """The types of a node, without their vocabulary's address."""
    kinds = node.get("@type", ())
    listed = [kinds] if isinstance(kinds, str) else kinds if isinstance(kinds, list) else []
    return frozenset(str(each).rstrip("/").rpartition("/")[2].rpartition(":")[2] for each in listed)


def _nodes(data: object, depth: int) -> Iterator[Node]:
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for each in data:
            yield from _nodes(each, depth + 1)
    elif isinstance(data, dict):
        if types_of(data) & (_ARTICLES | _PAGES | _REFERRED_TO):
            yield data
        for name, value in data.items():
            if name not in _ELSEWHERE and isinstance(value, list | dict):
                yield from _nodes(value, depth + 1)


def _score(node: Node, places: set[str], names: Sequence[str], words: set[str]) -> int:
    """Above zero for what speaks for a node; below for a node about another page."""
    if not types_of(node) & (_ARTICLES | _PAGES):
        return -1
    kind = 1 if types_of(node) & _ARTICLES else 0
    own = {_place(each) for each in _addresses(node)}
    said = [each for key in ("headline", "name") if (each := unescaped(plain_value(node.get(key))))]
    headlines = [each for text in said if (each := _plain(text))]
    headline = headlines[0] if headlines else ""
    named = any(each in name or name in each for each in headlines for name in names)
    if named and any(each in names for each in headlines):
        kind += 2
    if places and own:
        if own & places:
            return 16 + kind
        return 2 + kind if named else -1
    if named:
        return 4 + kind
    if not headline or not names:
        return kind + 1
    return kind if not own and words.intersection(map(str.casefold, _TELLING.findall(said[0]))) else -1


def _addresses(node: Node) -> list[str]:
    whole = node.get("mainEntityOfPage")
    listed = [node.get("url"), node.get("@id"), whole.get("@id") if isinstance(whole, dict) else whole]
    listed += [whole.get("url")] if isinstance(whole, dict) else []
    return [each for each in listed if isinstance(each, str) and each.startswith(("http", "/"))]


def _place(address: str) -> str:
    """Host and path alone: of one page there are many spellings."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return address
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    query = parts.query if re.search(r"(?:^|&)(?:p|id|article|story)=", parts.query) else ""
    return f"{host}{unquote(parts.path).rstrip('/').removesuffix('/index.html')}?{query}"


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
