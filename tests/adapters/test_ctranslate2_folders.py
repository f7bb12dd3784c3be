"""CTranslate2 folders, as of OPUS-MT and Nós: from a folder, an archive, a URL or an index; tried before they are in place."""

import io
import json
import shutil
import stat
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from podcaster.adapters.argos import ArgosPackages, ArgosTranslator, CTranslate2Models
from podcaster.adapters.argos.tokenizers import WordPieces
from podcaster.adapters.bergamot import BergamotModels
from podcaster.adapters.fetch import GuardedFetcher
from podcaster.errors import ModelRefused, SourceUnreachable
from podcaster.translation.masks import FORMS, NONE
from podcaster.units import LanguageTag
from podcaster.wiring.model_stores import ModelStores
from support.argos_package import make_package
from support.web_server import WebServer, web_server

EN, ES, GL = LanguageTag("en"), LanguageTag("es"), LanguageTag("gl")


def unwatched(_: int, __: int | None) -> None:
    """Ignore progress."""


@pytest.fixture(scope="module")
def opus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A converted model as OPUS-MT's lie about: the model and `source.spm` in one folder."""
    made = make_package(tmp_path_factory.mktemp("made"), "en", "es")
    folder = tmp_path_factory.mktemp("opus") / "opus-mt-en-es"
    shutil.copytree(made / "model", folder)
    shutil.copyfile(made / "sentencepiece.model", folder / "source.spm")
    (folder / "README.md").write_text("not wanted")
    return folder


@pytest.fixture(scope="module")
def opus_zip(opus: Path) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for file in sorted(opus.iterdir()):
            zipped.write(file, f"opus-mt-en-es/{file.name}")
    return out.getvalue()


@pytest.fixture
def server(opus_zip: bytes) -> Iterator[WebServer]:
    with web_server() as made:
        made.files["/opus-mt-en-es.zip"] = opus_zip
        entry = {"kind": "ctranslate2", "source": "en", "target": "es", "version": "2.3", "size_bytes": 77_000_000}
        more = {"url": f"{made.url}/opus-mt-en-es.zip", "licence": "CC-BY-4.0", "quality": "chrF 55"}
        good = {**entry, **more, "sha256": sha256(opus_zip).hexdigest()}
        made.files["/index.json"] = json.dumps([good, {"source": "en"}, "nonsense"]).encode()
        made.files["/bad.json"] = json.dumps([{**good, "sha256": "0" * 64}]).encode()
        yield made


def stores(folder: Path, index: str = "") -> ModelStores:
    fetcher = GuardedFetcher(allow_loopback=True)
    argos = ArgosPackages(folder / "argos", fetcher, index="http://127.0.0.1:9/index.json")
    return ModelStores(
        argos=argos,
        ctranslate2=CTranslate2Models(argos, fetcher, index=index),
        bergamot=BergamotModels(folder / "bergamot", fetcher, index=index),
    )


def test_a_model_comes_by_its_name_in_an_index_and_translates(server: WebServer, tmp_path: Path) -> None:
    models = stores(tmp_path, f"{server.url}/index.json")
    (offered,) = models.ctranslate2.available()
    assert (offered.name, offered.said) == ("en-es", "2.3, 77 MB, CC-BY-4.0, chrF 55")
    assert models.bergamot.available() == [], "each kind sees its own"
    told: list[int] = []
    package = models.install("en-es", lambda done, _: told.append(done))
    assert (package.name, package.version) == ("en-es", "2.3")
    assert told[-1] == len(server.files["/opus-mt-en-es.zip"])
    translator = ArgosTranslator(tmp_path / "argos")
    assert translator.serves(EN, ES)
    (text,) = translator.translate(["The port is open."], EN, ES)
    assert text.strip()
    assert "▁" not in text
    translator.close()
    assert not list(tmp_path.rglob("README.md"))
    models.remove("en-es")
    assert models.installed() == []


@pytest.mark.parametrize("origin", ["folder", "file", "url"])
def test_a_model_comes_from_a_folder_an_archive_and_a_url(
    server: WebServer, opus: Path, opus_zip: bytes, tmp_path: Path, origin: str
) -> None:
    file = tmp_path / "model.zip"
    file.write_bytes(opus_zip)
    what = {"folder": str(opus), "file": str(file), "url": f"{server.url}/opus-mt-en-es.zip"}[origin]
    assert stores(tmp_path).install(what, unwatched).name == "en-es"
    assert [each.name for each in stores(tmp_path).installed()] == ["en-es"]
    assert not [
        each for each in (tmp_path / "argos").rglob("*") if each.suffix == ".zip" or each.name.startswith(".new")
    ]


def test_the_masks_that_a_model_copies_are_kept_with_it(opus: Path, tmp_path: Path) -> None:
    stores(tmp_path).install(str(opus), unwatched)
    translator = ArgosTranslator(tmp_path / "argos")
    assert translator.mask_form(EN, ES) == NONE, "weights that mean nothing copy nothing"
    (metadata,) = (tmp_path / "argos").glob("*/metadata.json")
    metadata.write_text(json.dumps({**json.loads(metadata.read_text()), "mask": "code"}))
    assert translator.mask_form(EN, ES) == "code"
    assert translator.mask_form(ES, EN) == ""
    assert "code" in FORMS


def test_a_model_of_many_languages_is_told_which_one_to_write(opus: Path, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    shutil.copytree(opus, folder)
    (folder / "podcaster-model.json").write_text(
        json.dumps({"source": "en", "target": "gl", "version": "7", "source_prefix": ">>glg<<", "licence": "MIT"})
    )
    package = stores(tmp_path).install(str(folder), unwatched)
    assert (package.name, package.version) == ("en-gl", "7")
    (metadata,) = (tmp_path / "argos").glob("*/metadata.json")
    assert json.loads(metadata.read_text())["source_prefix"] == ">>glg<<"
    assert ArgosTranslator(tmp_path / "argos").serves(EN, GL)


def test_a_model_of_nos_has_its_merges_and_reads_words_as_they_are(opus: Path, tmp_path: Path) -> None:
    folder = tmp_path / "nos" / "ct2-en-gl_12L"
    shutil.copytree(opus, folder, ignore=shutil.ignore_patterns("*.spm"))
    (tmp_path / "nos" / "bpe").mkdir()
    (tmp_path / "nos" / "bpe" / "en.code").write_text("#version: 0.2\nt h\nth e</w>\n")
    assert stores(tmp_path).install(str(tmp_path / "nos"), unwatched).name == "en-gl"
    (codes,) = (tmp_path / "argos").glob("*/bpe.codes")
    pieces = WordPieces(codes)
    assert pieces.encode("the port") == ["the", "p@@", "o@@", "r@@", "t"]
    assert pieces.joined(["o", "por@@", "to", "ab@@", "erto."]) == "o porto aberto."


def test_what_is_incomplete_dangerous_or_of_no_languages_is_refused(opus: Path, tmp_path: Path) -> None:
    models = stores(tmp_path)
    bare = tmp_path / "en-es"
    shutil.copytree(opus, bare, ignore=shutil.ignore_patterns("*.spm"))
    with pytest.raises(ModelRefused, match="tokenizer"):
        models.install(str(bare), unwatched)
    nameless = tmp_path / "a model"
    shutil.copytree(opus, nameless)
    with pytest.raises(ModelRefused, match="which languages"):
        models.ctranslate2.install(str(nameless), unwatched)
    broken = tmp_path / "broken" / "en-es"
    shutil.copytree(opus, broken)
    (broken / "model.bin").write_bytes(b"no model")
    with pytest.raises(ModelRefused, match="does not load"):
        models.install(str(broken), unwatched)
    assert models.installed() == []


@pytest.mark.parametrize("name", ["../model.bin", "/etc/model.bin", "link"])
def test_an_archive_that_wants_out_of_its_folder_is_refused(name: str, tmp_path: Path) -> None:
    entry = zipfile.ZipInfo(name if name != "link" else "en-es/source.spm")
    entry.external_attr = ((stat.S_IFLNK if name == "link" else stat.S_IFREG) | 0o644) << 16
    file = tmp_path / "en-es.zip"
    with zipfile.ZipFile(file, "w") as zipped:
        zipped.writestr(entry, "/etc/passwd")
        zipped.writestr("en-es/model.bin", b"x")
        zipped.writestr("en-es/config.json", b"{}")
    with pytest.raises(ModelRefused, match=r"outside|a link"):
        stores(tmp_path / "models").install(str(file), unwatched)


def test_a_wrong_checksum_and_a_wrong_index_are_said(server: WebServer, tmp_path: Path) -> None:
    with pytest.raises(ModelRefused, match="checksum"):
        stores(tmp_path, f"{server.url}/bad.json").install("en-es", unwatched)
    with pytest.raises(SourceUnreachable, match="MODEL_INDEX"):
        stores(tmp_path, f"{server.url}/opus-mt-en-es.zip").ctranslate2.available()
