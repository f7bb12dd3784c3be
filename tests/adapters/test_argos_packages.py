"""Translation packages: from the index, a URL or a file, checked before a byte is written, replaced whole, removed."""

import io
import json
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from podcaster.adapters.argos import ArgosPackages, ArgosTranslator
from podcaster.adapters.fetch import GuardedFetcher
from podcaster.errors import ModelRefused, ModelUnknown, SourceNotFound, SourceUnreachable
from podcaster.units import LanguageTag
from support import command_line
from support.paths import SUPPORT
from support.web_server import WebServer, web_server

MODEL = SUPPORT / "models" / "en-qaa.argosmodel"
EN, QAA = LanguageTag("en"), LanguageTag("qaa")


def unwatched(_: int, __: int | None) -> None:
    """Nobody looks."""


@pytest.fixture
def server() -> Iterator[WebServer]:
    with web_server() as made:
        made.files["/en_qaa.argosmodel"] = MODEL.read_bytes()
        made.files["/index.json"] = json.dumps(
            [
                entry(made, "en", "qaa", version="0.9", links=[f"{made.url}/gone.argosmodel"]),
                entry(made, "en", "qaa", sha256=sha256(MODEL.read_bytes()).hexdigest()),
                entry(made, "en", "pb", version="1.9"),
                entry(made, "en", "not a code"),
                {"type": "sbd", "from_codes": ["en"], "links": []},
                "nonsense",
            ]
        ).encode()
        yield made


def entry(server: WebServer, source: str, target: str, version: str = "1.0", **more: object) -> dict[str, object]:
    links = [f"{server.url}/en_qaa.argosmodel"]
    return {"from_code": source, "to_code": target, "package_version": version, "links": links, **more}


def store(folder: Path, server: WebServer | None = None, *, invented: bool = True) -> ArgosPackages:
    index = f"{server.url}/index.json" if server else "http://127.0.0.1:9/index.json"
    return ArgosPackages(folder, GuardedFetcher(allow_loopback=True), index=index, invented=invented)


def test_the_index_shows_the_newest_package_of_each_pair(server: WebServer, tmp_path: Path) -> None:
    found = {package.name: package.version for package in store(tmp_path, server).available()}
    assert found == {"en-qaa": "1.0", "en-pt-BR": "1.9"}


@pytest.mark.parametrize("origin", ["name", "url", "file"])
def test_an_installed_package_translates(server: WebServer, tmp_path: Path, origin: str) -> None:
    folder = tmp_path / "a folder"
    what = {"name": "en-qaa", "url": f"{server.url}/en_qaa.argosmodel", "file": str(MODEL)}[origin]
    told: list[tuple[int, int | None]] = []
    package = store(folder, server).install(what, lambda done, total: told.append((done, total)))
    assert (package.name, package.version) == ("en-qaa", "1.0")
    assert (told[-1] == (MODEL.stat().st_size,) * 2) if origin != "file" else not told
    translator = ArgosTranslator(folder, invented=True)
    assert list(translator.translate(["The old ship carries the red box."], EN, QAA)) == [
        "Vam-o zan mut-en rolu narat."
    ]
    assert [path.name for path in folder.iterdir() if not path.name.startswith(".")] == ["en-qaa-1_0"]
    assert not [
        path for path in folder.rglob("*") if path.name.startswith((".new", ".old")) or path.suffix == ".argosmodel"
    ]


def test_an_invented_language_is_taken_nowhere_but_in_tests(tmp_path: Path) -> None:
    with pytest.raises(ModelRefused):
        store(tmp_path, invented=False).install(str(MODEL), unwatched)
    store(tmp_path).install(str(MODEL), unwatched)
    assert not ArgosTranslator(tmp_path).serves(EN, QAA)


def test_installing_again_replaces_and_removing_leaves_nothing(tmp_path: Path) -> None:
    packages = store(tmp_path)
    packages.install(str(MODEL), unwatched)
    packages.install(str(remade(tmp_path / "newer.argosmodel", package_version="1.1")), unwatched)
    assert [package.version for package in packages.installed()] == ["1.1"]
    packages.remove("en-qaa")
    assert packages.installed() == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["newer.argosmodel"]
    with pytest.raises(ModelUnknown):
        packages.remove("en-qaa")


def test_a_download_that_was_cut_off_goes_on_where_it_ended(server: WebServer, tmp_path: Path) -> None:
    server.cut_after["/en_qaa.argosmodel"] = 20_000
    with pytest.raises(SourceUnreachable):
        store(tmp_path, server).install("en-qaa", unwatched)
    assert store(tmp_path).installed() == []
    store(tmp_path, server).install("en-qaa", unwatched)
    ranges = [headers.get("Range") for _, path, headers in server.asked if path.endswith(".argosmodel")]
    assert ranges == [None, "bytes=20000-"]


def test_a_download_that_changed_meanwhile_begins_anew(server: WebServer, tmp_path: Path) -> None:
    url = f"{server.url}/en_qaa.argosmodel"
    server.cut_after["/en_qaa.argosmodel"] = 20_000
    with pytest.raises(SourceUnreachable):
        store(tmp_path, server).install(url, unwatched)
    server.files["/en_qaa.argosmodel"] = remade(tmp_path / "other", package_version="3.0").read_bytes()
    assert store(tmp_path, server).install(url, unwatched).version == "3.0"


def test_a_wrong_checksum_is_refused_and_the_old_package_stays(server: WebServer, tmp_path: Path) -> None:
    packages = store(tmp_path, server)
    packages.install("en-qaa", unwatched)
    server.files["/en_qaa.argosmodel"] = remade(tmp_path / "other", package_version="2.0").read_bytes()
    with pytest.raises(ModelRefused, match="checksum"):
        packages.install("en-qaa", unwatched)
    assert [package.version for package in packages.installed()] == ["1.0"]


def test_an_index_that_is_not_there_says_what_else_can_be_done(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreachable, match="install FILE"):
        store(tmp_path).install("en-qaa", unwatched)


def test_what_is_not_there_is_said_so(server: WebServer, tmp_path: Path) -> None:
    with pytest.raises(ModelUnknown):
        store(tmp_path, server).install("en-xx", unwatched)
    with pytest.raises(SourceNotFound):
        store(tmp_path, server).install("/nowhere/en_es.argosmodel", unwatched)


def zipped(files: dict[str, bytes], link: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
        if link:
            entry = zipfile.ZipInfo(link)
            entry.external_attr = 0o120777 << 16
            archive.writestr(entry, "/etc/passwd")
    return out.getvalue()


def contents() -> dict[str, bytes]:
    with zipfile.ZipFile(MODEL) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def remade(file: Path, **metadata: object) -> Path:
    files = contents()
    name = next(name for name in files if name.endswith("metadata.json"))
    files[name] = json.dumps(json.loads(files[name]) | metadata).encode()
    file.write_bytes(zipped(files))
    return file


def changed(change: Callable[[dict[str, bytes]], object]) -> bytes:
    files = contents()
    change(files)
    return zipped(files)


TOP = "translate-en_qaa-1_0"
BAD = {
    "no archive": b"MZ" + b"\0" * 500,
    "half an archive": MODEL.read_bytes()[:30_000],
    "a byte flipped": bytes([*MODEL.read_bytes()[:9000], MODEL.read_bytes()[9000] ^ 255, *MODEL.read_bytes()[9001:]]),
    "out of its folder": changed(lambda files: files.update({f"{TOP}/../../evil": b"x"})),
    "an absolute path": changed(lambda files: files.update({"/etc/evil": b"x"})),
    "backslashes": changed(lambda files: files.update({f"{TOP}/..\\..\\evil": b"x"})),
    "a link": zipped(contents(), link=f"{TOP}/model/link"),
    "two folders": changed(lambda files: files.update({"other/file": b"x"})),
    "no model": changed(lambda files: files.pop(f"{TOP}/model/model.bin")),
    "no tokenizer": changed(lambda files: files.pop(f"{TOP}/sentencepiece.model")),
    "no languages": changed(lambda files: files.update({f"{TOP}/metadata.json": b"{}"})),
    "languages that are paths": changed(
        lambda files: files.update({f"{TOP}/metadata.json": b'{"from_code": "../x", "to_code": "es"}'})
    ),
    "metadata that is no JSON": changed(lambda files: files.update({f"{TOP}/metadata.json": b"{"})),
    "a model that is none": changed(lambda files: files.update({f"{TOP}/model/model.bin": b"\0" * 1000})),
    "too many files": changed(lambda files: files.update({f"{TOP}/many/{place}": b"" for place in range(1001)})),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_package_leaves_everything_as_it_was(tmp_path: Path, what: str) -> None:
    folder, file = tmp_path / "packages", tmp_path / "bad.argosmodel"
    store(folder).install(str(MODEL), unwatched)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    file.write_bytes(BAD[what])
    with pytest.raises(ModelRefused):
        store(folder).install(str(file), unwatched)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert not list(tmp_path.rglob("evil"))


def test_a_bomb_is_refused_by_what_it_declares(tmp_path: Path) -> None:
    file = tmp_path / "bomb.argosmodel"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in contents().items():
            archive.writestr(name, body)
        archive.writestr(f"{TOP}/zeros", b"\0" * 1_000_000)
        archive.filelist[-1].file_size = 5 * 1024**3
    with pytest.raises(ModelRefused, match="larger"):
        store(tmp_path / "packages").install(str(file), unwatched)


def test_the_command_shows_installs_and_removes(server: WebServer, tmp_path: Path) -> None:
    def podcaster(*arguments: str) -> subprocess.CompletedProcess[str]:
        return command_line.podcaster(
            tmp_path,
            "models",
            *arguments,
            PODCASTER_DATA=tmp_path,
            PODCASTER_ARGOS_INDEX=f"{server.url}/index.json",
            PODCASTER_ALLOW_LOOPBACK=True,
        )

    shown = podcaster("list", "--available")
    assert shown.returncode == 0, shown.stderr
    assert [line.split()[0] for line in shown.stdout.splitlines()] == ["en-pt-BR", "en-qaa"]
    refused = podcaster("install", "en-qaa")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.count("\n") == 1
    assert "no two real languages" in refused.stderr
    real = remade(tmp_path / "real.argosmodel", invented=False, to_code="eo")
    assert podcaster("install", str(real)).stdout == "en-eo 1.0 is installed.\n"
    assert json.loads(podcaster("list", "--json").stdout) == {"package": "en-eo", "installed": "1.0", "available": None}
    assert podcaster("remove", "en-eo").returncode == 0
    assert podcaster("remove", "en-eo").returncode == 1


def setup(server: WebServer, folder: Path, *arguments: str, **settings: object) -> str:
    done = command_line.podcaster(
        folder,
        "setup",
        *arguments,
        PODCASTER_DATA=folder,
        PODCASTER_PIPER_INDEX=f"{server.url}/voices.json",
        PODCASTER_ALLOW_LOOPBACK=True,
        PODCASTER_LANGUAGES="en,eo",
        PODCASTER_PROOF="off",
        **{"PODCASTER_ARGOS_INDEX": f"{server.url}/index.json", **settings},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_setup_says_what_would_be_gained_and_installs_it_when_told_to(server: WebServer, tmp_path: Path) -> None:
    real = remade(tmp_path / "real.argosmodel", invented=False, to_code="eo")
    server.files["/voices.json"] = b"{}"
    server.files["/en_qaa.argosmodel"] = real.read_bytes()
    server.files["/index.json"] = json.dumps([entry(server, "en", "eo"), entry(server, "en", "ja")]).encode()

    assert "No installed engine translates from en into eo." in setup(server, tmp_path)
    assert "Translation model en-eo (1.0)" in setup(server, tmp_path)
    assert "Translation model en-eo (1.0) is installed." in setup(server, tmp_path, "--yes")
    after = setup(server, tmp_path, "--yes")
    assert "translated by argos" in after
    assert "There is nothing to install." in after


def test_setup_offers_the_models_of_the_operators_own_index_where_the_public_one_cannot_be_reached(
    server: WebServer, tmp_path: Path
) -> None:
    server.files["/voices.json"] = b"{}"
    offered = {
        "kind": "firefox",
        "source": "en",
        "target": "eo",
        "url": f"{server.url}/en-eo.zip",
        "quality": "COMET 85.4",
    }
    server.files["/own.json"] = json.dumps([{**offered, "licence": "MPL-2.0", "size_bytes": 32_000_000}]).encode()
    said = setup(
        server,
        tmp_path,
        PODCASTER_MODEL_INDEX=f"{server.url}/own.json",
        PODCASTER_ARGOS_INDEX=f"{server.url}/nowhere.json",
    )
    offer = next(line for line in said.splitlines() if line.startswith("eo"))
    assert "→  Translation model en-eo" in offer
    assert all(said in offer for said in ("32", "MPL-2.0", "COMET 85.4"))
