"""Feeds and sitemaps: RSS 0.9x to 2.0, Atom (RFC 4287, with deleted entries by RFC 6721), JSON Feed, sitemaps.org 0.9.

Foreign bytes: entities are refused unread, nesting is bounded by the parser (256), and what an entry says is hashed and
never parsed as HTML, so the time is proportional to the length.
"""

import html
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from lxml import etree

from podcaster.article.text import one_line
from podcaster.errors import SourceTooLarge
from podcaster.source.entries import MOST_ENTRIES, Entry, bare_entry, json_entry, newest_first, told_apart, xml_entry
from podcaster.source.entry_addresses import absolute
from podcaster.source.feed_xml import children_of, name_of, no_feed, parsed, texts_of
from podcaster.source.json_feed import is_json_feed, items_of
from podcaster.source.paging import page_behind
from podcaster.source.sitemaps import addresses_of_text, sitemaps_of_index, sitemaps_of_robots

LARGEST_BYTES = 10_000_000
_GZIP = b"\x1f\x8b"


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
    if sitemaps := sitemaps_of_robots(plain, url):
        return Listing(children=sitemaps, child_moments=dict.fromkeys(sitemaps))
    if addresses := addresses_of_text(plain):
        return Listing(entries=tuple(bare_entry(each) for each in addresses))
    root = parsed(plain, charset, url)
    kind = name_of(root)
    if kind == "sitemapindex" and not children_of(root, "url"):
        index = sitemaps_of_index(root, url)
        return Listing(children=tuple(index), child_moments=index)
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
    listed = (entry for each in entries[:MOST_ENTRIES] if (entry := xml_entry(each, url)))
    read = told_apart([*listed, *map(bare_entry, filter(None, bare))])
    deleted = frozenset(ref for each in children_of(root, "deleted-entry") if (ref := (each.get("ref") or "").strip()))
    newest = newest_first((entry, entry.moment) for entry in read.values())
    said = texts_of(channel)
    index = sitemaps_of_index(root, url)
    return Listing(
        children=tuple(index),
        child_moments=index,
        title=one_line(html.unescape(said.get("title", "")))[:200],
        entries=tuple(newest),
        deleted=deleted - set(read),
        following=_following(channel, said.get("generator", ""), url) if read else "",
    )


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


def _json_listing(body: bytes, url: str) -> Listing:
    title, items = items_of(body, url)
    found = (json_entry(each, url) for each in items[:MOST_ENTRIES])
    read = told_apart(entry for entry in found if entry)
    return Listing(title=title, entries=tuple(newest_first((entry, entry.moment) for entry in read.values())))


def _following(channel: etree._Element, generator: str, url: str) -> str:
    links = {
        each.get("rel", ""): absolute(each.get("href", ""), each.base or url) for each in children_of(channel, "link")
    }
    return page_behind(links, generator=generator, url=url)
