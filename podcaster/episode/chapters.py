"""Chapters: the key points first, then a chapter for each heading of the report."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from podcaster.article.text import one_line
from podcaster.episode import json_document
from podcaster.episode.timings import duration_ms, line_starts, seconds
from podcaster.model import Chapter, Line, LineKind, Rendition
from podcaster.units import Milliseconds

_BODY = frozenset({LineKind.PARAGRAPH, LineKind.QUOTE, LineKind.ITEM, LineKind.ROW})


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterTitles:
    """Titles of the chapters that have no heading, in the episode's language."""

    key_points: str
    report: str
    """For the body before its first heading, or all of it if there is none."""


def chapters(rendition: Rendition, titles: ChapterTitles) -> tuple[Chapter, ...]:
    """Chapters that cover the whole episode without gaps.

    The opening jingle, title and byline belong to the first chapter, the closing jingle to the last. Empty for a
    rendition without lines.
    """
    lines = rendition.script.lines
    begins = list(_begins(lines, titles)) or [(0, titles.report)]
    starts = (Milliseconds(0), *line_starts(rendition)[1:-1], duration_ms(rendition))
    places = [0, *(index for index, _ in begins[1:]), len(lines)]
    return tuple(
        Chapter(start_ms=starts[first], end_ms=starts[end], title=title)
        for (_, title), (first, end) in zip(begins, pairwise(places), strict=True)
        if end > first
    )


def chapters_json(chapters: Sequence[Chapter], *, title: str, show: str = "") -> bytes:
    """JSON chapters of the podcast namespace, version 1.2.0 (`application/json+chapters`); times in seconds."""
    document: dict[str, object] = {"version": "1.2.0", "title": one_line(title)}
    if show:
        document["podcastName"] = one_line(show)
    document["chapters"] = [
        {"startTime": seconds(each.start_ms), "endTime": seconds(each.end_ms), "title": each.title} for each in chapters
    ]
    return json_document.encode(document)


def _begins(lines: Sequence[Line], titles: ChapterTitles) -> Iterator[tuple[int, str]]:
    """Index of the line at which each chapter starts, and the chapter's title."""
    current: LineKind | None = None
    for place, line in enumerate(lines):
        if line.kind is LineKind.KEY_POINT and current is None:
            current = LineKind.KEY_POINT
            yield place, titles.key_points
        elif line.kind is LineKind.HEADING and (place == 0 or lines[place - 1].kind is not LineKind.HEADING):
            current = LineKind.HEADING
            yield place, _heading(lines, place) or titles.report
        elif line.kind in _BODY and current in {None, LineKind.KEY_POINT}:
            current = LineKind.PARAGRAPH
            yield place, titles.report


def _heading(lines: Sequence[Line], place: int) -> str:
    """Joins a heading's sentences, and the heading right below it: a chapter of two seconds helps nobody."""
    texts = []
    for line in lines[place:]:
        if line.kind is not LineKind.HEADING:
            break
        texts.append(one_line(line.text))
    return " – ".join(text for text in texts if text)
