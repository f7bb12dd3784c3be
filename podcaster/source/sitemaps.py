"""Sitemaps (sitemaps.org 0.9) beyond their entries: indexes of sitemaps, text files, and those that a robots.txt names."""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit

from lxml import etree

from podcaster.source.entries import CHANGED, MOST_ENTRIES, moment_of, newest_first
from podcaster.source.entry_addresses import absolute, is_web_address
from podcaster.source.feed_xml import children_of, name_of, texts_of


def sitemaps_of_index(root: etree._Element, url: str) -> Mapping[str, datetime | None]:
    """The sitemaps that an index names, the newest first, and when each last changed."""
    moments: dict[str, datetime | None] = {}
    for each in children_of(root, "sitemap"):
        said = texts_of(each)
        if address := absolute(said.get("loc", ""), each.base or url):
            moments.setdefault(address, moment_of(said, CHANGED))
    for each in children_of(root, "loc") if name_of(root) == "sitemapindex" else ():
        if address := absolute(each.text or "", each.base or url):
            moments.setdefault(address, None)
    return {address: moments[address] for address in newest_first(moments.items())}


def addresses_of_text(body: bytes) -> list[str]:
    """The addresses of a sitemap that is a text file: one a line, and nothing else (sitemaps.org)."""
    start = body.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start.startswith((b"http://", b"https://", b"#")):
        return []
    text = start.decode("utf-8", "replace").splitlines()
    lines = [line.strip() for line in text if line.strip() and not line.lstrip().startswith("#")]
    return lines[:MOST_ENTRIES] if all(is_web_address(line) and " " not in line for line in lines) else []


def sitemaps_of_robots(body: bytes, url: str) -> tuple[str, ...]:
    """The sitemaps that a robots.txt names (sitemaps.org)."""
    if not urlsplit(url).path.endswith("/robots.txt") or body.lstrip().startswith(b"<"):
        return ()
    lines = (line.partition(":") for line in body.decode("utf-8", "replace").splitlines())
    named = (absolute(value, url) for name, _, value in lines if name.strip().lower() == "sitemap")
    return tuple(dict.fromkeys(filter(None, named)))
