"""Firefox models: from an index, a URL, an archive or a folder; checked before they are in place, replaced, removed."""

import io
import json
import stat
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from podcaster.adapters.bergamot import BergamotModels, BergamotTranslator
from podcaster.adapters.bergamot.models import installed
from podcaster.adapters.fetch import GuardedFetcher
from podcaster.errors import ModelRefused, ModelUnknown, SourceNotFound, SourceUnreachable
from podcaster.units import LanguageTag
from support.web_server import WebServer, web_server

EN, PT = LanguageTag("en"), LanguageTag("pt")


def unwatched(_: int, __: int | None) -> None:
    """Ignore progress."""


def packaged() -> Path:
    return next(model.folder for model in installed([]) if model.source == "en")


def archive(*, folder: str = "", more: dict[str, bytes] | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for file in sorted(packaged().iterdir()):
            zipped.writestr(f"{folder}{file.name}", file.read_bytes())
        for name, body in (more or {}).items():
            zipped.writestr(name, body)
    return out.getvalue()


@pytest.fixture(scope="module")
def model_zip() -> bytes:
    return archive(folder="enpt/", more={"enpt/run.sh": b"not wanted"})


@pytest.fixture
def server(model_zip: bytes) -> Iterator[WebServer]:
    with web_server() as made:
        made.files["/enpt.zip"] = model_zip
        entry = {
            "source": "en",
            "target": "pt",
            "version": "2.1",
            "size_bytes": 33_000_000,
            "licence": "MPL-2.0",
            "quality": "chrF 69",
        }
        good = {**entry, "url": f"{made.url}/enpt.zip", "sha256": sha256(model_zip).hexdigest()}
        made.files["/index.json"] = json.dumps([good, {"source": "en"}, "nonsense"]).encode()
        bad = {**good, "sha256": "0" * 64}
        made.files["/bad.json"] = json.dumps([bad]).encode()
        yield made


def store(folder: Path, index: str = "") -> BergamotModels:
    return BergamotModels(folder, GuardedFetcher(allow_loopback=True), index=index)


def test_a_model_comes_by_its_name_in_an_index_and_translates(server: WebServer, tmp_path: Path) -> None:
    models = store(tmp_path, f"{server.url}/index.json")
    (offered,) = models.available()
    assert (offered.name, offered.said) == ("en-pt", "2.1, 33 MB, MPL-2.0, chrF 69")
    assert models.knows("en-pt")
    assert models.install("en-pt", unwatched).name == "en-pt"
    assert [package.name for package in models.installed()] == ["en-pt"]
    own = BergamotTranslator([tmp_path], workers=1).without_packaged()
    assert list(own.translate(["The port is open."], EN, PT)) == ["A porta está aberta."]
    own.close()
    assert not list(tmp_path.glob("en-pt/run.sh"))
    models.remove("en-pt")
    assert models.installed() == []
    with pytest.raises(ModelUnknown):
        models.remove("en-pt")


def test_a_model_comes_from_a_url_an_archive_and_a_folder_and_takes_the_place_of_its_pair(
    server: WebServer, model_zip: bytes, tmp_path: Path
) -> None:
    models = store(tmp_path / "models")
    file = tmp_path / "en-pt.zip"
    file.write_bytes(model_zip)
    for what in (f"{server.url}/enpt.zip", str(file), str(packaged())):
        assert models.knows(what)
        assert models.install(what, unwatched).name == "en-pt"
        assert [package.name for package in models.installed()] == ["en-pt"]
    assert not list((tmp_path / "models").glob(".downloads/*"))
    assert not list((tmp_path / "models").glob(".new-*"))


def test_a_checksum_that_is_not_the_indexs_refuses_the_model(server: WebServer, tmp_path: Path) -> None:
    with pytest.raises(ModelRefused, match="checksum"):
        store(tmp_path, f"{server.url}/bad.json").install("en-pt", unwatched)
    assert store(tmp_path).installed() == []


@pytest.mark.parametrize("name", ["../model.enpt.bin", "/etc/model.enpt.bin"])
def test_an_archive_that_wants_out_of_its_folder_is_refused(name: str, tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        zipped.writestr(name, b"x")
    file = tmp_path / "bad.zip"
    file.write_bytes(out.getvalue())
    with pytest.raises(ModelRefused, match="outside"):
        store(tmp_path / "models").install(str(file), unwatched)


def test_links_damage_and_models_that_do_not_load_are_refused(model_zip: bytes, tmp_path: Path) -> None:
    link = zipfile.ZipInfo("model.enpt.intgemm.alphas.bin")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        zipped.writestr(link, "/etc/passwd")
    broken = tmp_path / "en-pt"
    broken.mkdir()
    for file in packaged().iterdir():
        (broken / file.name).write_bytes(file.read_bytes()[: 2000 if file.name.startswith("model") else None])
    for body in (out.getvalue(), model_zip[:5000]):
        (tmp_path / "bad.zip").write_bytes(body)
        with pytest.raises(ModelRefused):
            store(tmp_path / "models").install(str(tmp_path / "bad.zip"), unwatched)
    with pytest.raises(ModelRefused, match="does not load"):
        store(tmp_path / "models").install(str(broken), unwatched)
    assert store(tmp_path / "models").installed() == []


def test_what_is_nowhere_and_an_index_that_is_none_are_named(server: WebServer, tmp_path: Path) -> None:
    assert not store(tmp_path).knows("en-es")
    with pytest.raises(SourceNotFound):
        store(tmp_path, f"{server.url}/index.json").install("en-xx", unwatched)
    with pytest.raises(SourceUnreachable, match="PODCASTER_BERGAMOT_INDEX"):
        store(tmp_path, f"{server.url}/enpt.zip").available()
