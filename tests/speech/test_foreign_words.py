"""Words of another language are said with the sounds of their own, in the line's voice."""

import numpy as np
import pytest

from podcaster.script.phonetics import as_written
from podcaster.script.spoken.foreign import pronounceable
from podcaster.speech.foreign_words import placed_in, sounds_of, with_sounds
from podcaster.speech.synthesizer import Speech, WordOnset
from podcaster.units import Hertz, LanguageTag


def test_a_transcription_is_taken_in_the_signs_that_voices_know() -> None:
    assert sounds_of("deʒˈa vˈy") == "deʒˈa vˈy"
    assert sounds_of("ɡˈaʁ dy- nˈɔʁ") == "ɡˈaʁ dy nˈɔʁ"
    assert sounds_of("(en)tʃˈaɪniːz(ja)") == ""
    assert sounds_of("sa2mˈa2cha2sj") == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The mayor Владимир Иванов spoke.", (("Владимир Иванов", "ru"),)),
        ("Зеленський and Παπαδόπουλος met.", (("Зеленський", "uk"), ("Παπαδόπουλος", "el"))),
        ("The well بئر and 王小明 stay.", ()),
        ("Take α.", ()),
    ],
)
def test_scripts_that_say_how_they_sound_have_a_language(text: str, words: tuple[tuple[str, str], ...]) -> None:
    assert pronounceable(text, LanguageTag("en")) == words


def test_a_word_has_its_own_sounds_and_stays_written() -> None:
    given = with_sounds("The déjà vu of it, déjà vus not.", {"déjà vu": "deʒa vy"})

    assert given == "The ⟦déjà vu|deʒa vy⟧ of it, déjà vus not."
    assert as_written(given) == "The déjà vu of it, déjà vus not."


def test_words_keep_their_places_in_the_line() -> None:
    spoken = "The déjà vu of it."
    given = with_sounds(spoken, {"déjà vu": "deʒa vy"})
    words = tuple(WordOnset(place=given.index(word), sample=0) for word in ("The", "déjà", "of", "it"))

    speech = placed_in(Speech(samples=np.zeros(1, np.int16), rate=Hertz(8_000), words=words), given, spoken)

    assert [word.place for word in speech.words] == [spoken.index(word) for word in ("The", "déjà", "of", "it")]
