"""When a page was published: by its metadata, by what it displays, by its address."""

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import datetime
from itertools import islice
from urllib.parse import urlsplit

from lxml import html

from podcaster.article.dates import first_date, parse_date
from podcaster.article.markup.tree import text_of, tokens
from podcaster.article.metadata.day_in_line import days_in_line
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
    r"|(?:content|article|post|news|story|issue)_?-?date$"
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
        tree: The page.
        metas: Its meta tags by name.
        node: Its own node of JSON-LD.
        front: The lines above its text.
        language: Its language, which decides what `03/04/2024` means.
        url: Where it was found.
    """
    parts = _published_first([part for line in front for part in (line, *_PARTS.split(line), *_days(line, language))])
    changed = [plain_value(node.get("dateModified")), metas.get("article:modified_time")]
    return (
        _stated(tree, metas, node, language)
        or first_date(parts, language)
        or _dated_address(url)
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
        *_labelled(metas),
    ]
    shown = list(_shown_dates(tree))
    return (
        first_date(said, language)
        or first_date(_published_first([*shown, *(day for text in shown for day in _days(text, language))]), language)
        or first_date(_scripted(tree), language)
    )


def _days(line: str, language: str) -> Iterator[str]:
    """Each day that a line names, with the words in front of it: they tell the publication from a change."""
    end = 0
    for day in days_in_line(line, language):
        yield f"{'updated ' if _UPDATE.search(line[end : day.start]) else ''}{day.moment.date().isoformat()}"
        end = day.end


def _labelled(metas: Mapping[str, str]) -> Iterator[str]:
    """Dates of cards: `twitter:label1` names what `twitter:data1` says."""
    for number in "1234":
        label = metas.get(f"twitter:label{number}", "").casefold()
        if _CARD_LABEL.search(label) and not _UPDATE.search(label):
            yield metas.get(f"twitter:data{number}", "")


def _scripted(tree: html.HtmlElement) -> list[str]:
    """The date that a page's scripts give it, if they name one only."""
    found = {
        each
        for script in tree.xpath("//script[not(@src) and not(contains(@type, 'ld+json'))]/text()")
        for each in _IN_SCRIPT.findall(str(script))
    }
    # The longest says most: its zone, too.
    return sorted(found, key=lambda each: (-len(each), each)) if len({each[:10] for each in found}) == 1 else []


def _published_first(texts: Sequence[str]) -> list[str]:
    """Dates in their order; those that say that they are of a change last."""
    return sorted(texts, key=lambda each: bool(_UPDATE.search(each)))


def _dated_address(url: str | None) -> datetime | None:
    found = _IN_ADDRESS.search(urlsplit(url).path) if url else None
    return parse_date("-".join(found.groups())) if found else None


_CARD_LABEL = re.compile(r"publi|veröff|date|datum|fecha|\bdata\b|пуб|дата|发布|公開")
_UPDATE = re.compile(
    r"\b(?:updated?|modified|revised|last (?:changed?|edit\w*)|aktualisier\w*|geändert|actualizad\w+|actualitzad\w+"
    r"|mis(?:e)? à jour|modificad\w+|modifié\w*|aggiornat\w+|atualizad\w+|bijgewerkt|gewijzigd|uppdaterad\w*|ändrad"
    r"|opdateret|oppdatert|päivitetty|zaktualizowan\w+|aktualizac\w+|обновлен\w*|обновлён\w*|изменен\w*|оновлен\w*"
    r"|güncelle\w*)\b|更新|修改|수정|업데이트",
    re.IGNORECASE,
)
_IN_SCRIPT = re.compile(
    r"[\"'](?:datePublished|date_published|publish(?:ed)?_?(?:date|at|on|time)|pubDate|publicationDate|first_?Publish\w*)[\"']\s*:\s*[\"']([^\"']{8,40})[\"']",
    re.IGNORECASE,
)
_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_/]?(0[1-9]|1[0-2])[-_/]?(0[1-9]|[12]\d|3[01])(?!\d)")


def _shown_dates(tree: html.HtmlElement) -> Iterator[str]:
    """Displayed dates in order: microdata, time elements, elements classed as dates."""
    for element in tree.xpath(
        "//*[@itemprop='datePublished' or @property='datePublished' or @property='schema:datePublished'"
        " or @property='dc:date' or @property='dc:issued']"
    ):
        if not is_of_other_reports(element) and not _names_another(element, tree):
            yield from (element.get("content") or "", element.get("datetime") or "", text_of(element))
    times = [
        each
        for each in tree.iter("time")
        if not (is_of_other_reports(each) or _names_another(each, tree) or _is_within_sentence(each))
    ]
    times.sort(key=lambda each: (each.get("pubdate") is None, bool(_UPDATE.search(" ".join(tokens(each))))))
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
    for term in tree.iter("dt"):
        label, said = text_of(term).casefold(), term.getnext()
        if said is not None and len(label) <= _LONGEST_LABEL and _CARD_LABEL.match(label) and not _UPDATE.search(label):
            yield text_of(said)[:_LONGEST_DATE]


_PARTS = re.compile(r"\s+[|·•–—]\s+|,\s+(?=\D)|;\s+|\s+(?=(?:by|von|par|por|di|door|av)\s)")


def _is_within_sentence(element: html.HtmlElement) -> bool:
    """Whether a `<time>` is a part of the text, as the day of an event is, and no word before it says `published`."""
    block = next((each for each in element.iterancestors("p", "li", "dd", "td", "blockquote")), None)
    if block is None or element.get("pubdate") is not None or element.get("itemprop"):
        return False
    text, own = text_of(block), text_of(element)
    before = text.partition(own)[0][-_LONGEST_LABEL:].casefold()
    return (
        len(text) >= len(own) + _LEAST_SENTENCE
        and text[-1:] in ".!?…。！？।"
        and not (_CARD_LABEL.search(before) or "posted" in before or _UPDATE.search(before))
    )


_LEAST_SENTENCE, _LONGEST_LABEL = 40, 30


def _names_another(element: html.HtmlElement, tree: html.HtmlElement) -> bool:
    """Whether an element's microdata is about a report of another headline than the page's."""
    scope = next((each for each in element.iterancestors() if each.get("itemscope") is not None), None)
    if scope is None or scope.tag in {"body", "html"}:
        return False
    headlines = [text_of(each) for each in scope.xpath(".//*[@itemprop='headline']")]
    own = [text for each in tree.iter("h1") if (text := text_of(each))]
    return bool(headlines and own) and not any(
        one in other or other in one for one in headlines for other in own if one
    )


def is_of_other_reports(element: html.HtmlElement) -> bool:
    """Whether an element stands in a comment, or in a teaser of another report."""
    return any(
        each.tag in {"aside", "footer", "nav"} or not _OTHER_REPORTS.isdisjoint(tokens(each))
        for each in (element, *element.iterancestors())
        if each.tag not in {"body", "html"}
    )


def _is_page_s_foot(element: html.HtmlElement) -> bool:
    """Whether an element is the foot of the page, and not of its report."""
    if element.tag != "footer" and "footer" not in tokens(element):
        return False
    return next(element.iterancestors("article", "main", "section"), None) is None


def _estimated(tree: html.HtmlElement, url: str | None) -> datetime | None:
    """Htmldate's reading of the rest: addresses, images, ids. Scripts speak of other pages, too, and go."""
    from htmldate import find_date  # noqa: PLC0415 # half a second, and the page's process has it

    try:
        tree = deepcopy(tree)
        for element in tree.xpath("//script | //aside | //nav | //footer | //*[@class or @id]"):
            if element.getparent() is not None and (
                element.tag in {"script", "aside", "nav"}
                or not _OTHER_REPORTS.isdisjoint(tokens(element))
                or _is_page_s_foot(element)
            ):
                element.drop_tree()
        found = find_date(tree, original_date=True, extensive_search=False, url=url)
    except (ValueError, TypeError, AttributeError):  # a page that confuses it has no date for us
        return None
    return parse_date(found) if found else None
