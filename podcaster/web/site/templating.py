"""Jinja environment of all pages, with its filters."""

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
from podcaster.web.site.assets import static_address
from podcaster.web.site.episode_cards import page_path, section_path, show_path

_TEMPLATES = Path(__file__).parent / "templates"
_BYTES_A_MEGABYTE = 1_000_000


def environment() -> Environment:
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
    pages.globals["static"] = static_address
    return pages


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
