"""The XML of feeds and sitemaps: parsed without entities, names by the meaning of their namespaces."""

import re

from lxml import etree

from podcaster.errors import SourceNotFeed

_ROOTS = frozenset({"rss", "rdf", "feed", "urlset", "sitemapindex"})
_CORE = frozenset(
    {
        "www.w3.org/2005/atom",
        "purl.org/atom/ns",
        "purl.org/atompub/tombstones/1.0",
        "purl.org/rss/1.0",
        "purl.org/net/rss1.1",
        "my.netscape.com/rdf/simple/0.9",
        "channel.netscape.com/rdf/simple/0.9",
        "my.netscape.com/publish/formats/rss-0.91.dtd",
        "backend.userland.com/rss",
        "backend.userland.com/rss2",
        "backend.userland.com/rss091",
        "backend.userland.com/rss092",
        "blogs.law.harvard.edu/tech/rss",
        "cyber.law.harvard.edu/rss",
        "www.w3.org/1999/02/22-rdf-syntax-ns",
        "purl.org/rss/1.0/modules/content",
        "purl.org/dc/elements/1.1",
        "purl.org/dc/terms",
        "www.sitemaps.org/schemas/sitemap/0.9",
        "www.google.com/schemas/sitemap/0.84",
        "www.google.com/schemas/sitemap-news/0.9",
    }
)
"""Others have elements of the same names, as media:title, that say something else."""
_PROLOG_BYTES = 1_000_000
_ASIDE = re.compile(rb"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_DOCTYPE = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff|\s)*<!DOCTYPE", re.IGNORECASE)
_ELEMENT = re.compile(rb"<[A-Za-z_:]")


def parsed(body: bytes, charset: str, url: str) -> etree._Element:
    """The root of a feed or a sitemap.

    Raises:
        SourceNotFeed: it is no XML, or declares entities.
    """
    if _declares_entities(body):
        raise SourceNotFeed(f"{url} declares entities of its own.", "Give a feed without them.")
    for encoding in dict.fromkeys((charset or None, None)):
        try:
            parser = etree.XMLParser(
                encoding=encoding, recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
                remove_comments=True, remove_pis=True,
            )  # fmt: skip
            root = etree.fromstring(body.strip() if encoding else body.lstrip(b"\r\n\t "), parser, base_url=url)
        except (LookupError, etree.XMLSyntaxError, ValueError):
            continue
        if root is not None:
            return _with_own_namespace(root)
    raise no_feed(url)


def _declares_entities(body: bytes) -> bool:
    """Whether the document type does; what elements say of entities is text."""
    prolog = _ASIDE.sub(b"", body.replace(b"\0", b"")[:_PROLOG_BYTES])
    found = _DOCTYPE.match(prolog)
    if not found:
        return False
    root = _ELEMENT.search(prolog, found.end())
    return b"<!entity" in prolog[found.end() : root.start() if root else len(prolog)].lower()


def _with_own_namespace(root: etree._Element) -> etree._Element:
    """The root with its elements' names known: a root that is a feed's by its name brings its own namespace."""
    name = etree.QName(root)
    if name.namespace and _meant(name.namespace) not in _CORE and name.localname.lower() in _ROOTS:
        for element in root.iter(f"{{{name.namespace}}}*"):
            element.tag = etree.QName(element).localname
    return root


def _meant(namespace: str) -> str:
    """A namespace as it is meant, whatever its scheme, its case and its end."""
    return namespace.strip().lower().partition("://")[2].rstrip("/#") or namespace


def no_feed(url: str) -> SourceNotFeed:
    """The error for what is neither."""
    return SourceNotFeed(
        f"{url} is neither a feed nor a sitemap.", "Give the address of an RSS or Atom feed, or of a sitemap."
    )


def name_of(element: etree._Element) -> str:
    """The local name of an element that belongs to a feed; empty for what is foreign to it."""
    if not isinstance(element.tag, str):
        return ""
    name = etree.QName(element)
    return str(name.localname) if name.namespace is None or _meant(name.namespace) in _CORE else ""


def children_of(element: etree._Element, name: str) -> list[etree._Element]:
    """The children of a name."""
    return [each for each in element if name_of(each) == name]


def texts_of(element: etree._Element) -> dict[str, str]:
    """Text of the children by name, the first of each. XHTML in Atom stays markup (RFC 4287 §3.1.1.3)."""
    said: dict[str, str] = {}
    for each in element:
        name = name_of(each)
        if name == "news":
            said |= {inner: text for inner, text in texts_of(each).items() if inner not in said}
        elif name and name not in said and name not in {"entry", "item", "url"}:
            inline = each.get("type") == "xhtml" or each.get("mode") == "xml"
            said[name] = _markup(each) if inline and len(each) else "".join(each.itertext())
    return said


def _markup(element: etree._Element) -> str:
    return "".join(etree.tostring(inner, encoding="unicode", method="html") for inner in element)
