"""Word's .docx: mammoth makes HTML of it, with tracked changes as accepted."""

import io
import zipfile
from datetime import datetime

import mammoth
from lxml import etree

from podcaster.adapters.documents.markup import blocks_in, draft_of
from podcaster.adapters.documents.refusal import damaged
from podcaster.adapters.documents.word_text import as_shown
from podcaster.adapters.documents.zip_container import opened, part
from podcaster.article.dates import parse_date
from podcaster.article.draft import Draft
from podcaster.article.plain_text import split_authors
from podcaster.article.text import one_line

_FORM = "Word document"
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='caption'] => p.caption:fresh
p[style-name='Caption'] => p.caption:fresh
p[style-name='header'] => p.sr-only:fresh
strike => s
"""
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read(body: bytes) -> Draft:
    """The report in a Word document; notes and captions are left aside, headers and footers are not in the text."""
    archive = opened(body, _FORM)
    if not part(archive, "word/document.xml", _FORM):
        raise damaged(_FORM)
    try:
        page = mammoth.convert_to_html(
            io.BytesIO(as_shown(body, archive, _FORM)),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(lambda _: {"src": ""}),
        ).value
    except (zipfile.BadZipFile, KeyError, ValueError, AttributeError, etree.XMLSyntaxError, SyntaxError) as error:
        raise damaged(_FORM) from error
    properties = _properties(archive)
    language = _language(archive)
    blocks, aside = blocks_in(f"<html><body>{page}</body></html>", language)
    title = ""
    if not page.lstrip().startswith("<h1"):
        title = one_line(properties.get("title", ""))
    return draft_of(
        blocks,
        title=title,
        authors=split_authors(one_line(properties.get("creator", ""))),
        published=_moment(properties),
        language=language,
        aside=aside,
    )


def _properties(archive: zipfile.ZipFile) -> dict[str, str]:
    xml = part(archive, "docProps/core.xml", _FORM)
    root = _parsed(xml)
    return {} if root is None else {etree.QName(each).localname: each.text or "" for each in root}


def _moment(properties: dict[str, str]) -> datetime | None:
    return parse_date(properties.get("created", "")) if properties.get("created") else None


def _language(archive: zipfile.ZipFile) -> str:
    """The language of the document's default style."""
    root = _parsed(part(archive, "word/styles.xml", _FORM))
    named = None if root is None else next(root.iter(f"{_WORD}lang"), None)
    return "" if named is None else named.get(f"{_WORD}val") or ""


def _parsed(xml: bytes) -> etree._Element | None:
    if not xml:
        return None
    try:
        return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError:
        return None
