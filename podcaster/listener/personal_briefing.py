"""Personal briefings: greeting, headlines with key points, closing; all from clips of published episodes."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from podcaster.article.text import one_line
from podcaster.errors import StorageFailed
from podcaster.model import Chapter, LineKind
from podcaster.script import cldr
from podcaster.units import ContentKey, LanguageTag, Milliseconds

STREAM_LIVES: Final = timedelta(days=1)
"""Lifetime of the URL at which a speaker plays, pauses and resumes a briefing."""
_HEADLINES = frozenset({LineKind.TITLE, LineKind.KEY_POINT})
_INTRODUCTION = frozenset({LineKind.OPENING, LineKind.DISCLOSURE})
_HEARD = _HEADLINES | _INTRODUCTION | {LineKind.CLOSING}


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenLine:
    """A line of an episode that a briefing may reuse."""

    kind: LineKind
    clip: ContentKey
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingPart:
    """The part of a briefing about one report; the first has the greeting, the last the closing."""

    title: str
    clips: tuple[ContentKey, ...]


def spoken_lines(script: bytes) -> Sequence[SpokenLine]:
    """The lines of a script.json that a briefing may reuse, in order.

    Raises:
        StorageFailed: The document is not a script.json.
    """
    try:
        lines = [
            SpokenLine(kind=LineKind(line["kind"]), clip=ContentKey(line["clip"]), text=line.get("text", ""))
            for line in json.loads(script)["lines"]
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise StorageFailed("A stored script cannot be read.", "Render the report again.") from error
    return [line for line in lines if line.kind in _HEARD]


def spoken_title(lines: Sequence[SpokenLine], language: LanguageTag) -> str:
    """A report's title, joined from its lines."""
    between = " " if cldr.spaced(language) else ""
    return one_line(between.join(line.text for line in lines if line.kind is LineKind.TITLE))


def briefing_parts(reports: Sequence[tuple[str, Sequence[SpokenLine]]]) -> Sequence[BriefingPart]:
    """The parts of a briefing, in the order given; empty without reports.

    Each notice, such as that of a draft translation, is spoken once, before the first report that has it; older scripts
    have it as the second line of their opening. The first report supplies the greeting and the closing.

    Args:
        reports: Title and lines of each report, newest first.
    """
    said: set[ContentKey] = set()
    parts: list[BriefingPart] = []
    for title, lines in reports:
        opening = [line.clip for line in lines if line.kind in _INTRODUCTION]
        unsaid = [clip for clip in (opening[1:] if parts else opening) if clip not in said]
        said.update(unsaid)
        headlines = [line.clip for line in lines if line.kind in _HEADLINES]
        parts.append(BriefingPart(title=title, clips=(*unsaid, *headlines)))
    if parts:
        leave = [line.clip for line in reports[0][1] if line.kind is LineKind.CLOSING]
        parts[-1] = BriefingPart(title=parts[-1].title, clips=(*parts[-1].clips, *leave))
    return parts


def briefing_chapters(
    parts: Sequence[BriefingPart], frames: Mapping[ContentKey, int], *, frame_ms: int
) -> Sequence[Chapter]:
    """One chapter a report, without gaps; `frames` has the length of each clip."""
    chapters: list[Chapter] = []
    start = Milliseconds(0)
    for part in parts:
        end = Milliseconds(start + frame_ms * sum(frames[key] for key in part.clips))
        chapters.append(Chapter(start_ms=start, end_ms=end, title=part.title))
        start = end
    return chapters
