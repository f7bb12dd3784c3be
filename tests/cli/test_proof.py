"""`podcaster proof` hears a finished episode: what is missing, twice, misplaced or said differently is told line by line."""

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from podcaster.adapters.decoding import decoded
from podcaster.adapters.espeak.pronouncer import EspeakPronouncer
from podcaster.adapters.whisper import WhisperRecognizer
from podcaster.errors import StorageFailed
from podcaster.proofing.episode_proof import TimedLine, proof_episode, timed_lines
from podcaster.proofing.verdict import Flag
from podcaster.speech.synthesizer import Speech
from podcaster.units import LanguageTag
from support import command_line

EN = LanguageTag("en")
REPORT = """---
title: A ferry returns to the lake
date: 2026-05-03
language: en
---

The ferry left the lake in 1998. Nobody could say what it will cost.

Tickets will be sold from March. The first boat leaves at six.
"""


def podcaster(folder: Path, *arguments: object, **environment: object) -> subprocess.CompletedProcess[str]:
    """A command, in a data folder of its own."""
    return command_line.podcaster(folder, *arguments, **{"PODCASTER_DATA": folder / "data", **environment})


@pytest.fixture(scope="module")
def episode(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a short episode, rendered without proofing."""
    folder = tmp_path_factory.mktemp("proof")
    (folder / "report.md").write_text(REPORT)
    done = podcaster(
        folder, "render", "report.md", "--to", "en", "--out", "out", PODCASTER_PROOF="off", PODCASTER_DISCLOSURE="off"
    )
    assert done.returncode == 0, done.stderr
    return next((folder / "out").rglob("script.json")).parent


@pytest.fixture(scope="module")
def lines(episode: Path) -> list[TimedLine]:
    return list(timed_lines(json.loads((episode / "script.json").read_text())))


@pytest.fixture(scope="module")
def audio(episode: Path) -> Speech:
    return decoded((episode / "episode.mp3").read_bytes())


@pytest.fixture(scope="module")
def recognizer(whisper_folder: Path) -> WhisperRecognizer:
    return WhisperRecognizer(whisper_folder, threads=2)


@pytest.fixture(scope="module")
def pronouncer() -> Iterator[EspeakPronouncer]:
    with EspeakPronouncer() as espeak:
        yield espeak


def test_swapped_silent_and_misplaced_lines_are_told_apart(
    recognizer: WhisperRecognizer, pronouncer: EspeakPronouncer, audio: Speech, lines: list[TimedLine]
) -> None:
    def place(seconds: float) -> int:
        return round(seconds * audio.rate)

    samples = audio.samples.copy()
    silent, late, one, other = lines[2], lines[3], lines[4], lines[5]
    samples[place(silent.start) : place(silent.end)] = 0
    samples[place(late.start) : place(late.end) + place(0.2)] = audio.samples[place(late.start - 0.2) : place(late.end)]
    length = max(place(each.end) - place(each.start) for each in (one, other))
    for there, from_line in ((one, other), (other, one)):
        first, source = place(there.start), place(from_line.start)
        samples[first : first + length] = 0
        samples[first : first + length] = audio.samples[source : source + length] * (
            np.arange(length) < place(from_line.end) - source
        )
    damaged = replace(audio, samples=samples)
    fidelity = proof_episode(damaged, lines, language=EN, recognizer=recognizer, pronouncer=pronouncer)
    flags = {each.line.index: each.verdict.flag for each in fidelity.lines}
    assert flags[silent.index] is Flag.WORDS
    assert flags[late.index] is Flag.TIME
    assert flags[one.index] is Flag.ORDER
    assert flags[other.index] is Flag.ORDER
    assert fidelity.lines[1].off_ms <= 60
    assert fidelity.heard_percent < 90


def test_the_command_tells_line_by_line(episode: Path, whisper_folder: Path, lines: list[TimedLine]) -> None:
    folder = episode.parent.parent.parent
    done = podcaster(folder, "proof", "out", "--to", "en", "--json", PODCASTER_RECOGNIZER=str(whisper_folder))
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [list(line) for line in told] == [["index", "spoken", "heard", "score", "flag"]] * len(lines)
    assert [line["spoken"] for line in told] == [line.spoken for line in lines]
    assert [line["spoken"] for line in told if line["flag"]] == []
    percent = re.search(r"([\d.]+) % heard as written, 0 of", done.stderr)
    assert percent is not None
    assert float(percent[1]) > 90


@pytest.mark.parametrize(
    ("arguments", "what"),
    [(["proof", "nothing-here"], "nothing-here has no published episode"), (["proof", "."], "There is no episode.mp3")],
)
def test_what_cannot_be_proofed_is_told(tmp_path: Path, arguments: list[str], what: str) -> None:
    done = podcaster(tmp_path, *arguments)
    assert done.returncode == 1
    assert what in done.stderr


def test_without_a_recognizer_the_command_says_how_to_get_one(episode: Path) -> None:
    done = podcaster(episode, "proof", ".")
    assert done.returncode == 1
    assert "podcaster models install whisper-base" in done.stderr


def test_a_render_without_a_recognizer_says_so_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "report.md").write_text(REPORT)
    done = podcaster(tmp_path, "render", "report.md", "--to", "en", "--out", "out")
    assert done.returncode == 0, done.stderr
    [told] = done.stderr.splitlines()
    assert told == "Clips are not heard: no recognizer; `podcaster models install whisper-base` brings one."
    silent = podcaster(tmp_path, "render", "report.md", "--to", "en", "--out", "out", PODCASTER_PROOF="off")
    assert silent.stderr == ""


def test_damaged_audio_is_told() -> None:
    with pytest.raises(StorageFailed):
        decoded(b"no sound at all" * 100)
