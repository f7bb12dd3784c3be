"""script.json: every line of a script, in order, with what was written, what is said, and when."""

from collections.abc import Sequence

from podcaster.episode import json_document
from podcaster.episode.timings import cues, seconds
from podcaster.model import Cue, Rendition


def script_document(rendition: Rendition, shown: Sequence[Cue] | None = None) -> dict[str, object]:
    """The script and its times as plain JSON values; `start` and `end` are the voice's, in seconds.

    `words` is empty where the engine does not say when each is heard. `shown`: the rendition's cues, where they are known already.
    """
    script = rendition.script
    lines = [
        {
            "index": line.index,
            "kind": line.kind.value,
            "source": line.source,
            "text": line.text,
            "spoken": line.spoken,
            "start": seconds(cue.start_ms),
            "end": seconds(cue.end_ms),
            "words": [
                {"start": seconds(word.start_ms), "end": seconds(word.end_ms), "text": word.text} for word in cue.words
            ],
            "clip": clip.key,
            "checks": [{"name": each.name, "passed": each.passed, "detail": each.detail} for each in line.checks],
        }
        for line, clip, cue in zip(script.lines, rendition.clips, shown or cues(rendition), strict=True)
    ]
    return {"article": script.article, "language": script.language, "lines": lines}


def script_json(rendition: Rendition, shown: Sequence[Cue] | None = None) -> bytes:
    """The file script.json."""
    return json_document.encode(script_document(rendition, shown))
