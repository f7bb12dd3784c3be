"""The promise of `audio.stretching.Stretcher`, over FFmpeg's filter."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from podcaster.adapters.tempo import AtempoStretcher
from podcaster.audio.stretching import Stretcher, stretched
from podcaster.errors import EngineFailed
from podcaster.speech.synthesizer import Speech, WordOnset
from podcaster.units import Hertz

RATE = Hertz(24_000)
TEMPOS = (0.8, 0.9, 1.1, 1.25, 1.5)


@pytest.fixture(scope="module")
def stretcher() -> Stretcher:
    return AtempoStretcher()


def tone(hertz: float, seconds: float) -> np.ndarray:
    return (8_000 * np.sin(2 * np.pi * hertz * np.arange(int(RATE * seconds)) / RATE)).astype(np.int16)


@pytest.mark.parametrize("tempo", TEMPOS)
@pytest.mark.parametrize("hertz", [110, 220, 440])
def test_it_is_shorter_or_longer_and_no_higher_or_lower(stretcher: Stretcher, hertz: int, tempo: float) -> None:
    said = tone(hertz, 3)
    heard = stretcher.stretch(said, RATE, tempo)
    assert len(said) / len(heard) == pytest.approx(tempo, rel=0.01)
    middle = heard[4_000 : 4_000 + RATE].astype(float)
    loudest = int(np.argmax(np.abs(np.fft.rfft(middle * np.hanning(len(middle))))))
    assert loudest == pytest.approx(hertz, abs=2)
    assert np.sqrt((middle**2).mean()) == pytest.approx(np.sqrt((said.astype(float) ** 2).mean()), rel=0.05)


@settings(max_examples=20, deadline=None)
@given(st.floats(0.5, 4), st.sampled_from(TEMPOS))
def test_the_same_gives_the_same(seconds: float, tempo: float) -> None:
    said = tone(200, seconds)
    one, other = (AtempoStretcher().stretch(said, RATE, tempo) for _ in range(2))
    assert np.array_equal(one, other)
    assert len(said) / len(one) == pytest.approx(tempo, rel=0.05)


def test_what_is_too_short_says_so(stretcher: Stretcher) -> None:
    with pytest.raises(EngineFailed):
        stretcher.stretch(np.full(5, 100, np.int16), RATE, 1.5)


def test_words_begin_where_they_are_heard(stretcher: Stretcher) -> None:
    words = (WordOnset(place=0, sample=0), WordOnset(place=4, sample=24_000))
    heard = stretched(Speech(samples=tone(200, 2), rate=RATE, words=words), 1.25, stretcher)
    assert [word.sample for word in heard.words] == [0, 19_200]
