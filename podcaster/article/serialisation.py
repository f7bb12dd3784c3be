"""Articles as plain JSON values: for the library, and for `podcaster read --json`."""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from podcaster.errors import StorageFailed
from podcaster.model import Article


def to_record(article: Article) -> dict[str, Any]:
    """An article as JSON values."""
    record: dict[str, Any] = _articles().dump_python(article, mode="json")
    return record


def from_record(record: Mapping[str, object]) -> Article:
    """The article that `to_record` wrote, in this version or an earlier one.

    Raises:
        StorageFailed: it is not one.
    """
    try:
        return _articles().validate_python(record)
    except ValidationError as error:
        raise StorageFailed("A stored report cannot be read.", "Submit it again.") from error


def reading_record(article: Article, source: str) -> dict[str, object]:
    """JSON of `podcaster read --json`."""
    return {
        "source": source,
        "title": article.title,
        "authors": list(article.authors),
        "published": _day_or_moment(article.published),
        "language": article.language,
        "topics": list(article.topics),
        "key_points": list(article.key_points),
        "body": [{"kind": block.kind.value, "text": block.text} for block in article.body],
        "url": article.url,
        "image": article.image,
    }


def _day_or_moment(moment: datetime | None) -> str | None:
    """Midnight UTC is how a day without a time is kept."""
    if moment is None:
        return None
    is_day = moment.timetz() == time(0, tzinfo=UTC)
    return moment.date().isoformat() if is_day else moment.isoformat()


@cache
def _articles() -> TypeAdapter[Article]:
    return TypeAdapter(Article)
