"""Marks that an editor writes into what a voice is given: `[pause 500ms]`, `[emphasis]…[/emphasis]`, `[voice NAME]…[/voice]`.

Nothing from a report can hold one: `signs.readable` takes its brackets away.
"""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Final

from podcaster.errors import InputRefused
from podcaster.units import Milliseconds

LONGEST_MS: Final = Milliseconds(5_000)
_MARK: Final = re.compile(
    r"\s*\[pause (?P<rest>\d{1,5})\s?(?P<unit>ms|s)\]\s*"
    r"|\[(?P<emphasis>emphasis)\]\s*|\s*\[(?P<plain>/emphasis)\]"
    r"|\[voice (?P<voice>[\w.-]{1,80})\]\s*|\s*\[(?P<own>/voice)\]"
    r"|(?P<broken>\[\s*/?\s*(?i:pause|emphasis|voice)\b[^\[\]]{0,100}(?:\]|$))"
)
_ANY: Final = re.compile(r"\[\s*/?\s*(?:pause|emphasis|voice)\b", re.IGNORECASE)
_HOW: Final = "Write [pause 500ms], [emphasis]…[/emphasis] or [voice NAME]…[/voice]."


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
    """Parts of the text between marks; one part without any. A mark that is not closed holds to the end, a broken one is dropped."""
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


def faults(spoken: str, voices: Container[str]) -> tuple[str, ...]:
    """Reasons why the marks of a wording cannot be kept: broken ones, rests that are too long, and voices that nobody has."""
    found: list[str] = []
    opened: list[str] = []
    for mark in _MARK.finditer(spoken):
        if mark["broken"]:
            found.append(f"{mark['broken'].strip()!r} is no mark")
        elif mark["rest"] and int(mark["rest"]) * (1_000 if mark["unit"] == "s" else 1) > LONGEST_MS:
            found.append(f"{mark[0].strip()!r} is longer than {LONGEST_MS // 1_000} seconds")
        elif mark["voice"] and mark["voice"] not in voices:
            found.append(f"there is no voice {mark['voice']!r} for this language here")
        kind = "emphasis" if mark["emphasis"] or mark["plain"] else "voice" if mark["voice"] or mark["own"] else ""
        if mark["emphasis"] or mark["voice"]:
            opened.append(kind)
        elif kind and kind in opened:
            opened.remove(kind)
        elif kind:
            found.append(f"[/{kind}] ends nothing")
    return (*found, *(f"[{kind}] is not closed by [/{kind}]" for kind in opened))


def checked(spoken: str, voices: Container[str]) -> None:
    """Refuse a wording whose marks would not do what they say.

    Raises:
        InputRefused: names every fault.
    """
    if _ANY.search(spoken) and (wrong := faults(spoken, voices)):
        raise InputRefused(f"The marks in this wording are wrong: {'; '.join(wrong)}.", _HOW)


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
