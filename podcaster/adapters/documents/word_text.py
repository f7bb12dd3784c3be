"""A Word document's XML as it is shown: hidden and struck text gone, line ends kept, formulas written as text."""

import io
import re
import zipfile
from collections.abc import Mapping

from lxml import etree

from podcaster.adapters.documents.zip_container import part
from podcaster.article.markup.formulas import formula_from_mathml

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_TEXTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
_CONCERNED = re.compile(
    rb"<m:oMath[ >]|<w:(?:dstrike|vanish|specVanish|webHidden|cr|ptab|fldSimple|customXml|txbxContent|position)\b|<\w+:oMath[ >]"
    rb"|<w:br\s[^>]*type="
)
_MEDIA = "word/media/"
_OPERATORS = re.compile(r"([=+−\-×·≤≥<>≈≠±→∈])")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def as_shown(body: bytes, archive: zipfile.ZipFile, form: str) -> bytes:
    """The document with its texts rewritten and without its pictures; the same bytes if nothing in it needs that."""
    texts = {name: xml for name in _TEXTS if (xml := part(archive, name, form))}
    styles = _unshown_styles(part(archive, "word/styles.xml", form))
    known = _relationships(part(archive, "word/_rels/document.xml.rels", form))
    dangling = not known.issuperset(_REFERENCES.findall(texts.get(_TEXTS[0], b"")))
    if not styles and not dangling and not any(map(_CONCERNED.search, texts.values())):
        return body
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as written:
        for entry in archive.infolist():
            if entry.filename in texts:
                written.writestr(entry.filename, _rewritten(texts[entry.filename], styles, known))
            elif not entry.filename.startswith(_MEDIA) and not entry.is_dir():
                written.writestr(entry.filename, part(archive, entry.filename, form))
    return out.getvalue()


def _unshown_styles(xml: bytes) -> frozenset[str]:
    """The styles whose text is hidden or struck."""
    if not _UNSHOWN_NAMED.search(xml):
        return frozenset()
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    return frozenset(
        style.get(f"{_WORD}styleId") or ""
        for style in root.iter(f"{_WORD}style")
        if any(_is_on(style.find(f"{_WORD}rPr/{_WORD}{name}")) for name in (*_UNSHOWN, "strike"))
    )


_UNSHOWN_NAMED = re.compile(rb"<w:(?:strike|dstrike|vanish|specVanish|webHidden)\b")


def _is_unshown(run: etree._Element, styles: frozenset[str]) -> bool:
    """Whether a run is hidden or struck, by itself or by its style."""
    properties = run.find(f"{_WORD}rPr")
    if properties is None:
        return False
    style = properties.find(f"{_WORD}rStyle")
    if style is not None and style.get(f"{_WORD}val") in styles:
        return True
    return any(_is_on(properties.find(f"{_WORD}{name}")) for name in _UNSHOWN)


def _relationships(xml: bytes) -> frozenset[bytes]:
    """The ids of a document's relationships."""
    return frozenset(_RELATIONSHIP.findall(xml))


_RELATIONSHIP = re.compile(rb"\bId\s*=\s*[\"']([^\"']+)[\"']")
_REFERENCES = re.compile(rb"<w:hyperlink\s[^>]*\br:id=\"([^\"]+)\"")
_REFERENCE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def _rewritten(xml: bytes, styles: frozenset[str], known: frozenset[bytes]) -> bytes:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    root = etree.fromstring(xml, parser)
    _plain_marks(root, known)
    for name in ("fldSimple", "customXml"):
        for element in list(root.iter(f"{_WORD}{name}")):
            for child in [each for each in element if not each.tag.endswith("Pr")]:
                element.addprevious(child)
            _drop(element)
    for box in list(root.iter(f"{_WORD}txbxContent")):
        _put_behind(box)
    for run in list(root.iter(f"{_WORD}r")):
        if _is_unshown(run, styles):
            _drop(run)
    for formula in list(root.iter(f"{_MATH}oMath")):
        _write(formula)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _plain_marks(root: etree._Element, known: frozenset[bytes]) -> None:
    """Write line ends, tabs, links and raised runs so that mammoth reads them."""
    for name in ("cr", "ptab"):
        for element in root.iter(f"{_WORD}{name}"):
            element.tag = f"{_WORD}{'br' if name == 'cr' else 'tab'}"
    for line_end in root.iter(f"{_WORD}br"):
        # The end of a page, or of a column, parts words as the end of a line does.
        line_end.attrib.pop(f"{_WORD}type", None)
    for link in root.iter(f"{_WORD}hyperlink"):
        if (link.get(_REFERENCE) or "").encode() not in known:
            link.attrib.pop(_REFERENCE, None)
    for position in list(root.iter(f"{_WORD}position")):
        _raise(position)


def _raise(position: etree._Element) -> None:
    """Write a run that stands above the line as a superscript one."""
    height = position.get(f"{_WORD}val") or ""
    if height.isdecimal() and int(height):
        position.tag = f"{_WORD}vertAlign"
        position.set(f"{_WORD}val", "superscript")


_UNSHOWN = ("vanish", "specVanish", "webHidden", "dstrike")


def _put_behind(box: etree._Element) -> None:
    """Put the paragraphs of a drawn text box behind its paragraph; one that Word also wrote the old way is read from there."""
    above = list(box.iterancestors())
    paragraph = next((each for each in above if each.tag == f"{_WORD}p"), None)
    if paragraph is None or any(each.tag == f"{_WORD}pict" or each.tag.endswith("}AlternateContent") for each in above):
        return
    for child in reversed(list(box)):
        paragraph.addnext(child)


def _is_on(toggle: etree._Element | None) -> bool:
    """Whether a toggle property is set (ECMA-376 §17.17.4)."""
    return toggle is not None and (toggle.get(f"{_WORD}val") or "true").lower() not in {"0", "false", "off", "none"}


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _write(formula: etree._Element) -> None:
    """Put a run with the formula as text in its place, outside of a display formula's wrapper."""
    outer = formula
    while (parent := outer.getparent()) is not None and parent.tag.startswith(_MATH):
        outer = parent
    if outer.getparent() is None:
        return
    run = etree.Element(f"{_WORD}r")
    text = etree.SubElement(run, f"{_WORD}t")
    text.set(_SPACE, "preserve")
    text.text = formula_from_mathml(_row(formula))
    if outer is formula:
        formula.getparent().replace(formula, run)
    else:
        outer.addprevious(run)
        _drop(formula)


def _row(element: etree._Element | None) -> etree._Element:
    """Office Math (ECMA-376 §22.1) as MathML."""
    row = etree.Element("mrow")
    if element is not None:
        for child in element:
            if isinstance(child.tag, str) and not child.tag.endswith("Pr"):
                row.append(_built(child))
    return row


def _built(element: etree._Element) -> etree._Element:
    name = element.tag.removeprefix(_MATH)
    if name == "r":
        return _tokens("".join(each.text or "" for each in element.iter(f"{_MATH}t")))
    if name == "d":
        return _between("(", _row_of(element, "e"), ")")
    if name == "nary":
        return _summed(element)
    if name not in _PARTS:
        return _row(element)
    made, parts = _PARTS[name]
    built = etree.Element(made)
    built.extend(_row_of(element, each) for each in parts)
    return built


_PARTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "f": ("mfrac", ("num", "den")),
    "sSup": ("msup", ("e", "sup")),
    "sSub": ("msub", ("e", "sub")),
    "sSubSup": ("msubsup", ("e", "sub", "sup")),
    "rad": ("mroot", ("e", "deg")),
    "func": ("mrow", ("fName", "e")),
}


def _row_of(element: etree._Element, name: str) -> etree._Element:
    return _row(element.find(f"{_MATH}{name}"))


def _summed(element: etree._Element) -> etree._Element:
    sign = element.find(f"{_MATH}naryPr/{_MATH}chr")
    row = etree.Element("mrow")
    bounds = etree.SubElement(row, "munderover")
    etree.SubElement(bounds, "mo").text = "∫" if sign is None else sign.get(f"{_MATH}val") or "∑"
    bounds.extend((_row_of(element, "sub"), _row_of(element, "sup")))
    row.append(_row_of(element, "e"))
    return row


def _between(before: str, row: etree._Element, behind: str) -> etree._Element:
    whole = etree.Element("mrow")
    etree.SubElement(whole, "mo").text = before
    whole.append(row)
    etree.SubElement(whole, "mo").text = behind
    return whole


def _tokens(text: str) -> etree._Element:
    row = etree.Element("mrow")
    for each in filter(None, _OPERATORS.split(text)):
        etree.SubElement(row, "mo" if _OPERATORS.fullmatch(each) else "mtext").text = each
    return row
