"""Clips are heard by a machine before they are kept: what is wrong with the sound alone."""

from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from podcaster.adapters.hibari import HibariSynthesizer
from podcaster.errors import EngineFailed
from podcaster.model import Voice
from podcaster.speech.inspection import faults
from podcaster.speech.speaking import speak_line
from podcaster.speech.synthesizer import Speech
from podcaster.testing.synthesizers import ToneSynthesizer
from podcaster.units import Hertz, LanguageTag

TEXT = "The treaty was signed in Geneva, but the parliament in Ottawa never voted on it."
VOICE = Voice(language=LanguageTag("en"), name="en-US-hibari", engine="hibari", engine_voice="heart")


@pytest.fixture(scope="module")
def clean() -> Iterator[Speech]:
    with HibariSynthesizer() as hibari:
        yield hibari.speak(TEXT, VOICE)


def changed(speech: Speech, samples: NDArray[np.int16]) -> Speech:
    return Speech(samples=samples, rate=speech.rate)


def test_a_sound_clip_has_no_fault(clean: Speech) -> None:
    assert not list(faults(clean, TEXT))


@pytest.mark.parametrize("seconds", [0.6, 0.8, 1.2])
def test_a_stretch_that_is_said_twice_is_found(clean: Speech, seconds: float) -> None:
    start, length = len(clean.samples) // 3, int(seconds * clean.rate)
    twice = np.concatenate([clean.samples[: start + length], clean.samples[start:]])
    assert any("said twice" in fault for fault in faults(changed(clean, twice), TEXT))


def test_what_the_text_says_twice_may_be_heard_twice(clean: Speech) -> None:
    twice = np.concatenate([clean.samples, clean.samples])
    assert not list(faults(changed(clean, twice), "No, no, no."))


def test_a_gap_in_the_middle_is_found(clean: Speech) -> None:
    half = len(clean.samples) // 2
    broken = np.concatenate([clean.samples[:half], np.zeros(3 * clean.rate, np.int16), clean.samples[half:]])
    assert any(fault.startswith("it falls silent for 3.") for fault in faults(changed(clean, broken), TEXT))


def test_clipping_is_found(clean: Speech) -> None:
    loud = np.clip(clean.samples.astype(np.int32) * 30, -32_768, 32_767).astype(np.int16)
    assert "it is clipped" in list(faults(changed(clean, loud), TEXT))


class Stuttering(ToneSynthesizer):
    """Says one stretch twice, every time."""

    neural = True

    def __init__(self, speech: Speech) -> None:
        self.asked = 0
        half = len(speech.samples) // 2
        self._speech = changed(speech, np.concatenate([speech.samples[:half], speech.samples[half - 20_000 :]]))

    def speak(self, text: str, voice: Voice) -> Speech:
        self.asked += 1
        return self._speech


def test_an_engine_that_says_the_same_again_is_asked_once(clean: Speech) -> None:
    stuttering = Stuttering(clean)
    with pytest.raises(EngineFailed, match="said twice"):
        speak_line(TEXT, VOICE, stuttering, wait=lambda _: None)
    assert stuttering.asked == 1


def test_silence_and_the_shortest_clips_have_no_repeats() -> None:
    for length in (0, 1, 500, 24_000):
        assert not list(faults(Speech(samples=np.zeros(length, np.int16), rate=Hertz(24_000)), "A line."))
