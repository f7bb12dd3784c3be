"""A web page's own words about its report: JSON-LD, then meta tags and microdata, then what is displayed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import urljoin, urlsplit

from lxml import html

from podcaster.article.boilerplate import byline_names
from podcaster.article.dates import first_date, parse_date
from podcaster.article.draft import Draft
from podcaster.article.dump import split_authors
from podcaster.article.linked_data import Node, linked_nodes, own_node, unescaped
from podcaster.article.markup.tree import text_of
from podcaster.article.sorting import sort_blocks
from podcaster.article.text import one_line
from podcaster.model import Block

_MOST_TOPICS = 8
_BYLINE_WORDS = 8
_LONGEST_ADDRESS = 2_000
_DATE_NAMES = (
    "article:published_time", "article:published", "og:published_time", "og:article:published_time", "datepublished", "date.published",
    "dc.date.issued", "dcterms.issued", "dc.issued", "dc.date", "dcterms.date", "dc.date.created", "dcterms.created", "dc.created",
    "citation_publication_date", "citation_online_date", "citation_date", "prism.publicationdate", "parsely-pub-date", "sailthru.date",
    "pubdate", "publishdate", "publish-date", "publish_date", "published-date", "publication_date", "publication-date", "publicationdate",
    "published_time", "published", "bt:pubdate", "rnews:datepublished", "article.published", "article_date_original",
    "originalpublicationdate",
    "cxenseparse:recs:publishtime", "shareaholic:article_published_time", "date_published", "displaydate",
    "timestamp", "created", "creation_date", "release_date", "date",
)  # fmt: skip
_DATE_CLASSES = (
    "published",
    "entry-date",
    "dt-published",
    "post-date",
    "pubdate",
    "article-date",
    "publish-date",
    "date-published",
    "byline-date",
    "dateline",
    "timestamp",
    "date",
)
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
        authors=_authors(node) or _meta_authors(metas, tree) or _byline(tree),
        published=_published(tree, metas, node, language) or _estimated(tree, url),
        language=language,
        topics=_topics(tree, node),
        key_points=tuple(found.points),
        body=tuple(found.body),
        url=address,
        image=_image(tree, metas, node, address or url),
        left_aside=tuple(found.aside),
    )


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
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _heading(tree: html.HtmlElement) -> str:
    """The first heading of the first rank; one inside the report goes before the masthead."""
    inside = tree.xpath("//article//h1 | //main//h1 | //*[@role='main']//h1 | //h1[@itemprop='headline']")
    return next((text for each in [*inside, *tree.iter("h1")] if (text := text_of(each))), "")


def _document_title(tree: html.HtmlElement) -> str:
    return next((text_of(each) for each in tree.iter("title") if text_of(each)), "")


def _title(node: Node, heading: str, metas: Mapping[str, str], tree: html.HtmlElement) -> str:
    headline = unescaped(str(node.get("headline") or ""))
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
    return unescaped(names[0]) if names else ""


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


def absolute(address: str, *bases: str | None) -> str | None:
    """An address completed by the first base that completes it; None for what is no http or https address then."""
    plain = unescaped(address).replace(" ", "%20")
    if not plain or plain.startswith(("data:", "blob:", "javascript:", "about:")):
        return None
    for base in (*filter(None, bases), "https:" if plain.startswith("//") else ""):
        try:
            joined = urljoin(base, plain) if base else plain
            parts = urlsplit(joined)
        except ValueError:
            continue
        if parts.scheme in {"http", "https"} and parts.hostname and len(joined) <= _LONGEST_ADDRESS:
            return joined
    return None


def _image(tree: html.HtmlElement, metas: Mapping[str, str], node: Node, address: str | None) -> str | None:
    base = absolute(next(iter(tree.xpath("//base/@href")), ""), address)
    named = [metas.get(name, "") for name in ("og:image:secure_url", "og:image", "og:image:url")]
    named += [
        _image_of(node.get("image")),
        metas.get("twitter:image", ""),
        metas.get("twitter:image:src", ""),
        _image_of(node.get("thumbnailUrl")),
    ]
    return next((found for each in named if each and (found := absolute(each, base, address))), None)


def _image_of(image: Any) -> str:  # noqa: ANN401 # JSON from elsewhere
    image = image[0] if isinstance(image, list) and image else image
    if isinstance(image, dict):
        image = image.get("url") or image.get("contentUrl") or image.get("@id") or ""
        image = image[0] if isinstance(image, list) and image else image
    return image if isinstance(image, str) else ""


def _authors(node: Node) -> tuple[str, ...]:
    authors = node.get("author") or node.get("creator") or []
    listed = authors if isinstance(authors, list) else [authors]
    names: list[str] = []
    for each in listed:
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


def _published(tree: html.HtmlElement, metas: Mapping[str, str], node: Node, language: str) -> datetime | None:
    said = [
        node.get("datePublished"),
        *(metas.get(name) for name in _DATE_NAMES),
        node.get("dateCreated"),
        node.get("uploadDate"),
    ]
    return first_date(said, language) or first_date(list(_shown_dates(tree)), language)


def _shown_dates(tree: html.HtmlElement) -> Iterator[str]:
    """Displayed dates in order: microdata, time elements, elements classed as dates."""
    for element in tree.xpath(
        "//*[@itemprop='datePublished' or @property='datePublished' or @property='schema:datePublished'"
        " or @property='dc:date' or @property='dc:issued']"
    ):
        yield from (element.get("content") or "", element.get("datetime") or "", text_of(element))
    for element in tree.xpath("(//time[@pubdate] | //article//time | //time)[position() <= 3]"):
        yield from (element.get("datetime") or "", text_of(element))
    for name in _DATE_CLASSES:
        for element in tree.xpath(
            "//*[contains(concat(' ', normalize-space(@class), ' '), $name)][position() <= 2]", name=f" {name} "
        )[:2]:
            yield from (element.get("title") or "", element.get("datetime") or "", text_of(element))


def _estimated(tree: html.HtmlElement, url: str | None) -> datetime | None:
    """Htmldate's reading of the rest: addresses, images, ids. Scripts speak of other pages, too, and go."""
    from htmldate import find_date  # noqa: PLC0415 # half a second, and the page's process has it

    try:
        for script in list(tree.iter("script")):
            script.drop_tree()
        found = find_date(tree, original_date=True, extensive_search=False, url=url)
    except (ValueError, TypeError, AttributeError):  # a page that confuses it has no date for us
        return None
    return parse_date(found) if found else None


def _topics(tree: html.HtmlElement, node: Node) -> tuple[str, ...]:
    tags = [unescaped(str(tag)) for tag in tree.xpath("//meta[@property='article:tag']/@content")]
    keywords = node.get("keywords") or ()
    listed = keywords if isinstance(keywords, list) else re.split(r"[,;]", unescaped(str(keywords))) if keywords else []
    named = [each.get("name", "") if isinstance(each, dict) else str(each) for each in listed]
    found = dict.fromkeys([*tags, *map(unescaped, named)])
    return tuple(topic for topic in found if one_line(topic))[:_MOST_TOPICS]
