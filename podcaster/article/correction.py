"""An editor's correction of a report; it persists when the report is read again."""

import hashlib
import json
from collections.abc import Mapping
from typing import Final

from podcaster.article.serialisation import from_record, to_record
from podcaster.model import Article

CORRECTABLE: Final = ("title", "authors", "topics", "language", "published")
"""The text is the source's own; how it is read out is worded line by line."""


def corrected(article: Article, correction: Mapping[str, object]) -> Article:
    """The report as it is read out; `correction` has some of the fields above, as `to_record` writes them."""
    return from_record({**to_record(article), **correction}) if correction else article


def correction_of(article: Article, before: Mapping[str, object], change: Mapping[str, object]) -> dict[str, object]:
    """A correction with a change to it: null, or what the source itself says, takes a field's correction away."""
    own = to_record(article)
    wanted = {name: value for name, value in {**before, **change}.items() if value is not None}
    return {name: wanted[name] for name in CORRECTABLE if name in wanted and wanted[name] != own[name]}


def article_digest(article: Article) -> str:
    """Stands for all that a report says, 32 hexadecimal digits."""
    return hashlib.sha256(json.dumps(to_record(article), ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:32]
