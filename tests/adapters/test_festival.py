"""Festival's Catalan voice: what a line becomes before it is said, and what is known of its words."""

import numpy as np
import pytest

from podcaster.adapters.festival import FestivalSynthesizer
from podcaster.adapters.festival.catalan_phones import syllables
from podcaster.adapters.festival.script import ENCODING, line_script
from podcaster.model import Voice
from podcaster.units import LanguageTag
from support.requirements import missing

ONA = Voice(language=LanguageTag("ca"), name="ca-ona-festival", engine="festival", engine_voice="upc_ca_ona_hts")


@pytest.fixture(scope="module")
def festival() -> FestivalSynthesizer:
    synthesizer = FestivalSynthesizer()
    if not synthesizer.has(ONA):
        missing("Festival's Catalan voice is not installed; `./run test` installs it")
    return synthesizer


@pytest.mark.parametrize(
    ("ipa", "entry"),
    [
        ("ʃinˈʒjaŋ", "((S i n) 0) ((Z j a1 n) 1)"),
        ("ɡabɾiˈel", "((g a) 0) ((b r i) 0) ((e1 l) 1)"),
        ("mbaˈpe", "((m b a) 0) ((p e1) 1)"),
        ("ʃi", "((S i1) 1)"),
        ("ˈdʒo ˈbajdən", "((d Z o1) 1) ((b a1 j) 1) ((d ax n) 0)"),
    ],
)
def test_a_pronunciation_becomes_syllables_with_their_stress(ipa: str, entry: str) -> None:
    assert syllables(ipa) == entry


@pytest.mark.parametrize("ipa", ["ǂǃ", "st"])
def test_a_pronunciation_without_a_sound_that_is_near_or_without_a_vowel_has_none(ipa: str) -> None:
    assert syllables(ipa) is None


def test_nothing_in_a_line_is_a_command() -> None:
    script = line_script('")(quit)(print "x\\', "upc_ca_ona_hts", sound="line.wav")
    assert script.scheme.count('"') == line_script("x", "upc_ca_ona_hts", sound="line.wav").scheme.count('"')
    assert "(quit)" not in script.scheme


@pytest.mark.parametrize("line", ["Łódź i Đurđević", "习近平 parla", "🙂 molt bé", "a\ud800b", "50 € per l’òpera…"])
def test_every_line_can_be_written_in_festivals_encoding(line: str) -> None:
    script = line_script(line, "upc_ca_ona_hts", sound="line.wav")
    assert script.scheme.encode(ENCODING)
    assert len(script.text) == len(script.places)


def test_words_are_found_where_they_stand_in_the_line(festival: FestivalSynthesizer) -> None:
    line = "El «col·legi» de ⟦Xinjiang|ʃinˈʒjaŋ⟧, obert."
    speech = festival.speak(line, ONA)
    heard = [line[word.place :].split(maxsplit=1)[0] for word in speech.words]
    assert heard == ["El", "col·legi»", "de", "⟦Xinjiang|ʃinˈʒjaŋ⟧,", "obert."]
    assert [word.sample for word in speech.words] == sorted(word.sample for word in speech.words)


def test_a_pronunciation_is_what_the_voice_itself_would_say(festival: FestivalSynthesizer) -> None:
    said = festival.speak("La ⟦Xyz|ˈʎuna⟧ surt.", ONA)
    assert np.array_equal(said.samples, festival.speak("La ⟦Zyx|ˈʎuna⟧ surt.", ONA).samples)
    assert not np.array_equal(said.samples, festival.speak("La Xyz surt.", ONA).samples)


def test_a_voices_name_is_no_path() -> None:
    festival = FestivalSynthesizer()
    assert not festival.has(Voice(language=ONA.language, name="x", engine="festival", engine_voice="../catalan"))


@pytest.mark.parametrize("line", ["Això és una prova.", "Fins demà.", "Sis sisos."])
def test_the_breath_before_and_behind_a_line_is_no_part_of_it(festival: FestivalSynthesizer, line: str) -> None:
    speech = festival.speak(line, ONA)
    loud = np.flatnonzero(np.abs(speech.samples.astype(np.int32)) > 800)
    assert loud[0] < 0.15 * speech.rate
    assert len(speech.samples) - loud[-1] < 0.25 * speech.rate
    assert 0 <= speech.words[0].sample < 0.05 * speech.rate
