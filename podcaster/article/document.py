"""Documents that are no text: which forms there are, and who reads them."""

import io
import re
import zipfile
from typing import Final, Protocol

from podcaster.article.draft import Draft

PDF: Final = "application/pdf"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EPUB: Final = "application/epub+zip"
EML: Final = "message/rfc822"
DOCUMENTS: Final = (PDF, DOCX, EPUB, EML)
DOCUMENT_ENDINGS: Final = {".pdf": PDF, ".docx": DOCX, ".epub": EPUB, ".eml": EML}
_PDF_START = 1_024
_MAIL = re.compile(
    rb"\A(?:From [^\n]*\n)?(?:(?:Return-Path|Received|Delivered-To|MIME-Version|Message-ID|X-[\w-]+|From|To|Subject|Date):"
    rb"[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){3}",
    re.IGNORECASE,
)


class DocumentReader(Protocol):
    """Reads foreign documents where they can do no harm. The promise is tests/contracts/test_document_reader.py."""

    def read(self, body: bytes, *, form: str, name: str) -> Draft:
        """The report in a document of one of the forms above.

        Raises:
            SourceNotText: it is damaged, encrypted, or none.
            NoArticleFound: it holds pictures alone, or cannot be read within the limits of time and memory.
        """


def document_form(body: bytes) -> str:
    """The form of a document, by its first bytes; empty for every other."""
    if b"%PDF-" in body[:_PDF_START]:
        return PDF
    if body.startswith(b"PK\x03\x04"):
        return _archive_form(body)
    return EML if _MAIL.match(body[:65_536]) else ""


def _archive_form(body: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return ""
    if "META-INF/container.xml" in names:
        return EPUB
    return DOCX if "word/document.xml" in names else ""
