"""Marks that an editor writes into what a voice is given: `[pause 500ms]`, `[emphasis]…[/emphasis]`, `[voice NAME]…[/voice]`.

Nothing from a report can hold one: `signs.readable` takes its brackets away.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from podcaster.units import Milliseconds

LONGEST_MS: Final = Milliseconds(5_000)
_MARK: Final = re.compile(
    r"\s*\[pause (?P<rest>\d{1,5})\s?(?P<unit>ms|s)\]\s*"
    r"|\[(?P<emphasis>emphasis)\]\s*|\s*\[(?P<plain>/emphasis)\]"
    r"|\[voice (?P<voice>[\w.-]{1,80})\]\s*|\s*\[(?P<own>/voice)\]"
)
_ANY: Final = re.compile(r"\[(?:pause |/?emphasis\]|voice |/voice\])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Words between two marks."""

    text: str
    place: int
    """Start, in characters of the whole."""
    rest_ms: Milliseconds
    """Silence behind it."""
    emphasised: bool = False
    voice: str = ""
    """A voice's name, or a gender; empty: the line's own."""


def stretches(spoken: str) -> Iterator[Stretch]:
    """Parts of the text between marks; one part without any. A mark that is not closed holds to the end."""
    place, emphasised, voice = 0, False, ""
    for found in _MARK.finditer(spoken):
        rest = int(found["rest"] or 0) * (1_000 if found["unit"] == "s" else 1)
        yield Stretch(
            text=spoken[place : found.start()],
            place=place,
            rest_ms=Milliseconds(min(rest, LONGEST_MS)),
            emphasised=emphasised,
            voice=voice,
        )
        emphasised = (emphasised or bool(found["emphasis"])) and not found["plain"]
        voice = "" if found["own"] else found["voice"] or voice
        place = found.end()
    if place < len(spoken) or not place:
        yield Stretch(text=spoken[place:], place=place, rest_ms=Milliseconds(0), emphasised=emphasised, voice=voice)


def voices_in(spoken: str) -> tuple[str, ...]:
    """The voices that the marks of a text name, in order, each once."""
    if "[voice " not in spoken:
        return ()
    return tuple(dict.fromkeys(found["voice"] for found in _MARK.finditer(spoken) if found["voice"]))


def in_voice(spoken: str, voice: str) -> str:
    """A text marked to be said by a voice; one that names a voice itself stays."""
    return spoken if "[voice " in spoken else f"[voice {voice}]{spoken}[/voice]"


def without_marks(spoken: str) -> str:
    """The words alone."""
    if not _ANY.search(spoken):
        return spoken
    return re.sub(r"\s+(?=[.,;:!?…])", "", " ".join(_MARK.sub(_gap, spoken).split()))


def _gap(found: re.Match[str]) -> str:
    """A space where the mark had one, or stood for a rest."""
    return " " if found["rest"] or found[0] != found[0].strip() else ""
