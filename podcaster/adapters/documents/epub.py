"""EPUB 2 and 3: the chapters of the spine in their order, as one report, or one of them."""

import html
import posixpath
import re
import zipfile
from urllib.parse import unquote

from lxml import etree

from podcaster.adapters.documents.markup import blocks_in, draft_of
from podcaster.adapters.documents.refusal import Refused, damaged
from podcaster.adapters.documents.zip_container import opened, part
from podcaster.article.dates import parse_date
from podcaster.article.draft import Draft
from podcaster.article.encoding import decoded
from podcaster.article.text import one_line
from podcaster.model import Block, BlockKind

_FORM = "EPUB"
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PAGES = frozenset({"application/xhtml+xml", "text/html"})
_APART = ("nav", "cover", "toc", "titlepage", "copyright", "colophon", "halftitle")


def read(body: bytes, chapter: int = 0) -> Draft:
    """The report in an EPUB, or in one of its chapters, counted from 1; table of contents, cover and title page are left aside."""
    archive, package, folder = _unpacked(body)
    parts = _spine(package, folder)
    if chapter:
        found_chapters = _chapters(archive, package, folder)
        if chapter > len(found_chapters):
            raise Refused("absent", f"has no chapter {chapter}.", f"It has {len(found_chapters)}.")
        parts = [(name, True) for name in found_chapters[chapter - 1]]
    blocks: list[Block] = []
    aside: list[str] = []
    for name, is_text in parts:
        found, left = blocks_in(decoded(part(archive, name, _FORM), markup=True), _said(package, "language"))
        blocks += found if is_text else []
        aside += left if is_text else [block.text for block in found]
    title = _said(package, "title")
    if chapter:
        title = "" if blocks and blocks[0].kind is BlockKind.HEADING else f"{title} ({chapter})"
    return draft_of(
        blocks,
        title=title,
        authors=tuple(one_line(each.text or "") for each in package.iter(f"{_DC}creator") if each.text),
        published=parse_date(_said(package, "date")),
        language=_said(package, "language"),
        aside=aside,
    )


def chapters(body: bytes) -> int:
    """Number of chapters of an EPUB."""
    return len(_chapters(*_unpacked(body)))


def _unpacked(body: bytes) -> tuple[zipfile.ZipFile, etree._Element, str]:
    """The archive, its package document, and the folder that this stands in."""
    archive = opened(body, _FORM)
    if part(archive, "META-INF/encryption.xml", _FORM) and b"EncryptedData" in part(
        archive, "META-INF/encryption.xml", _FORM
    ):
        raise Refused("encrypted", "is encrypted.", "Hand in a copy without DRM.")
    container = _parsed(part(archive, "META-INF/container.xml", _FORM))
    place = next(iter(container.xpath("//@full-path")), "")
    return archive, _parsed(part(archive, str(place), _FORM)), posixpath.dirname(str(place))


def _chapters(archive: zipfile.ZipFile, package: etree._Element, folder: str) -> list[list[str]]:
    """The files of each chapter: one that the table of contents does not name goes on with the chapter before it."""
    texts = [name for name, is_text in _spine(package, folder) if is_text]
    named = _named_in_contents(archive, package, folder)
    if len(named.intersection(texts)) < _LEAST_NAMED:
        return [[name] for name in texts]
    found: list[list[str]] = []
    for name in texts:
        if name in named or not found:
            found.append([])
        found[-1].append(name)
    return found


_LEAST_NAMED = 2


def _named_in_contents(archive: zipfile.ZipFile, package: etree._Element, folder: str) -> frozenset[str]:
    """The files that the book's tables of contents name (EPUB 3's nav, EPUB 2's NCX)."""
    named: set[str] = set()
    for item in package.iter(f"{_OPF}item"):
        if item.get("media-type") != _NCX and "nav" not in (item.get("properties") or "").split():
            continue
        place = posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))
        for address in _REFERENCE.findall(part(archive, place, _FORM)):
            target = unquote(html.unescape(address.decode("utf-8", "replace")))
            named.add(posixpath.normpath(posixpath.join(posixpath.dirname(place), target)))
    return frozenset(named)


_NCX = "application/x-dtbncx+xml"
_REFERENCE = re.compile(rb"\b(?:href|src)\s*=\s*[\"']([^\"'#]+)")


def _spine(package: etree._Element, folder: str) -> list[tuple[str, bool]]:
    """The files of the spine, and whether each is text of the report."""
    items = {each.get("id"): each for each in package.iter(f"{_OPF}item")}
    found = []
    for reference in package.iter(f"{_OPF}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or item.get("media-type") not in _PAGES:
            continue
        name = posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))
        named = f"{item.get('id')} {posixpath.basename(name)} {item.get('properties') or ''}".lower()
        found.append((name, reference.get("linear") != "no" and not any(each in named for each in _APART)))
    return found


def _said(package: etree._Element, name: str) -> str:
    return next((one_line(each.text) for each in package.iter(f"{_DC}{name}") if each.text), "")


def _parsed(xml: bytes) -> etree._Element:
    try:
        return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except (etree.XMLSyntaxError, ValueError, zipfile.BadZipFile) as error:
        raise damaged(_FORM) from error
