"""Cleans foreign text: line ends, control characters, invisible characters, soft hyphens."""

import re
import unicodedata
from html import unescape

_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufdd0-\ufdef\ufeff\ufffd\ufffe\uffff"
    "\ud800-\udfff\u00ad]"
)
"""Characters that XML forbids, bidirectional controls, invisible characters, and U+FFFD for broken bytes."""
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x1c-\x1e\x85\u2028]")
"""Mandatory breaks (UAX #14 classes BK, CR, NL), of lines and, below, of paragraphs and pages."""
_PARAGRAPH_ENDS = re.compile("[\x0c\u2029]")
_STRUCK = re.compile("(?:[^\n]\u0336){2,}")
"""Letters that a combining stroke overlays, as plain text strikes them out."""
_DIVIDED = re.compile("[\u00ad\u00ac][ \t]*\n[ \t]*(?=\\w)")
"""A soft hyphen, or the sign that some programs write for it, where a line ends."""


_JOINERS = re.compile(r"(?<=[A-Za-z\u00c0-\u024f\u0370-\u052f])[\u200c\u200d](?=[A-Za-z\u00c0-\u024f\u0370-\u052f])")
"""Joiners between letters of scripts that do not join."""


def clean(text: str) -> str:
    """NFC, without control characters, surrogates, noncharacters and bidi overrides; spaces single, lines kept."""
    if (
        text.isprintable() and "\ufffd" not in text and "\u0336" not in text
    ):  # nearly every text: there is nothing to drop
        return unicodedata.normalize("NFC", " ".join(text.split()))
    kept = _JOINERS.sub("", _DROPPED.sub("", _DIVIDED.sub("", _STRUCK.sub("", broken_into_lines(text)))))
    return unicodedata.normalize("NFC", "\n".join(" ".join(line.split()) for line in kept.split("\n")))


def broken_into_lines(text: str) -> str:
    """Text with a line feed for each sign that ends a line, and two for one that ends a paragraph or a page."""
    return _PARAGRAPH_ENDS.sub("\n\n", _LINE_ENDS.sub("\n", text))


def clean_source(text: str) -> str:
    """A source whose leading spaces mean something: line feeds alone end its lines.

    Other signs that end lines do so where the text has no line feeds; else they stand within a paragraph, or a title.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").lstrip("\n")
    text = _PARAGRAPH_ENDS.sub("\n\n", text)
    return _LINE_ENDS.sub(" " if text.count("\n") > 1 else "\n", text)


def unescaped_entities(text: str) -> str:
    """Text without the character references that were escaped once too often, or stand in plain text."""
    return one_line(_REFERENCE.sub(lambda found: unescape(found[0]), text)) if "&" in text else text


_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


def one_line(text: str) -> str:
    """Clean text without line breaks."""
    joined = " ".join(text.split())
    cleaned = clean(joined if joined.isprintable() else text)
    return " ".join(cleaned.split()) if "\n" in cleaned else cleaned
