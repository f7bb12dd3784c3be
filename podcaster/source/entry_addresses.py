"""Addresses of a listing's entries: the page first, else the document that an entry encloses."""

from collections.abc import Collection, Iterator, Mapping
from urllib.parse import urljoin, urlsplit

from lxml import etree

from podcaster.article.document import DOCUMENTS
from podcaster.source.feed_xml import children_of, name_of

LONGEST_ADDRESS = 2_000
_READ_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain", "text/markdown", *DOCUMENTS})


def entry_address(element: etree._Element, said: Mapping[str, str], base: str) -> str:
    """Address of an entry's page: its link, location or identifier; without a page that of the document it encloses."""
    at = element.base or base
    if address := _original(element, at) or next(iter(_links(element, base)), "") or absolute(said.get("loc", ""), at):
        return address
    if (
        _is_permanent(element)
        and said.get("guid", "").strip().startswith(("http", "/"))
        and (address := absolute(said.get("guid", ""), at))
    ):
        return address
    if address := next(enclosed_addresses(element, base, _READ_TYPES), ""):
        return address
    about = next((value for key, value in element.attrib.items() if key.endswith("}about")), "")
    return next((each for each in (said.get("id", "").strip(), about) if is_web_address(each)), "")


def enclosed_addresses(element: etree._Element, base: str, kinds: Collection[str]) -> Iterator[str]:
    """Addresses of the files of some media types that an entry encloses."""
    for name, attribute, admitted in (
        ("content", "src", kinds),
        ("enclosure", "url", kinds),
        ("link", "href", DOCUMENTS),
    ):
        for each in children_of(element, name):
            if (each.get("type") or "").partition(";")[0].strip() in admitted and (
                address := absolute(each.get(attribute, ""), each.base or base)
            ):
                yield address


def _original(element: etree._Element, base: str) -> str:
    """FeedBurner's `origLink`: the page that its own link leads to."""
    found = (each for each in element if isinstance(each.tag, str) and each.tag.endswith("}origLink"))
    return next((address for each in found if (address := absolute(each.text or "", base))), "")


def _links(element: etree._Element, base: str) -> Iterator[str]:
    """URL of an entry: Atom's alternate link (RFC 4287 §4.2.7) or RSS's link, resolved by XML Base."""
    for each in element:
        if name_of(each) != "link":
            continue
        at = each.base or base
        if each.get("href") is None:
            address = absolute((each.text or "").strip(), at)
        else:
            page = (each.get("rel") or "alternate").rpartition("/")[2].lower() == "alternate" and (
                (each.get("type") or "text/html").partition(";")[0].strip() in _READ_TYPES
            )
            address = absolute(each.get("href", "").strip(), at) if page else ""
        if address:
            yield address


def _is_permanent(element: etree._Element) -> bool:
    return any(name_of(each) == "guid" and each.get("isPermaLink", "true") != "false" for each in element)


def absolute(text: str, base: str) -> str:
    """An absolute http or https address; empty for everything else."""
    try:
        joined = urljoin(base, text.strip()) if text.strip() else ""
    except ValueError:
        return ""
    return joined if is_web_address(joined) and len(joined) <= LONGEST_ADDRESS else ""


def is_web_address(url: str) -> bool:
    """An absolute address of http or https, with a host that could be one (RFC 3986 §3.2.2)."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)
