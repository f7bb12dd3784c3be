"""Hears a line for a verdict: freely only where a word of its spoken form is improbable, since that takes most of the time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from podcaster.script.phonetics import as_written

if TYPE_CHECKING:
    from podcaster.proofing.recognizer import Hearing, Recognizer
    from podcaster.speech.synthesizer import Speech
    from podcaster.units import LanguageTag

_CREDIBLE: Final = 0.2
"""From 0.07 down, clips are believed that lack a word; at 0.2 none is that would be flagged otherwise."""


def hear_line(recognizer: Recognizer, speech: Speech, spoken: str, language: LanguageTag) -> Hearing:
    """The hearing of a line that a voice was given as `spoken`.

    Raises:
        NoRecognizer: the language cannot be heard here.
        EngineFailed: the recognizer gave an error.
    """
    return recognizer.hear(speech, as_written(spoken), language, credible=_CREDIBLE)
