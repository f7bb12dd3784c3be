"""Jingles: heard at both ends of an episode, while every time and every byte between them stays true."""

import io
import json
import subprocess
import sys
import wave
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import mutagen.mp3
import numpy as np
import pytest
from numpy.typing import NDArray

from podcaster.adapters.blobs import open_blobs
from podcaster.adapters.jingle_files import jingle_in
from podcaster.audio.encoder import FRAME_BYTES, FRAME_SAMPLES, SAMPLE_RATE
from podcaster.audio.loudness import integrated_lufs
from podcaster.audio.stored_clips import blob_name, unpack
from podcaster.errors import SettingsWrong
from podcaster.settings import load
from podcaster.units import ContentKey
from podcaster.wiring.speech_engines import SpeechEngines
from podcaster.wiring.stores import shipped
from support.command_line import podcaster
from support.quick_voices import quick_voices

REPORT = """# A harbour for Vigo

By Marta Reis
4 May 2026

- The ferries are full.
- A vote is planned.

The ferries are full in the morning. They are empty at night.

## What comes next

A vote is planned for the autumn.
"""
SHIPPED = shipped("voices") / "jingles"


def rendered(folder: Path, jingles: str, *, expect: int = 0) -> subprocess.CompletedProcess[str]:
    (folder / "report.md").write_text(REPORT)
    out = f"out-{jingles.count(',')}{len(jingles)}"
    settings = {"PODCASTER_DATA": folder / "data", "PODCASTER_JINGLES": jingles, "PODCASTER_VOICES": quick_voices()}
    done = podcaster(folder, "render", "report.md", "--to", "en", "--out", out, **settings)
    assert done.returncode == expect, done.stderr
    return done


def episode_in(folder: Path, jingles: str) -> Path:
    (found,) = (folder / f"out-{jingles.count(',')}{len(jingles)}").glob("[!.]*/en")
    return found


def read(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def decoded(mp3: bytes) -> NDArray[np.float64]:
    with av.open(io.BytesIO(mp3), "r", format="mp3") as container:
        return np.concatenate([frame.to_ndarray().reshape(-1).astype(float) for frame in container.decode(audio=0)])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same report rendered without jingles, with two, and with one at the end."""
    made = tmp_path_factory.mktemp("jingles")
    for jingles in ("", "opening,closing", "-,closing"):
        rendered(made, jingles)
    return made


def test_every_time_moves_by_the_length_of_the_jingle_and_by_nothing_else(folder: Path) -> None:
    bare, dressed = (read(episode_in(folder, each) / "script.json")["lines"] for each in ("", "opening,closing"))
    shift = dressed[0]["start"] - bare[0]["start"]
    assert shift > 1.5
    assert shift * 1000 % 24 == pytest.approx(0, abs=0.001)
    assert [line["clip"] for line in dressed] == [line["clip"] for line in bare]
    assert any(line["words"] for line in bare)
    for one, other in zip(bare, dressed, strict=True):
        assert other["start"] == pytest.approx(one["start"] + shift, abs=0.0005)
        assert [word["start"] for word in other["words"]] == pytest.approx(
            [word["start"] + shift for word in one["words"]], abs=0.0011
        )


def test_the_file_is_the_jingle_the_lines_and_the_jingle_byte_for_byte(folder: Path) -> None:
    blobs = open_blobs(folder / "data" / "blobs")
    mp3 = (episode_in(folder, "opening,closing") / "episode.mp3").read_bytes()
    lines = read(episode_in(folder, "opening,closing") / "script.json")["lines"]
    keys = [ContentKey(line["clip"]) for line in lines]
    between = b"".join(bytes(unpack(key, blobs.get(blob_name(key)))[1]) for key in keys)
    start = mp3.index(between)
    stored = {bytes(unpack(ContentKey(name[-64:]), blobs.get(name))[1]) for name in blobs.names("clips/")}
    assert mp3[start + len(between) :] in stored
    opening = next(each for each in stored if mp3[:start].endswith(each) and each != mp3[start + len(between) :])
    info = mp3[: start - len(opening)][-FRAME_BYTES:]
    assert b"Info" in info
    assert int.from_bytes(info[21:25]) * FRAME_BYTES == len(opening) + len(mp3) - start


def test_length_chapters_and_feed_count_the_jingles(folder: Path) -> None:
    place = episode_in(folder, "opening,closing")
    mp3 = place / "episode.mp3"
    heard = decoded(mp3.read_bytes())
    frames = len(heard) / FRAME_SAMPLES
    assert mutagen.mp3.MP3(mp3).info.length == pytest.approx(frames * 0.024, abs=0.001)
    assert read(place / "episode.json")["duration_ms"] == round(frames * 24)
    chapters = read(place / "chapters.json")["chapters"]
    assert (chapters[0]["startTime"], chapters[-1]["endTime"]) == (0, pytest.approx(frames * 0.024, abs=0.001))
    assert all(one["endTime"] == other["startTime"] for one, other in pairwise(chapters))
    tag = mutagen.mp3.MP3(mp3).tags
    assert tag["CHAP:chp0"].start_time == 0


def test_music_is_heard_before_the_first_word_and_behind_the_last(folder: Path) -> None:
    place = episode_in(folder, "opening,closing")
    heard = decoded((place / "episode.mp3").read_bytes())
    lines = read(place / "script.json")["lines"]
    before = heard[: int(lines[0]["start"] * SAMPLE_RATE)]
    behind = heard[int(lines[-1]["end"] * SAMPLE_RATE) + SAMPLE_RATE // 10 :]
    scale = 1.0 if np.max(np.abs(heard)) <= 1.5 else 32_768.0
    for music in (before, behind):
        assert -21 < integrated_lufs(music / scale, SAMPLE_RATE) < -17
    # The closing melody goes down from G5, the opening one up to it.
    assert dominant(before[: SAMPLE_RATE // 5]) == pytest.approx(392, abs=8)
    first = np.flatnonzero(np.abs(behind) > 0.02 * scale)[0]
    assert dominant(behind[first : first + SAMPLE_RATE // 5]) == pytest.approx(784, abs=8)


def dominant(samples: NDArray[np.float64]) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples)), 1 << 16))
    return float(np.argmax(spectrum)) * SAMPLE_RATE / (1 << 16)


def test_there_is_none_unless_it_is_asked_for(folder: Path) -> None:
    bare, closed = (read(episode_in(folder, each) / "script.json")["lines"] for each in ("", "-,closing"))
    assert bare[0]["start"] == closed[0]["start"] < 0.2
    lengths = [len(decoded((episode_in(folder, each) / "episode.mp3").read_bytes())) for each in ("", "-,closing")]
    assert lengths[1] - lengths[0] > SAMPLE_RATE


def test_a_second_run_repeats_the_episode_and_counts_its_lines(folder: Path) -> None:
    before = (episode_in(folder, "opening,closing") / "episode.mp3").read_bytes()
    lines = len(read(episode_in(folder, "opening,closing") / "script.json")["lines"])
    done = rendered(folder, "opening,closing")
    assert f"{lines} lines, 0 translated, 0 spoken, {lines} reused" in done.stdout
    assert (episode_in(folder, "opening,closing") / "episode.mp3").read_bytes() == before


def test_a_jingle_of_ones_own_is_faded_and_another_one_is_another_clip(tmp_path: Path) -> None:
    file = tmp_path / "own.wav"
    write_wave(file, np.full(44_100, 12_000, np.int16))
    first = jingle_in(file)
    sound = first.sound()
    assert (sound.rate, len(sound.samples)) == (SAMPLE_RATE, pytest.approx(SAMPLE_RATE, abs=50))
    assert abs(int(sound.samples[0])) < 200 > abs(int(sound.samples[-1]))
    write_wave(file, np.full(44_100, 11_000, np.int16))
    assert jingle_in(file).digest != first.digest
    settings = load({"PODCASTER_JINGLES": str(file)}, tmp_path)
    assert SpeechEngines(settings).jingle_files == (file, file)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (np.zeros(24_000, np.int16), "silent"),
        (np.full(44_100 * 31, 9_000, np.int16), "longer than 30 s"),
        (None, "no sound"),
    ],
)
def test_what_cannot_be_played_is_named(tmp_path: Path, content: NDArray[np.int16] | None, reason: str) -> None:
    file = tmp_path / "own.wav"
    if content is None:
        file.write_bytes(b"RIFF, but no sound" * 20)
    else:
        write_wave(file, content)
    with pytest.raises(SettingsWrong, match=reason):
        jingle_in(file).sound()


def test_a_jingle_that_there_is_not_is_refused_with_those_there_are(tmp_path: Path) -> None:
    done = rendered(tmp_path, "fanfare", expect=1)
    assert "There is no jingle 'fanfare'" in done.stderr
    assert "closing, opening" in " ".join(done.stderr.split())


def test_what_is_shipped_is_what_its_script_composes(tmp_path: Path) -> None:
    script = tmp_path / "compose.py"
    script.write_bytes((SHIPPED / "compose.py").read_bytes())
    subprocess.run([sys.executable, "-W", "ignore", str(script)], check=True)
    for name in ("opening.wav", "closing.wav"):
        assert (tmp_path / name).read_bytes() == (SHIPPED / name).read_bytes()


def write_wave(file: Path, samples: NDArray[np.int16]) -> None:
    with wave.open(str(file), "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(44_100)
        made.writeframes(samples.tobytes())
