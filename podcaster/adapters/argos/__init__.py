"""Argos packages, driven directly: their tokenizer and their CTranslate2 model, all sentences of a report in large batches."""

import copy
import threading
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from typing import Any

from podcaster import language as languages
from podcaster.adapters.argos.ctranslate2_folders import CTranslate2Models
from podcaster.adapters.argos.engine import LENGTH_PENALTY, Installed, described, translated
from podcaster.adapters.argos.packages import ArgosPackages
from podcaster.errors import NoTranslationPath
from podcaster.translation.masks import NONE
from podcaster.translation.translator import OneWay
from podcaster.units import LanguagePair, LanguageTag

__all__ = ["ArgosPackages", "ArgosTranslator", "CTranslate2Models"]

BEAM = 4
_NARROW = 1
IDLE_SECONDS = 300.0


@dataclass(slots=True)
class _Loaded:
    model: Any
    used: float


class ArgosTranslator(OneWay):
    """Fills `translation.translator.Translator`."""

    name = "argos"
    draft = False

    def __init__(
        self,
        packages: Path,
        *,
        beam: int = BEAM,
        workers: int = 2,
        device: str = "cpu",
        compute_type: str = "default",
        invented: bool = False,
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        """`packages` holds a folder for each installed package; `workers` are batches at a time, a thread each.

        Packages of `invented` languages, which tests have, are not used otherwise.
        """
        self._folder = packages
        self._beam = beam
        self._workers = workers
        self._device = device
        self._compute_type = compute_type
        self._invented = invented
        self._idle_seconds = idle_seconds
        self._alarm: threading.Timer | None = None
        self._loaded: dict[Path, _Loaded] = {}
        self._lock = threading.Lock()
        self._turn = threading.Lock()
        """One language at a time: its batches keep every core busy, and each model takes memory."""

    def serves(self, source: LanguageTag, target: LanguageTag) -> bool:
        """Whether a package for the pair is installed, or two that meet in a third language."""
        return bool(self._way(source, target))

    def version(self, source: LanguageTag, target: LanguageTag) -> str:
        """The packages on the way with their versions, and what else shapes a translation."""
        steps = "+".join(f"{step.pair[0]}-{step.pair[1]}-{step.version}" for step in self._way(source, target))
        return f"{steps};beam={self._beam};penalty={LENGTH_PENALTY};{self._compute_type}"

    def mask_form(self, source: LanguageTag, target: LanguageTag) -> str:
        """The form that the first package's probe found; NONE where any package on the way copies no mask."""
        forms = [step.mask for step in self._way(source, target)]
        return NONE if NONE in forms else next(iter(forms), "")

    def translate(self, sentences: Sequence[str], source: LanguageTag, target: LanguageTag) -> Sequence[str]:
        """Through one package or two, sentence by sentence, so that they stay aligned."""
        way = self._way(source, target)
        if not way:
            raise NoTranslationPath(
                f"No Argos package translates from {source} into {target}.",
                f"`podcaster models install {source}-{target}`, or leave the language out.",
            )
        texts = list(sentences)
        with self._turn:
            self._forget(keep={step.folder for step in way})
            for step in way:
                texts = translated(step, self._model(step), texts, beam=self._beam)
        self._forget_later()
        return texts

    def narrower(self) -> "ArgosTranslator":
        """The same models with the smallest beam: another answer where the best one loops or drops something."""
        other = copy.copy(self)
        vars(other)["_beam"] = _NARROW
        return other

    def close(self) -> None:
        """Drop every model."""
        with self._lock:
            self._loaded.clear()
            if self._alarm is not None:
                self._alarm.cancel()

    def _model(self, step: Installed) -> Any:  # noqa: ANN401 # ctranslate2 has no annotations
        import ctranslate2  # noqa: PLC0415 # only where a package is installed

        with self._lock:
            loaded = self._loaded.get(step.folder)
            if loaded is None:
                model = ctranslate2.Translator(
                    str(step.folder / "model"),
                    device=self._device,
                    compute_type=self._compute_type,
                    inter_threads=self._workers,
                    intra_threads=1,
                )
                loaded = self._loaded[step.folder] = _Loaded(model, 0.0)
            loaded.used = time.monotonic()
            return loaded.model

    def _forget_later(self) -> None:
        """A service that has nothing to translate keeps no model."""
        with self._lock:
            if self._alarm is not None:
                self._alarm.cancel()
            self._alarm = threading.Timer(self._idle_seconds, self._forget)
            self._alarm.daemon = True
            self._alarm.start()

    def _forget(self, keep: Collection[Path] = ()) -> None:
        """Drop the models that are not to be kept and that nobody has used for a while; `keep` drops all others at once.

        A model takes 95 MB, and twice that while it is loaded, which takes 0.1 s.
        """
        with self._lock:
            now = time.monotonic()
            for folder in [folder for folder in self._loaded if folder not in keep]:
                if keep or now - self._loaded[folder].used >= self._idle_seconds:
                    del self._loaded[folder]

    def _way(self, source: LanguageTag, target: LanguageTag) -> Sequence[Installed]:
        installed = self._installed()
        direct = next((each for each in installed if _is(each.pair, source, target)), None)
        if direct is not None:
            return [direct]
        for first, second in permutations(installed, 2):
            if first.pair[1] == second.pair[0] and _is((first.pair[0], second.pair[1]), source, target):
                return [first, second]
        return []

    def _installed(self) -> Sequence[Installed]:
        """Installed packages; scanned on each use, since packages come and go."""
        if not self._folder.is_dir():
            return []
        folders = sorted(file.parent for file in self._folder.glob("*/metadata.json"))
        found = (described(folder, invented=self._invented) for folder in folders)
        return [each for each in found if each is not None]


def _is(pair: LanguagePair, source: LanguageTag, target: LanguageTag) -> bool:
    return languages.match(source, [pair[0]]) is not None and languages.match(target, [pair[1]]) is not None
