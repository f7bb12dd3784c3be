"""Argos packages in a folder: listed, installed from the index, a URL or a file, and removed."""

import json
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from podcaster.adapters.argos.engine import INVENTED, described, translated
from podcaster.adapters.argos.unpacking import unpack
from podcaster.adapters.model_folders import downloaded, fresh_folder, read_index, verify
from podcaster.errors import (
    EngineFailed,
    ModelRefused,
    ModelUnknown,
    SourceNotFound,
)
from podcaster.errors.disk import installing
from podcaster.ports import Downloaded, Fetcher, TranslationPackage
from podcaster.translation import neural
from podcaster.translation.masks import probe

_PACKAGE_BYTES = 2 * 1024**3
_AGAIN = "Download it again, or from another place."
_SHA256 = re.compile(r"[0-9a-f]{64}")


class ArgosPackages:
    """Fills `ports.ModelStore`."""

    def __init__(self, folder: Path, fetcher: Fetcher, *, index: str = "", invented: bool = False) -> None:
        """`index` is the URL of a package index; empty: the one that argostranslate uses. Only tests have `invented` ones."""
        self._folder = folder
        self._fetcher = fetcher
        self._index = index
        self._invented = invented

    def installed(self) -> Sequence[TranslationPackage]:
        """Installed packages."""
        found = (_described(metadata) for _, metadata in self._metadata())
        return sorted((each for each in found if each is not None), key=lambda each: each.name)

    def available(self) -> Sequence[TranslationPackage]:
        """Packages in the index."""
        entries = read_index(
            self._fetcher,
            self._index or _public_index(),
            of="translation packages",
            setting="PODCASTER_ARGOS_INDEX",
            otherwise=", or install from a file: `podcaster models install FILE`",
        )
        newest: dict[str, TranslationPackage] = {}
        for entry in entries if isinstance(entries, list) else []:
            package = _described(entry)
            if package is not None and package.url:
                other = newest.get(package.name)
                newest[package.name] = max(package, other or package, key=lambda each: _ordered(each.version))
        return [newest[name] for name in sorted(newest)]

    def install(self, what: str, progress: Downloaded) -> TranslationPackage:
        """Install or replace."""
        with fresh_folder(self._folder) as scratch:
            fresh = scratch / "package"
            metadata = unpack(self._file(what, progress), fresh)
            return self._finished(fresh, metadata)

    def install_made(self, make: Callable[[Path], Mapping[str, Any]]) -> TranslationPackage:
        """Install a package that `make` writes into a new folder, whose metadata it gives back.

        Raises:
            ModelRefused: it does not load, or translates no two languages.
        """
        with fresh_folder(self._folder) as scratch:
            fresh = scratch / "package"
            fresh.mkdir()
            return self._finished(fresh, make(fresh))

    def _finished(self, fresh: Path, metadata: Mapping[str, Any]) -> TranslationPackage:
        """Put a new package in place once it has shown that it translates, with the masks that it copies."""
        package = _described(metadata)
        if package is None or (metadata.get(INVENTED) and not self._invented):
            raise ModelRefused(
                "The package is not installed: it translates no two real languages.", "Install one that does."
            )
        form = _probed(fresh, package)
        (fresh / "metadata.json").write_text(json.dumps({**metadata, "mask": form}), encoding="utf-8")
        self._put(fresh, package)
        return package

    def remove(self, name: str) -> None:
        """Take away every version of a package."""
        folders = self._folders(name)
        if not folders:
            raise ModelUnknown(f"{name[:80]} is not installed.", "`podcaster models list` shows what is.")
        with installing(self._folder):
            for folder in folders:
                self._drop(folder)

    def _file(self, what: str, progress: Downloaded) -> Path:
        if what.startswith(("http://", "https://")):
            return self.downloaded(what, "", progress)
        if Path(what).is_file():
            return Path(what)
        if "/" in what or what.endswith(".argosmodel"):
            raise SourceNotFound(f"{what} cannot be opened.", "Correct the path.")
        found = next((each for each in self.available() if each.name == what), None)
        if found is None:
            raise ModelUnknown(
                f"The index has no package {what[:80]!r}.", "`podcaster models list --available` shows what it has."
            )
        return self.downloaded(found.url, found.sha256, progress)

    def downloaded(self, url: str, sha256: str, progress: Downloaded, *, suffix: str = ".argosmodel") -> Path:
        """A package from another machine; kept until it is installed, so that a cut-off download goes on."""
        file = downloaded(
            self._fetcher, self._folder, url, suffix=suffix, limit_bytes=_PACKAGE_BYTES, progress=progress
        )
        verify(file, sha256)
        return file

    def _put(self, fresh: Path, package: TranslationPackage) -> None:
        """In place of what was there, so that a reader finds the one or the other."""
        old = self._folders(package.name)
        place = self._folder / f"{package.name}-{re.sub(r'[^0-9A-Za-z]+', '_', package.version)[:40]}"
        for folder in old:
            if folder == place:
                self._drop(folder)
        fresh.rename(place)
        for folder in old:
            if folder != place:
                self._drop(folder)
        for file in self._folder.glob(".downloads/*"):
            file.unlink()

    def _drop(self, folder: Path) -> None:
        with tempfile.TemporaryDirectory(prefix=".old-", dir=self._folder) as scratch:
            folder.rename(Path(scratch) / "package")

    def _folders(self, name: str) -> Sequence[Path]:
        described = ((folder, _described(metadata)) for folder, metadata in self._metadata())
        return [folder for folder, package in described if package is not None and package.name == name]

    def _metadata(self) -> Iterator[tuple[Path, Mapping[str, Any]]]:
        for file in sorted(self._folder.glob("*/metadata.json")):
            try:
                metadata = json.loads(file.read_text(encoding="utf-8"))
            except (OSError, ValueError):
                continue
            if not file.parent.name.startswith(".") and isinstance(metadata, dict):
                yield file.parent, metadata


def _described(metadata: object) -> TranslationPackage | None:
    if not isinstance(metadata, Mapping) or metadata.get("type", "translate") != "translate":
        return None
    codes = metadata.get("from_code"), metadata.get("to_code")
    source, target = (neural.tag(code) if isinstance(code, str) else None for code in codes)
    if source is None or target is None:
        return None
    links = [link for link in metadata.get("links") or [] if isinstance(link, str) and link.startswith("http")]
    checksum = str(metadata.get("sha256") or "").lower()
    return TranslationPackage(
        name=f"{source}-{target}",
        source=source,
        target=target,
        version=str(metadata.get("package_version", "")),
        url=links[0] if links else "",
        sha256=checksum if _SHA256.fullmatch(checksum) else "",
    )


def _ordered(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d{1,9}", version))


def _public_index() -> str:
    from argostranslate import settings  # noqa: PLC0415 # only where somebody asks for the index

    return str(settings.remote_package_index)


def _probed(folder: Path, package: TranslationPackage) -> str:
    """The form of mask that a package copies best; empty where it cannot read the probe's sentences.

    One that does not load is found out now and not in the middle of a report.
    """
    import ctranslate2  # noqa: PLC0415 # only where a package is installed

    try:
        found = described(folder, invented=True)
        if found is None:
            raise ModelRefused("The package is not installed: it lacks its tokenizer.", _AGAIN)
        found.tokenizer.encode("A word.")
        model = ctranslate2.Translator(str(folder / "model"), device="cpu", inter_threads=1, intra_threads=1)
    except (OSError, RuntimeError, ValueError, LookupError, AttributeError, TypeError) as error:
        reason = " ".join(str(error).split())[:200]
        raise ModelRefused(f"The package is not installed: it does not load ({reason}).", _AGAIN) from error
    try:
        return probe(lambda texts: translated(found, model, texts, beam=1), package.source).form
    except EngineFailed:
        return ""
