"""Words of another language within a line, said with the sounds of their own language in the line's voice."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from podcaster.script.phonetics import ipa_of, marked, pieces

if TYPE_CHECKING:
    from collections.abc import Mapping

    from podcaster.speech.synthesizer import Speech

_ANNOTATED: Final = re.compile(r"\([a-z-]+\)")
"""Mark of eSpeak NG for a change to the rules of a third language."""
_UNSTRESSED: Final = "-"
"""eSpeak NG's sign behind a little word, such as French “du”."""


def sounds_of(transcription: str) -> str:
    """A transcription in the signs that voices take; empty if it is of no use: none, or partly by another language's rules."""
    if _ANNOTATED.search(transcription):
        return ""
    plain = "".join(
        sign
        for sign in unicodedata.normalize("NFD", transcription)
        if (unicodedata.category(sign) != "Mn" or sign == "\u0327") and sign != _UNSTRESSED
    )
    try:
        return ipa_of(f"/{' '.join(plain.split())}/") or ""
    except ValueError:
        return ""


def with_sounds(spoken: str, sounds: Mapping[str, str]) -> str:
    """The text for a voice, with the pronunciation of each of the words that stands in it alone."""
    wanted = {word: ipa for word, ipa in sounds.items() if word and ipa}
    if not wanted:
        return spoken
    longest_first = sorted(wanted, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    return "".join(
        marked(piece.text, piece.ipa)
        if piece.ipa
        else pattern.sub(lambda found: marked(found[0], wanted[found[0]]), piece.text)
        for piece in pieces(spoken)
    )


def placed_in(speech: Speech, given: str, spoken: str) -> Speech:
    """The speech with the places of its words in the text without the pronunciations that were added."""
    if given == spoken or not speech.words:
        return speech
    places = _places(given, spoken)
    return replace(
        speech, words=tuple(replace(word, place=places[min(word.place, len(places) - 1)]) for word in speech.words)
    )


def _places(given: str, spoken: str) -> list[int]:
    """For each sign of what was given, the place in the other text that it stands for."""
    places: list[int] = []
    here = 0
    for sign in given:
        places.append(min(here, max(len(spoken) - 1, 0)))
        if here < len(spoken) and sign == spoken[here]:
            here += 1
    return places
