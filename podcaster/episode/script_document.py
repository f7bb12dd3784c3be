"""script.json: every line of a script, in order, with what was written, what is said, and when."""

from collections.abc import Sequence

from podcaster.episode import json_document
from podcaster.episode.timings import cues, seconds
from podcaster.model import Cue, Rendition


def script_json(rendition: Rendition, shown: Sequence[Cue] | None = None) -> bytes:
    """The file script.json: the script and its times; `start` and `end` are the voice's, in seconds.

    `words` is empty where the engine does not say when each is heard. `shown`: the rendition's cues, where they are known already.
    """
    script = rendition.script
    lines = (
        {
            "index": line.index,
            "kind": line.kind.value,
            "source": line.source,
            "text": line.text,
            "spoken": line.spoken,
            "start": seconds(cue.start_ms),
            "end": seconds(cue.end_ms),
            "words": [
                {"start": word.start_ms / 1000, "end": word.end_ms / 1000, "text": word.text} for word in cue.words
            ],
            "clip": clip.key,
            "checks": [{"name": each.name, "passed": each.passed, "detail": each.detail} for each in line.checks],
        }
        for line, clip, cue in zip(script.lines, rendition.clips, shown or cues(rendition), strict=True)
    )
    return json_document.encode({"article": script.article, "language": script.language, "lines": lines})
