"""Piper's own loading and streaming code, on voices that the tests make."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from piper_voice import RATE, write_voice

from podcaster.adapters.piper import PiperSynthesizer
from podcaster.errors import EngineFailed, NoVoice
from podcaster.model import Voice
from podcaster.speech.catalogue import Catalogue
from podcaster.speech.speaking import speak_line
from podcaster.units import LanguageTag

TEXT = "The levy falls on the operator and not on the household."
VOICE = Voice(language=LanguageTag("en"), name="en-hum", engine="piper", engine_voice="en_US-hum-low")


@pytest.fixture
def piper(tmp_path: Path) -> PiperSynthesizer:
    write_voice(tmp_path / "second", VOICE.engine_voice)
    write_voice(tmp_path / "second", "duo", speakers=2)
    return PiperSynthesizer([tmp_path / "first", tmp_path / "second"])


def pitch(samples: np.ndarray) -> float:
    """The strongest frequency, in hertz."""
    return float(np.abs(np.fft.rfft(samples.astype(float))).argmax()) * RATE / len(samples)


def test_a_voice_is_two_files_in_a_folder(piper: PiperSynthesizer) -> None:
    speech = speak_line(TEXT, VOICE, piper)
    assert speech.rate == RATE
    assert speech.samples.dtype == np.int16
    assert piper.version.startswith("piper-1.")


def test_every_sentence_of_a_line_is_heard(piper: PiperSynthesizer) -> None:
    once = piper.speak(TEXT, VOICE).samples
    assert len(piper.speak(f"{TEXT} {TEXT}", VOICE).samples) == pytest.approx(2 * len(once), rel=0.01)


def test_the_rate_of_the_catalogue_is_the_pace_of_the_voice(piper: PiperSynthesizer) -> None:
    usual = len(piper.speak(TEXT, VOICE).samples)
    assert len(piper.speak(TEXT, replace(VOICE, rate_wpm=330)).samples) == pytest.approx(usual / 2, rel=0.01)


def test_a_speaker_is_named_behind_the_voice(piper: PiperSynthesizer) -> None:
    low, high, second = (
        piper.speak(TEXT, replace(VOICE, engine_voice=f"duo#{speaker}")).samples for speaker in ("low", "high", "1")
    )
    assert pitch(high) == pytest.approx(2 * pitch(low), rel=0.02)
    assert np.array_equal(high, second)


@pytest.mark.parametrize("name", ["duo#third", "duo#2", "missing", "../second/duo", "", ".hidden"])
def test_a_voice_or_speaker_that_is_not_here_is_no_voice(piper: PiperSynthesizer, name: str) -> None:
    voice = replace(VOICE, engine_voice=name)
    assert not piper.has(voice)
    with pytest.raises(NoVoice):
        piper.speak(TEXT, voice)


def test_noise_is_what_the_catalogue_says(piper: PiperSynthesizer) -> None:
    clean = piper.speak(TEXT, replace(VOICE, noise_scale=0.0)).samples
    assert np.array_equal(clean, piper.speak(TEXT, VOICE).samples)
    assert not np.array_equal(clean, piper.speak(TEXT, replace(VOICE, noise_scale=0.5)).samples)


def test_phoneme_codes_in_a_report_are_text(piper: PiperSynthesizer) -> None:
    spelled = piper.speak("Codes [[h@'loU]] and [[[[h]]]] here.", VOICE).samples
    assert np.array_equal(spelled, piper.speak("Codes [ [h@'loU]] and [ [ [ [h]]]] here.", VOICE).samples)


def test_a_silent_model_is_an_error_and_never_a_clip(tmp_path: Path) -> None:
    write_voice(tmp_path, VOICE.engine_voice, loudness=0.0)
    with pytest.raises(EngineFailed, match="silence"):
        PiperSynthesizer([tmp_path]).speak(TEXT, VOICE)


def test_a_model_that_is_cut_off_is_an_error_that_says_which_file(tmp_path: Path) -> None:
    model = write_voice(tmp_path, VOICE.engine_voice)
    model.write_bytes(model.read_bytes()[:600])
    with pytest.raises(EngineFailed, match=model.name):
        PiperSynthesizer([tmp_path]).speak(TEXT, VOICE)


def test_a_line_with_nothing_to_say_is_an_error(piper: PiperSynthesizer) -> None:
    with pytest.raises(EngineFailed):
        speak_line("", VOICE, piper, wait=lambda _: None)


def test_the_catalogue_gives_piper_its_noise(tmp_path: Path) -> None:
    (tmp_path / "en.toml").write_text(
        'language = "en"\nname = "English"\n[[voices]]\nname = "a"\nengine = "piper"\nengine_voice = "b"\n'
        "noise_scale = 0.3\nnoise_w_scale = 0.4\n[phrases]\n"
    )
    (voice,) = Catalogue(tmp_path).voices(LanguageTag("en"))
    assert (voice.noise_scale, voice.noise_w_scale) == (0.3, 0.4)
