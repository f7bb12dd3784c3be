"""A newsletter as mail (RFC 5322, MIME): its HTML, else its plain text."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses

from podcaster.adapters.documents.markup import blocks_in, draft_of
from podcaster.adapters.documents.refusal import damaged
from podcaster.article.dates import parse_date
from podcaster.article.draft import Draft
from podcaster.article.dump import read_dump
from podcaster.article.encoding import decoded
from podcaster.article.text import one_line

_REPLY = re.compile(r"^(?:(?:re|fwd?|aw|wg|tr|rv|enc)\s*:\s*)+", re.IGNORECASE)


def read(body: bytes) -> Draft:
    """The report in a mail: the subject is its title, the sender its author."""
    message = message_from_bytes(body, policy=policy.default)
    if not message.keys():
        raise damaged("mail")
    title = _REPLY.sub("", one_line(_header(message, "subject")))
    authors = tuple(one_line(name) for name, _ in getaddresses([_header(message, "from")]) if name)
    published = parse_date(_header(message, "date"))
    part = message.get_body(preferencelist=("html", "plain"))
    if part is None:
        raise damaged("mail")
    payload = part.get_payload(decode=True)
    text = decoded(payload if isinstance(payload, bytes) else b"", part.get_content_charset(""), markup=True)
    if part.get_content_type() == "text/html":
        blocks, aside = blocks_in(text, one_line(_header(message, "content-language")))
        return draft_of(blocks, title=title, authors=authors, published=published, aside=aside)
    draft = read_dump(f"Title: {title}\nDate: 2000-01-01\n\n{text}")
    return Draft(
        title=title,
        authors=authors,
        published=published,
        key_points=draft.key_points,
        body=draft.body,
        left_aside=draft.left_aside,
    )


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name) or "")
    except (ValueError, IndexError, AttributeError):  # the standard library stumbles over some headers
        return ""
