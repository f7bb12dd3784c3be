"""Plain text: what is left when a page is copied into a text file, with buttons, teasers and all."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from podcaster.article.dates import parse_date
from podcaster.article.draft import Draft
from podcaster.article.furniture import ends_report, is_furniture, is_teaser
from podcaster.article.text import clean
from podcaster.model import Block, BlockKind

_BYLINE = re.compile(r"^(?:by|por|per|par|von|di|da)\s+(?P<authors>\S.{1,120})$", re.IGNORECASE)
_BULLET = re.compile(r"^(?:[•‣◦▪●∙·–—*]|-(?=\s))\s*(?P<text>\S.*)$")
_NUMBERED = re.compile(r"^\(?\d{1,2}[.)]\s+(?P<text>\S.*)$")
_KEY_POINTS = re.compile(
    r"^(?:key (?:points|takeaways|findings)|summary|highlights|in brief|at a glance):?$", re.IGNORECASE
)
_QUOTE = re.compile(r"^>\s?")
_HEADING_CHARACTERS = 90
_TITLE_CHARACTERS = 250
_SENTENCE_ENDS = ".!?…:;,。！？؟।"


@dataclass(slots=True)
class _Page:
    """What has been found on the way down the page."""

    title: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    key_points: list[str] = field(default_factory=list)
    body: list[Block] = field(default_factory=list)
    left_aside: list[str] = field(default_factory=list)


def read_dump(text: str) -> Draft:
    """The report in a plain text: the first line that is text is the title; bullets before the body are key points."""
    page = _Page()
    lines = list(_lines(text))
    for place, (line, closed) in enumerate(lines):
        if ends_report(line) and page.body:
            page.left_aside += [rest for rest, _ in lines[place:]]
            break
        _take(page, line, closed=closed)
    return Draft(
        title=page.title,
        authors=page.authors,
        published=page.published,
        key_points=tuple(page.key_points),
        body=tuple(page.body),
        left_aside=tuple(page.left_aside),
    )


def split_authors(names: str) -> tuple[str, ...]:
    """`A. Writer and B. Other` as two names; small letters behind a comma (`Berlin correspondent`) are no name."""
    parts = re.split(r"\s*(?:,|;|&|\band\b|\by\b|\bi\b|\be\b|\bet\b|\bund\b)\s+", names.strip(" .,"))
    cleaned = (part.strip(" .,|·") for part in parts)
    return tuple(dict.fromkeys(part for part in cleaned if part and not part[0].islower() and not part.isdigit()))


def byline(line: str) -> tuple[str, ...]:
    """Whom `By A. Writer and B. Other` names; nobody where the line is a sentence, or something else."""
    found = _BYLINE.match(line)
    return split_authors(found["authors"]) if found and line[-1] not in _SENTENCE_ENDS else ()


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """Every line that is not empty, and whether an empty one (or the end) follows."""
    rows = clean(text).split("\n")
    for place, row in enumerate(rows):
        if row:
            yield row, not (place + 1 < len(rows) and rows[place + 1])


def _take(page: _Page, line: str, *, closed: bool) -> None:
    if is_furniture(line) or is_teaser(line):
        page.left_aside.append(line)
    elif not page.body and _take_front(page, line):
        return
    elif page.body or page.title:
        _take_text(page, line, closed=closed)
    elif len(line) <= _TITLE_CHARACTERS:
        page.title = line.lstrip("# ")
    else:
        page.body.append(Block(kind=BlockKind.PARAGRAPH, text=line))


def _take_front(page: _Page, line: str) -> bool:
    """A date, a byline, a key point, or the title once more: whether the line was one."""
    authors = byline(line)
    bullet = _BULLET.match(line)
    if page.published is None and (day := parse_date(line)):
        page.published = day
    elif authors and page.title and not page.authors:
        page.authors = authors
    elif bullet and page.title:
        page.key_points.append(bullet["text"])
    elif _KEY_POINTS.match(line) or (page.title and line.casefold() == page.title.casefold()):
        page.left_aside.append(line)
    else:
        return False
    return True


def _take_text(page: _Page, line: str, *, closed: bool) -> None:
    item = _BULLET.match(line) or _NUMBERED.match(line)
    if item:
        page.body.append(Block(kind=BlockKind.ITEM, text=item["text"]))
    elif line.startswith(">"):
        page.body.append(Block(kind=BlockKind.QUOTE, text=_QUOTE.sub("", line)))
    elif _is_heading(line, closed=closed):
        page.body.append(Block(kind=BlockKind.HEADING, text=line))
    else:
        page.body.append(Block(kind=BlockKind.PARAGRAPH, text=line))


def _is_heading(line: str, *, closed: bool) -> bool:
    return (
        closed and len(line) <= _HEADING_CHARACTERS and line[-1] not in _SENTENCE_ENDS + "”\"'’»)" and line[0].isupper()
    )


def without_trailing_headings(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """A heading with nothing under it is a button that looks like one."""
    kept = list(blocks)
    while kept and kept[-1].kind is BlockKind.HEADING:
        kept.pop()
    return tuple(kept)
