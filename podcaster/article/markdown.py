"""Markdown with front matter: reports as their writers keep them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime

from podcaster.article.dates import parse_date
from podcaster.article.draft import Draft
from podcaster.article.dump import byline, split_authors
from podcaster.article.text import clean
from podcaster.errors import SourceNotText
from podcaster.model import Block, BlockKind

_FRONT = re.compile(r"\A---[ \t]*\n(?P<matter>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_KEY_POINTS = re.compile(r"^(?:key (?:points|takeaways|findings)|summary|highlights|in brief)$", re.IGNORECASE)

_CREDIT_CHARACTERS = 160


def read_markdown(text: str) -> Draft:
    """The report in a Markdown text. Front matter may name title, author(s), date, language, topics, key points, URL and image.

    Raises:
        SourceNotText: the front matter is not YAML.
    """
    source = clean_source(text)
    found = _FRONT.match(source)
    matter = _front_matter(found["matter"]) if found else {}
    blocks = list(_blocks(source[found.end() :] if found else source))
    title = _text(matter, "title")
    if not title and blocks and blocks[0].kind is BlockKind.HEADING:
        title = blocks.pop(0).text
    elif blocks and blocks[0].kind is BlockKind.HEADING and blocks[0].text.casefold() == title.casefold():
        blocks.pop(0)
    authors, published, rest = _credits(blocks)
    points, body = _key_points(rest)
    return Draft(
        title=title,
        authors=_names(matter.get("authors") or matter.get("author")) or authors,
        published=_moment(matter.get("date") or matter.get("published")) or published,
        language=_text(matter, "language") or _text(matter, "lang"),
        topics=_texts(matter.get("topics") or matter.get("tags")),
        key_points=_texts(matter.get("key_points") or matter.get("summary")) or points,
        body=body,
        url=_text(matter, "url") or None,
        image=_text(matter, "image") or None,
    )


def clean_source(text: str) -> str:
    """Line ends only: leading spaces mean something here."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _front_matter(matter: str) -> Mapping[str, object]:
    import yaml  # noqa: PLC0415 # only for this form

    try:
        table = yaml.safe_load(matter)
    except yaml.YAMLError as error:
        place = getattr(error, "problem_mark", None)
        line = f" (line {place.line + 2})" if place else ""
        raise SourceNotText(
            f"The front matter is not YAML{line}.", "Correct it; put values with a colon in quotes."
        ) from error
    return {str(key).lower(): value for key, value in table.items()} if isinstance(table, dict) else {}


def _text(matter: Mapping[str, object], key: str) -> str:
    value = matter.get(key)
    return " ".join(clean(str(value)).split()) if isinstance(value, str | int | float) else ""


def _texts(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value] if isinstance(value, str) else []
    return tuple(" ".join(clean(str(each)).split()) for each in values if each)


def _names(value: object) -> tuple[str, ...]:
    return _texts(value) if isinstance(value, list) else split_authors(value) if isinstance(value, str) else ()


def _moment(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    return parse_date(value) if isinstance(value, str) else None


def _credits(blocks: Sequence[Block]) -> tuple[tuple[str, ...], datetime | None, Sequence[Block]]:
    """Who wrote it and when, where lines under the title say so; and the blocks behind them."""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    place = 0
    for block in blocks[:-1]:
        found = _credit(block.text) if block.kind is BlockKind.PARAGRAPH else None
        if found is None:
            break
        authors, published = authors or found[0], published or found[1]
        place += 1
    return authors, published, blocks[place:]


def _credit(text: str) -> tuple[tuple[str, ...], datetime | None] | None:
    """A byline, a date, or one behind the other; None for anything else."""
    words = text.split() if len(text) <= _CREDIT_CHARACTERS else []
    # The shortest date first, so that a name before it stays whole; the byline alone last.
    for cut in [*range(len(words) - 1, -1, -1), *([len(words)] if words else [])]:
        head, tail = " ".join(words[:cut]).rstrip(" ,|·–-"), " ".join(words[cut:])
        authors, day = byline(head) if head else (), parse_date(tail) if tail else None
        if (authors or not head) and (day or not tail):
            return authors, day
    return None


def _key_points(blocks: Sequence[Block]) -> tuple[tuple[str, ...], tuple[Block, ...]]:
    """A list in front of everything, or right under a heading that says so, is the summary."""
    rest = list(blocks)
    if rest and rest[0].kind is BlockKind.HEADING and _KEY_POINTS.match(rest[0].text):
        rest.pop(0)
    points: list[str] = []
    while rest and rest[0].kind is BlockKind.ITEM:
        points.append(rest.pop(0).text)
    return (tuple(points), tuple(rest)) if rest else ((), tuple(blocks))


_OPENED = {
    "heading_open": BlockKind.HEADING,
    "blockquote_open": BlockKind.QUOTE,
    "list_item_open": BlockKind.ITEM,
}
_CLOSED = frozenset({"heading_close", "blockquote_close", "list_item_close"})


def _blocks(text: str) -> Iterator[Block]:
    from markdown_it import MarkdownIt  # noqa: PLC0415 # only for this form

    kinds = [BlockKind.PARAGRAPH]
    tables = _Tables()
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type in _OPENED:
            kinds.append(_OPENED[token.type])
        elif token.type in _CLOSED:
            kinds.pop()
        elif token.type == "inline":
            said = _said(token.children or [])
            if not tables.took(said) and said:
                yield Block(kind=kinds[-1], text=said)
        else:
            yield from tables.rows(token.type)


class _Tables:
    """The cells of the row that is being read, and the header above it."""

    def __init__(self) -> None:
        self._header: list[str] = []
        self._cells: list[str] | None = None
        self._in_header = False

    def took(self, cell: str) -> bool:
        """Whether the text is a cell."""
        if self._cells is None:
            return False
        self._cells.append(cell)
        return True

    def rows(self, mark: str) -> Iterator[Block]:
        """The row that ends here."""
        if mark == "thead_open":
            self._in_header = True
        elif mark == "tr_open":
            self._cells = []
        elif mark == "tr_close":
            cells, self._cells = self._cells or [], None
            if self._in_header:
                self._header, self._in_header = cells, False
            elif any(cells):
                yield Block(kind=BlockKind.ROW, text=row_text(self._header, cells))


def _said(tokens: Sequence[object]) -> str:
    pieces = []
    for token in tokens:
        kind, content = getattr(token, "type", ""), getattr(token, "content", "")
        if kind in {"text", "code_inline"}:
            pieces.append(content)
        elif kind in {"softbreak", "hardbreak"}:
            pieces.append(" ")
    return " ".join(clean("".join(pieces)).split())


def row_text(header: Sequence[str], cells: Sequence[str]) -> str:
    """A row of a table as it is read out, as in `Country: France; growth: 2 %.`."""
    named = [
        f"{header[place]}: {cell}" if place < len(header) and header[place] else cell
        for place, cell in enumerate(cells)
        if cell
    ]
    return "; ".join(named).rstrip(".") + "."
