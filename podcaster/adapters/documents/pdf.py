"""PDF with a text layer, by PDFium: pages to segments of text, and the draft that their layout makes."""

import ctypes
from collections.abc import Iterator
from datetime import UTC, datetime

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from podcaster.adapters.documents.markup import draft_of
from podcaster.adapters.documents.pdf_layout.pages import blocks_of_pages
from podcaster.adapters.documents.pdf_layout.segments import Page, Segment
from podcaster.adapters.documents.refusal import Refused, damaged, encrypted
from podcaster.article.draft import Draft
from podcaster.article.markup.raised import raised
from podcaster.article.plain_text import split_authors
from podcaster.article.text import one_line

_MOST_PAGES = 2_000
_LEAST_LETTERS = 40
_BOLD = 600
_LEVEL = 0.2
"""Radians beyond which text is a watermark, or runs along a margin."""
_LIGATURES = {
    "ﬀ": "ff",
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
    "ﬅ": "st",
    "ﬆ": "st",
    "\x02": "-",
    "\ufffe": "-",
    "\u00ad": "-",
}
_GAP, _CELL_GAP, _NEXT_LINE, _RAISED_SIZE = 1.2, 0.8, 0.55, 0.8
"""Ems: an empty space that parts two segments, with a space in the file and without;
a step down that is another line; and how small a raised figure is."""


def read(body: bytes) -> Draft:
    """The report in a PDF.

    Raises:
        Refused: it is damaged, encrypted, or has pictures of text alone.
    """
    try:
        document = pdfium.PdfDocument(body)
        count = len(document)
    except pdfium.PdfiumError as error:
        raise (encrypted() if "assword" in str(error) or "ecurity" in str(error) else damaged("PDF")) from error
    pages = [_page(document[place]) for place in range(min(count, _MOST_PAGES))]
    letters = sum(len(segment.text) for page in pages for segment in page.segments)
    if letters < _LEAST_LETTERS:
        raise Refused(
            "scan", "holds pictures of text, and no text.", "Run OCR over it (ocrmypdf, say) and hand it in again."
        )
    found = blocks_of_pages(pages)
    metadata = document.get_metadata_dict()
    title = found.title or one_line(metadata.get("Title", ""))
    return draft_of(
        found.blocks,
        title=title,
        authors=split_authors(one_line(metadata.get("Author", ""))),
        published=_moment(metadata.get("CreationDate", "")),
        aside=found.aside,
    )


def _moment(said: str) -> datetime | None:
    """`D:20240502081500+02'00'` (ISO 32000-1 §7.9.4), its day."""
    figures = said.removeprefix("D:")[:8]
    try:
        return datetime.strptime(figures, "%Y%m%d").replace(tzinfo=UTC)
    except ValueError:
        return None


def _page(page: pdfium.PdfPage) -> Page:
    width, height = page.get_size()
    text = page.get_textpage()
    segments = tuple(_segments(text, height))
    text.close()
    page.close()
    return Page(width=width, height=height, segments=segments)


class _Run:
    """A segment that is being gathered."""

    def __init__(self, left: float, top: float, right: float, bottom: float) -> None:
        self.left, self.top, self.right, self.bottom = left, top, right, bottom
        self.size = bottom - top
        self.text = ""
        self.mark = ""
        self.bold = self.letters = 0
        self.spaced = False
        """Whether the file itself has a space behind it: between cells there is none."""

    def end_mark(self) -> None:
        """Judge what was raised."""
        if self.mark:
            self.text += raised(self.text, self.mark)
            self.mark = ""

    def segment(self) -> Segment | None:
        """The collected text; None if it is blank."""
        self.end_mark()
        text = one_line(self.text)
        if not text:
            return None
        return Segment(
            text=text,
            left=self.left,
            top=self.top,
            right=self.right,
            bottom=self.bottom,
            size=self.size,
            bold=self.bold * 2 > self.letters,
        )


def _segments(text: pdfium.PdfTextPage, height: float) -> Iterator[Segment]:
    """Runs of characters on a line, in the order that the file has them."""
    run: _Run | None = None
    box = pdfium_c.FS_RECTF()
    for place in range(text.count_chars()):
        code = pdfium_c.FPDFText_GetUnicode(text, place)
        sign = _LIGATURES.get(chr(code), chr(code)) if code else ""
        if sign in {"\r", "\n"} or not sign:
            continue
        if sign.isspace():
            if run is not None:
                run.end_mark()
                run.text += " "
                run.spaced = not pdfium_c.FPDFText_IsGenerated(text, place)
            continue
        if abs(_angle(text, place)) > _LEVEL or not pdfium_c.FPDFText_GetLooseCharBox(text, place, ctypes.byref(box)):
            continue
        left, right, top, bottom = box.left, box.right, height - box.top, height - box.bottom
        if run is not None and _is_raised(run, left, top, bottom):
            run.mark += sign
            run.right = max(run.right, right)
            continue
        if run is None or _parts(run, left, right, bottom):
            if run is not None and (made := run.segment()):
                yield made
            run = _Run(left, top, right, bottom)
        run.end_mark()
        run.text += sign
        run.spaced = False
        run.left, run.right = min(run.left, left), max(run.right, right)
        run.letters += 1
        run.bold += pdfium_c.FPDFText_GetFontWeight(text, place) >= _BOLD or _is_bold(text, place)
    if run is not None and (made := run.segment()):
        yield made


def _angle(text: pdfium.PdfTextPage, place: int) -> float:
    angle: float = pdfium_c.FPDFText_GetCharAngle(text, place)
    return min(angle, abs(6.283 - angle)) if angle >= 0 else 0.0


def _is_bold(text: pdfium.PdfTextPage, place: int) -> bool:
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    pdfium_c.FPDFText_GetFontInfo(text, place, name, 128, ctypes.byref(flags))
    return any(each in name.value.lower() for each in (b"bold", b"black", b"heavy", b"semibold"))


def _is_raised(run: _Run, left: float, top: float, bottom: float) -> bool:
    """Whether a character is small and stands above the line that it belongs to."""
    size = bottom - top
    near = -0.3 * run.size < left - run.right < 0.5 * run.size
    return near and size < run.size * _RAISED_SIZE and run.bottom - bottom > run.size * 0.15 and bottom > run.top


def _parts(run: _Run, left: float, right: float, bottom: float) -> bool:
    """Whether a character begins another segment: on another line, or behind a gap."""
    if abs(bottom - run.bottom) > run.size * _NEXT_LINE:
        return True
    gap = run.size * (_GAP if run.spaced else _CELL_GAP)
    return left - run.right > gap or right < run.left - run.size * _GAP or left < run.right - run.size * 3
