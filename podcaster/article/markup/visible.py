"""Removes hidden text, struck text, note marks and ruby readings."""

import re
from collections.abc import Container, Iterator, Sequence
from itertools import accumulate

from lxml import etree, html

from podcaster.article.markup.raised import is_isotope, raised
from podcaster.article.markup.styles import INLINE, Hiding, Sheets
from podcaster.article.markup.tree import replace, text_of, tokens

_STRUCK_TAGS = ("del", "s", "strike")
_STRUCK_CLASSES = frozenset(
    {"strike", "strikethrough", "struck", "line-through", "linethrough", "text-decoration-line-through", "deleted"}
)
_STRUCK_NAME = re.compile(r"(?:^|-)(?:strike|struck|strikethrough|line-?through)(?:-|$)")
_HIDDEN_NAME = re.compile(
    r"(?:^|-)(?:visually-?hidden|hidden-visually|visually-hide|hide-visually|sr-only|screen-?reader(?:-only|-text)?|a11y-(?:hidden|only|text)|material-(?:icons|symbols)"
    r"|accessib(?:ly|le|ility)-hidden|(?:elementor-)?screen-only|(?:u|is|js|util|has)-(?:hidden|invisible)|element-invisible|off-?screen|assistive-text)(?:-|$)"
)
_UTILITIES = frozenset({"hidden", "hide", "d-none", "invisible"})
_SHOWN_AT_WIDTH = re.compile(r"(?:d-)?(?:sm|md|lg|xl|xxl|2xl)[:-](?:!?block|flex|inline|grid|table|contents|visible)")
"""Utility classes that hide on narrow screens alone: `hidden md:block`."""
_MOST_UTILITY_LETTERS = 200
_FRACTION_BARS = frozenset({"/", "\u2044", "\u2215"})
_HIDDEN_CLASSES = frozenset(
    {
        "sr-only", "sronly", "visually-hidden", "visuallyhidden", "visually_hidden", "screen-reader-text", "screen-reader",
        "screenreader", "screen-reader-only", "screenreader-only", "screen-reader-response", "a11y-hidden",
        "a11y-text", "u-hiddenvisually", "u-visually-hidden",
        "element-invisible", "element-hidden", "assistive-text", "offscreen", "off-screen", "hidden-accessible",
        "ui-helper-hidden-accessible", "show-for-sr", "is-visually-hidden", "visuallyhidden--focusable", "d-none", "invisible",
        "govuk-visually-hidden", "usa-sr-only", "hide-visually", "accessibility-hidden", "clip-text", "print-only", "printonly",
        "visible-print", "visible-print-block", "vh", "u-vh",
    }
)  # fmt: skip
_RAISED_STYLE = re.compile(
    r"vertical-align\s*:\s*(?:super|text-top|\d)|(?=.*position\s*:\s*relative).*(?:top\s*:\s*-|bottom\s*:\s*\+?\.?\d)|baseline-shift\s*:\s*super",
    re.IGNORECASE | re.DOTALL,
)
_NAMED = (
    "hidden", "sr", "screen", "invisible", "offscreen", "off-screen", "assistive", "d-none", "print", "stri", "struck",
    "through", "deleted", "a11y", "clip-text", "hide", "Hidden", "isually", "ccessib", "material-", "vh",
)  # fmt: skip
_ALWAYS = "//del | //s | //strike | //template | //dialog"
_BY_ATTRIBUTE = "@hidden or @style or @role='deletion' or @role='tooltip'"
_SUSPECTED = f"{_ALWAYS} | //*[{_BY_ATTRIBUTE} or {' or '.join(f'contains(@class, {each!r})' for each in _NAMED)}]"
_BY_RULE = f"{_ALWAYS} | //*[{_BY_ATTRIBUTE} or @class or @id]"
_MOST_HIDDEN = 0.3
"""Share of a page's text: if more is hidden, a script reveals it and it contains the report."""
_MOST_FADED = 0.5
_FOLDED_LETTERS = 400
_CONSENT = re.compile(r"cookie|consent|gdpr|privacy|newsletter|modal|login|menu|nav", re.IGNORECASE)
_NOTE_CLASSES = frozenset(
    {
        "footnote", "footnotes", "noteref", "fn", "fnref", "endnote", "reference", "msofootnotereference",
        "msoendnotereference", "superscript", "sup", "citation",
    }
)  # fmt: skip
_NOTE_TARGET = re.compile(r"#_?(?:ftn|fn|note|footnote|endnote|edn|cite[_-]?note|ref|n)(?=[\d:_.-]|$)", re.IGNORECASE)
_SHORT_MARK = re.compile(r"\W{0,2}(?:\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§]{1,3})\W{0,2}")
_MOST_NOTE_LETTERS = 1_500
_NEAR = 40


def leave_out(tree: html.HtmlElement) -> list[str]:
    """Take out of a tree what nobody reads; the texts that were struck, hidden or put below as notes."""
    whole = len(tree.text_content()) - sum(len(each.text or "") for each in tree.iter("script", "style"))
    sheets = Sheets.of(tree)
    suspects = [*tree.xpath(_BY_RULE if sheets else _SUSPECTED)]
    hiding = {Hiding.YES} if _is_faded(tree, suspects, sheets, whole) else {Hiding.YES, Hiding.FADED}
    aside: list[str] = []
    for element in suspects:
        if element.getparent() is None:
            continue
        if _is_struck(element, sheets) or (_is_hidden(element, sheets, hiding) and not _is_shown_later(element, whole)):
            aside.append(text_of(element))
            replace(element, "")
    for reading in tree.xpath("//rt | //rp"):
        replace(reading, "")
    for quote in tree.xpath("//q"):
        replace(quote, f"“{quote.text_content()}”")
    _write_fractions(tree)
    aside += _without_notes(tree)
    return [each for each in aside if each]


def _is_faded(tree: html.HtmlElement, suspects: Sequence[html.HtmlElement], sheets: Sheets, whole: int) -> bool:
    """Whether most paragraphs of a page are faded, though each is short, so that a script must show them one by one."""
    paragraphs = sum(len(each.text_content()) for each in tree.iter("p"))
    least = max(paragraphs * _MOST_FADED if paragraphs else whole * _MOST_HIDDEN, 1)
    faded = (each for each in suspects if sheets.hiding(each) is Hiding.FADED)
    letters = (sum(len(inner.text_content()) for inner in each.iter("p" if paragraphs else each.tag)) for each in faded)
    return any(each >= least for each in accumulate(letters))


def _is_shown_later(element: html.HtmlElement, whole: int) -> bool:
    """Whether what is hidden is so long that a script or a click must show it: paragraphs of the report."""
    letters = len(element.text_content())
    folded = letters >= _FOLDED_LETTERS and len(element.findall(".//p")) + len(element.findall(".//br")) > 1
    return letters >= max(whole * _MOST_HIDDEN, 1) or (
        folded and _CONSENT.search(etree.tostring(element, encoding="unicode")[:2_000]) is None
    )


def _is_struck(element: html.HtmlElement, sheets: Sheets) -> bool:
    if element.tag in {"html", "body", "article", "main"}:
        return False
    named = (element.get("class") or "").split()
    if (
        element.tag in _STRUCK_TAGS
        or element.get("role") == "deletion"
        or sheets.strike(element)
        or not _STRUCK_CLASSES.isdisjoint(each.lower().lstrip("!") for each in named)
    ):
        return True
    return element.tag in INLINE and any(_STRUCK_NAME.search(_hyphenated(each)) for each in named)


def _hyphenated(name: str) -> str:
    """A class name in lower case, its words parted by hyphens: `VisuallyHidden_root` is `visually-hidden-root`."""
    return _CAMEL.sub("-", name).lower().replace("_", "-")


_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def _is_hidden(element: html.HtmlElement, sheets: Sheets, hiding: Container[Hiding]) -> bool:
    if element.tag in {"html", "body", "head", "script", "style", "meta", "link", "title", "math", "noscript"}:
        return False
    if element.tag in {"template", "dialog"} and element.get("open") is None:
        return True
    if element.get("hidden") is not None and (element.get("hidden") != "until-found" or element.tag in INLINE):
        return True
    return (
        element.get("role") == "tooltip"
        or sheets.hiding(element) in hiding
        or _is_named_hidden(element, (element.get("class") or "").split())
    )


def _is_named_hidden(element: html.HtmlElement, named: list[str]) -> bool:
    if any(each.lower() in _HIDDEN_CLASSES - _UTILITIES or _HIDDEN_NAME.search(_hyphenated(each)) for each in named):
        return True
    return (
        not _UTILITIES.isdisjoint(named)
        and not any(_SHOWN_AT_WIDTH.match(each) for each in named)
        and ("d-none" in named or len(element.text_content()) <= _MOST_UTILITY_LETTERS)
    )


def _write_fractions(tree: html.HtmlElement) -> None:
    """Write `<sup>3</sup>/<sub>4</sub>` as 3/4."""
    for over in list(tree.iter("sup")):
        bar, under = over.tail or "", over.getnext()
        if under is not None and under.tag == "span" and not bar.strip() and text_of(under) in _FRACTION_BARS:
            bar, under = f"{text_of(under)}{under.tail or ''}", under.getnext()
        if under is None or under.tag != "sub" or bar.strip() not in _FRACTION_BARS:
            continue
        if not (text_of(over).isdecimal() and text_of(under).isdecimal()):
            continue
        gap = " " if _text_before(over)[-1:].isdigit() else ""
        fraction = f"{gap}{text_of(over)}/{text_of(under)}"
        if over.getnext() is not under:
            replace(over.getnext(), "")
        over.tail = ""
        replace(under, "")
        replace(over, fraction)


def _without_notes(tree: html.HtmlElement) -> list[str]:
    """Judge everything that is raised, and take out the notes that it leads to."""
    targets: list[str] = []
    for element in list(_raised_elements(tree)):
        if element.getparent() is None or {element.get("id"), element.get("name")} & set(filter(None, targets)):
            continue
        links = [each.get("href", "") for each in element.iter("a")]
        linked = any(link.startswith("#") or "#" in link for link in links) or bool(
            _NOTE_CLASSES & tokens(element) - {"superscript", "sup"}
        )
        targets += [link.rpartition("#")[2] for link in links if "#" in link]
        before, mark = _text_before(element), text_of(element)
        behind, whole = element.tail or "", element.text_content()
        if not linked and is_isotope(before, mark, behind):
            said = mark
        elif mark == "o" and before[-1:].isdigit() and behind.lstrip()[:1] in {"C", "F"}:
            said = "°"
        else:
            said = raised(before, mark, behind=behind[:_NEAR], linked=linked)
        replace(element, said or (" " if whole != whole.strip() else ""))
    beside = [each for each in tree.xpath(_SIDE_NOTES) if each.getparent() is not None]
    notes = [text_of(each) for each in beside]
    for each in beside:
        replace(each, "")
    return [*notes, *_notes(tree, targets)]


_SIDE_NOTES = (
    "//span[contains(@class, 'sidenote') or contains(@class, 'marginnote') or contains(@class, 'margin-note')]"
)


def _raised_elements(tree: html.HtmlElement) -> Iterator[html.HtmlElement]:
    for element in tree.iter("sup", "a", "span", "small", "font", "b", "i", "em", "strong"):
        if element.tag == "sup" or _RAISED_STYLE.search(element.get("style") or ""):
            yield element
        elif element.tag == "a" and (
            _NOTE_TARGET.search(element.get("href") or "") or element.get("role") == "doc-noteref"
        ):
            if _SHORT_MARK.fullmatch(text_of(element)):
                yield element
        elif element.tag == "span" and _NOTE_CLASSES & tokens(element) and _SHORT_MARK.fullmatch(text_of(element)):
            yield element


def _text_before(element: html.HtmlElement) -> str:
    """The text in front of an element within its paragraph; 40 letters are enough."""
    pieces: list[str] = []
    at = element
    while (
        at is not None
        and sum(map(len, pieces)) < _NEAR
        and at.tag not in {"p", "li", "td", "th", "div", "h1", "h2", "h3", "body"}
    ):
        before = at.getprevious()
        if before is not None:
            pieces.insert(0, before.tail or "")
            if not (before.tail or "").strip():
                pieces.insert(0, before.text_content())
            at = before if before.tag != "br" else None
        else:
            at = at.getparent()
            pieces.insert(0, (at.text or "") if at is not None else "")
    return "".join(pieces)


def _notes(tree: html.HtmlElement, targets: list[str]) -> Iterator[str]:
    for name in dict.fromkeys(filter(None, targets)):
        for element in tree.xpath("//*[@id=$name or @name=$name]", name=name):
            note = next(
                (each for each in (element, *element.iterancestors()) if each.tag in {"li", "p", "div", "aside", "dd"}),
                None,
            )
            if note is None or note.getparent() is None:
                continue
            text = text_of(note)
            if 0 < len(text) < _MOST_NOTE_LETTERS and note.find(".//p/following-sibling::p") is None:
                yield text
                replace(note, "")
