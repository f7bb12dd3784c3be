"""Says a line clause by clause: what a voice mangles in one go, it often says well in two."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from podcaster.speech.parts import joined_speech
from podcaster.speech.speaking import speak_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from podcaster.model import Voice
    from podcaster.speech.synthesizer import Speech, Synthesizer

_CLAUSE_END: Final = re.compile(r"(?<=[,;:—–])\s+")
_SHORTEST: Final = 12
"""Letters; what is shorter is said with its neighbour."""


def say_by_clause(text: str, voice: Voice, synthesizer: Synthesizer) -> Speech | None:
    """The line as one sound of its clauses; None where it has but one.

    Raises:
        NoVoice: the engine does not have the voice.
        EngineFailed: it failed on a clause more often than it may.
    """
    parts = clauses(text)
    if len(parts) == 1:
        return None
    return joined_speech([(part, speak_line(part, voice, synthesizer)) for part in parts])


def clauses(text: str) -> Sequence[str]:
    """A line cut behind its commas, semicolons, colons and dashes; never empty."""
    found: list[str] = []
    for part in _CLAUSE_END.split(text.strip()):
        if found and (len(part) < _SHORTEST or len(found[-1]) < _SHORTEST):
            found[-1] = f"{found[-1]} {part}"
        else:
            found.append(part)
    return found
