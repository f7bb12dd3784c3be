"""Firefox models in a folder: installed from an index, a URL, an archive or a folder, and removed."""

import json
import re
import shutil
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from podcaster.adapters.bergamot.models import DESCRIPTION, Model, described, subfolders, told
from podcaster.adapters.bergamot.worker_pool import WorkerPool
from podcaster.adapters.model_folders import downloaded, fresh_folder, read_index, verify
from podcaster.errors import (
    EngineFailed,
    ModelRefused,
    ModelUnknown,
    SourceNotFound,
)
from podcaster.errors.disk import installing
from podcaster.ports import Downloaded, Fetcher, TranslationPackage
from podcaster.translation.masks import Probe, probe
from podcaster.translation.model_archives import checked_entries, opened

KIND: Final = "firefox"
_ARCHIVE_BYTES: Final = 1024**3
_MOST_FILES: Final = 100
_WANTED: Final = re.compile(r"^(model|vocab|srcvocab|trgvocab|lex)\.[\w.]+\.(bin|spm)$|^config\.[\w.]+\.yml$")
_AGAIN: Final = "Download it again, or from another place."
_TRIAL: Final = "The ports of the north are open again."


class BergamotModels:
    """Fills `ports.ModelStore`.

    An index is a JSON list of `{"kind", "source", "target", "version", "url", "sha256", "size_bytes", "licence", "quality"}`, a
    model an archive (zip) of the files that Firefox Translations publishes, alone or in one folder.
    """

    def __init__(self, folder: Path, fetcher: Fetcher, *, index: str = "") -> None:
        """`folder` holds a folder for each model; `index` is the URL of an index, empty: none."""
        self._folder = folder
        self._fetcher = fetcher
        self._index = index

    def installed(self) -> Sequence[TranslationPackage]:
        """The models in the folder."""
        models = [model for place in subfolders(self._folder) if (model := described(place)) is not None]
        return sorted((_package(model) for model in models), key=lambda each: each.name)

    def available(self) -> Sequence[TranslationPackage]:
        """The models of the index; none without one."""
        if not self._index:
            return []
        setting = "PODCASTER_BERGAMOT_INDEX (or PODCASTER_MODEL_INDEX)"
        entries = read_index(self._fetcher, self._index, of="Firefox models", setting=setting)
        ours = [entry for entry in (entries if isinstance(entries, list) else []) if _is_ours(entry)]
        found = (TranslationPackage.of_index(entry) for entry in ours)
        return sorted((each for each in found if each is not None), key=lambda each: each.name)

    def knows(self, what: str) -> bool:
        """Whether a name, file or folder is a model of this kind; URLs say so by their ending."""
        path = Path(what)
        if path.is_dir():
            return any(_WANTED.match(file.name) for file in path.iterdir())
        if path.is_file() or what.startswith(("http://", "https://")):
            return what.endswith(".zip")
        return bool(self._index) and any(each.name == what for each in self.available())

    def install(self, what: str, progress: Downloaded) -> TranslationPackage:
        """Install or replace; nothing is in place before it has translated a sentence."""
        with fresh_folder(self._folder) as scratch:
            fresh = scratch / (Path(what).stem if "://" not in what else "model")
            offered = self._gathered(what, fresh, progress)
            if offered is not None:
                self._describe(fresh, offered)
            model = described(fresh)
            if model is None:
                raise ModelRefused(
                    "The model is not installed: its files name no two languages, or some are missing.",
                    "Name its folder like en-es, with model.*.bin and vocab.*.spm in it.",
                )
            self._describe(fresh, {**told(fresh), "mask": _probed(model).form})
            self._put(fresh, model.name)
        return _package(model)

    def remove(self, name: str) -> None:
        """Take a model away."""
        places = [place for place in subfolders(self._folder) if (model := described(place)) and model.name == name]
        if not places:
            raise ModelUnknown(f"{name[:80]} is not installed.", "`podcaster models list` shows what is.")
        with installing(self._folder):
            for place in places:
                shutil.rmtree(place)

    def _gathered(self, what: str, into: Path, progress: Downloaded) -> Mapping[str, Any] | None:
        """The files of a model; what the index says of it, where it came by name."""
        if Path(what).is_dir():
            into.mkdir()
            for file in sorted(Path(what).iterdir()):
                if file.is_file() and (_WANTED.match(file.name) or file.name == DESCRIPTION):
                    shutil.copyfile(file, into / file.name)
            return None
        if Path(what).is_file():
            _unpack(Path(what), into)
            return None
        if what.startswith(("http://", "https://")):
            _unpack(self._downloaded(what, "", progress), into)
            return None
        found = next((each for each in self.available() if each.name == what), None)
        if found is None:
            raise SourceNotFound(
                f"There is no model {what[:80]!r}, neither as a file nor in an index.",
                "`podcaster models list --available` shows what there is.",
            )
        _unpack(self._downloaded(found.url, found.sha256, progress), into)
        return {
            "source": found.source,
            "target": found.target,
            "version": found.version,
            "licence": found.licence,
            "quality": found.quality,
        }

    def _downloaded(self, url: str, sha256: str, progress: Downloaded) -> Path:
        """An archive from another machine; kept until it is installed, so that a cut-off download goes on."""
        file = downloaded(
            self._fetcher, self._folder, url, suffix=".zip", limit_bytes=_ARCHIVE_BYTES, progress=progress
        )
        verify(file, sha256)
        return file

    @staticmethod
    def _describe(folder: Path, told: Mapping[str, Any]) -> None:
        (folder / DESCRIPTION).write_text(json.dumps(told), encoding="utf-8")

    def _put(self, fresh: Path, name: str) -> None:
        place = self._folder / name
        old = [each for each in subfolders(self._folder) if (model := described(each)) and model.name == name]
        for folder in old:
            shutil.rmtree(folder)
        fresh.rename(place)
        for file in self._folder.glob(".downloads/*.zip"):
            file.unlink()


def _unpack(file: Path, into: Path) -> None:
    """Write an archive's model files into a new folder, after a look at every entry."""
    with opened(file) as archive:
        entries = checked_entries(archive, most=_MOST_FILES)
        into.mkdir()
        for path, entry in entries:
            if _WANTED.match(path.name) or path.name == DESCRIPTION:
                with archive.open(entry) as source, (into / path.name).open("wb") as out:
                    shutil.copyfileobj(source, out)


def _probed(model: Model) -> Probe:
    """The masks that the model copies. One that does not load is found out now and not in the middle of a report."""
    pool = WorkerPool(1, idle_seconds=1.0)
    try:
        (text,) = pool.translate(model, [_TRIAL])
        probed = probe(partial(pool.translate, model), model.source)
    except EngineFailed as error:
        raise ModelRefused(f"The model is not installed: it does not load. {error.what}", _AGAIN) from error
    finally:
        pool.close()
    if not text.strip():
        raise ModelRefused("The model is not installed: it translates nothing.", _AGAIN)
    return probed


def _package(model: Model) -> TranslationPackage:
    version = model.version.partition(":")[0] or "firefox"
    return TranslationPackage(name=model.name, source=model.source, target=model.target, version=version)


def _is_ours(entry: object) -> bool:
    """Whether an entry of an index is of this kind, which is also that of entries without one."""
    return isinstance(entry, Mapping) and entry.get("kind", KIND) == KIND
