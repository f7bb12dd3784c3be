"""Entries of feeds and sitemaps: each a report as its source lists it."""

import hashlib
import html
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TypeVar

from lxml import etree

from podcaster.article.dates import parse_date
from podcaster.article.document import DOCUMENTS
from podcaster.article.text import one_line
from podcaster.source.credits import authors_of, labels_of
from podcaster.source.entry_addresses import (
    LONGEST_ADDRESS,
    absolute,
    enclosed_addresses,
    entry_address,
    is_web_address,
)
from podcaster.source.feed_xml import texts_of
from podcaster.source.json_feed import JsonItem

_Found = TypeVar("_Found")
MOST_ENTRIES = 50_000
"""Limit of sitemaps.org."""
_SAID = ("title", "pubDate", "date", "updated", "published", "lastmod", "description", "summary", "encoded", "content")
CHANGED = ("updated", "modified", "lastmod", "pubDate", "published", "issued", "date", "publication_date", "created")
_PUBLISHED = (
    "pubDate", "published", "issued", "publication_date", "publicationdate", "datepublished", "created", "available",
    "date", "updated", "modified", "lastmod",
)  # fmt: skip
_TEXTS = ("encoded", "content", "full-text", "fulltext", "body", "description", "summary")
_WHOLE = frozenset({"encoded", "content", "full-text", "fulltext", "body"})
_LEAST_TEXT = 600
"""Letters of a description that may be the report itself; `content` says that it is."""
_LEAST_PARAGRAPHS = 250
_PARAGRAPH = re.compile(r"<p[\s>]|<br\s*/?>\s*<br", re.IGNORECASE)
_BROKEN_OFF = re.compile(r"(?:…|\.\.\.|&hellip;|&#8230;|&#x2026;)\s*[\])]?\s*(?:<|$)", re.IGNORECASE | re.MULTILINE)
"""The end of a paragraph that an excerpt cuts short."""
_NAMELESS_KEY = re.compile(r"[^\d/:.]{0,12}")
"""A guid without a figure, as `none` or `item`, names nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One report as a source lists it."""

    key: str
    """Its guid, id or address: what stays when it changes."""
    url: str
    fingerprint: str
    """SHA-256 of its title, dates and text."""
    moment: datetime | None
    """When it last changed, where the source says so; with a time zone."""
    published: datetime | None = None
    """When it was published, where the source says so; with a time zone."""
    title: str = ""
    labels: tuple[str, ...] = ()
    """Its categories."""
    authors: tuple[str, ...] = ()
    text: str = ""
    """The report itself as HTML, where the source carries it."""
    document: str = ""
    """Address of the PDF, Word file, EPUB or mail that it encloses."""


def bare_entry(address: str) -> Entry:
    """An entry of which nothing is known but its address."""
    return Entry(key=address, url=address, fingerprint=hashlib.sha256(address.encode()).hexdigest(), moment=None)


def json_entry(item: JsonItem, base: str) -> Entry | None:
    """An item of a JSON Feed; None without an address."""
    address = absolute(item.url or (item.id if is_web_address(item.id) else ""), base)
    if not address:
        return None
    whole = f"{address}\x1f{item.title}\x1f{item.published}\x1f{item.modified}\x1f{item.text}"
    return Entry(
        key=address if _NAMELESS_KEY.fullmatch(item.id) else item.id[:LONGEST_ADDRESS],
        url=address,
        fingerprint=hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest(),
        moment=parse_date(item.modified or item.published),
        published=parse_date(item.published or item.modified),
        title=one_line(item.title)[:500],
        labels=item.labels,
        authors=item.authors,
        text=item.text,
    )


def xml_entry(element: etree._Element, base: str) -> Entry | None:
    """An entry, item or url element; None without an address."""
    said = texts_of(element)
    address = entry_address(element, said, base)
    if not address:
        return None
    key = (said.get("guid") or said.get("id") or "").strip()[:LONGEST_ADDRESS]
    whole = "\x1f".join((address, *(said.get(name, "") for name in _SAID)))
    return Entry(
        key=address if _NAMELESS_KEY.fullmatch(key) else key,
        url=address,
        fingerprint=hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest(),
        moment=moment_of(said, CHANGED),
        published=moment_of(said, _PUBLISHED),
        title=one_line(html.unescape(said.get("title", "")))[:500],
        labels=labels_of(element),
        authors=authors_of(element),
        text=_text_of(said),
        document=next(enclosed_addresses(element, base, DOCUMENTS), ""),
    )


def told_apart(entries: Iterable[Entry]) -> dict[str, Entry]:
    """Entries by their keys; if several reports share a guid, each goes by its address."""
    found = _by_permalinks(list(entries))
    addresses: dict[str, set[str]] = {}
    for entry in found:
        addresses.setdefault(entry.key, set()).add(entry.url)
    told: dict[str, Entry] = {}
    for entry in found:
        named = replace(entry, key=entry.url) if len(addresses[entry.key]) > 1 else entry
        told.setdefault(named.key, named)
    return told


def _by_permalinks(entries: list[Entry]) -> list[Entry]:
    """Entries that share an address go to those that their guids name, as where every link leads to the front page."""
    times = Counter(entry.url for entry in entries)
    return [
        replace(entry, url=entry.key) if times[entry.url] > 1 and is_web_address(entry.key) else entry
        for entry in entries
    ]


def _text_of(said: Mapping[str, str]) -> str:
    """The longest text that an entry carries, if it may be the whole report."""
    texts = [said[name] for name in _TEXTS if name in said and (name in _WHOLE or _may_be_whole(said[name]))]
    return max(texts, key=len, default="").strip()


def _may_be_whole(description: str) -> bool:
    """Whether a description may be the report itself: it is long, or has paragraphs none of which breaks off."""
    if len(description) >= _LEAST_TEXT:
        return True
    paragraphs = len(_PARAGRAPH.findall(description)) + description.strip().count("\n\n")
    return paragraphs > 1 and len(description) >= _LEAST_PARAGRAPHS and not _BROKEN_OFF.search(description)


def moment_of(said: Mapping[str, str], names: Iterable[str]) -> datetime | None:
    """The first date among the elements of these names."""
    texts = (said.get(name, "").strip()[:100] for name in names)
    return next((found for text in texts if text and (found := parse_date(text))), None)


def newest_first(found: Iterable[tuple[_Found, datetime | None]]) -> list[_Found]:
    """Sorted by their moments; those without one come last."""
    earliest = datetime.min.replace(tzinfo=UTC)
    return [each for each, _ in sorted(found, key=lambda each: each[1] or earliest, reverse=True)]
