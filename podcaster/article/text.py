"""Clean text: the one function at the door through which every foreign character comes."""

import re
import unicodedata

_DROPPED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff"
    "\ud800-\udfff\u00ad]"
)
"""What XML forbids, what turns the direction of the text behind it, and what is there to be invisible."""
_SPACES = re.compile(r"[^\S\n]+")


def clean(text: str) -> str:
    """NFC, without control characters, surrogates, noncharacters and bidi overrides; spaces single, lines kept."""
    if text.isprintable():  # in what nearly every text is, there is nothing to drop
        return unicodedata.normalize("NFC", " ".join(text.split()))
    kept = _DROPPED.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n"))
    return unicodedata.normalize("NFC", "\n".join(_SPACES.sub(" ", line).strip() for line in kept.split("\n")))


def one_line(text: str) -> str:
    """Clean text without line breaks."""
    cleaned = clean(text)
    return " ".join(cleaned.split()) if "\n" in cleaned else cleaned
