"""The XML of feeds and sitemaps: parsed without entities, names by the meaning of their namespaces."""

import re
from base64 import b64decode
from html.entities import html5
from urllib.parse import urlsplit

from lxml import etree

from podcaster.article.encoding import decoded
from podcaster.errors import SourceNotFeed

_ROOTS = frozenset({"rss", "rdf", "feed", "urlset", "sitemapindex", "channel", "sitemap"})
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
        "sitemaps.org/schemas/sitemap/0.9",
        "prismstandard.org/namespaces/basic/2.0",
        "prismstandard.org/namespaces/basic/3.0",
        "news.yandex.ru",
        "schema.org",
        "turbo.yandex.ru",
        "www.google.com/schemas/sitemap-news/0.9",
    }
)
"""Namespaces of feeds; elements of the same name in others, such as media:title, mean something else."""
_PROLOG_BYTES = 1_000_000
_ASIDE = re.compile(rb"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)
_QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")
_DOCTYPE = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff|\s)*<!DOCTYPE", re.IGNORECASE)
_PUBLIC_ID = re.compile(
    rb"\A((?>\s+|<!--.*?-->|<\?.*?\?>)*<!DOCTYPE\s+[^\s>\[\"']+)\s+PUBLIC\s+(?:\"[^\"]*\"|'[^']*')(?:\s*(?:\"[^\"]*\"|'[^']*'))?",
    re.IGNORECASE | re.DOTALL,
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DECLARATION = re.compile(r"\A<\?xml\b[^>]*\?>\s*")
_ENTITY = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?!(?:amp|lt|gt|quot|apos);|#)([A-Za-z][A-Za-z0-9]{1,30};)?", re.DOTALL
)
_ROOT = re.compile(r"<\?xml\b|<(?:[\w-]+:)?(?:rss|rdf|feed|urlset|sitemapindex)[\s>]", re.IGNORECASE)
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_KNOWN_PREFIXES = frozenset({"content", "dc", "dcterms", "dct", "atom", "a10", "news", "rss"})
"""Prefixes that some feeds use without declaring them."""
_XHTML_TEXT = frozenset({"{http://www.w3.org/1999/xhtml}body", "{http://www.w3.org/1999/xhtml}div"})
_SPELLED = {"pubdate": "pubDate"}
_ELEMENT = re.compile(rb"<[A-Za-z_:]")


def parsed(body: bytes, charset: str, url: str) -> etree._Element:
    """The root of a feed or a sitemap.

    The bytes are decoded as a browser decodes them, so that the parser sees UTF-8 and no other encoding's tricks.

    Raises:
        SourceNotFeed: it is no XML, or declares entities.
    """
    text = _CONTROLS.sub("", decoded(body, charset, markup=True)).lstrip("\ufeff \t\r\n")
    plain = _ENTITY.sub(_numbered, _without_output(_DECLARATION.sub("", text, count=1))).encode("utf-8", "replace")
    # A name of the document type says nothing here, and the parser stops at one with a sign that names do not have.
    plain = _PUBLIC_ID.sub(rb"\1", plain, count=1)
    if _declares_entities(plain):
        raise SourceNotFeed(f"{url} declares entities of its own.", "Give a feed without them.")
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(plain, parser, base_url=url)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise no_feed(url)
    return _with_own_namespace(_with_sound_bases(root))


def _without_output(text: str) -> str:
    """The text from its root on, where a server's warnings stand before it."""
    if text.startswith(("<!", "<?")) or not (found := _ROOT.search(text, 0, _PROLOG_BYTES)):
        return text
    return text[found.start() :]


def _numbered(found: re.Match[str]) -> str:
    """An entity of HTML as a numeric reference, and `&amp;` for a bare ampersand: feeds use both as if XML knew them."""
    if found[0].startswith("<"):
        return found[0]
    if not found[1]:
        return "&amp;"
    sign = html5.get(found[1], "")
    return "".join(f"&#{ord(each)};" for each in sign) if sign else found[0]


def _with_sound_bases(root: etree._Element) -> etree._Element:
    """Removes each `xml:base` that is not an address."""
    for element in root.xpath("//*[@xml:base]"):
        base = (element.get(_BASE) or "").strip()
        try:
            sound = urlsplit(base).scheme in {"", "http", "https"}
        except ValueError:
            sound = False
        if base and sound:
            element.set(_BASE, base)
        else:
            del element.attrib[_BASE]
    return root


def _declares_entities(body: bytes) -> bool:
    """Whether the document type does; what elements say of entities is text."""
    prolog = _QUOTED.sub(b"''", _ASIDE.sub(b"", body[:_PROLOG_BYTES]))
    found = _DOCTYPE.match(prolog)
    if not found:
        return False
    root = _ELEMENT.search(prolog, found.end())
    return b"<!entity" in prolog[found.end() : root.start() if root else len(prolog)].lower()


def _with_own_namespace(root: etree._Element) -> etree._Element:
    """The root with its elements' names known: a root that is a feed's by its name brings its own namespace."""
    namespace, local = _parts(root.tag)
    if namespace and _meant(namespace) not in _CORE and local.lower() in _ROOTS:
        for element in root.iter(f"{{{namespace}}}*"):
            element.tag = _parts(element.tag)[1]
    return root


def _parts(tag: str) -> tuple[str, str]:
    """Namespace and local name; a prefix that was never declared stands for its usual namespace, or for a foreign one."""
    if tag.startswith("{"):
        namespace, _, local = tag[1:].partition("}")
        return namespace, local
    prefix, colon, local = tag.rpartition(":")
    return ("" if not colon or prefix.lower() in _KNOWN_PREFIXES else f"undeclared:{prefix}"), local


def _meant(namespace: str) -> str:
    """A namespace, whatever its scheme, its case and its last slash."""
    return namespace.strip().lower().partition("://")[2].rstrip("/#") or namespace


def no_feed(url: str) -> SourceNotFeed:
    """The error for a document that is neither a feed nor a sitemap."""
    return SourceNotFeed(
        f"{url} is neither a feed nor a sitemap.", "Give the address of an RSS or Atom feed, or of a sitemap."
    )


def name_of(element: etree._Element) -> str:
    """The local name of an element that belongs to a feed; empty for what is foreign to it."""
    if not isinstance(element.tag, str):
        return ""
    namespace, local = _parts(element.tag)
    lower = local.lower()
    return _SPELLED.get(lower, lower) if not namespace or _meant(namespace) in _CORE else ""


def children_of(element: etree._Element, name: str) -> list[etree._Element]:
    """The children of a name."""
    return [each for each in element if name_of(each) == name]


def texts_of(element: etree._Element) -> dict[str, str]:
    """Text of the children by name, the first of each. XHTML in Atom stays markup (RFC 4287 §3.1.1.3)."""
    said: dict[str, str] = {}
    for each in element:
        name = "content" if each.tag in _XHTML_TEXT else name_of(each)
        if name in said and not said[name].strip():
            del said[name]
        if name == "news":
            said |= {inner: text for inner, text in texts_of(each).items() if inner not in said}
        elif name and name not in said and name not in {"entry", "item", "url"}:
            inline = each.get("type") == "xhtml" or each.get("mode") == "xml" or each.tag in _XHTML_TEXT
            said[name] = _markup(each) if inline and len(each) else _plain_text(each)
    return said


def _plain_text(element: etree._Element) -> str:
    """Text of an element; Atom 0.3 may have it in Base64."""
    text = "".join(element.itertext())
    if element.get("mode") != "base64":
        return text
    try:
        return b64decode(text, validate=False).decode("utf-8", "replace")
    except ValueError:
        return text


def _markup(element: etree._Element) -> str:
    return "".join(etree.tostring(inner, encoding="unicode", method="html") for inner in element)
