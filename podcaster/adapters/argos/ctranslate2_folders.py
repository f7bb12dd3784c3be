"""Folders of CTranslate2 models, as converted from OPUS-MT or published by Nós: made into packages and installed.

Such a folder, or a zip of it, holds `model.bin` and its vocabularies, alone or one folder down, and beside them a
SentencePiece model (`source.spm`, `*.spm`, `sentencepiece.model`) or BPE merges (`*.code`, `bpe.codes`).
"""

import json
import re
import shutil
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any, Final

from podcaster import language as languages
from podcaster.adapters.argos.packages import ArgosPackages
from podcaster.adapters.argos.tokenizers import WORD_CODES
from podcaster.adapters.model_folders import read_index
from podcaster.errors import LanguageUnknown, ModelRefused
from podcaster.ports import Downloaded, Fetcher, TranslationPackage
from podcaster.translation.model_archives import checked_entries, opened
from podcaster.units import LanguagePair

KIND: Final = "ctranslate2"
DESCRIPTION: Final = "podcaster-model.json"
"""May lie in the folder: `source`, `target`, `version`, `licence`, `quality`, `source_prefix`, `target_prefix`."""
_MODEL: Final = re.compile(
    r"^(model\.bin|config\.json|(shared|source|target)_vocabulary\.(json|txt)|vocabulary\.txt|vmap\.txt)$"
)
_PIECES: Final = ("source.spm", "sentencepiece.model", "spm.model", "sentencepiece.bpe.model")
_WANTED: Final = re.compile(r"^.*\.(spm|model|code|codes)$|^podcaster-model\.json$")
_PAIR: Final = re.compile(r"(?<![A-Za-z])(?=([a-z]{2,3})-([a-z]{2,3}(?:-[A-Z]{2})?)(?![A-Za-z]))")
_MOST_FILES: Final = 1_000
_AGAIN: Final = "Download it again, or from another place."


class CTranslate2Models:
    """Installs such folders among the Argos packages, which the same engine runs."""

    def __init__(self, packages: ArgosPackages, fetcher: Fetcher, *, index: str = "") -> None:
        """`index` is the URL of an index (docs/translation.md); of its entries, those of this kind count."""
        self._packages = packages
        self._fetcher = fetcher
        self._index = index

    def available(self) -> Sequence[TranslationPackage]:
        """The models of this kind in the index; none without one."""
        if not self._index:
            return []
        entries = read_index(self._fetcher, self._index, of="translation models", setting="PODCASTER_MODEL_INDEX")
        found = [
            TranslationPackage.of_index(entry)
            for entry in (entries if isinstance(entries, list) else [])
            if _is_ours(entry)
        ]
        return sorted((each for each in found if each is not None), key=lambda each: each.name)

    def knows(self, what: str) -> bool:
        """Whether a name, file or folder is a model of this kind."""
        path = Path(what)
        if path.is_dir():
            return _model_folder(path) is not None
        if path.is_file():
            return zipfile.is_zipfile(path) and _is_archive(path)
        return bool(self._index) and any(each.name == what for each in self.available())

    def install(self, what: str, progress: Downloaded) -> TranslationPackage:
        """Install or replace; nothing is in place before it has translated.

        Raises:
            ModelRefused: the folder is incomplete, dangerous to unpack, or does not load.
        """
        offer = next((each for each in self.available() if each.name == what), None)
        file = self._packages.downloaded(offer.url, offer.sha256, progress, suffix=".zip") if offer else Path(what)
        with TemporaryDirectory(prefix="podcaster-model-") as scratch:
            folder = file
            if file.is_file():
                folder = Path(scratch) / (offer.name if offer else file.stem)
                _unpack(file, folder)
            known = (
                {"from_code": offer.source, "to_code": offer.target, "package_version": offer.version} if offer else {}
            )
            return self._packages.install_made(lambda into: _made(folder, into, known))


def _is_ours(entry: object) -> bool:
    return isinstance(entry, Mapping) and entry.get("kind") == KIND


def _model_folder(folder: Path) -> Path | None:
    """The folder of `model.bin`: the one given, or one in it."""
    places = [folder, *sorted(each for each in folder.iterdir() if each.is_dir())]
    return next((each for each in places if (each / "model.bin").is_file() and (each / "config.json").is_file()), None)


def _is_archive(file: Path) -> bool:
    with zipfile.ZipFile(file) as archive:
        names = {PurePosixPath(name).name for name in archive.namelist()}
    return {"model.bin", "config.json"} <= names and "metadata.json" not in names


def _unpack(file: Path, into: Path) -> None:
    """Write an archive's model files, after a look at every entry; folders above a model's own are left out."""
    with opened(file) as archive:
        entries = checked_entries(archive, most=_MOST_FILES)
        place = into / "model"
        place.mkdir(parents=True)
        for path, entry in entries:
            if _MODEL.match(path.name) or _WANTED.match(path.name):
                with archive.open(entry) as source, (place / path.name).open("wb") as out:
                    shutil.copyfileobj(source, out, 1 << 20)
        tops = {path.parts[0] for path, _ in entries}
        if len(tops) == 1 and _PAIR.search(next(iter(tops))):
            (into / f".{next(iter(tops))}").touch()


def _made(folder: Path, into: Path, known: Mapping[str, str]) -> Mapping[str, Any]:
    """Write a package of a model folder; its metadata."""
    model = _model_folder(folder)
    if model is None:
        raise ModelRefused("The model is not installed: it lacks model.bin or config.json.", _AGAIN)
    told = _told(model, folder)
    metadata = {"type": "translate", "package_version": "1.0", **_pair(told, model, folder), **known}
    metadata |= {key: told[key] for key in ("licence", "quality", "source_prefix", "target_prefix") if told.get(key)}
    if "version" in told and "package_version" not in known:
        metadata["package_version"] = str(told["version"])
    (into / "model").mkdir(parents=True)
    for file in sorted(model.iterdir()):
        if _MODEL.match(file.name):
            shutil.copyfile(file, into / "model" / file.name)
    tokenizer, name = _tokenizer(model, folder)
    shutil.copyfile(tokenizer, into / name)
    (into / "metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
    return metadata


def _told(*folders: Path) -> Mapping[str, Any]:
    for folder in folders:
        if (folder / DESCRIPTION).is_file():
            try:
                told = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
            except ValueError as error:
                raise ModelRefused(f"The model is not installed: its {DESCRIPTION} is not JSON.", _AGAIN) from error
            return told if isinstance(told, Mapping) else {}
    return {}


def _pair(told: Mapping[str, Any], model: Path, folder: Path) -> Mapping[str, str]:
    """The languages: as the description says, else as the names of the folders do (`opus-mt-en-es`, `ct2-en-gl_12L`)."""
    names = [model.name, folder.name, *(each.name for each in folder.glob(".*-*")), folder.parent.name]
    found = [pair for name in names for pair in _PAIR.findall(name) if _languages(*pair)]
    codes = (
        (str(told["source"]), str(told["target"]))
        if {"source", "target"} <= set(told)
        else next(iter(found[::-1]), None)
    )
    if codes is None or _languages(*codes) is None:
        raise ModelRefused(
            "The model is not installed: nothing says which languages it translates.",
            "Name its folder like en-es, or put source and target in its podcaster-model.json.",
        )
    return {"from_code": codes[0], "to_code": codes[1]}


def _languages(source: str, target: str) -> LanguagePair | None:
    try:
        return languages.parse(source), languages.parse(target)
    except LanguageUnknown:
        return None


def _tokenizer(*folders: Path) -> tuple[Path, str]:
    """The file of the source's tokenizer, and what a package calls it."""
    places = [each for folder in folders for each in (folder, *sorted(p for p in folder.iterdir() if p.is_dir()))]
    for name in _PIECES:
        for place in places:
            if (place / name).is_file():
                return place / name, "sentencepiece.model"
    for pattern, name in (("*.spm", "sentencepiece.model"), ("*.codes", WORD_CODES), ("*.code", WORD_CODES)):
        for place in places:
            found = sorted(place.glob(pattern))
            if found:
                return found[0], name
    raise ModelRefused("The model is not installed: it lacks its tokenizer (source.spm, or bpe.codes).", _AGAIN)
