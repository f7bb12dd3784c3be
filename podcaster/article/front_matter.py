"""Front matter: what a writer puts above a text about it, in YAML, TOML, JSON, `Title:` lines or Pandoc's `%` lines."""

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from podcaster.article.dates import parse_date
from podcaster.article.text import one_line
from podcaster.errors import SourceNotText

Matter = Mapping[str, object]
_YAML = re.compile(r"\A---[ \t]*\n(?P<matter>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\A\+\+\+[ \t]*(?:toml)?\n(?P<matter>.*?)\n\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_FENCED_JSON = re.compile(r"\A(?:;;;|---json)[ \t]*\n(?P<matter>.*?)\n(?:;;;|---)[ \t]*(?:\n|\Z)", re.DOTALL)
_PANDOC = re.compile(
    r"\A%[ \t]*(?P<title>[^\n]*(?:\n[ \t]+[^\n]+)*)\n(?:%[ \t]*(?P<author>[^\n]*(?:\n[ \t]+[^\n]+)*)\n)?(?:%[ \t]*(?P<date>[^\n]*)\n)?"
)
_HTML_COMMENT = re.compile(r"\A<!--\s*\n(?P<matter>(?:[A-Za-z][\w -]*:.*\n)+)\s*-->[ \t]*\n")
_LINE = re.compile(r"(?P<key>[A-Za-z][\w -]{0,30}?)[ \t]*:[ \t]+(?P<value>\S.*)")
_KEYS = frozenset({
    "title", "titel", "titre", "título", "titulo", "titolo", "author", "authors", "autor", "autoren", "auteur",
    "autore", "by", "byline", "date", "datum", "fecha", "data", "published", "publishdate", "language", "lang",
    "sprache", "idioma", "langue", "tags", "topics", "keywords", "categories", "category", "description", "summary",
    "subtitle", "url", "link", "permalink", "canonical", "image", "cover", "slug", "layout", "draft", "copyright",
    "affiliation", "email", "version", "status",
})  # fmt: skip
_SAME = {
    "titel": "title", "titre": "title", "título": "title", "titulo": "title", "titolo": "title", "headline": "title",
    "autor": "author", "autoren": "author",
    "auteur": "author", "autore": "author", "by": "author", "byline": "author", "creator": "author",
    "writer": "author", "datum": "date", "fecha": "date",
    "data": "date", "pubdate": "date", "publishdate": "date", "publish_date": "date", "published_at": "date",
    "publishedat": "date", "published_date": "date",
    "publisheddate": "date", "created": "date", "date_published": "date", "datepublished": "date",
    "sprache": "language", "idioma": "language", "langue": "language",
    "locale": "language", "lang": "language", "keywords": "topics", "tags": "topics", "categories": "topics",
    "category": "topics", "link": "url", "permalink": "url",
    "canonical": "url", "canonical_url": "url", "canonicalurl": "url", "source": "url", "cover": "image",
    "cover_image": "image", "coverimage": "image",
    "featured_image": "image", "featuredimage": "image", "thumbnail": "image", "hero": "image", "images": "image",
    "key-points": "key_points", "keypoints": "key_points",
}  # fmt: skip


def split_front_matter(text: str) -> tuple[Matter, str]:
    """Front matter, its keys in lower case and one spelling, and the text below it.

    Raises:
        SourceNotText: it begins like front matter and is not written as it should be.
    """
    for form, read in ((_FENCED_JSON, _json), (_YAML, _yaml), (_TOML, _toml)):
        if found := form.match(text):
            return _named(read(found["matter"])), text[found.end() :]
    if text.startswith("{") and (bare := _bare_json(text)):
        return bare
    if (found := _PANDOC.match(text)) and (found["title"] or found["author"]):
        authors = [each.strip() for each in re.split(r"[;\n]", found["author"] or "") if each.strip()]
        said = {"title": found["title"] or "", "author": authors, "date": found["date"] or ""}
        return {key: value for key, value in said.items() if value}, text[found.end() :]
    if found := _HTML_COMMENT.match(text):
        return _of_lines(found["matter"].strip())[0], text[found.end() :]
    return _of_lines(text)


def matter_text(matter: Matter, key: str) -> str:
    """A value as one line; empty if it is none."""
    value = matter.get(key)
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, Mapping):
        value = next((value[name] for name in ("url", "image", "src", "name", "path") if name in value), "")
    return one_line(str(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def matter_texts(value: object) -> tuple[str, ...]:
    """The texts of a list; of a text the parts between its commas, where they are short."""
    if isinstance(value, str):
        parts = re.split(r"[,;]", value.strip("[] "))
        value = parts if all(len(part.split()) <= 4 for part in parts) else [value]  # noqa: PLR2004 # words of a topic
    listed = value if isinstance(value, list | tuple) else []
    named = (each.get("name") or each.get("title") or "" if isinstance(each, Mapping) else each for each in listed)
    return tuple(text for each in named if each and (text := one_line(str(each)).strip("\"' ")))


def matter_date(value: object, language: str = "") -> datetime | None:
    """A moment with a zone, of whatever type the form gave it."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, date):
        return datetime.combine(value, time(), UTC)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return parse_date(value, language) if isinstance(value, str) else None


def _named(table: object) -> Matter:
    if not isinstance(table, Mapping):
        return {}
    named: dict[str, object] = {}
    for nested in ("params", "extra", "taxonomies"):
        inner = table.get(nested)
        if isinstance(inner, Mapping):
            named |= _named(inner)
    for key, value in table.items():
        lower = str(key).strip().lower().replace(" ", "_")
        named.setdefault(_SAME.get(lower, lower), value) if _SAME.get(lower) else named.update({lower: value})
    return named


def _yaml(matter: str) -> object:
    import yaml  # noqa: PLC0415 # only for this form

    try:
        return yaml.safe_load(matter)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        place = getattr(error, "problem_mark", None)
        line = f" (line {place.line + 2})" if place else ""
        raise SourceNotText(
            f"The front matter is not YAML{line}.", "Correct it; put values with a colon in quotes."
        ) from error


def _toml(matter: str) -> object:
    try:
        return tomllib.loads(matter)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SourceNotText(f"The front matter is not TOML: {error}.", "Correct it; put texts in quotes.") from error


def _json(matter: str) -> object:
    try:
        return json.loads(matter)
    except (ValueError, RecursionError) as error:
        raise SourceNotText(f"The front matter is not JSON: {error}.", "Correct it; put texts in quotes.") from error


def _bare_json(text: str) -> tuple[Matter, str] | None:
    try:
        table, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return None
    named = _named(table)
    return (named, text[end:]) if "title" in named or "date" in named else None


def _of_lines(text: str) -> tuple[Matter, str]:
    """MultiMarkdown's `Title: …` lines; the first has to be a known key, and a line that is none ends them."""
    lines = text.split("\n")
    named: dict[str, str] = {}
    last = ""
    place = 0
    for place, line in enumerate(lines):  # noqa: B007 # where it stopped is what counts
        found = _LINE.fullmatch(line.rstrip())
        key = found["key"].lower().replace(" ", "_") if found else ""
        if found and (key in _KEYS or key in _SAME):
            last = _SAME.get(key, key)
            named.setdefault(last, found["value"].strip())
        elif last and line.startswith((" ", "\t")) and line.strip():
            named[last] += f" {line.strip()}"
        elif not line.strip():
            break
        else:
            return {}, text
    enough = "title" in named or ("author" in named and "date" in named)
    return (named, "\n".join(lines[place + 1 :])) if enough else ({}, text)
