"""Says a line that an engine refuses as it stands: in plainer letters, in parts, and without the words that nothing helps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from podcaster.errors import EngineFailed, EngineTimedOut
from podcaster.script.phonetics import as_written
from podcaster.script.spoken.foreign import romanised
from podcaster.speech.rests import joined
from podcaster.speech.speaking import speak_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from podcaster.model import Voice
    from podcaster.speech.synthesizer import Speech, Synthesizer
    from podcaster.units import LanguageTag

_FAILURES: Final = 24
"""Failures of an engine on one line before the rest of it is left out."""
_A_TIMEOUT: Final = 8
"""As how many failures an engine counts that gave no answer."""
_BETWEEN_SECONDS: Final = 0.08
_CUT: Final = re.compile(r"(?<=[,;:，、；：])\s*|\s+")
_SIGNS: Final = re.compile(r"[^\w\s.,;:!?'’।。，、؟-]+")
_LONGEST_SPELT: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Speech of a line, perhaps in parts."""

    speech: Speech
    text: str
    """The words that are heard."""
    left_out: tuple[str, ...]
    """The words that are not."""


def say_in_parts(text: str, voice: Voice, synthesizer: Synthesizer) -> Said | None:
    """As much of a line as the engine says; None if it is nothing.

    Raises:
        NoVoice: the engine does not have the voice.
    """
    attempt = _Attempt(voice, synthesizer)
    parts = attempt.parts(as_written(text))
    left_out = tuple(part for part, speech in parts if speech is None)
    said = [(part, speech) for part, speech in parts if speech is not None]
    return (
        Said(speech=joined_speech(said), text=" ".join(part for part, _ in said), left_out=left_out) if said else None
    )


def plainer(text: str, language: LanguageTag) -> str:
    """The text in letters and figures that every voice of the language knows, without signs."""
    return " ".join(_SIGNS.sub(" ", romanised(as_written(text), language)).split())


class _Attempt:
    """One line, until it is said or its failures are used up."""

    def __init__(self, voice: Voice, synthesizer: Synthesizer) -> None:
        self._voice = voice
        self._synthesizer = synthesizer
        self._left = _FAILURES

    def parts(self, text: str) -> list[tuple[str, Speech | None]]:
        """The pieces that the text comes to, each with its sound, or with None."""
        if not any(map(str.isalnum, text)):
            return []
        for form in dict.fromkeys((text, plainer(text, self._voice.language), *_spelt(text))):
            speech = self._spoken(form)
            if speech is not None:
                return [(form, speech)]
        halves = _halves(text)
        return [part for half in halves for part in self.parts(half)] if halves else [(text, None)]

    def _spoken(self, text: str) -> Speech | None:
        if self._left <= 0 or not any(map(str.isalnum, text)):
            return None
        try:
            return speak_line(text, self._voice, self._synthesizer, attempts=1)
        except EngineTimedOut:
            self._left -= _A_TIMEOUT
        except EngineFailed:
            self._left -= 1
        return None


def _spelt(text: str) -> Sequence[str]:
    """A short word letter by letter."""
    word = text.strip(".,;:!?-'’")
    return [" ".join(word)] if len(word) <= _LONGEST_SPELT and word.isalnum() else []


def _halves(text: str) -> tuple[str, str] | None:
    """A text cut between two words, as near to its middle as can be; unspaced writing between two signs."""
    cuts = [found for found in _CUT.finditer(text) if text[: found.start()].strip() and text[found.end() :].strip()]
    if cuts:
        cut = min(cuts, key=lambda found: abs(found.start() + found.end() - len(text)))
        return text[: cut.start()], text[cut.end() :]
    middle = len(text) // 2
    return (text[:middle], text[middle:]) if not text.isascii() and middle else None


def joined_speech(parts: Sequence[tuple[str, Speech]]) -> Speech:
    """One sound of several, with a short rest between them."""
    places = accumulate((len(text) + 1 for text, _ in parts), initial=0)
    between = round(parts[0][1].rate * _BETWEEN_SECONDS)
    rests = [between] * (len(parts) - 1) + [0]
    return joined([(place, speech, rest) for place, (_, speech), rest in zip(places, parts, rests, strict=False)])
