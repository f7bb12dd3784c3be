"""Feeds and sitemaps: RSS 0.9x, 1.0 and 2.0, Atom (RFC 4287, with deleted entries by RFC 6721), sitemaps.org 0.9.

Foreign bytes: entities are refused unread, nesting is bounded by the parser (256), and what an entry says is hashed and
never parsed as HTML, so the time is proportional to the length.
"""

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

from lxml import etree

from podcaster.article.dates import parse_date
from podcaster.article.text import one_line
from podcaster.errors import SourceNotFeed, SourceTooLarge
from podcaster.source.paging import page_behind

_Found = TypeVar("_Found")
LARGEST_BYTES = 10_000_000
MOST_ENTRIES = 50_000
"""What sitemaps.org allows a sitemap."""
_LONGEST_URL = 2_000
_GZIP = b"\x1f\x8b"
_ATOM, _TOMBSTONES = "http://www.w3.org/2005/Atom", "http://purl.org/atompub/tombstones/1.0"
_KNOWN = frozenset(
    {
        None,
        _ATOM,
        _TOMBSTONES,
        "http://purl.org/rss/1.0/",
        "http://my.netscape.com/rdf/simple/0.9/",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "http://purl.org/rss/1.0/modules/content/",
        "http://purl.org/dc/elements/1.1/",
        "http://www.sitemaps.org/schemas/sitemap/0.9",
        "http://www.google.com/schemas/sitemap/0.84",
    }
)
"""Others have elements of the same names, as media:title, that say something else."""
_SAID = ("title", "pubDate", "date", "updated", "published", "lastmod", "description", "summary", "encoded", "content")
_DATES = ("updated", "lastmod", "pubDate", "published", "date")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a source answered."""

    title: str = ""
    entries: tuple[Entry, ...] = ()
    """The newest first."""
    deleted: frozenset[str] = frozenset()
    """Keys of entries that the source says it has taken back (RFC 6721 §3)."""
    children: tuple[str, ...] = ()
    """Sitemaps that a sitemap index names, the newest first."""
    following: str = ""
    """Where older entries of the same feed are; empty where nothing is known of any."""


def read_listing(body: bytes, *, url: str, charset: str = "") -> Listing:
    """What a feed or a sitemap lists.

    Args:
        body: At most 10,000,000 bytes; of a sitemap they may be gzip.
        url: Where it was found: relative addresses start there.
        charset: From the Content-Type, which goes before what the XML says (RFC 7303 §3.2).

    Raises:
        SourceNotFeed: it is neither, or declares entities.
        SourceTooLarge: it is longer than that when it is unpacked.
    """
    root = _root(_plain(body, url), charset, url)
    kind = _name(root)
    if kind == "sitemapindex":
        found = [
            (_address(_texts(each).get("loc", ""), url), _moment(_texts(each))) for each in _children(root, "sitemap")
        ]
        return Listing(children=tuple(_newest(each for each in found if each[0])))
    channel = root
    if kind == "feed":
        entries = _children(root, "entry")
    elif kind in {"rss", "RDF"}:
        channel = next(iter(_children(root, "channel")), root)
        entries = [*_children(channel, "item"), *_children(root, "item")]
    elif kind == "urlset":
        entries = _children(root, "url")
    else:
        raise _no_feed(url)
    read = {entry.key: entry for each in entries[:MOST_ENTRIES] if (entry := _entry(each, url))}
    deleted = frozenset(ref for each in _children(root, "deleted-entry") if (ref := (each.get("ref") or "").strip()))
    newest = _newest((entry, entry.moment) for entry in read.values())
    said = _texts(channel)
    return Listing(
        title=one_line(said.get("title", ""))[:200],
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
        raise _no_feed(url) from error
    if len(plain) > LARGEST_BYTES:
        raise SourceTooLarge(f"{url} has more than {LARGEST_BYTES:,} bytes.", "Give a part of it.")
    return plain


def _root(body: bytes, charset: str, url: str) -> etree._Element:
    if b"<!entity" in body.replace(b"\0", b"").lower():
        raise SourceNotFeed(f"{url} declares entities of its own.", "Give a feed without them.")
    for encoding in dict.fromkeys((charset or None, None)):
        try:
            parser = etree.XMLParser(
                encoding=encoding, recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
                remove_comments=True, remove_pis=True,
            )  # fmt: skip
            root = etree.fromstring(body.strip() if encoding else body.lstrip(b"\r\n\t "), parser)
        except (LookupError, etree.XMLSyntaxError, ValueError):
            continue
        if root is not None:
            return root
    raise _no_feed(url)


def _no_feed(url: str) -> SourceNotFeed:
    return SourceNotFeed(
        f"{url} is neither a feed nor a sitemap.", "Give the address of an RSS or Atom feed, or of a sitemap."
    )


def _entry(element: etree._Element, base: str) -> Entry | None:
    said = _texts(element)
    link = (
        next(iter(_links(element)), "")
        or said.get("loc", "")
        or (said.get("guid", "") if _is_permanent(element) else "")
    )
    address = _address(link, base)
    if not address:
        return None
    key = (said.get("guid") or said.get("id") or address).strip()[:_LONGEST_URL]
    whole = "\x1f".join((address, *(said.get(name, "") for name in _SAID)))
    return Entry(
        key=key,
        url=address,
        fingerprint=hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest(),
        moment=_moment(said),
    )


def _links(element: etree._Element) -> Iterator[str]:
    """Where a report is: an Atom link to the alternate (RFC 4287 §4.2.7), or RSS's own."""
    for each in element:
        if _name(each) != "link":
            continue
        if each.get("href") is None:
            yield (each.text or "").strip()
        elif each.get("rel", "alternate") == "alternate":
            yield each.get("href", "").strip()


def is_web_address(url: str) -> bool:
    """An absolute address of http or https, with a host that could be one (RFC 3986 §3.2.2)."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _following(channel: etree._Element, generator: str, url: str) -> str:
    links = {each.get("rel", ""): _address(each.get("href", ""), url) for each in _children(channel, "link")}
    return page_behind(links, generator=generator, url=url)


def _is_permanent(element: etree._Element) -> bool:
    return any(_name(each) == "guid" and each.get("isPermaLink", "true") != "false" for each in element)


def _address(text: str, base: str) -> str:
    """An absolute http or https address; empty for everything else."""
    try:
        joined = urljoin(base, text.strip()) if text.strip() else ""
    except ValueError:
        return ""
    return joined if is_web_address(joined) and len(joined) <= _LONGEST_URL else ""


def _moment(said: Mapping[str, str]) -> datetime | None:
    for name in _DATES:
        text = said.get(name, "").strip()[:100]
        if not text:
            continue
        if found := parse_date(text):
            return found
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, TypeError, OverflowError):
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None


def _newest(found: Iterable[tuple[_Found, datetime | None]]) -> list[_Found]:
    earliest = datetime.min.replace(tzinfo=UTC)
    return [each for each, _ in sorted(found, key=lambda each: each[1] or earliest, reverse=True)]


def _name(element: etree._Element) -> str:
    """The local name of an element that belongs to a feed; empty for what is foreign to it."""
    if not isinstance(element.tag, str):
        return ""
    name = etree.QName(element)
    return str(name.localname) if name.namespace in _KNOWN else ""


def _children(element: etree._Element, name: str) -> list[etree._Element]:
    return [each for each in element if _name(each) == name]


def _texts(element: etree._Element) -> dict[str, str]:
    """What the children say, by their names; of several the first."""
    said: dict[str, str] = {}
    for each in element:
        name = _name(each)
        if name and name not in said and name not in {"entry", "item", "url"}:
            said[name] = "".join(each.itertext())
    return said
