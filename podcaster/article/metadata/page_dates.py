"""When a page was published: by its metadata, by what it displays, by its address."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice

from lxml import html

from podcaster.article.dates import first_date, parse_date
from podcaster.article.markup.tree import text_of, tokens
from podcaster.article.metadata.linked_data import Node, plain_value

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
_DATE_NAME = re.compile(
    r"(?:^|[._:-])(?:\w*publi\w*|pubdate|issued|date|created|available)(?:$|[._:-])|publi\w*[-_ ]?(?:date|time)|^gen_date$"
)
_OTHER_DATE = re.compile(
    r"modif|updat|expir|revis|valid|review|birth|event|start|end(?:$|[._:-])|publisher|copyright|embargo"
)
"""Names of meta tags that may hold a date beside those listed, and those of other dates."""
_DATE_TOKENS = frozenset({
    "date", "datum", "fecha", "data", "dato", "datetime", "pubdate", "published", "publish", "publication", "posted", "timestamp", "time",
    "dateline",
})  # fmt: skip
_DATE_ATTRIBUTES = ("title", "datetime", "data-datetime", "data-timestamp", "data-time", "data-date", "data-published")
_LONGEST_DATE = 100
_MOST_DATED = 6
_OTHER_REPORTS = frozenset({
    "related", "comment", "comments", "commentlist", "sidebar", "teaser", "teasers", "recommended", "popular", "trending",
})  # fmt: skip


def published(
    tree: html.HtmlElement,
    metas: Mapping[str, str],
    node: Node,
    *,
    front: Sequence[str],
    language: str,
    url: str | None,
) -> datetime | None:
    """When a page was published; None if nobody says so.

    Args:
        tree: The page; its scripts are removed if nothing else says so.
        metas: Its meta tags by name.
        node: Its own node of JSON-LD.
        front: The lines above its text.
        language: Its language, which decides what `03/04/2024` means.
        url: Where it was found.
    """
    parts = [part for line in front for part in (line, *_PARTS.split(line))]
    changed = [plain_value(node.get("dateModified")), metas.get("article:modified_time")]
    return (
        _stated(tree, metas, node, language)
        or first_date(parts, language)
        or _estimated(tree, url)
        or first_date(changed, language)
    )


def _stated(tree: html.HtmlElement, metas: Mapping[str, str], node: Node, language: str) -> datetime | None:
    said = [
        plain_value(node.get("datePublished")),
        *(metas.get(name) for name in _DATE_NAMES),
        plain_value(node.get("dateCreated")),
        plain_value(node.get("uploadDate")),
        *(text for name, text in metas.items() if _DATE_NAME.search(name) and not _OTHER_DATE.search(name)),
    ]
    return first_date(said, language) or first_date(list(_shown_dates(tree)), language)


def _shown_dates(tree: html.HtmlElement) -> Iterator[str]:
    """Displayed dates in order: microdata, time elements, elements classed as dates."""
    for element in tree.xpath(
        "//*[@itemprop='datePublished' or @property='datePublished' or @property='schema:datePublished'"
        " or @property='dc:date' or @property='dc:issued']"
    ):
        if not is_of_other_reports(element):
            yield from (element.get("content") or "", element.get("datetime") or "", text_of(element))
    times = [
        each for each in tree.xpath("//time[@pubdate] | //article//time | //time") if not is_of_other_reports(each)
    ]
    for element in times[:3]:
        yield from (element.get("datetime") or "", text_of(element))
    dated = (
        each
        for each in tree.xpath("//body//*[@class or @id or @data-timestamp or @data-datetime]")
        if (_DATE_TOKENS & tokens(each) or each.get("data-timestamp") or each.get("data-datetime"))
        and not is_of_other_reports(each)
    )
    for element in islice(dated, _MOST_DATED):
        yield from (said for name in _DATE_ATTRIBUTES if (said := element.get(name)))
        text = text_of(element)
        if len(text) <= _LONGEST_DATE:
            yield from (text, *_PARTS.split(text))


_PARTS = re.compile(r"\s+[|·•–—]\s+|,\s+(?=\D)|;\s+|\s+(?=(?:by|von|par|por|di|door|av)\s)")


def is_of_other_reports(element: html.HtmlElement) -> bool:
    """Whether an element stands in a comment, or in a teaser of another report."""
    return any(
        each.tag in {"aside", "footer", "nav"} or not _OTHER_REPORTS.isdisjoint(tokens(each))
        for each in (element, *element.iterancestors())
        if each.tag not in {"body", "html"}
    )


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
