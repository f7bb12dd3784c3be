"""Markdown with front matter: reports as their writers keep them. HTML in it is read like the rest."""

import re
from collections.abc import Sequence
from datetime import datetime

from lxml import etree

from podcaster.article.block_roles import sort_blocks
from podcaster.article.dates import parse_date
from podcaster.article.draft import Draft
from podcaster.article.front_matter import Matter, matter_date, matter_text, matter_texts, split_front_matter
from podcaster.article.markup.blocks import blocks_of, prepare
from podcaster.article.markup.extensions import without_extensions
from podcaster.article.markup.tree import parse
from podcaster.article.metadata.addresses import absolute
from podcaster.article.month_names import is_month
from podcaster.article.paragraphs.list_marks import CHESS_MOVE, items_among
from podcaster.article.plain_text import byline, split_authors
from podcaster.article.text import clean_source, unescaped_entities
from podcaster.model import Block, BlockKind

_CREDIT_CHARACTERS = 160
_MARKED_LINE = re.compile(r"^(?P<indent> {0,3})(?P<mark>\d{1,9}(?=[.)]\s)|[-+*](?=\s+\d)|>(?=\s?\d))(?P<rest>.*)$")
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)")
_NOTE = re.compile(r"^\[\^(?P<name>[^\]\s]+)\]:\s*(?P<text>(?:.*(?:\n(?: {4}|\t).*)*))\n?", re.MULTILINE)
_NOTE_MARK = re.compile(r"\[\^[^\[\]\s]+\]")
_INLINE_NOTE = re.compile(r"\^\[[^\]]{0,2000}\]")
_SHORTCODE = re.compile(
    r"\{\{[<%](?:[^{}]|\{(?!\{)|\}(?!\}))*[%>]\}\}|\{%(?:[^{%]|\{(?!%)|%(?!\}))*%\}|\{\{[^{}\n]*\}\}|\{:[^{}]*\}",
    re.DOTALL,
)
_RAISED = re.compile(r"(?<=\w)\^(-?\d{1,3}|st|nd|rd|th)\^")
_MATH = re.compile(
    r"\$\$.+?\$\$|\\\\?\[.{1,2000}?\\\\?\]|\\\\?\(.{1,2000}?\\\\?\)|(?<![\\$\w])\$[^$\n]+(?<!\s)\$(?![\d\w])", re.DOTALL
)


def read_markdown(text: str) -> Draft:
    """The report in a Markdown text. Front matter may name title, author(s), date, language, topics, key points, URL and image.

    Raises:
        SourceNotText: the front matter is not written as it should be.
    """
    matter, source = split_front_matter(clean_source(text))
    language = matter_text(matter, "language")
    blocks, aside = _blocks(source, language)
    title = _EMPHASIS.sub(r"\2", matter_text(matter, "title"))
    if not title and blocks and blocks[0].kind is BlockKind.HEADING:
        title = blocks.pop(0).text
    authors, published, rest = _credits(blocks)
    found = sort_blocks(rest, title=title, language=language)
    url = matter_text(matter, "url")
    points = matter.get("key_points") or matter.get("summary")
    return Draft(
        title=title,
        authors=matter_names(matter) or authors,
        published=matter_date(matter.get("date"), language) or published,
        language=language,
        topics=matter_texts(matter.get("topics")),
        key_points=_points(points) or tuple(found.points),
        body=tuple(found.body),
        url=absolute(url),
        image=absolute(matter_text(matter, "image"), url),
        left_aside=(*found.aside, *aside),
    )


def _points(value: object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else matter_texts(value)


_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3}|_{1,3}|`)(?=\S)([^*_`\n]+)(?<=\S)\1(?![\w*])")


def matter_names(matter: Matter) -> tuple[str, ...]:
    """The authors that front matter names, in whatever form."""
    value = matter.get("authors") or matter.get("author")
    return (
        split_authors(unescaped_entities(value))
        if isinstance(value, str)
        else matter_texts([value] if isinstance(value, dict) else value)
    )


_EMPHASIS_IN_HTML = re.compile(r"\*\*(?=\S)([^*\n<]+)(?<=\S)\*\*")
"""Marks that Markdown leaves inside HTML, where writers set them all the same."""


def _blocks(source: str, language: str) -> tuple[list[Block], list[str]]:
    """The blocks of a text, and its notes and code, which are left aside."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 # only for this form

    notes = [" ".join(found["text"].split()) for found in _NOTE.finditer(source)]
    text = _INLINE_NOTE.sub("", _NOTE_MARK.sub("", _NOTE.sub("", without_extensions(source))))
    text = _MATH.sub(
        lambda found: re.sub(r"([\\_*])", r"\\\1", found[0]), _RAISED.sub(r"<sup>\1</sup>", _SHORTCODE.sub("", text))
    )
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    written = _EMPHASIS_IN_HTML.sub(r"\1", parser.render(_with_prose_marks(text)))
    try:
        tree = parse(f"<html><body>{written}</body></html>")
    except etree.ParserError:
        return [], notes
    code = [" ".join(each.text_content().split()) for each in tree.xpath("//pre[code]")]
    for each in tree.xpath("//pre[code]"):
        each.drop_tree()
    aside = prepare(tree, language)
    return list(blocks_of(tree.body)), [*aside, *code, *notes]


def _with_prose_marks(text: str) -> str:
    """The text with a backslash before numbers and signs that begin a sentence and no item of a list."""
    lines = text.split("\n")
    filled = [(place, line.strip()) for place, line in enumerate(lines) if line.strip()]
    items = items_among([line for _, line in filled])
    fenced = False
    for at, (place, _) in enumerate(filled):
        line = lines[place]
        fenced = fenced != bool(_FENCE.match(line))
        found = _MARKED_LINE.match(line)
        if found and not fenced and not _is_item(found, at, items, lines, place):
            mark = found["mark"]
            lines[place] = (
                f"{found['indent']}{mark}\\{found['rest']}"
                if mark.isdigit()
                else f"{found['indent']}\\{mark}{found['rest']}"
            )
    return "\n".join(lines)


def _is_item(found: re.Match[str], at: int, items: frozenset[int], lines: Sequence[str], place: int) -> bool:
    """Whether a neighbour shares the mark; lists of one item written `1.` or with nested lines are lists, too."""
    if at in items:
        return True
    if found["mark"] == "1" and not _begins_otherwise(found["rest"]) and _has_other_items(lines, place):
        return True
    following = lines[place + 1] if place + 1 < len(lines) else ""
    return following.startswith(("  ", "\t")) and bool(following.strip()) and not found["mark"].isdigit()


def _has_other_items(lines: Sequence[str], place: int) -> bool:
    """Whether another line is numbered 1 or 2: writers number every item of a list 1, and part items by paragraphs."""
    return any(_FIRST_ITEMS.match(line) for at, line in enumerate(lines) if at != place)


_FIRST_ITEMS = re.compile(r" {0,3}[12][.)]\s+\S")


def _begins_otherwise(rest: str) -> bool:
    """Whether behind a number there is a month, or a move of a game of chess."""
    words = rest[1:].split(maxsplit=1)
    return bool(words) and (is_month(words[0]) or CHESS_MOVE.match(words[0]) is not None)


def _credits(blocks: Sequence[Block]) -> tuple[tuple[str, ...], datetime | None, Sequence[Block]]:
    """Authors and date from the lines under the title, and the remaining blocks."""
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
