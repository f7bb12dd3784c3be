"""A newsletter as mail (RFC 5322, MIME): its HTML, else its plain text; or the report in PDF or Word that it brings along."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import EmailMessage
from email.utils import getaddresses
from html import unescape
from importlib import import_module

from podcaster.adapters.documents.markup import blocks_in, draft_of
from podcaster.adapters.documents.refusal import Refused, damaged
from podcaster.article.dates import parse_date
from podcaster.article.document import DOCX, PDF, document_form
from podcaster.article.draft import Draft
from podcaster.article.encoding import decoded
from podcaster.article.plain_text import read_plain_text
from podcaster.article.text import one_line

_REPLY = re.compile(r"^(?:(?:re|fwd?|aw|wg|tr|rv|enc)\s*:\s*)+", re.IGNORECASE)


def read(body: bytes) -> Draft:
    """The report in a mail: the subject is its title, the sender its author."""
    message = message_from_bytes(body, policy=policy.default)
    if not message.keys():
        raise damaged("mail")
    title = _REPLY.sub("", one_line(_header(message, "subject")))
    senders = getaddresses([_raw_header(message, "from")])
    authors = tuple(name for each, _ in senders if (name := one_line(_in_words(each))))
    published = parse_date(_header(message, "date"))
    own = _own_text(message, title, authors, published)
    attached = next(iter(_attached(message)), None)
    if attached is not None and _letters(attached) > (_letters(own) if own else 0):
        said = [block.text for block in own.body] if own else []
        aside = (*said, *(own.left_aside if own else ()), *attached.left_aside)
        return replace(
            attached,
            title=attached.title or title,
            authors=attached.authors or authors,
            published=published or attached.published,
            left_aside=aside,
        )
    if own is None:
        raise damaged("mail")
    names = [name for each in message.iter_attachments() if (name := one_line(each.get_filename() or ""))]
    return replace(own, left_aside=(*own.left_aside, *names))


def _attached(message: EmailMessage) -> Iterator[Draft]:
    """The reports in PDF or Word that a mail brings along; one that cannot be read costs no other."""
    for part in message.walk():
        payload = part.get_payload(decode=True) if part.is_attachment() or part.get_filename() else None
        reader = _READERS.get(document_form(payload)) if isinstance(payload, bytes) else None
        if reader is None:
            continue
        try:
            yield import_module(f"podcaster.adapters.documents.{reader}").read(payload)
        except Refused:
            continue


_READERS = {PDF: "pdf", DOCX: "word"}


def _letters(draft: Draft) -> int:
    return sum(len(block.text) for block in draft.body)


def _own_text(message: EmailMessage, title: str, authors: tuple[str, ...], published: datetime | None) -> Draft | None:
    """The report in the text of a mail; None if it has no text."""
    part = message.get_body(preferencelist=("html", "plain"))
    if part is None:
        return None
    payload = part.get_payload(decode=True)
    text = decoded(payload if isinstance(payload, bytes) else b"", part.get_content_charset(""), markup=True)
    if part.get_content_type() == "text/html":
        blocks, aside = blocks_in(text, one_line(_header(message, "content-language")))
        return draft_of(blocks, title=title, authors=authors, published=published, aside=aside)
    draft = read_plain_text(f"Title: {title}\nDate: 2000-01-01\n\n{text}")
    return Draft(
        title=title,
        authors=authors,
        published=published,
        key_points=draft.key_points,
        body=draft.body,
        left_aside=draft.left_aside,
    )


def _header(message: EmailMessage, name: str) -> str:
    """A header as text."""
    return _in_words(_raw_header(message, name))


def _raw_header(message: EmailMessage, name: str) -> str:
    raw = next((value for each, value in message.raw_items() if each.lower() == name), "")
    return str(raw).replace("\r", "").replace("\n", "")


def _in_words(raw: str) -> str:
    """Header text with its encoded words (RFC 2047) decoded as browsers decode their charsets."""
    try:
        parts = decode_header(raw)
    except (ValueError, HeaderParseError):
        parts = [(raw, None)]
    return unescape("".join(_decoded_part(part, charset) for part, charset in parts))


def _decoded_part(part: str | bytes, charset: str | None) -> str:
    if isinstance(part, bytes) and charset:
        return decoded(part, charset)
    text = part if isinstance(part, str) else part.decode("raw-unicode-escape")
    return decoded(text.encode("utf-8", "surrogateescape"))
