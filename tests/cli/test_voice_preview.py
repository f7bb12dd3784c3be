"""`podcaster voices`: an editor hears a voice before a report is given to it."""

import io
import subprocess
from pathlib import Path

import av
import numpy as np
import pytest

from podcaster.audio.encoder import SAMPLE_RATE
from podcaster.audio.loudness import integrated_lufs
from support import command_line
from support.piper_voice import write_voice
from support.voice_files import PHRASES

LONGER_PHRASES = PHRASES.replace("listening to {show}.", "listening to {show}. Thank you for listening.")
"""Long enough for its loudness to be measured."""


def podcaster(folder: Path, *arguments: object, **environment: object) -> subprocess.CompletedProcess[str]:
    """A command, in a data folder of its own."""
    return command_line.podcaster(folder, *arguments, **{"PODCASTER_DATA": folder / "data", **environment})


def heard(mp3: Path) -> np.ndarray:
    """Samples from -1 to 1."""
    with av.open(io.BytesIO(mp3.read_bytes()), mode="r", format="mp3") as container:
        blocks = [frame.to_ndarray().reshape(-1) for frame in container.decode(audio=0)]
    return np.concatenate(blocks).astype(np.float32)


@pytest.mark.parametrize(("who", "voice"), [("es", "es-espeak"), ("es-419-espeak", "es-419-espeak")])
def test_a_voice_is_heard_by_its_language_or_its_name_as_loud_as_in_an_episode(
    tmp_path: Path, who: str, voice: str
) -> None:
    done = podcaster(tmp_path, "voices", "preview", who, "--out", "voice.mp3")
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"voice.mp3: {voice}\n"
    samples = heard(tmp_path / "voice.mp3")
    assert len(samples) > 4 * SAMPLE_RATE
    # its gain was measured on whole reports; a few seconds differ by a little more
    assert integrated_lufs(samples, SAMPLE_RATE) == pytest.approx(-16, abs=1.5)


def test_a_piper_voice_is_preferred_where_its_files_are_and_passed_over_where_they_are_not(tmp_path: Path) -> None:
    voices = tmp_path / "voices"
    voices.mkdir()
    (voices / "en.toml").write_text(
        'language = "en"\nname = "English"\n'
        '[[voices]]\nname = "en-neural"\nengine = "piper"\nengine_voice = "en_US-hum-low"\n'
        '[[voices]]\nname = "en-embedded"\nengine = "espeak"\nengine_voice = "en"\ngain_db = 6.1\n' + LONGER_PHRASES
    )
    command = ("voices", "preview", "en", "--out", "voice.mp3")
    assert podcaster(tmp_path, *command, PODCASTER_VOICES=voices).stdout == "voice.mp3: en-embedded\n"
    write_voice(tmp_path / "data" / "piper", "en_US-hum-low")
    done = podcaster(tmp_path, *command, PODCASTER_VOICES=voices)
    assert done.stdout == "voice.mp3: en-neural\n", done.stderr
    # nobody measured its gain before
    assert integrated_lufs(heard(tmp_path / "voice.mp3"), SAMPLE_RATE) == pytest.approx(-16, abs=0.2)


@pytest.mark.parametrize("language", ["de", "ru", "zh", "hi", "fi"])
def test_voices_beyond_the_demos_languages_are_as_loud_as_its_own(tmp_path: Path, language: str) -> None:
    done = podcaster(tmp_path, "voices", "preview", f"{language}-espeak", "--out", "voice.mp3")
    assert done.returncode == 0, done.stderr
    assert integrated_lufs(heard(tmp_path / "voice.mp3"), SAMPLE_RATE) == pytest.approx(-16, abs=0.2)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nobody-at-all", "--out", "voice.mp3"), "nobody-at-all"),
        (("es", "--out", "no/such/folder/voice.mp3"), "cannot be written"),
    ],
)
def test_what_cannot_be_heard_is_one_line_and_status_one(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    done = podcaster(tmp_path, "voices", "preview", *arguments)
    assert done.returncode == 1
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_voice_whose_engine_is_not_here_says_how_to_find_one_that_is(tmp_path: Path) -> None:
    voices = tmp_path / "voices"
    voices.mkdir()
    (voices / "en.toml").write_text(
        'language = "en"\nname = "English"\n'
        '[[voices]]\nname = "en-online"\nengine = "gtts"\nengine_voice = "en"\n' + LONGER_PHRASES
    )
    done = podcaster(tmp_path, "voices", "preview", "en-online", "--out", "voice.mp3", PODCASTER_VOICES=voices)
    assert done.returncode == 1
    assert "podcaster voices list" in done.stderr
    assert not (tmp_path / "voice.mp3").exists()
