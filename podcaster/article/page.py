"""A web page's own words about its report: JSON-LD, then meta tags and microdata, then what is displayed."""

import re
from collections.abc import Mapping, Sequence
from string import printable
from typing import Any, Protocol
from urllib.parse import quote

from lxml import html

from podcaster.article.block_roles import sort_blocks
from podcaster.article.boilerplate import byline_names
from podcaster.article.dates import parse_date
from podcaster.article.draft import Draft
from podcaster.article.markup.tree import text_of
from podcaster.article.metadata.addresses import absolute
from podcaster.article.metadata.linked_data import Node, linked_nodes, own_node, plain_value, unescaped
from podcaster.article.metadata.page_dates import is_of_other_reports, published
from podcaster.article.plain_text import split_authors
from podcaster.article.text import one_line
from podcaster.model import Block

_MOST_TOPICS = 8
_BYLINE_WORDS = 8
_INLINE = frozenset(
    {"span", "i", "em", "b", "strong", "cite", "q", "a", "bdi", "dfn", "abbr", "mark", "small", "u", "foreign"}
)
_LONGEST_FOREIGN = 80
_MOST_FOREIGN = 200
_TITLE_PARTS = re.compile(r"\s+[|–—·«»‹›:-]+\s+")


class PageReader(Protocol):
    """Reads foreign HTML where it can do no harm. The promise is tests/contracts/test_page_reader.py."""

    def read(self, page: bytes, *, charset: str, url: str | None) -> Draft:
        """The report on a page; its body is empty where there is none.

        Raises:
            NoArticleFound: the page cannot be understood within the limits of time and memory.
        """


def described(tree: html.HtmlElement, body: Sequence[Block], url: str | None) -> Draft:
    """The draft of a page with this body."""
    metas = _metas(tree)
    address = _address(tree, metas, url)
    nodes = list(linked_nodes(tree))
    heading = _heading(tree)
    titles = [heading, metas.get("og:title", ""), metas.get("twitter:title", ""), _document_title(tree)]
    node = own_node(nodes, [address or "", url or "", metas.get("og:url", "")], titles)
    language = declared_language(tree) or _language_of(node, metas)
    title = _title(node, heading, metas, tree)
    found = sort_blocks(body, title=title, language=language)
    return Draft(
        title=title,
        authors=_authors(node, nodes) or _meta_authors(metas, tree) or _byline(tree),
        published=published(tree, metas, node, front=found.front, language=language, url=url),
        language=language,
        topics=_topics(tree, node),
        key_points=tuple(found.points),
        body=tuple(found.body),
        url=address,
        image=_image(tree, metas, node, nodes, address or url),
        left_aside=tuple(found.aside),
        foreign_words=_foreign_words(tree, language),
    )


def _foreign_words(tree: html.HtmlElement, language: str) -> tuple[tuple[str, str], ...]:
    """Words within paragraphs that have a `lang` other than the page's, each with it."""
    base = language.partition("-")[0].lower()
    found: dict[str, str] = {}
    for element in tree.xpath("//body//*[@lang]"):
        tag, words = _language_tag(str(element.get("lang"))), text_of(element)
        other = tag and tag.partition("-")[0].lower() != base
        if other and element.tag in _INLINE and 0 < len(words) <= _LONGEST_FOREIGN and len(found) < _MOST_FOREIGN:
            found.setdefault(words, tag)
    return tuple(found.items())


def declared_language(tree: html.HtmlElement) -> str:
    """Declared language of the page; empty if none is usable."""
    said = [*tree.xpath("//html/@lang | //html/@*[local-name()='lang']"), *tree.xpath("//body/@lang")]
    said += tree.xpath("//meta[translate(@http-equiv, 'CL', 'cl')='content-language']/@content")
    return next((tag for each in said if (tag := _language_tag(str(each)))), "")


def _language_of(node: Node, metas: Mapping[str, str]) -> str:
    named = node.get("inLanguage")
    named = named.get("alternateName", "") if isinstance(named, dict) else named
    return (
        _language_tag(str(named or ""))
        or _language_tag(metas.get("og:locale", ""))
        or _language_tag(metas.get("dc.language", ""))
    )


def _language_tag(text: str) -> str:
    """A BCP 47 tag in the form that it has to have; what only looks like one is judged later."""
    tag = text.strip().partition(",")[0].replace("_", "-")
    return tag if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", tag) else ""


def _metas(tree: html.HtmlElement) -> dict[str, str]:
    """The meta tags by their names in lower case; of several the first that says something."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = unescaped(element.get("content") or "")
        if name and content and not (element.get("itemprop") and is_of_other_reports(element)):
            found.setdefault(name.strip().lower(), content)
    return found


def _heading(tree: html.HtmlElement) -> str:
    """The first heading of the first rank; one inside the report goes before the masthead."""
    inside = tree.xpath("//article//h1 | //main//h1 | //*[@role='main']//h1 | //h1[@itemprop='headline']")
    return next((text for each in [*inside, *tree.iter("h1")] if (text := text_of(each))), "")


def _document_title(tree: html.HtmlElement) -> str:
    return next((text_of(each) for each in tree.iter("title") if text_of(each)), "")


def _title(node: Node, heading: str, metas: Mapping[str, str], tree: html.HtmlElement) -> str:
    headline = unescaped(plain_value(node.get("headline")))
    displayed = [
        metas.get("og:title", ""),
        metas.get("twitter:title", ""),
        metas.get("citation_title", ""),
        metas.get("dc.title", ""),
    ]
    whole = _document_title(tree)
    others = [each for each in (*displayed, heading) if each]
    if headline and others and not any(_overlap(headline, each) for each in (*others, whole)):
        headline = ""
    names = [each for each in (headline, *others) if each]
    if whole and not names:
        parts = _TITLE_PARTS.split(whole)
        names = [parts[0] if len(parts[0].split()) > 1 or len(parts) == 1 else max(parts, key=len)]
    return unescaped(names[0] if names else plain_value(node.get("name")))


def _overlap(one: str, other: str) -> bool:
    plain, whole = one.casefold(), other.casefold()
    return bool(whole) and (
        plain in whole or whole in plain or len(set(plain.split()) & set(whole.split())) > len(plain.split()) // 2
    )


def _address(tree: html.HtmlElement, metas: Mapping[str, str], url: str | None) -> str | None:
    canonical = next(iter(tree.xpath("//link[contains(concat(' ', @rel, ' '), ' canonical ')]/@href")), "")
    for each in (canonical, metas.get("og:url", "")):
        if found := absolute(str(each), url):
            return found
    return url or None


def _image(
    tree: html.HtmlElement, metas: Mapping[str, str], node: Node, nodes: Sequence[Node], address: str | None
) -> str | None:
    base = absolute(next(iter(tree.xpath("//base/@href")), ""), address)
    named = [metas.get(name, "") for name in ("og:image:secure_url", "og:image", "og:image:url")]
    named += [unescaped(str(each)) for each in tree.xpath("//meta[@property='og:image' or @name='og:image']/@content")]
    named += [
        _image_of(node.get("image"), nodes),
        metas.get("twitter:image", ""),
        metas.get("twitter:image:src", ""),
        _image_of(node.get("thumbnailUrl"), nodes),
        metas.get("image", ""),
        metas.get("thumbnail", ""),
        *tree.xpath("//link[@rel='image_src']/@href"),
    ]
    return next((_as_uri(found) for each in named if each and (found := absolute(each, base, address))), None)


def _as_uri(address: str) -> str:
    """An address whose path and query are ASCII, as feeds want it (RFC 3986 §2.1)."""
    start, mark, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    return f"{start}{mark}{host}{slash}{quote(path, safe=printable)}"


def _image_of(image: Any, nodes: Sequence[Node]) -> str:  # noqa: ANN401 # JSON from elsewhere
    image = image[0] if isinstance(image, list) and image else image
    if isinstance(image, dict) and set(image) <= {"@id", "@type"}:
        image = next((each for each in nodes if each.get("@id") == image.get("@id")), image)
    if isinstance(image, dict):
        image = image.get("url") or image.get("contentUrl") or image.get("@id") or ""
        image = image[0] if isinstance(image, list) and image else image
    return image if isinstance(image, str) else ""


def _authors(node: Node, nodes: Sequence[Node]) -> tuple[str, ...]:
    authors = node.get("author") or node.get("creator") or []
    listed = authors if isinstance(authors, list) else [authors]
    known = {str(each["@id"]): each for each in nodes if each.get("@id") and each.get("name")}
    names: list[str] = []
    for said in listed:
        each = known.get(str(said.get("@id")), said) if isinstance(said, dict) and not said.get("name") else said
        name = each.get("name", "") if isinstance(each, dict) else each
        names += [str(one) for one in name] if isinstance(name, list) else [str(name or "")]
    plain = (unescaped(name) for name in names)
    return tuple(dict.fromkeys(name for name in plain if name and not name.startswith(("http:", "https:", "/"))))


def _meta_authors(metas: Mapping[str, str], tree: html.HtmlElement) -> tuple[str, ...]:
    named = [unescaped(str(each)) for each in tree.xpath("//meta[@name='author' or @name='citation_author']/@content")]
    named = named or [
        metas[name]
        for name in ("dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "article:author")
        if name in metas
    ]
    named = [re.sub(r"^by\s+", "", each, flags=re.IGNORECASE) for each in named if not each.startswith(("http", "@"))]
    return tuple(dict.fromkeys(author for name in named for author in split_authors(name)))


def _byline(tree: html.HtmlElement) -> tuple[str, ...]:
    for element in tree.xpath(
        "//*[contains(@class, 'byline') or contains(@class, 'author') or @rel='author' or @itemprop='author'][position() <= 3]"
    ):
        text = text_of(element)
        name = byline_names(text) or re.sub(r"^by\s+", "", text, flags=re.IGNORECASE)
        if name and len(name.split()) <= _BYLINE_WORDS and parse_date(name) is None:
            return tuple(each for each in split_authors(name) if parse_date(each) is None)
    return ()


def _topics(tree: html.HtmlElement, node: Node) -> tuple[str, ...]:
    tags = [unescaped(str(tag)) for tag in tree.xpath("//meta[@property='article:tag']/@content")]
    keywords = node.get("keywords") or ()
    listed = keywords if isinstance(keywords, list) else re.split(r"[,;]", unescaped(str(keywords))) if keywords else []
    named = [each.get("name", "") if isinstance(each, dict) else str(each) for each in listed]
    found = dict.fromkeys([*tags, *map(unescaped, named)])
    return tuple(topic for topic in found if one_line(topic))[:_MOST_TOPICS]
