"""Jinja environment of all pages, with its filters."""

import json
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

from fastapi import Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from podcaster import language as languages
from podcaster.episode.search_text import highlight
from podcaster.episode.timings import clock_time
from podcaster.units import Milliseconds
from podcaster.web.site.artwork import artwork_path, cover_path
from podcaster.web.site.assets import imported_modules, static_address
from podcaster.web.site.brand import Brand
from podcaster.web.site.episode_cards import page_path, section_path, show_path
from podcaster.web.site.subscribing import app_links, qr_code
from podcaster.web.site.words import SiteWords

_TEMPLATES = Path(__file__).parent / "templates"
_BYTES_A_MEGABYTE = 1_000_000
_PLAYER_WORDS = (
    "play", "pause", "copied", "sleep_left", "of_time", "time_left", "remove", "move_up", "queued", "heard_before", "minutes",
    "save_offline", "saved_offline", "saving", "not_saved", "not_played",
)  # fmt: skip


def environment(brand: Brand) -> Environment:
    """The Jinja environment."""
    pages = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters["clock"] = clock_time
    pages.filters["spoken_clock"] = lambda seconds: clock_time(Milliseconds(int(seconds * 1000)))
    pages.filters["megabytes"] = lambda length: f"{length / _BYTES_A_MEGABYTE:.1f}"
    pages.filters["heard"] = _timed_parts
    pages.filters["highlight"] = highlight
    pages.filters["direction"] = languages.direction
    pages.filters["page"] = page_path
    pages.filters["section"] = section_path
    pages.filters["show"] = show_path
    pages.filters["artwork"] = artwork_path
    pages.filters["cover"] = cover_path
    pages.filters["apps"] = app_links
    pages.filters["qr"] = qr_code
    pages.filters["count"] = _reports
    pages.filters["player_words"] = _player_words
    pages.globals["static"] = static_address
    pages.globals["modules"] = imported_modules
    pages.globals["brand"] = brand
    return pages


def _reports(count: int, words: SiteWords) -> str:
    """A number of reports, in words of the page."""
    return (words.one_report if count == 1 else words.many_reports).replace("{count}", str(count))


def _player_words(words: SiteWords) -> str:
    """The words that the player's scripts show, as JSON."""
    return json.dumps({name: getattr(words, name) for name in _PLAYER_WORDS}, ensure_ascii=False)


def html_response(html: str) -> Response:
    """A public page whose language depends on Accept-Language."""
    headers: Mapping[str, str] = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}
    return HTMLResponse(html, headers=headers)


def _timed_parts(line: Mapping[str, Any]) -> Sequence[tuple[float | None, str]]:
    """A line's text in parts, each with its time in seconds; the whole text if the word times are unknown."""
    text: str = line["text"]
    words = line.get("words") or []
    parts: list[tuple[float | None, str]] = []
    place = 0
    for word, following in zip_longest(words, words[1:]):
        behind = text.find(following["text"], place + len(word["text"])) if following else len(text)
        if not text.startswith(word["text"], place) or behind < 0:
            return [(None, text)]
        parts.append((word["start"], text[place:behind]))
        place = behind
    return parts or [(None, text)]
