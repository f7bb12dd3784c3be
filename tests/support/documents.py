"""Documents that the tests make: PDF in ten layouts, Word, EPUB and mail, each with its true text."""

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

from docx import Document
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph as DocxParagraph
from reportlab.lib import colors
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    FrameBreak,
    ListFlowable,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

TITLE = "The lighthouse keeps its keeper"
SENTENCES = (
    "The lighthouse on the northern cape was to be automated in the spring, and its keeper had already packed his books.",
    "Then the storm of February tore the new antenna from the roof, and the ministry found that nobody had paid for a second one.",
    "The keeper lit the old lamp by hand for eleven nights, and forty ships passed the cape without a scratch.",
    "In March the harbour towns wrote a common letter, which asked for nothing more than that things should stay as they were.",
    "The letter was signed by 2,300 people, among them every captain of the coastal line and both of the bishops.",
    "A lamp that burns oil costs 14,000 crowns a year, the ministry replied, and an antenna costs that much once.",
    "The towns answered that an antenna does not notice when a boat is missing, and that the keeper had noticed four times.",
    "Whether that is an argument or a feeling is for the budget committee to decide, which meets again after the summer.",
    "Until then the keeper stays, with a new stove and the promise of a telephone line that works in the winter as well.",
    "He has unpacked the books, all but one box, which he says is an almanac of ships that he has read too often.",
)


@dataclass(frozen=True, slots=True)
class Layout:
    """A PDF, the words that are to be read from it in their order, and texts that are not."""

    name: str
    pdf: bytes
    text: str
    unread: tuple[str, ...] = ()


def paragraphs(count: int, start: int = 0) -> list[str]:
    return [f"{SENTENCES[(start + at * 2) % 10]} {SENTENCES[(start + at * 2 + 1) % 10]}" for at in range(count)]


BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=10, leading=12.5, spaceAfter=6)
JUSTIFIED = ParagraphStyle("justified", parent=BODY, alignment=TA_JUSTIFY)
INDENTED = ParagraphStyle("indented", parent=JUSTIFIED, firstLineIndent=12, spaceAfter=0)
HYPHENATED = ParagraphStyle("hyphenated", parent=JUSTIFIED, hyphenationLang="")
HEAD = ParagraphStyle("head", fontName="Helvetica-Bold", fontSize=18, leading=22, spaceAfter=10)
SECTION = ParagraphStyle("section", fontName="Helvetica-Bold", fontSize=12, leading=15, spaceBefore=8, spaceAfter=4)
NOTE = ParagraphStyle("note", fontName="Times-Roman", fontSize=7.5, leading=9)
WIDTH, HEIGHT = A4


def frames(columns: int, *, top: float = 60, bottom: float = 60) -> list[Frame]:
    gutter, margin = 18, 56
    wide = (WIDTH - 2 * margin - gutter * (columns - 1)) / columns
    return [
        Frame(
            margin + at * (wide + gutter),
            bottom,
            wide,
            HEIGHT - top - bottom,
            leftPadding=0,
            rightPadding=0,
            topPadding=0,
            bottomPadding=0,
        )
        for at in range(columns)
    ]


def made(story: Sequence[Any], templates: Sequence[PageTemplate], encrypt: StandardEncryption | None = None) -> bytes:
    out = io.BytesIO()
    document = BaseDocTemplate(out, pagesize=A4, title=TITLE, author="Ada Berg", encrypt=encrypt)
    document.addPageTemplates(list(templates))
    document.build(list(story))
    return out.getvalue()


def running(canvas: Canvas, document: BaseDocTemplate) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.drawString(56, HEIGHT - 36, "Coastal Review, spring issue")
    canvas.drawCentredString(WIDTH / 2, 30, f"Page {document.page} of 3")


def flowed(texts: Sequence[str], style: ParagraphStyle = BODY) -> list[Any]:
    return [Paragraph(text, style) for text in texts]


def one_column() -> Layout:
    texts = paragraphs(6)
    return Layout(
        "one column", made([Paragraph(TITLE, HEAD), *flowed(texts)], [PageTemplate(frames=frames(1))]), " ".join(texts)
    )


def several_columns(count: int) -> Layout:
    texts = paragraphs(10)
    story = [Paragraph(TITLE, HEAD), FrameBreak(), *flowed(texts, JUSTIFIED)]
    head = Frame(56, HEIGHT - 120, WIDTH - 112, 60, leftPadding=0, rightPadding=0)
    return Layout(
        f"{count} columns",
        made(story, [PageTemplate(frames=[head, *frames(count, top=130, bottom=330)])]),
        " ".join(texts),
    )


def two_columns_over_pages() -> Layout:
    texts = paragraphs(40)
    story = [Paragraph(TITLE, HEAD), *flowed(texts, INDENTED)]
    pages = [PageTemplate(frames=frames(2), onPage=running)]
    return Layout("two columns over pages", made(story, pages), " ".join(texts), ("Coastal Review", "Page 2 of 3"))


def sections() -> Layout:
    texts = paragraphs(4)
    story: list[Any] = [Paragraph(TITLE, HEAD)]
    for heading, text in zip(("The storm", "The letter", "The answer", "The books"), texts, strict=True):
        story += [Paragraph(heading, SECTION), Paragraph(text, BODY)]
    said = " ".join(
        f"{heading} {text}"
        for heading, text in zip(("The storm", "The letter", "The answer", "The books"), texts, strict=True)
    )
    return Layout("sections", made(story, [PageTemplate(frames=frames(1), onPage=running)]), said, ("Page 1 of 3",))


def footnotes() -> Layout:
    texts = paragraphs(3)
    raised = texts[0].replace("spring,", "spring,<super size=6>1</super>")

    def note(canvas: Canvas, _: BaseDocTemplate) -> None:
        canvas.setFont("Times-Roman", 7.5)
        canvas.drawString(56, 80, "1 The decree of the year before, which was never published.")

    page = PageTemplate(frames=frames(1, bottom=110), onPage=note)
    return Layout(
        "footnotes",
        made([Paragraph(TITLE, HEAD), *flowed([raised, *texts[1:]])], [page]),
        " ".join(texts),
        ("never published",),
    )


def bullets() -> Layout:
    texts = paragraphs(2)
    items = ["a lamp that burns oil", "an antenna on the roof", "a telephone line that works"]
    points = ListFlowable([Paragraph(each, BODY) for each in items], bulletType="bullet")
    return Layout(
        "a list", made([Paragraph(TITLE, HEAD), *flowed(texts[:1]), points, *flowed(texts[1:])], [PageTemplate(frames=frames(1))]),
        f"{texts[0]} {' '.join(items)} {texts[1]}",
    )  # fmt: skip


def table() -> Layout:
    texts = paragraphs(2)
    grid = Table([["Cape", "Ships", "Nights"], ["North", "40", "11"], ["South", "25", "3"]], colWidths=[120, 100, 100])
    grid.setStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold")])
    return Layout(
        "a table", made([Paragraph(TITLE, HEAD), *flowed(texts[:1]), grid, Spacer(1, 12), *flowed(texts[1:])], [PageTemplate(frames=frames(1))]),
        f"{texts[0]} Cape: North; Ships: 40; Nights: 11. Cape: South; Ships: 25; Nights: 3. {texts[1]}",
    )  # fmt: skip


def caption() -> Layout:
    texts = paragraphs(3)
    small = ParagraphStyle("caption", fontName="Helvetica", fontSize=8.5, leading=11, spaceAfter=8)
    story = [
        Paragraph(TITLE, HEAD),
        *flowed(texts[:1]),
        Spacer(1, 120),
        Paragraph("Figure 1. The lamp, seen from the sea.", small),
        *flowed(texts[1:]),
    ]
    return Layout("a figure", made(story, [PageTemplate(frames=frames(1))]), " ".join(texts), ("seen from the sea",))


def wrapped_hyphens() -> Layout:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont("Helvetica-Bold", 18)
    canvas.drawString(72, 740, TITLE)
    canvas.setFont("Times-Roman", 11)
    lines = [
        "The keeper of the lighthouse is the last of his profes-",
        "sion on the northern coast, and a well-known man with",
        "well-known views on the auto-",
        "mation of everything that shines at night.",
    ]
    for at, line in enumerate(lines):
        canvas.drawString(72, 700 - at * 14, line)
    canvas.save()
    said = "The keeper of the lighthouse is the last of his profession on the northern coast, and a well-known man with well-known views on the automation of everything that shines at night."
    return Layout("words over line ends", out.getvalue(), said)


def mixed_columns() -> Layout:
    """A summary over the whole width, then two columns, then the whole width again."""
    texts = paragraphs(12)
    full, halves = PageTemplate(id="full", frames=frames(1)), PageTemplate(id="halves", frames=frames(2))
    story = [
        Paragraph(TITLE, HEAD), *flowed(texts[:2]), NextPageTemplate("halves"), PageBreak(), *flowed(texts[2:10], JUSTIFIED),
        NextPageTemplate("full"), PageBreak(), *flowed(texts[10:]),
    ]  # fmt: skip
    return Layout("mixed columns", made(story, [full, halves]), " ".join(texts))


LAYOUTS: tuple[Callable[[], Layout], ...] = (
    one_column, lambda: several_columns(2), lambda: several_columns(3), two_columns_over_pages, sections, footnotes, bullets, table, caption,
    wrapped_hyphens, mixed_columns,
)  # fmt: skip


def scan() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.rect(72, 72, 400, 600, fill=1)
    canvas.save()
    return out.getvalue()


def encrypted() -> bytes:
    return made(
        flowed(paragraphs(2)), [PageTemplate(frames=frames(1))], encrypt=StandardEncryption("secret", canPrint=0)
    )


def word() -> bytes:
    """Headings, a list, a table, a tracked deletion and an insertion."""
    document = Document()
    document.core_properties.author = "Ada Berg"
    document.add_heading(TITLE, 0)
    document.add_paragraph(SENTENCES[0])
    document.add_heading("The storm", 1)
    changed = document.add_paragraph("The lamp costs ")
    _tracked(changed, "del", "9,000")
    _tracked(changed, "ins", "14,000")
    changed.add_run(" (secret)").font.hidden = True
    changed.add_run(" 12,000").font.double_strike = True
    changed.add_run(" crowns a year.")
    _with_formula(document.add_paragraph("The light falls by "))
    document.add_paragraph("a lamp", style="List Bullet")
    grid = document.add_table(rows=2, cols=2)
    for at, cell in enumerate(("Cape", "Ships", "North", "40")):
        grid.cell(at // 2, at % 2).text = cell
    document.add_paragraph(SENTENCES[1])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word_with_marks() -> bytes:
    """A page that ends between two words, a note's number raised by its position, and a link that leads nowhere."""
    document = Document()
    document.add_heading(TITLE, 0)
    document.add_paragraph(SENTENCES[0])
    parted = document.add_paragraph("The lamp burns")
    parted.add_run().add_break(WD_BREAK.PAGE)
    parted.add_run("until the morning.")
    raised = document.add_paragraph("It costs 14,000")
    raised.add_run("7")._r.get_or_add_rPr().append(parse_xml(f'<w:position {nsdecls("w")} w:val="6"/>'))
    raised.add_run(" crowns a year.")
    linked = document.add_paragraph("The list hangs ")
    text = "<w:r><w:t>in the harbour</w:t></w:r>"
    linked._p.append(parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="rId999">{text}</w:hyperlink>'))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _with_formula(paragraph: DocxParagraph) -> None:
    """Adds 1/r² in Office Math, and text behind a carriage return."""
    namespace = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    power = "<m:sSup><m:e><m:r><m:t>r</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
    fraction = f"<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den>{power}</m:den></m:f>"
    paragraph._p.append(parse_xml(f'<m:oMath xmlns:m="{namespace}">{fraction}</m:oMath>'))
    run = paragraph.add_run(" with the distance,")
    run._r.append(OxmlElement("w:cr"))
    paragraph.add_run("the keeper says.")


def _tracked(paragraph: DocxParagraph, kind: str, text: str) -> None:
    change = OxmlElement(f"w:{kind}")
    change.set(qn("w:author"), "Ada")
    run = OxmlElement("w:r")
    said = OxmlElement("w:delText" if kind == "del" else "w:t")
    said.text = text
    run.append(said)
    change.append(run)
    paragraph._p.append(change)


def epub(*, continued: str = "") -> bytes:
    """A book of two chapters; the second goes on in a file that its table of contents does not name."""
    out = io.BytesIO()
    chapter = "<html xmlns='http://www.w3.org/1999/xhtml'><head><title/></head><body><h2>{}</h2><p>{}</p></body></html>"
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr(
            "META-INF/container.xml",
            "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles><rootfile full-path='OPS/a.opf'/></rootfiles></container>",
        )
        archive.writestr(
            "OPS/a.opf",
            "<package xmlns='http://www.idpf.org/2007/opf' xmlns:dc='http://purl.org/dc/elements/1.1/'><metadata>"
            f"<dc:title>{TITLE}</dc:title><dc:creator>Ada Berg</dc:creator><dc:language>en</dc:language><dc:date>2024-05-02</dc:date></metadata>"
            "<manifest><item id='n' href='nav.xhtml' media-type='application/xhtml+xml' properties='nav'/>"
            "<item id='b' href='b.xhtml' media-type='application/xhtml+xml'/><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/>"
            "<item id='c' href='c.xhtml' media-type='application/xhtml+xml'/></manifest>"
            "<spine><itemref idref='n'/><itemref idref='a'/><itemref idref='b'/>"
            + ("<itemref idref='c'/>" if continued else "")
            + "</spine></package>",
        )
        archive.writestr(
            "OPS/nav.xhtml",
            chapter.format("Contents", "<a href='a.xhtml'>The storm</a>, <a href='b.xhtml#b'>the letter</a>"),
        )
        archive.writestr(
            "OPS/c.xhtml", f"<html xmlns='http://www.w3.org/1999/xhtml'><body><p>{continued}</p></body></html>"
        )
        archive.writestr("OPS/a.xhtml", chapter.format("The storm", SENTENCES[0]))
        archive.writestr("OPS/b.xhtml", chapter.format("The letter", SENTENCES[1]))
    return out.getvalue()


def mail() -> bytes:
    message = EmailMessage()
    message["From"] = "Ada Berg <ada@press.example>"
    message["To"] = "readers@press.example"
    message["Subject"] = f"Fwd: {TITLE}"
    message["Date"] = "Thu, 02 May 2024 08:00:00 +0000"
    message.set_content(f"{SENTENCES[0]}\n")
    message.add_alternative(
        f"<html><body><div style='display:none'>Preview of the week</div><table role='presentation'><tr><td><p>{SENTENCES[0]}</p>"
        f"<p>{SENTENCES[1]}</p><p>Unsubscribe</p></td></tr></table></body></html>",
        subtype="html",
    )
    return message.as_bytes()
