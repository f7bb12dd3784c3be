"""Keeps a report whole where an engine cannot say one of its lines."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from podcaster.errors import EngineFailed
from podcaster.model import Check, Clip, Line, Voice
from podcaster.speech.casting import Cast
from podcaster.speech.synthesizer import Speech, Synthesizer
from podcaster.units import Hertz

VOICE_CHECK: Final = "voice"
"""The check that a line is heard as it stands, in the voice of its episode."""
_SILENCE_HERTZ: Final = Hertz(24_000)
_SILENCE_SECONDS: Final = 0.4
Record = Callable[[Line, Speech, Voice, Synthesizer], Clip]
"""Encodes and keeps the clip of a line."""


def answers(voice: Voice, synthesizer: Synthesizer, known: str) -> bool:
    """Whether an engine says a text that is known to be fit for it: else it is down, and no line is at fault."""
    from podcaster.speech.speaking import speak_line  # noqa: PLC0415 # numpy: a render that makes nothing needs none

    try:
        speak_line(known, voice, synthesizer, attempts=1)
    except EngineFailed:
        return False
    return True


def said_otherwise(line: Line, failure: EngineFailed, cast: Cast, record: Record) -> tuple[Line, Clip]:
    """The line as far as it can be said, flagged with the reason, and its clip.

    `cast` has the voice of the episode first. It says the line in parts; if nothing of it can be said, the other voices say it;
    if none does, a short silence stands in its place.
    """
    from podcaster.speech.parts import say_in_parts  # noqa: PLC0415 # numpy, as above

    for place, (voice, synthesizer) in enumerate(cast):
        said = say_in_parts(line.spoken, voice, synthesizer)
        if said is None:
            continue
        told = f"said by {voice.name}" if place else "said in parts"
        if said.left_out:
            told = f"{told}, without {', '.join(said.left_out)}"
        made = replace(line, spoken=said.text)
        return _flagged(made, f"{told}: {failure.what}"), record(made, said.speech, voice, synthesizer)
    voice, synthesizer = cast[0]
    made = replace(line, spoken="")
    return _flagged(made, f"left out: {failure.what}"), record(made, _silence(), voice, synthesizer)


def flags(lines: tuple[Line, ...]) -> tuple[str, ...]:
    """A warning for each line that could not be said as it stands."""
    return tuple(
        f"line {line.index}: {check.name}: {check.detail}"
        for line in lines
        for check in line.checks
        if check.name == VOICE_CHECK and not check.passed
    )


def _flagged(line: Line, detail: str) -> Line:
    return replace(line, checks=(*line.checks, Check(name=VOICE_CHECK, passed=False, detail=detail)))


def _silence() -> Speech:
    import numpy as np  # noqa: PLC0415 # as above

    return Speech(samples=np.zeros(round(_SILENCE_HERTZ * _SILENCE_SECONDS), dtype=np.int16), rate=_SILENCE_HERTZ)
