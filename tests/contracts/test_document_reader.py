"""The promise of a DocumentReader: order, words, and a refusal that says what to do."""

import re
from email.message import EmailMessage

import pytest

from podcaster.adapters.documents import DocumentLimits, ProcessDocumentReader
from podcaster.adapters.documents.pdf import read as read_pdf
from podcaster.adapters.trafilatura import TrafilaturaReader
from podcaster.article.parsing import read_article
from podcaster.errors import NoArticleFound, PodcasterError, SourceNotText
from podcaster.model import Article, BlockKind
from support import documents
from support.documents import LAYOUTS, SENTENCES, TITLE, Layout


def words(text: str) -> list[str]:
    return re.findall(r"[\w,.:;'-]+", text)


def errors(found: list[str], true: list[str]) -> int:
    """Words to insert, delete or replace (Levenshtein)."""
    row = list(range(len(true) + 1))
    for place, word in enumerate(found, start=1):
        before, row[0] = row[0], place
        for at, other in enumerate(true, start=1):
            before, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, before + (word != other))
    return row[-1]


@pytest.fixture(scope="module", params=LAYOUTS, ids=range(len(LAYOUTS)))
def layout(request: pytest.FixtureRequest) -> Layout:
    made: Layout = request.param()
    return made


def test_a_layout_is_read_word_for_word_in_its_order(layout: Layout) -> None:
    draft = read_pdf(layout.pdf)
    found = words(" ".join(block.text for block in draft.body))
    true = words(layout.text)
    assert errors(found, true) / len(true) < 0.01, (layout.name, found)
    assert (draft.title, draft.authors) == (TITLE, ("Ada Berg",) if layout.name != "words over line ends" else ())


def test_running_heads_notes_and_captions_stand_aside(layout: Layout) -> None:
    draft = read_pdf(layout.pdf)
    read = " ".join(block.text for block in draft.body)
    assert not [each for each in layout.unread if each in read]
    assert all(any(each in aside for aside in draft.left_aside) for each in layout.unread)


def test_headings_lists_and_tables_are_what_they_are() -> None:
    kinds = {
        name: [block.kind for block in read_pdf(make().pdf).body]
        for name, make in (("h", documents.sections), ("l", documents.bullets), ("t", documents.table))
    }
    assert kinds["h"].count(BlockKind.HEADING) == 4
    assert kinds["l"].count(BlockKind.ITEM) == 3
    assert kinds["t"].count(BlockKind.ROW) == 2


def read(body: bytes, name: str) -> Article:
    with TrafilaturaReader() as pages:
        return read_article(body, pages=pages, documents=ProcessDocumentReader(), name=name)


@pytest.mark.parametrize(
    ("body", "refusal", "remedy"),
    [
        (documents.scan(), NoArticleFound, "OCR"),
        (documents.encrypted(), SourceNotText, "without a password"),
        (b"%PDF-1.7\nbroken", SourceNotText, "Save it anew"),
        (documents.word()[:900], SourceNotText, "Hand in"),
    ],
    ids=["a scan", "encrypted", "damaged", "half a file"],
)
def test_what_cannot_be_read_is_refused_with_a_remedy(body: bytes, refusal: type[PodcasterError], remedy: str) -> None:
    with pytest.raises(refusal) as refused:
        read(body, "a document")
    assert remedy in refused.value.remedy


def test_a_document_that_takes_too_much_costs_its_process_alone() -> None:
    with pytest.raises(NoArticleFound, match="limits"):
        ProcessDocumentReader(DocumentLimits(memory_bytes=1 << 20)).read(
            documents.one_column().pdf, form="application/pdf", name="a"
        )


def test_word_is_read_with_changes_as_accepted_and_as_it_is_shown() -> None:
    """Hidden and doubly struck runs are unread; formulas are written as text."""
    article = read(documents.word(), "a.docx")
    assert (article.title, article.authors) == (TITLE, ("Ada Berg",))
    assert [block.text for block in article.body] == [
        SENTENCES[0], "The storm", "The lamp costs 14,000 crowns a year.",
        "The light falls by 1/r² with the distance, the keeper says.", "a lamp", "Cape: North; Ships: 40.", SENTENCES[1],
    ]  # fmt: skip


def test_word_is_read_whose_pages_end_inside_sentences_and_whose_links_lead_nowhere() -> None:
    article = read(documents.word_with_marks(), "a.docx")
    assert [block.text for block in article.body] == [
        SENTENCES[0], "The lamp burns until the morning.", "It costs 14,000 crowns a year.",
        "The list hangs in the harbour",
    ]  # fmt: skip


def test_an_epub_is_read_in_the_order_of_its_spine() -> None:
    article = read(documents.epub(), "a.epub")
    assert [block.text for block in article.body] == ["The storm", SENTENCES[0], "The letter", SENTENCES[1]]
    assert "Contents" in article.left_aside
    assert (article.title, article.language, article.authors) == (TITLE, "en", ("Ada Berg",))


def test_a_chapter_of_an_epub_is_a_report_of_its_own() -> None:
    reader, book = ProcessDocumentReader(), documents.epub()
    article = read(book, "a.epub#2")
    assert ([block.text for block in article.body], article.title) == ([SENTENCES[1]], "The letter")
    assert reader.chapters(book, name="a.epub") == 2
    assert reader.chapters(documents.mail(), name="a.eml") == 0
    with pytest.raises(NoArticleFound, match="has no chapter 3"):
        read(book, "a.epub#3")


def test_a_chapter_goes_on_in_files_that_the_table_of_contents_does_not_name() -> None:
    book = documents.epub(continued=SENTENCES[2])
    assert ProcessDocumentReader().chapters(book, name="a.epub") == 2
    assert [block.text for block in read(book, "a.epub#2").body] == [SENTENCES[1], SENTENCES[2]]


def test_a_newsletter_is_read_from_its_mail() -> None:
    article = read(documents.mail(), "a.eml")
    assert (article.title, article.authors) == (TITLE, ("Ada Berg",))
    assert [block.text for block in article.body] == list(SENTENCES[:2])
    assert article.published
    assert article.published.date().isoformat() == "2024-05-02"


def test_a_report_that_a_mail_brings_along_is_read() -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Ada Berg <a@press.example>", "b@press.example", "Our report"
    message["Date"] = "Thu, 02 May 2024 08:00:00 +0000"
    message.set_content("Please find our report on the lighthouse attached.")
    message.add_attachment(documents.one_column().pdf, maintype="application", subtype="pdf", filename="report.pdf")
    article = read(message.as_bytes(), "a.eml")
    assert article.title == TITLE
    assert SENTENCES[0] in " ".join(block.text for block in article.body)
    assert any("attached" in each for each in article.left_aside)
