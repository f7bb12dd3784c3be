"""script.json: every line of a script in order, with source, text, spoken form and times."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from podcaster.episode import json_document
from podcaster.episode.timings import cues, seconds
from podcaster.episode.word_times import timed_words
from podcaster.errors import StorageFailed
from podcaster.model import Check, Cue, Episode, Line, LineKind, Rendition, Script
from podcaster.script.pauses import pause_after
from podcaster.units import LanguageTag, Milliseconds


def script_json(rendition: Rendition, shown: Sequence[Cue] | None = None) -> bytes:
    """The script and its times as script.json; `start` and `end` of the voice in seconds, `pause` in milliseconds.

    `words` is empty if the engine reports no word times. `shown` are the rendition's cues, if already computed.
    """
    script = rendition.script
    lines = (
        {
            **_described(line),
            "start": seconds(cue.start_ms),
            "end": seconds(cue.end_ms),
            "words": timed_words(cue.words, start="start", end="end", text="text"),
            "pause": line.pause_ms,
            "clip": clip.key,
            "checks": _checks(line),
        }
        for line, clip, cue in zip(script.lines, rendition.clips, shown or cues(rendition), strict=True)
    )
    return json_document.encode({"article": script.article, "language": script.language, "lines": lines})


def untimed(script: Script) -> Mapping[str, Any]:
    """script.json before synthesis: without times, words and clips."""
    lines = [{**_described(line), "pause": line.pause_ms, "checks": _checks(line)} for line in script.lines]
    return {"article": script.article, "language": script.language, "lines": lines}


def _described(line: Line) -> Mapping[str, Any]:
    return {
        "index": line.index,
        "kind": line.kind.value,
        "source": line.source,
        "text": line.text,
        "spoken": line.spoken,
        **({"foreign": [list(each) for each in line.foreign]} if line.foreign else {}),
    }


def _checks(line: Line) -> Sequence[Mapping[str, Any]]:
    return [{"name": each.name, "passed": each.passed, "detail": each.detail} for each in line.checks]


def parse_script(document: bytes, episode: Episode, *, source_language: LanguageTag) -> Script:
    """The script stored in an episode's script.json, ready to be spoken again word for word.

    Raises:
        StorageFailed: The document is not a script.json.
    """
    try:
        written = json.loads(document)["lines"]
        following = [*written[1:], {"kind": ""}]
        lines = tuple(_line(line, after) for line, after in zip(written, following, strict=True))
    except (ValueError, KeyError, TypeError) as error:
        raise StorageFailed("A stored script cannot be read.", "Render the report again.") from error
    return Script(
        article=episode.article,
        language=episode.language,
        source_language=source_language,
        title=episode.title,
        topics=episode.topics,
        lines=lines,
        translator=episode.translator,
        draft=episode.draft,
        review=episode.review,
    )


def _line(line: Mapping[str, Any], after: Mapping[str, Any]) -> Line:
    kind = LineKind(line["kind"])
    # Older documents have no `pause`. In them, a paragraph ends where a line of another kind follows.
    pause_ms = line["pause"] if "pause" in line else pause_after(kind, last=after["kind"] != kind)
    return Line(
        index=line["index"],
        kind=kind,
        source=line["source"],
        text=line["text"],
        spoken=line["spoken"],
        pause_ms=Milliseconds(pause_ms),
        checks=tuple(Check(**check) for check in line["checks"]),
        foreign=tuple((word, tag) for word, tag in line.get("foreign", ())),
    )
