"""What names a report for ever."""

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
    digest = hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()[:8]
    return ArticleId(f"{_slug(title) or 'report'}-{digest}")


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    slug = ""
    for word in words:
        if len(slug) + len(word) >= _SLUG_CHARACTERS:
            break
        slug = f"{slug}-{word}" if slug else word
    return slug or "".join(words)[:_SLUG_CHARACTERS]
