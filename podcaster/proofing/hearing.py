"""Hears a line for a verdict: freely only where a word of its spoken form is improbable, since that takes most of the time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from podcaster.script.phonetics import as_written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from podcaster.proofing.recognizer import ExpectedWord, Hearing, Recognizer
    from podcaster.speech.synthesizer import Speech
    from podcaster.units import LanguageTag

_CREDIBLE: Final = 0.2
"""From 0.07 down, clips are believed that lack a word; at 0.2 none is that would be flagged otherwise."""
_AUDIBLE: Final = 400
_LAST_WORD_S, _LAST_LETTER_S = 0.25, 0.07
"""A last word takes no longer, and so much for each of its letters; `stations` took 0.80 s."""


def hear_line(recognizer: Recognizer, speech: Speech, spoken: str, language: LanguageTag) -> Hearing:
    """The hearing of a line that a voice was given as `spoken`.

    Probabilities say nothing of what sounds behind the last word: where it seems too long, the clip is heard freely, too.

    Raises:
        NoRecognizer: the language cannot be heard here.
        EngineFailed: the recognizer gave an error.
    """
    written = as_written(spoken)
    hearing = recognizer.hear(speech, written, language, credible=_CREDIBLE)
    if hearing.text == written.strip() and _goes_on(speech, hearing.expected):
        return recognizer.hear(speech, written, language)
    return hearing


def _goes_on(speech: Speech, words: Sequence[ExpectedWord]) -> bool:
    """Whether something may sound behind the last word."""
    import numpy as np  # noqa: PLC0415 # slow to load

    last = next((word for word in reversed(words) if any(map(str.isalnum, word.text))), None)
    audible = np.flatnonzero(np.abs(speech.samples.astype(np.int32)) > _AUDIBLE)
    if last is None or not len(audible):
        return False
    letters = sum(map(str.isalnum, last.text))
    return bool(audible[-1] / speech.rate - last.start > _LAST_WORD_S + _LAST_LETTER_S * letters)
