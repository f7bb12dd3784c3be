"""The topics that a title begins with: `US/CHINA: …`."""

import re
from functools import cache

from babel import Locale

_PREFIX = re.compile(r"^(?P<topics>[^:?!.“\"]{2,60}?):\s+\S")
_ACRONYM_LETTERS = 3
_MOST_WORDS = 3
_KNOWN_ACRONYMS = frozenset(
    {
        "US", "UK", "EU", "UN", "UAE", "DRC", "USA", "ASEAN", "NATO", "OPEC", "BRICS", "MERCOSUR", "USMCA", "UNESCO",
        "MENA", "SADC", "ECOWAS",
    }
)  # fmt: skip


def topics_of(title: str) -> tuple[str, ...]:
    """The topics in front of a title's colon: those in capitals, or joined by slashes; others are part of the title."""
    found = _PREFIX.match(title)
    if not found:
        return ()
    parts = [part.strip() for part in found["topics"].split("/")]
    loud = found["topics"].isupper()
    if not all(parts) or not (loud or len(parts) > 1 or parts[0] in _territories()):
        return ()
    if any(len(part.split()) > _MOST_WORDS for part in parts):
        return ()
    return tuple(dict.fromkeys(_calm(part) if loud else part for part in parts))


def _calm(topic: str) -> str:
    """`SOUTH KOREA` as `South Korea`; acronyms stay, and so does a short word that is all of the topic: `EU`."""
    words = topic.split()
    alone = len(words) == 1 and len(topic) <= _ACRONYM_LETTERS
    return topic if alone else " ".join(word if word in _KNOWN_ACRONYMS else word.capitalize() for word in words)


@cache
def _territories() -> frozenset[str]:
    return frozenset(Locale("en").territories.values())
