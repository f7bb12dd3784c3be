"""Other ways to say a line that a voice mangles: clause by clause, and behind a dash."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from podcaster.script.inline_marks import without_marks
from podcaster.speech.parts import joined_speech
from podcaster.speech.speaking import Voices, nobody, speak_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from podcaster.model import Voice
    from podcaster.speech.synthesizer import Speech, Synthesizer

_CLAUSE_END: Final = re.compile(r"(?<=[,;:—–])\s+")
_DASH: Final = "— "
_SHORTEST: Final = 12
"""Letters; what is shorter is said with its neighbour."""


def say_behind_dash(text: str, voice: Voice, synthesizer: Synthesizer, *, voices: Voices = nobody) -> Speech:
    """The line with a dash in front, which is silent: as the very first sound, Kokoro swallows little words (“La alcaldesa”).

    Not the first choice: it saves one line of Spanish in 24, and gives short titles a sound that nobody wrote.

    Raises:
        NoVoice: the engine does not have the voice.
        EngineFailed: it failed more often than it may.
    """
    speech = speak_line(f"{_DASH}{text}", voice, synthesizer, voices=voices)
    return replace(speech, words=tuple(replace(word, place=word.place - len(_DASH)) for word in speech.words))


def say_by_clause(text: str, voice: Voice, synthesizer: Synthesizer) -> Speech | None:
    """The line as one sound of its clauses; None where it has but one, or marks that a cut could part.

    Raises:
        NoVoice: the engine does not have the voice.
        EngineFailed: it failed on a clause more often than it may.
    """
    parts = clauses(text)
    if len(parts) == 1 or without_marks(text) != text:
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
