"""Hears a line for a verdict: what was heard is enough where it has the words of the line's spoken form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from podcaster.proofing.normaliser import same_words
from podcaster.script.phonetics import as_written

if TYPE_CHECKING:
    from podcaster.proofing.recognizer import Hearing, Recognizer
    from podcaster.speech.synthesizer import Speech
    from podcaster.units import LanguageTag


def hear_line(recognizer: Recognizer, speech: Speech, spoken: str, language: LanguageTag) -> Hearing:
    """The hearing of a line that a voice was given as `spoken`.

    Raises:
        NoRecognizer: the language cannot be heard here.
        EngineFailed: the recognizer gave an error.
    """
    return recognizer.hear(speech, as_written(spoken), language, enough=same_words(spoken, language))
