"""Piper's own loading and streaming code, on voices that the tests make."""

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from podcaster.adapters.piper import PiperSynthesizer
from podcaster.errors import EngineFailed, EngineTimedOut, NoVoice
from podcaster.model import Voice
from podcaster.speech.catalogue import Catalogue
from podcaster.speech.speaking import speak_line
from podcaster.units import LanguageTag
from support.command_line import podcaster
from support.piper_voice import RATE, write_voice

PHRASES = (
    '[phrases]\nopening = "{show}, {date}."\nopening_undated = "{show}."\nbyline = "By {authors}."\n'
    'draft = "A draft."\nkey_points = "Key points"\nreport = "The report"\nclosing = "That was {show}."\n'
)
TEXT = "The levy falls on the operator and not on the household."
VOICE = Voice(language=LanguageTag("en"), name="en-hum", engine="piper", engine_voice="en_US-hum-low")


@pytest.fixture
def piper(tmp_path: Path) -> Iterator[PiperSynthesizer]:
    write_voice(tmp_path / "second", VOICE.engine_voice)
    write_voice(tmp_path / "second", "duo", speakers=2)
    with PiperSynthesizer([tmp_path / "first", tmp_path / "second"], longest_wait_seconds=20) as synthesizer:
        yield synthesizer


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
    with PiperSynthesizer([tmp_path]) as piper, pytest.raises(EngineFailed, match="silence"):
        piper.speak(TEXT, VOICE)


def test_a_model_that_is_cut_off_is_an_error_that_says_which_file(tmp_path: Path) -> None:
    model = write_voice(tmp_path, VOICE.engine_voice)
    model.write_bytes(model.read_bytes()[:600])
    with PiperSynthesizer([tmp_path]) as piper:
        with pytest.raises(EngineFailed, match=f"{model.name} cannot be loaded: .+"):
            piper.speak(TEXT, VOICE)
        write_voice(tmp_path, VOICE.engine_voice)
        assert piper.speak(TEXT, VOICE).samples.any()


def pids(piper: PiperSynthesizer) -> list[int]:
    return [process.pid for process in piper._processes.processes()]


def test_a_voice_that_hangs_is_ended_and_the_next_line_is_spoken(tmp_path: Path) -> None:
    write_voice(tmp_path, VOICE.engine_voice)
    with PiperSynthesizer([tmp_path], longest_wait_seconds=1.0) as piper:
        spoken = piper.speak(TEXT, VOICE).samples
        (hanging,) = pids(piper)
        os.kill(hanging, signal.SIGSTOP)
        with pytest.raises(EngineTimedOut, match=VOICE.name):
            piper.speak(TEXT, VOICE)
        with pytest.raises(ProcessLookupError):
            os.kill(hanging, 0)
        assert np.array_equal(piper.speak(TEXT, VOICE).samples, spoken)


def test_a_voice_that_dies_is_replaced_and_loses_nothing(piper: PiperSynthesizer) -> None:
    """Its model may take the process with it, but not the service."""
    spoken = piper.speak(TEXT, VOICE).samples
    (dying,) = pids(piper)
    os.kill(dying, signal.SIGKILL)
    assert np.array_equal(piper.speak(TEXT, VOICE).samples, spoken)
    assert pids(piper) != [dying]


def test_many_voices_do_not_all_stay_in_memory(tmp_path: Path) -> None:
    names = [f"voice-{number}" for number in range(6)]
    for name in names:
        write_voice(tmp_path, name)
    with PiperSynthesizer([tmp_path]) as piper:
        for name in names:
            assert piper.speak(TEXT, replace(VOICE, engine_voice=name)).samples.any()
        assert len(pids(piper)) == 4
        left = pids(piper)
    for each in left:
        with pytest.raises(ProcessLookupError):
            os.kill(each, 0)


def test_another_model_under_the_same_name_is_another_voice(piper: PiperSynthesizer, tmp_path: Path) -> None:
    """So its clips are made anew, and none of the old ones is heard among them."""
    before = piper.voice_version(VOICE)
    assert piper.voice_version(replace(VOICE, engine_voice=f"{VOICE.engine_voice}")) == before
    write_voice(tmp_path / "second", VOICE.engine_voice, loudness=0.3)
    assert piper.voice_version(VOICE) != before
    write_voice(tmp_path / "second", VOICE.engine_voice)
    assert piper.voice_version(VOICE) == before


def test_a_render_speaks_anew_with_another_model_and_with_the_same_one_not(tmp_path: Path) -> None:
    voices = tmp_path / "voices"
    voices.mkdir()
    (voices / "en.toml").write_text(
        'language = "en"\nname = "English"\n[[voices]]\nname = "en-hum"\nengine = "piper"\nengine_voice = "hum"\n'
        f"gain_db = 0\n{PHRASES}"
    )
    (tmp_path / "report.md").write_text(
        "# A harbour for Vigo\n\nBy Marta Reis\n4 May 2026\n\nThe ferries are full in the morning, and again at night.\n"
    )
    command = ("render", "report.md", "--from", "en", "--to", "en", "--out", "out")
    settings = {"PODCASTER_DATA": tmp_path / "data", "PODCASTER_VOICES": voices}
    said = []
    for loudness in (0.4, 0.4, 0.3):
        write_voice(voices / "piper", "hum", loudness=loudness)
        done = podcaster(tmp_path, *command, check=True, **settings)
        said.append(int(done.stdout.split(" spoken")[0].split()[-1]))
    assert said[0] > 2
    assert said == [said[0], 0, said[0]]


def test_a_line_with_nothing_to_say_is_an_error(piper: PiperSynthesizer) -> None:
    with pytest.raises(EngineFailed):
        speak_line("", VOICE, piper, wait=lambda _: None)


def test_the_catalogue_gives_piper_its_noise(tmp_path: Path) -> None:
    (tmp_path / "en.toml").write_text(
        'language = "en"\nname = "English"\n[[voices]]\nname = "a"\nengine = "piper"\nengine_voice = "b"\n'
        f"noise_scale = 0.3\nnoise_w_scale = 0.4\n{PHRASES}"
    )
    (voice,) = Catalogue(tmp_path).voices(LanguageTag("en"))
    assert (voice.noise_scale, voice.noise_w_scale) == (0.3, 0.4)
