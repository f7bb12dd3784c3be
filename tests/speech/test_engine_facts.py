"""Facts about a voice that editors see before they choose it."""

from dataclasses import replace

from podcaster.model import Voice
from podcaster.speech.catalogue import Catalogue
from podcaster.speech.engine_facts import engine_facts, quality
from podcaster.units import LanguageTag
from support.paths import VOICES

VOICE = Voice(language=LanguageTag("gl"), name="gl-kokoro", engine="kokoro", engine_voice="ef_dora#gl")


def test_every_engine_of_the_catalogue_has_its_facts() -> None:
    catalogue = Catalogue(VOICES)
    engines = {voice.engine for language in catalogue.languages for voice in catalogue.voices(language)}
    assert engines == set(engine_facts())
    assert all(facts.licence for facts in engine_facts().values())


def test_a_voice_is_told_with_what_was_measured_and_its_accent() -> None:
    said = quality(replace(VOICE, misheard_percent=26.1, accent="es"))
    assert said == "26.1 % of words misheard, 1.7 × real time, 650 MB, loads in 1 s, with an accent (es)"


def test_what_is_misheard_of_a_language_without_spaces_is_counted_in_syllables() -> None:
    said = quality(replace(VOICE, language=LanguageTag("zh-TW"), engine="theirs", misheard_percent=4.1))
    assert said == "4.1 % of syllables misheard"


def test_an_engine_of_somebody_elses_has_no_facts() -> None:
    assert quality(replace(VOICE, engine="theirs")) == ""


def test_no_voice_is_better_understood_than_the_default_of_its_language_and_as_fast() -> None:
    """One word of a hundred is chance: they were measured on a dozen or two of lines."""
    catalogue = Catalogue(VOICES)
    for language in catalogue.languages:
        measured = [
            (voice.misheard_percent, engine_facts()[voice.engine].times_real_time or 0)
            for voice in catalogue.voices(language)
            if voice.misheard_percent is not None
        ]
        better = (misheard < best - 1 and pace >= speed for best, speed in measured[:1] for misheard, pace in measured)
        assert not any(better), language
