"""The worked examples of plug-ins, installed and run as a reader of docs/how-to.md would."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from podcaster.errors import SettingsWrong
from podcaster.wiring.plugins import SYNTHESIZERS, plugged
from support.paths import VOICES

EXAMPLES = Path(__file__).parents[2] / "examples"


class Reader:
    """Somebody with an installation and a folder of voices of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.voices = folder / "voices"
        self.packages = folder / "packages"
        shutil.copytree(VOICES, self.voices)

    def install(self, example: str) -> None:
        """From a copy, since a build leaves files behind."""
        copy = shutil.copytree(EXAMPLES / example, self.folder / "copies" / example)
        command = [
            sys.executable,
            "-m",
            "uv",
            "pip",
            "install",
            "-q",
            "--offline",
            "--no-deps",
            "--target",
            self.packages,
        ]
        done = subprocess.run([*command, copy], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    def adds(self, table: Path, language: str) -> None:
        file = self.voices / f"{language}.toml"
        text, phrases, rest = file.read_text(encoding="utf-8").partition("[phrases]")
        file.write_text(text + table.read_text(encoding="utf-8") + "\n" + phrases + rest, encoding="utf-8")

    def podcaster(self, *arguments: object) -> str:
        settings = {
            "PODCASTER_DATA": str(self.folder / "data"), "PODCASTER_VOICES": str(self.voices), "PODCASTER_PROOF": "off",
            "PYTHONPATH": str(self.packages),
        }  # fmt: skip
        command = [sys.executable, "-m", "podcaster", *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **settings})
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    return Reader(tmp_path)


@pytest.mark.guides
def test_a_speech_engine_is_installed_and_speaks(reader: Reader) -> None:
    reader.install("speech_engine")
    reader.adds(EXAMPLES / "speech_engine" / "en.toml", "en")
    reader.podcaster("voices", "preview", "en-morse", "--out", reader.folder / "hello.mp3")

    assert (reader.folder / "hello.mp3").stat().st_size > 10_000
    assert '"en-morse"' in reader.podcaster("voices", "list", "--json")


@pytest.mark.guides
def test_a_translation_engine_is_installed_and_translates(reader: Reader) -> None:
    reader.install("translation_engine")
    report = reader.folder / "report.md"
    report.write_text("# Лука је пуна\n\nТраjекти су ујутру пуни. Људи чекају.\n", encoding="utf-8")
    script = json.loads(reader.podcaster("script", report, "--from", "sr", "--to", "bs", "--json"))

    texts = [line["text"] for line in script["lines"]]
    assert "Luka je puna" in texts
    assert "Ljudi čekaju." in texts
    assert "Ovo je privremeni mašinski prijevod." in texts


@pytest.mark.guides
def test_a_language_is_one_file(reader: Reader) -> None:
    shutil.copy(EXAMPLES / "language" / "eo.toml", reader.voices)
    report = reader.folder / "report.md"
    report.write_text("# Haveno por Vigo\n\nLa pramoj estas plenaj matene.\n", encoding="utf-8")
    reader.podcaster("render", report, "--from", "eo", "--to", "eo", "--out", reader.folder / "out")

    (made,) = (reader.folder / "out").glob("*/eo/script.json")
    texts = [line["text"] for line in json.loads(made.read_text(encoding="utf-8"))["lines"]]
    assert "Ĉi tiun epizodon legas sinteza voĉo." in texts
    assert made.with_name("episode.mp3").stat().st_size > 10_000


@pytest.mark.guides
def test_a_voice_is_a_table_in_the_file_of_its_language(reader: Reader) -> None:
    reader.adds(EXAMPLES / "voice" / "en.toml", "en")
    reader.podcaster("voices", "preview", "en-whisper-espeak", "--out", reader.folder / "hello.mp3")

    assert (reader.folder / "hello.mp3").stat().st_size > 5_000


def test_a_plug_in_that_cannot_be_loaded_is_named_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = f"[{SYNTHESIZERS}]\nbroken = nowhere_to_be_found:Engine\n"
    described = tmp_path / "broken-1.dist-info"
    described.mkdir()
    (described / "METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 1\n")
    (described / "entry_points.txt").write_text(entry)
    monkeypatch.syspath_prepend(str(tmp_path))

    with pytest.raises(SettingsWrong, match="uninstall broken"):
        plugged(SYNTHESIZERS)
