"""Times of a rendition's lines, computed as sums of frame counts.

All times count from the first audible frame. The Info frame at the start of the file is not decoded and takes no time.
"""

from itertools import accumulate

from podcaster.article.text import one_line
from podcaster.audio.encoder import FRAME_MS
from podcaster.episode.word_times import word_cues
from podcaster.model import Clip, Cue, Line, Rendition
from podcaster.script.wording import TIMING
from podcaster.units import Milliseconds, Seconds


def line_starts(rendition: Rendition) -> tuple[Milliseconds, ...]:
    """Start of each line's clip, leading silence included, and finally the end of the last one."""
    before = rendition.opening.frames if rendition.opening else 0
    frames = accumulate((clip.frames for clip in rendition.clips), initial=before)
    return tuple(Milliseconds(count * FRAME_MS) for count in frames)


def cues(rendition: Rendition) -> tuple[Cue, ...]:
    """One cue a line, in order and without overlap: from the onset of the voice to its end."""
    starts = line_starts(rendition)[:-1]
    return tuple(
        _cue(line, clip, start)
        for line, clip, start in zip(rendition.script.lines, rendition.clips, starts, strict=True)
    )


def _cue(line: Line, clip: Clip, start: Milliseconds) -> Cue:
    text, end = one_line(line.text), Milliseconds(start + clip.voice_end_ms)
    return Cue(
        start_ms=Milliseconds(start + clip.voice_start_ms),
        end_ms=end,
        text=text,
        words=word_cues(text, line.spoken, clip.words, clip_start_ms=start, end_ms=end),
        timing=next((check.detail for check in line.checks if check.name == TIMING), ""),
    )


def duration_ms(rendition: Rendition) -> Milliseconds:
    """Length of the decoded audio, jingles included."""
    return Milliseconds(FRAME_MS * sum(clip.frames for clip in rendition.heard))


def seconds(time_ms: Milliseconds) -> Seconds:
    """A time in seconds for JSON files, exact to the millisecond."""
    return Seconds(time_ms / 1000)


def clock_time(time_ms: Milliseconds) -> str:
    """A time for people, rounded down to whole seconds: `0:07`, `12:30`, `1:02:03`."""
    minutes, second = divmod(time_ms // 1000, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
