"""Permanent ids of reports."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime

from podcaster.units import ArticleId

_SLUG_CHARACTERS = 60


def article_id(title: str, *, url: str | None, published: datetime | None, authors: Sequence[str]) -> ArticleId:
    """The same for the same report however it comes in: by its address where it has one, else by title, day and authors."""
    identity = url or "\n".join((title, published.date().isoformat() if published else "", *authors))
    return ArticleId(f"{slug(title) or 'report'}-{address_digest(identity)}")


def address_digest(identity: str) -> str:
    """The end of an id: 8 hexadecimal digits of the SHA-256 of the address, or of what stands for it."""
    return hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()[:8]


def slug(title: str) -> str:
    """A name in lower-case letters, digits and hyphens, at most 60 characters; empty where no letter is ASCII's or near it."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    made = ""
    for word in words:
        if len(made) + len(word) >= _SLUG_CHARACTERS:
            break
        made = f"{made}-{word}" if made else word
    return made or "".join(words)[:_SLUG_CHARACTERS]
