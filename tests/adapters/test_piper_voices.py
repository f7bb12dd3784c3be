"""Piper voices: from the index, a URL or a file, checked and tried before they take a place, replaced whole."""

import hashlib
import json
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from podcaster.adapters.fetch import GuardedFetcher
from podcaster.adapters.piper import PiperSynthesizer
from podcaster.adapters.piper.voices import PiperVoices
from podcaster.errors import SourceNotFound, SourceUnreachable, VoiceRefused, VoiceUnknown
from podcaster.model import Voice
from podcaster.ports import VoicePackage
from podcaster.units import LanguageTag
from support import command_line
from support.piper_voice import write_voice
from support.web_server import WebServer, web_server

NAME = "pt_PT-tugão-medium"
WHERE = "/voices/pt/pt_PT/tug%C3%A3o/medium"
CARD = "# Model card for tugão (medium)\n\n* Language: pt_PT\n* Quality: medium\n\n## Dataset\n\n* License: CC0 1.0\n"
VOICE = Voice(language=LanguageTag("pt"), name="pt-piper", engine="piper", engine_voice=NAME)


def unwatched(_: int, __: int | None) -> None:
    """Nobody looks."""


def published(server: WebServer, folder: Path, **changes: object) -> None:
    """A voice and its index, as Piper publishes them."""
    model = write_voice(folder, NAME)
    files = {
        f"{NAME}.onnx": model.read_bytes(),
        f"{NAME}.onnx.json": Path(f"{model}.json").read_bytes(),
        "MODEL_CARD": CARD.encode(),
    }
    listed = {}
    for name, body in files.items():
        server.files[f"{WHERE}/{name.replace('ã', '%C3%A3')}"] = body
        listed[f"pt/pt_PT/tugão/medium/{name}"] = {"size_bytes": len(body), "md5_digest": _md5(body)}
    entry = {
        "key": NAME, "name": "tugão", "language": {"code": "pt_PT", "family": "pt", "name_english": "Portuguese"},
        "quality": "medium", "num_speakers": 1, "speaker_id_map": {}, "files": listed, "aliases": [], **changes,
    }  # fmt: skip
    index = {NAME: entry, "../evil": entry, "half": entry, "nonsense": 3}
    server.files["/voices/voices.json"] = json.dumps(index).encode()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[WebServer]:
    with web_server() as made:
        published(made, tmp_path / "published")
        yield made


def _md5(body: bytes) -> str:
    return hashlib.md5(body, usedforsecurity=False).hexdigest()


def store(folder: Path, server: WebServer | None = None) -> PiperVoices:
    index = f"{server.url}/voices/voices.json" if server else "http://127.0.0.1:9/voices.json"
    return PiperVoices(folder, GuardedFetcher(allow_loopback=True), index=index)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def test_the_index_says_what_a_voice_is_before_it_is_downloaded(server: WebServer, tmp_path: Path) -> None:
    voices = store(tmp_path / "piper", server)
    (voice,) = voices.available()
    assert (voice.name, voice.language, voice.quality, voice.speakers) == (NAME, "pt-PT", "medium", 1)
    assert voice.size_bytes == sum(len(body) for path, body in server.files.items() if path.startswith(WHERE))
    assert voices.licence(voice) == "CC0 1.0"


@pytest.mark.parametrize("origin", ["name", "name and speaker", "url", "file"])
def test_an_installed_voice_speaks(server: WebServer, tmp_path: Path, origin: str) -> None:
    folder = tmp_path / "a folder"
    what = {
        "name": NAME,
        "name and speaker": f"{NAME}#0",
        "url": f"{server.url}{WHERE}/pt_PT-tug%C3%A3o-medium.onnx",
        "file": str(tmp_path / "published" / f"{NAME}.onnx"),
    }[origin]
    told: list[tuple[int, int | None]] = []
    voice = store(folder, server).install(what, lambda done, total: told.append((done, total)))
    assert voice.name == NAME
    with PiperSynthesizer([folder]) as piper:
        assert piper.speak("Olá a todos.", VOICE).samples.any()
    whole = (tmp_path / "published" / f"{NAME}.onnx").stat().st_size
    assert (told[-1] == (whole, whole)) if origin != "file" else not told
    assert {f"{NAME}.onnx", f"{NAME}.onnx.json"} <= set(names(folder))
    assert [each.name for each in store(folder).installed()] == [NAME]
    assert not [path for path in folder.rglob(".*/*") if path.is_file()]
    assert (tmp_path / "published" / f"{NAME}.onnx").is_file()


def test_the_licence_stays_with_the_voice(server: WebServer, tmp_path: Path) -> None:
    voice = store(tmp_path / "piper", server).install(NAME, unwatched)
    assert store(tmp_path / "piper").licence(voice) == "CC0 1.0"
    assert store(tmp_path / "piper").licence(VoicePackage(name="another")) == ""


def test_a_download_that_was_cut_off_goes_on_where_it_ended(server: WebServer, tmp_path: Path) -> None:
    path = f"{WHERE}/pt_PT-tug%C3%A3o-medium.onnx"
    server.cut_after[path] = 1_000
    with pytest.raises(SourceUnreachable):
        store(tmp_path / "piper", server).install(NAME, unwatched)
    assert names(tmp_path / "piper") == []
    store(tmp_path / "piper", server).install(NAME, unwatched)
    ranges = [headers.get("Range") for _, asked, headers in server.asked if asked == path]
    assert ranges == [None, "bytes=1000-"]


def test_a_wrong_checksum_is_refused_and_the_old_voice_stays(server: WebServer, tmp_path: Path) -> None:
    folder = tmp_path / "piper"
    store(folder, server).install(NAME, unwatched)
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    louder = write_voice(tmp_path / "other", NAME, loudness=0.5).read_bytes()
    server.files[f"{WHERE}/pt_PT-tug%C3%A3o-medium.onnx"] = louder
    with pytest.raises(VoiceRefused, match="checksum"):
        store(folder, server).install(NAME, unwatched)
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_installing_again_replaces_both_files(server: WebServer, tmp_path: Path) -> None:
    folder = tmp_path / "piper"
    store(folder, server).install(NAME, unwatched)
    other = write_voice(tmp_path / "other", NAME, speakers=2)
    assert store(folder).install(str(other), unwatched).speakers == 2
    assert (folder / f"{NAME}.onnx").read_bytes() == other.read_bytes()


def damaged(folder: Path) -> Mapping[str, Path]:
    """Voices that are none, each for a reason of its own."""
    cut = write_voice(folder / "cut", NAME)
    cut.write_bytes(cut.read_bytes()[:600])
    silent = write_voice(folder / "silent", NAME, loudness=0.0)
    unnamed = write_voice(folder / "unnamed", ".hidden")
    empty = write_voice(folder / "empty", NAME)
    Path(f"{empty}.json").write_text("{}")
    text = write_voice(folder / "text", NAME)
    Path(f"{text}.json").write_text("[")
    bare = write_voice(folder / "bare", NAME)
    about = json.loads(Path(f"{bare}.json").read_text())
    Path(f"{bare}.json").write_text(json.dumps({"num_speakers": 1, "speaker_id_map": about["speaker_id_map"]}))
    return {"cut": cut, "silent": silent, "unnamed": unnamed, "empty": empty, "text": text, "bare": bare}


@pytest.mark.parametrize("what", ["cut", "silent", "unnamed", "empty", "text", "bare"])
def test_a_voice_that_does_not_speak_takes_no_place(tmp_path: Path, what: str) -> None:
    with pytest.raises(VoiceRefused):
        store(tmp_path / "piper").install(str(damaged(tmp_path)[what]), unwatched)
    assert names(tmp_path / "piper") == []


def test_what_is_not_there_is_said_so(server: WebServer, tmp_path: Path) -> None:
    with pytest.raises(VoiceUnknown, match="--available"):
        store(tmp_path, server).install("en_XX-nobody-low", unwatched)
    with pytest.raises(SourceNotFound):
        store(tmp_path, server).install("/nowhere/voice.onnx", unwatched)
    for address in (f"{server.url}/page.html", "https://[half/voice.onnx"):
        with pytest.raises(VoiceRefused, match="not a Piper voice"):
            store(tmp_path, server).install(address, unwatched)
    with pytest.raises(SourceUnreachable, match=r"install FILE\.onnx"):
        store(tmp_path).install("en_XX-nobody-low", unwatched)


def podcaster(server: WebServer, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return command_line.podcaster(
        folder,
        *arguments,
        PODCASTER_DATA=folder,
        PODCASTER_PIPER_INDEX=f"{server.url}/voices/voices.json",
        PODCASTER_ARGOS_INDEX=f"{server.url}/index.json",
        PODCASTER_ALLOW_LOOPBACK=True,
        PODCASTER_LANGUAGES="en,pt",
        PODCASTER_PROOF="off",
    )


def test_the_command_shows_and_installs(server: WebServer, tmp_path: Path) -> None:
    shown = json.loads(podcaster(server, tmp_path, "voices", "list", "--available", "--json").stdout)
    assert (shown["voice"], shown["quality"], shown["installed"]) == (NAME, "medium", False)
    done = podcaster(server, tmp_path, "voices", "install", NAME)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{NAME} is installed: 0.")
    assert "licence: CC0 1.0" in done.stdout
    assert "installed" in podcaster(server, tmp_path, "voices", "list", "--available").stdout
    ready = podcaster(server, tmp_path, "voices", "list").stdout
    assert [line.split()[3] for line in ready.splitlines() if "pt-piper" in line] == ["ready"]
    refused = podcaster(server, tmp_path, "voices", "install", "nobody")
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)


def test_setup_offers_the_voices_that_would_speak_better_and_installs_them(server: WebServer, tmp_path: Path) -> None:
    server.files["/index.json"] = b"[]"
    offered = podcaster(server, tmp_path, "setup")
    assert offered.returncode == 0, offered.stderr
    assert f"spoken by pt-espeak (780 × real time, 35 MB, loads in 0.2 s)  →  Piper voice {NAME}" in offered.stdout
    assert "quality medium, licence: CC0 1.0" in offered.stdout
    assert f"Piper voice {NAME}" in podcaster(server, tmp_path, "setup", "--yes").stdout
    after = podcaster(server, tmp_path, "setup", "--yes").stdout
    assert "spoken by pt-piper" in after
    assert "There is nothing to install." in after


def test_an_index_that_is_down_keeps_nobody_from_the_other(server: WebServer, tmp_path: Path) -> None:
    done = podcaster(server, tmp_path, "setup", "--yes")
    assert done.returncode == 1
    assert "is installed." in done.stdout
    assert "index of translation packages cannot be reached" in done.stderr
    assert [voice.name for voice in store(tmp_path / "piper").installed()] == [NAME]
