"""EPUB 2 and 3: the chapters of the spine in their order, as one report, or one of them."""

import posixpath
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
    parts = _chapters(package, folder)
    if chapter:
        texts = [each for each in parts if each[1]]
        if chapter > len(texts):
            raise Refused("absent", f"has no chapter {chapter}.", f"It has {len(texts)}.")
        parts = texts[chapter - 1 : chapter]
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
    _, package, folder = _unpacked(body)
    return sum(is_text for _, is_text in _chapters(package, folder))


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


def _chapters(package: etree._Element, folder: str) -> list[tuple[str, bool]]:
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
