"""Front matter: what a writer puts above a text about it, in YAML, TOML, JSON, `Title:` lines or Pandoc's `%` lines."""

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from importlib.resources import files

from podcaster.article.dates import parse_date
from podcaster.article.metadata.linked_data import unescaped
from podcaster.errors import SourceNotText

Matter = Mapping[str, object]
_FENCED = re.compile(
    r"\A(?P<fence>-{3,}|\+{3,}|;{3,}|~{3,}|`{3,}|[—–]{1,3})[ \t]*(?P<form>yaml|yml|toml|json|js)?[ \t]*\n"
    r"(?P<matter>(?:.*?\n)??)(?:(?P=fence)[-+;~`—–]*|\.\.\.)[ \t]*(?:\n|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_FORMS = {"-": "yaml", "+": "toml", ";": "json", "~": "yaml", "`": "", "—": "yaml", "–": "yaml"}
_COMMENT = re.compile(
    r"\A<!---*[ \t]*(?:-{3,})?[ \t]*\n(?P<matter>.*?)\n?[ \t]*(?:-{3,}[ \t]*)?-*-->[ \t]*(?:\n|\Z)", re.DOTALL
)
_PANDOC = re.compile(
    r"\A%[ \t]*(?P<title>[^\n]*(?:\n[ \t]+[^\n]+)*)\n(?:%[ \t]*(?P<author>[^\n]*(?:\n[ \t]+[^\n]+)*)\n)?(?:%[ \t]*(?P<date>[^\n]*)\n)?"
)
_LINE = re.compile(
    r"(?:\.\.[ \t]+|#\+|:(?=\w))?\**(?P<key>[^\W\d_][\w -]{0,30}?)\**[ \t]*(?:[:：=]\**(?=[ \t])[ \t]*|：)\**(?P<value>[^\s*].*)"
)
"""`Title: …`, as MultiMarkdown has it; `.. title:`, `#+TITLE:`, `:title:` and `**Title:**` are other programs' spellings."""
_RULE = re.compile(r"(?:-{3,}|\*{3,}|_{3,}|={3,})[ \t]*")
_ASIDE = re.compile(
    r"\A(?::PROPERTIES:\n(?:.*\n)*?:END:\n+|(?://(?!/)[^\n]*\n)+(?== )|<!--(?:(?!-->)[^\n])*-->\s*\n(?=---))"
)
"""Texts above front matter: a drawer of Org, a remark."""
_ASCIIDOC = re.compile(r"\A= (?P<title>\S[^\n]*)\n(?P<lines>(?:\S[^\n]*\n){1,20})")
_REVISION = re.compile(r"(?:v?\d[\d.]*,\s*)?(?P<date>\d{4}-\d{2}-\d{2})(?::.*)?")
_DOCINFO = re.compile(
    r"\A(?:[=*#~-]{3,}\n)?[ ]*(?P<title>\S[^\n]*)\n[=*#~^-]{3,}\n\n?"
    r"(?P<lines>(?::[^\W\d_][\w -]*:[ \t]+\S[^\n]*\n){1,20})"
)
"""A title and the fields below it, as reStructuredText has them."""
_ORG_DATE = re.compile(r"[<\[](\d{4}-\d{2}-\d{2})[^>\]]*[>\]]")
_NAMES = tomllib.loads(files("podcaster.article").joinpath("front_matter_keys.toml").read_text(encoding="utf-8"))
_SAME = {name: ours for ours, names in _NAMES["same"].items() for name in names.split()}
_KEYS = frozenset({*_NAMES["same"], *_NAMES["others"]["names"].split()})
"""Keys with which a header of `Title:` lines can begin."""


def split_front_matter(text: str) -> tuple[Matter, str]:
    """Front matter, its keys in lower case and one spelling, and the text below it.

    Raises:
        SourceNotText: it begins like front matter and is not written as it should be.
    """
    text = _ASIDE.sub("", text.lstrip("\n"), count=1).lstrip("\n")
    if (found := _FENCED.match(text)) and (table := _fenced(found)):
        named, rest = _named(table), text[found.end() :]
        again = _FENCED.match(rest.lstrip("\n"))
        if again and again["fence"] == "---" and (more := _fenced(again)):
            return {**_named(more), **named}, rest.lstrip("\n")[again.end() :]
        return named, rest
    if text.startswith("{") and (bare := _bare_json(text)):
        return bare
    return _marked(text) or _of_lines(text)


def _marked(text: str) -> tuple[Matter, str] | None:
    """Front matter of Pandoc, in a comment, or below a title; None if it is none of these."""
    if (found := _PANDOC.match(text)) and (found["title"] or found["author"]):
        authors = [each.strip() for each in re.split(r"[;\n]", found["author"] or "") if each.strip()]
        said = {"title": found["title"] or "", "author": authors, "date": found["date"] or ""}
        return {key: value for key, value in said.items() if value}, text[found.end() :]
    if (found := _COMMENT.match(text)) and (named := _of_lines(found["matter"])[0]):
        return named, text[found.end() :]
    if (found := _DOCINFO.match(text) or _ASCIIDOC.match(text)) and (header := _document_header(found["lines"])):
        return {"title": found["title"].strip(), **header}, text[found.end() :]
    return None


def _document_header(lines: str) -> Mapping[str, object]:
    """The attributes below a title, and AsciiDoc's lines of the author and the revision; empty if none is there."""
    said: dict[str, object] = {}
    for place, line in enumerate(lines.splitlines()):
        if found := _LINE.fullmatch(line):
            said[_key(found["key"])] = found["value"].strip()
        elif found := _REVISION.fullmatch(line):
            said["date"] = found["date"]
        elif place == 0 and "<" in line:
            said["author"] = line.partition("<")[0].strip()
    return said


def _fenced(found: re.Match[str]) -> Mapping[str, object]:
    """The front matter between two fences; empty if what stands there is none, as prose between two rules."""
    matter, form = found["matter"], (found["form"] or _FORMS[found["fence"][0]]).lower()
    if form == "toml":
        return _mapping(_toml(matter))
    if form == "js":
        return _mapping(_yaml(matter))
    if form == "json":
        return _mapping(_json(matter))
    return _named_in_yaml(matter) if form else {}


def _named_in_yaml(matter: str) -> Mapping[str, object]:
    """The table in a YAML text; empty if its only keys are a writer's: `He said: we have no water.` is prose between two rules."""
    known = _KNOWN_LINE.search(matter) is not None
    try:
        table = _mapping(_yaml(matter))
    except SourceNotText:
        if known or _PROSE_LINE.search(matter) is None:
            raise
        return {}
    return {} if not known and _PROSE_LINE.search(matter) else table


_KNOWN_LINE = re.compile(
    rf"^[ \t-]*[\"']?(?:{'|'.join(map(re.escape, sorted({*_KEYS, *_SAME})))})[\"']?[ \t]*:",
    re.MULTILINE | re.IGNORECASE,
)
_PROSE_LINE = re.compile(r"^[^\W\d_][^\n:#]*:[ ]+\S[^\n:]*\s[^\n]*[.!?][\"”’»)]*[ ]*$", re.MULTILINE)
"""A line that is a sentence with a colon in it."""


def _mapping(table: object) -> Mapping[str, object]:
    """A table of keys and values; a list of tables is one, and so is the table under a single key."""
    if isinstance(table, list) and table and all(isinstance(each, Mapping) for each in table):
        table = {key: value for each in table for key, value in each.items()}
    if not isinstance(table, Mapping):
        return {}
    inner = next(iter(table.values()), None)
    return inner if len(table) == 1 and isinstance(inner, Mapping) else table


def matter_text(matter: Matter, key: str) -> str:
    """A value as one line; empty if it is none."""
    value = matter.get(key)
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, Mapping):
        value = next((value[name] for name in ("url", "image", "src", "name", "path") if name in value), "")
    return unescaped(str(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def matter_texts(value: object) -> tuple[str, ...]:
    """The texts of a list; of a text the parts between its commas, where they are short."""
    if isinstance(value, str):
        parts = re.split(r"[,;]", value.strip("[] "))
        value = parts if all(len(part.split()) <= 4 for part in parts) else [value]  # noqa: PLR2004 # words of a topic
    listed = value if isinstance(value, list | tuple) else []
    named = (each.get("name") or each.get("title") or "" if isinstance(each, Mapping) else each for each in listed)
    return tuple(text for each in named if each and (text := unescaped(str(each)).strip("\"' ")))


def matter_date(value: object, language: str = "") -> datetime | None:
    """A moment with a zone, of whatever type the form gave it."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, date):
        return datetime.combine(value, time(), UTC)
    if isinstance(value, str) and (found := _ORG_DATE.fullmatch(value.strip())):
        value = found[1]
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
        mended = _TAGGED.sub(r"\1", _TEMPLATED.sub(r"\1'\2'", matter.expandtabs(2)))
        if mended != matter:
            return _yaml(mended)
        if named := _loose(matter):
            return named
        place = getattr(error, "problem_mark", None)
        line = f" (line {place.line + 2})" if place else ""
        raise SourceNotText(
            f"The front matter is not YAML{line}.", "Correct it; put values with a colon in quotes."
        ) from error


_TEMPLATED = re.compile(r"(:[ \t]+)(\{[{%][^'\n]*)$", re.MULTILINE)
_TAGGED = re.compile(r"([:-][ \t]+)!+[\w/:.-]+[ \t]+")
"""Spellings that other programs take for YAML: templates without quotes, tags of their own."""


def _loose(matter: str) -> Matter:
    """`key: value` lines that are no YAML for want of quotes; empty if there is more to them than that."""
    lines = [line.rstrip() for line in matter.split("\n") if line.strip() and not line.lstrip().startswith("#")]
    found = [_LOOSE.fullmatch(line) for line in lines]
    return {each["key"]: each["value"].strip("\"' ") for each in found if each} if lines and all(found) else {}


_LOOSE = re.compile(r"(?P<key>[^\W\d_][\w -]*?)[ \t]*:[ \t]+(?P<value>(?:[^\"'\[{\s][^\n]*|\"[^\"]*\"|'[^']*'))")


def _toml(matter: str) -> object:
    try:
        return tomllib.loads(matter)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SourceNotText(f"The front matter is not TOML: {error}.", "Correct it; put texts in quotes.") from error


def _json(matter: str) -> object:
    plain = matter.strip()
    try:
        return json.loads(plain if plain.startswith(("{", "[")) else f"{{{plain.rstrip(',')}}}")
    except (ValueError, RecursionError) as error:
        raise SourceNotText(f"The front matter is not JSON: {error}.", "Correct it; put texts in quotes.") from error


def _bare_json(text: str) -> tuple[Matter, str] | None:
    try:
        table, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return None
    named = _named(_mapping(table))
    return (named, text[end:]) if "title" in named or "date" in named else None


def _of_lines(text: str) -> tuple[Matter, str]:
    """`Title: …` lines; the first has to be a known key, and an empty line, a rule or a line of prose ends them."""
    lines = text.split("\n")
    named: dict[str, str] = {}
    last = ""
    place = 0
    for place, line in enumerate(lines):  # noqa: B007 # where it stopped is what counts
        found = _LINE.fullmatch(line.strip())
        key = _key(found["key"]) if found else ""
        if found and (last or key in _KEYS) and len(key) <= _LONGEST_KEY:
            last = key
            named.setdefault(last, found["value"].strip())
        elif last and line.startswith((" ", "\t")) and line.strip():
            named[last] += f" {line.strip()}"
        elif not line.strip() or (last and _RULE.fullmatch(line)):
            break
        else:
            return {}, text
    enough = "title" in named or ("author" in named and "date" in named)
    return (named, "\n".join(lines[place + 1 :])) if enough else ({}, text)


def _key(said: str) -> str:
    key = said.strip().lower().replace(" ", "_")
    return str(_SAME.get(key, key))


_LONGEST_KEY = 24
