"""Feeds and sitemaps: RSS 0.9x to 2.0, Atom (RFC 4287, with deleted entries by RFC 6721), JSON Feed, sitemaps.org 0.9.

Foreign bytes: entities are refused unread, nesting is bounded by the parser (256), and what an entry says is hashed and
never parsed as HTML, so the time is proportional to the length.
"""

import hashlib
import html
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TypeVar
from urllib.parse import urlsplit

from lxml import etree

from podcaster.article.dates import parse_date
from podcaster.article.text import one_line
from podcaster.errors import SourceTooLarge
from podcaster.source.credits import authors_of, labels_of
from podcaster.source.entry_addresses import LONGEST_ADDRESS, absolute, entry_address, is_web_address
from podcaster.source.feed_xml import children_of, name_of, no_feed, parsed, texts_of
from podcaster.source.json_feed import JsonItem, is_json_feed, items_of
from podcaster.source.paging import page_behind

_Found = TypeVar("_Found")
LARGEST_BYTES = 10_000_000
MOST_ENTRIES = 50_000
"""Limits of sitemaps.org."""
_GZIP = b"\x1f\x8b"
_SAID = ("title", "pubDate", "date", "updated", "published", "lastmod", "description", "summary", "encoded", "content")
_CHANGED = ("updated", "modified", "lastmod", "pubDate", "published", "issued", "date", "publication_date", "created")
_PUBLISHED = (
    "pubDate",
    "published",
    "issued",
    "publication_date",
    "publicationdate",
    "datepublished",
    "created",
    "available",
    "date",
    "updated",
    "modified",
    "lastmod",
)
_TEXTS = ("encoded", "content", "full-text", "fulltext", "body", "description", "summary")
_WHOLE = frozenset({"encoded", "content", "full-text", "fulltext", "body"})
_LEAST_TEXT = 600
"""Letters of a description that may be the report itself; `content` says that it is."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Response of a source."""

    title: str = ""
    entries: tuple[Entry, ...] = ()
    """The newest first."""
    deleted: frozenset[str] = frozenset()
    """Keys of entries that the source says it has taken back (RFC 6721 §3)."""
    children: tuple[str, ...] = ()
    """Sitemaps that a sitemap index names, the newest first."""
    child_moments: Mapping[str, datetime | None] = field(default_factory=dict)
    """When each of them last changed, where the index says so."""
    following: str = ""
    """URL of the feed's older entries; empty if unknown."""


def read_listing(body: bytes, *, url: str, charset: str = "") -> Listing:
    """Entries of a feed or sitemap.

    Args:
        body: At most 10,000,000 bytes; of a sitemap they may be gzip.
        url: Where it was found: relative addresses start there.
        charset: From the Content-Type, which goes before what the XML says (RFC 7303 §3.2).

    Raises:
        SourceNotFeed: it is neither, or declares entities.
        SourceTooLarge: it is longer than that when it is unpacked.
    """
    plain = _plain(body, url)
    if is_json_feed(plain):
        return _json_listing(plain, url)
    if sitemaps := _named_by_robots(plain, url):
        return Listing(children=sitemaps, child_moments=dict.fromkeys(sitemaps))
    if addresses := _plain_addresses(plain):
        return Listing(entries=tuple(_bare_entry(each) for each in addresses))
    root = parsed(plain, charset, url)
    kind = name_of(root)
    if kind == "sitemapindex" and not children_of(root, "url"):
        return _index(root, url)
    channel = root
    if kind == "feed":
        entries = children_of(root, "entry")
    elif kind in {"rss", "rdf", "channel"}:
        channel = next(iter(children_of(root, "channel")), root)
        within = [items for each in children_of(channel, "items") for items in children_of(each, "item")]
        entries = [*children_of(channel, "item"), *within, *(children_of(root, "item") if channel is not root else [])]
    elif kind in {"urlset", "sitemapindex", "sitemap"}:
        nested = [each for inner in children_of(root, "urlset") for each in children_of(inner, "url")]
        entries = [*children_of(root, "url"), *nested]
    else:
        raise no_feed(url)
    bare = [absolute(each.text or "", each.base or url) for each in children_of(root, "loc")[:MOST_ENTRIES]]
    listed = (entry for each in entries[:MOST_ENTRIES] if (entry := _entry(each, url)))
    read = _told_apart([*listed, *map(_bare_entry, filter(None, bare))])
    deleted = frozenset(ref for each in children_of(root, "deleted-entry") if (ref := (each.get("ref") or "").strip()))
    newest = _newest((entry, entry.moment) for entry in read.values())
    said = texts_of(channel)
    index = _index(root, url)
    return Listing(
        children=index.children,
        child_moments=index.child_moments,
        title=one_line(html.unescape(said.get("title", "")))[:200],
        entries=tuple(newest),
        deleted=deleted - set(read),
        following=_following(channel, said.get("generator", ""), url) if read else "",
    )


def _index(root: etree._Element, url: str) -> Listing:
    moments: dict[str, datetime | None] = {}
    for each in children_of(root, "sitemap"):
        said = texts_of(each)
        if address := absolute(said.get("loc", ""), each.base or url):
            moments.setdefault(address, _moment(said, _CHANGED))
    for each in children_of(root, "loc") if name_of(root) == "sitemapindex" else ():
        if address := absolute(each.text or "", each.base or url):
            moments.setdefault(address, None)
    return Listing(children=tuple(_newest(moments.items())), child_moments=moments)


def _plain(body: bytes, url: str) -> bytes:
    if not body.startswith(_GZIP):
        return body
    try:
        plain = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(body, LARGEST_BYTES + 1)
    except zlib.error as error:
        raise no_feed(url) from error
    if len(plain) > LARGEST_BYTES:
        raise SourceTooLarge(f"{url} has more than {LARGEST_BYTES:,} bytes.", "Give a part of it.")
    return plain


def _plain_addresses(body: bytes) -> list[str]:
    """The addresses of a sitemap that is a text file: one a line, and nothing else (sitemaps.org)."""
    start = body.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start.startswith((b"http://", b"https://", b"#")):
        return []
    text = start.decode("utf-8", "replace").splitlines()
    lines = [line.strip() for line in text if line.strip() and not line.lstrip().startswith("#")]
    return lines[:MOST_ENTRIES] if all(is_web_address(line) and " " not in line for line in lines) else []


def _named_by_robots(body: bytes, url: str) -> tuple[str, ...]:
    """The sitemaps that a robots.txt names (sitemaps.org)."""
    if not urlsplit(url).path.endswith("/robots.txt") or body.lstrip().startswith(b"<"):
        return ()
    lines = (line.partition(":") for line in body.decode("utf-8", "replace").splitlines())
    named = (absolute(value, url) for name, _, value in lines if name.strip().lower() == "sitemap")
    return tuple(dict.fromkeys(filter(None, named)))


def _bare_entry(address: str) -> Entry:
    return Entry(key=address, url=address, fingerprint=hashlib.sha256(address.encode()).hexdigest(), moment=None)


def _json_listing(body: bytes, url: str) -> Listing:
    title, items = items_of(body, url)
    found = (_json_entry(each, url) for each in items[:MOST_ENTRIES])
    read = _told_apart(entry for entry in found if entry)
    return Listing(title=title, entries=tuple(_newest((entry, entry.moment) for entry in read.values())))


def _json_entry(item: JsonItem, base: str) -> Entry | None:
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


def _entry(element: etree._Element, base: str) -> Entry | None:
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
        moment=_moment(said, _CHANGED),
        published=_moment(said, _PUBLISHED),
        title=one_line(html.unescape(said.get("title", "")))[:500],
        labels=labels_of(element),
        authors=authors_of(element),
        text=_text_of(said),
    )


def _told_apart(entries: Iterable[Entry]) -> dict[str, Entry]:
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
    texts = [said[name] for name in _TEXTS if name in said and (name in _WHOLE or len(said[name]) >= _LEAST_TEXT)]
    return max(texts, key=len, default="").strip()


def _following(channel: etree._Element, generator: str, url: str) -> str:
    links = {
        each.get("rel", ""): absolute(each.get("href", ""), each.base or url) for each in children_of(channel, "link")
    }
    return page_behind(links, generator=generator, url=url)


def _moment(said: Mapping[str, str], names: Iterable[str]) -> datetime | None:
    texts = (said.get(name, "").strip()[:100] for name in names)
    return next((found for text in texts if text and (found := parse_date(text))), None)


def _newest(found: Iterable[tuple[_Found, datetime | None]]) -> list[_Found]:
    earliest = datetime.min.replace(tzinfo=UTC)
    return [each for each, _ in sorted(found, key=lambda each: each[1] or earliest, reverse=True)]
