"""Text at the edge of a file format: what no format takes is left out here, whatever came in."""

import re
from typing import Final

_BREAKS: Final = re.compile("[ \t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is no `Char` of XML 1.0 §2.2: most control characters, surrogates, U+FFFE and U+FFFF."""


def one_line(text: str) -> str:
    """Text without line breaks, doubled spaces or characters that XML 1.0 forbids; no-break spaces stay."""
    return _FORBIDDEN.sub("", _BREAKS.sub(" ", text)).strip(" ")


def shortened(text: str, characters: int) -> str:
    """One line of at most so many characters, cut between words where there are any, with `…` where it was cut."""
    line = one_line(text)
    if len(line) <= characters:
        return line
    kept = line[: characters - 1]
    words, space, _ = kept.rpartition(" ")
    return (words if space and len(words) > characters // 2 else kept).rstrip() + "…"


def within_bytes(text: str, limit: int) -> str:
    """One line whose UTF-8 form has at most `limit` bytes, cut between words where there are any."""
    line = one_line(text)
    encoded = line.encode()
    if len(encoded) <= limit:
        return line
    whole_characters = encoded[: limit - len("…".encode()) + 1].decode(errors="ignore")
    return shortened(line, len(whole_characters))
