"""Speaks one line, and checks the sound before it is kept."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from time import sleep
from unicodedata import category

from podcaster.errors import EngineFailed
from podcaster.model import Voice
from podcaster.script.inline_marks import Stretch, stretches
from podcaster.script.phonetics import as_written
from podcaster.script.spoken.foreign import foreign_words
from podcaster.speech.rests import louder, with_rests
from podcaster.speech.synthesizer import Speech, Synthesizer
from podcaster.units import LanguageTag, Milliseconds

ATTEMPTS = 3
_PAUSE_SECONDS = 0.2
_AUDIBLE = 300
"""About -40 dB, of 32,768: a quieter clip is silent."""
_SECONDS_A_LETTER = 0.065
_SECONDS_AN_IDEOGRAPH = 0.22
_IDEOGRAPHS_FROM = 0x2E80
_AT_LEAST, _AT_MOST = 0.3, 3.0
_SECONDS_SPELT = 1.0
"""For a letter that is said by its name: `Arabic letter noon`."""
_INITIALS = re.compile(r"\b[^\W\d_a-z]{2,}\b")
_EMPHASIS_PACE = 0.85
_EMPHASIS_DB = 2.0
_EMPHASIS_REST_MS = Milliseconds(60)
Voices = Callable[[str], tuple[Voice, Synthesizer] | None]
"""Voices of the language by name or gender."""
_JUDGED_FROM_SECONDS = 1.0
"""Shorter texts vary too much to be judged by their length."""


def nobody(_: str) -> None:
    """No other voice."""


def speak_line(
    text: str,
    voice: Voice,
    synthesizer: Synthesizer,
    *,
    attempts: int = ATTEMPTS,
    wait: Callable[[float], None] = sleep,
    voices: Voices = nobody,
) -> Speech:
    """Have a text spoken; silence, or far too little or too much sound, is an error and is tried again.

    Where an editor wrote a rest (`script.inline_marks`) there is silence; what is marked as emphasised is said slower and louder, and
    what is marked for another voice by that one, if `voices` has it.

    What a neural engine says is refused, too, where it is clipped, breaks off or says a stretch twice. An engine that would say the
    same once more is not asked again.

    Raises:
        NoVoice: the engine does not have the voice.
        EngineFailed: it failed `attempts` times.
    """
    parts = [part for part in stretches(text) if any(map(str.isalnum, part.text))]
    if parts and parts[0].text != text:
        say = partial(_stretch, voice=voice, synthesizer=synthesizer, voices=voices, attempts=attempts, wait=wait)
        return with_rests([(_set_apart(part), say(part)) for part in parts])
    for attempt in range(1, attempts):
        try:
            speech = synthesizer.speak(text, voice)
        except EngineFailed:
            wait(_PAUSE_SECONDS * attempt)
            continue
        try:
            return _believed(speech, text, voice, neural=synthesizer.neural)
        except EngineFailed:
            if synthesizer.deterministic:
                raise
            wait(_PAUSE_SECONDS * attempt)
    return _believed(synthesizer.speak(text, voice), text, voice, neural=synthesizer.neural)


def _stretch(
    part: Stretch,
    *,
    voice: Voice,
    synthesizer: Synthesizer,
    voices: Voices,
    attempts: int,
    wait: Callable[[float], None],
) -> Speech:
    """One stretch by its voice, as loud as the line's own voice would be."""
    speaker, engine = (voices(part.voice) if part.voice else None) or (voice, synthesizer)
    gain_db = (speaker.gain_db or 0) - (voice.gain_db or 0) if speaker is not voice else 0.0
    if part.emphasised:
        gain_db += _EMPHASIS_DB
        speaker = replace(speaker, rate_wpm=round(speaker.rate_wpm * _EMPHASIS_PACE)) if engine.paced else speaker
    return louder(speak_line(part.text, speaker, engine, attempts=attempts, wait=wait), gain_db)


def _set_apart(part: Stretch) -> Stretch:
    """A short rest behind what is emphasised, too."""
    return replace(part, rest_ms=max(part.rest_ms, _EMPHASIS_REST_MS)) if part.emphasised else part


def expected_seconds(text: str) -> float:
    """About how long a text is heard; digits, signs and marks are left out."""
    letters = "".join(filter(str.isalpha, as_written(text)))
    ideographs = 0 if letters.isascii() else sum(ord(sign) >= _IDEOGRAPHS_FROM for sign in letters)
    return ideographs * _SECONDS_AN_IDEOGRAPH + (len(letters) - ideographs) * _SECONDS_A_LETTER


def _spelt(text: str, language: LanguageTag) -> str:
    """The letters of a text that an engine says by their names: initials, and those of scripts that its voice lacks."""
    return "".join((*_INITIALS.findall(text), *foreign_words(text, language)))


def _believed(speech: Speech, text: str, voice: Voice, *, neural: bool) -> Speech:
    seconds = len(speech.samples) / speech.rate
    expected = expected_seconds(text)
    if len(speech.samples) == 0 or int(abs(speech.samples).max()) < _AUDIBLE:
        raise EngineFailed(f"{voice.name} gave silence for {text[:40]!r}.", "Render again, or choose another voice.")
    too_much = seconds > expected * _AT_MOST + _SECONDS_SPELT * len(_spelt(text, voice.language))
    too_much = too_much and not any(category(sign)[0] in "NS" for sign in text)
    if expected >= _JUDGED_FROM_SECONDS and (seconds < expected * _AT_LEAST or too_much):
        raise EngineFailed(
            f"{voice.name} gave {seconds:.1f} s of sound for {text[:40]!r}, where about {expected:.1f} s were expected.",
            "Render again, or choose another voice.",
        )
    from podcaster.speech.inspection import faults  # noqa: PLC0415 # numpy: a process that only serves needs none

    wrong = ", ".join(faults(speech, text)) if neural else ""
    if wrong:
        raise EngineFailed(
            f"{voice.name} spoke {text[:40]!r} badly: {wrong}.", "Render again, or choose another voice."
        )
    return speech
