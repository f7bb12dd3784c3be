"""Casting: the voice for a language, and for listeners who wish for another."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from podcaster.model import Reading, Voice
from podcaster.speech.catalogue import Catalogue
from podcaster.speech.synthesizer import Synthesizer
from podcaster.units import LanguageTag

GENDERS = ("female", "male")
Cast = Sequence[tuple[Voice, Synthesizer]]
"""The voice that speaks, then those that stand in for it where its engine fails."""


def ready_voices(
    catalogue: Catalogue, language: LanguageTag, synthesizers: Mapping[str, Synthesizer]
) -> Sequence[Voice]:
    """The voices of a language that can speak here, in order of preference.

    Raises:
        NoVoice: no file serves the language.
        SettingsWrong: its file is wrong.
    """
    engines = ((voice, synthesizers.get(voice.engine)) for voice in catalogue.voices(language))
    return [voice for voice, engine in engines if engine is not None and engine.has(voice)]


def wished(voices: Sequence[Voice], wishes: Sequence[str]) -> Voice | None:
    """The first voice that fits the earliest wish that any voice fits; None if none does."""
    fitting = (voice for wish in wishes for voice in voices if wish in {voice.name, voice.gender})
    return next(fitting, None)


def cast(
    catalogue: Catalogue,
    language: LanguageTag,
    synthesizers: Mapping[str, Synthesizer],
    reading: Reading,
) -> Cast:
    """The show's voices of a language at the listener's pace, the voice that is wished for first, if there is one.

    Raises:
        NoVoice: no engine that is here has a voice of the language.
        SettingsWrong: the language's file is wrong.
    """
    usual = catalogue.fallback_voices(language, synthesizers)
    first = wished(ready_voices(catalogue, language, synthesizers), reading.voices)
    if first is not None:
        usual = ((first, synthesizers[first.engine]), *(each for each in usual if each[0].engine != first.engine))
    return [(_paced(voice, synthesizer, reading.rate), synthesizer) for voice, synthesizer in usual]


def _paced(voice: Voice, synthesizer: Synthesizer, rate: float) -> Voice:
    """By the engine where it can, for it shortens what a speaker would shorten; it is then not as loud as before."""
    if rate == 1:
        return voice
    if synthesizer.paced:
        return replace(voice, rate_wpm=round(voice.rate_wpm * rate), gain_db=None)
    return replace(voice, tempo=rate)
