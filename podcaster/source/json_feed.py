"""JSON Feed 1.0 and 1.1 (jsonfeed.org): its items as they are written."""

import html
import json
from collections.abc import Sequence
from dataclasses import dataclass

from podcaster.source.feed_xml import no_feed


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonItem:
    """One item; what it does not say is empty."""

    id: str
    url: str
    title: str
    text: str
    """HTML."""
    published: str
    modified: str
    labels: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()


def is_json_feed(body: bytes) -> bool:
    """Whether the bytes begin like a JSON object that names the format."""
    start = body.removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"{") and (b"jsonfeed.org/version" in start or b'"items"' in start)


def items_of(body: bytes, url: str) -> tuple[str, Sequence[JsonItem]]:
    """Title and items of a feed.

    Raises:
        SourceNotFeed: it is no JSON, or has no items.
    """
    try:
        feed = json.loads(body.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace"), strict=False)
    except (ValueError, RecursionError) as error:
        raise no_feed(url) from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise no_feed(url)
    return _text(feed, "title")[:200], [_item(each) for each in items if isinstance(each, dict)]


def _item(item: dict[str, object]) -> JsonItem:
    plain = _text(item, "content_text")
    return JsonItem(
        id=_text(item, "id"),
        url=_text(item, "url") or _text(item, "external_url"),
        title=_text(item, "title"),
        text=_text(item, "content_html")
        or "".join(f"<p>{html.escape(each)}</p>" for each in plain.split("\n") if each.strip()),
        published=_text(item, "date_published")[:100],
        modified=_text(item, "date_modified")[:100],
        labels=tuple(each for each in _listed(item.get("tags")) if isinstance(each, str) and each.strip()),
        authors=tuple(name for each in _authors(item) if (name := _text(each, "name").strip())),
    )


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _authors(item: dict[str, object]) -> list[dict[str, object]]:
    """Version 1.1 has `authors`, version 1.0 `author`."""
    return [each for each in (*_listed(item.get("authors")), item.get("author")) if isinstance(each, dict)]


def _text(table: dict[str, object], name: str) -> str:
    value = table.get(name)
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
