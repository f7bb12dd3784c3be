"""Argos packages, driven directly: their tokenizer and their CTranslate2 model, all sentences of a report in large batches."""

import copy
import json
import threading
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from typing import Any

from podcaster import language as languages
from podcaster.adapters.argos.packages import INVENTED, ArgosPackages
from podcaster.errors import EngineFailed, NoTranslationPath
from podcaster.translation import neural
from podcaster.translation.translator import OneWay
from podcaster.units import LanguagePair, LanguageTag

__all__ = ["ArgosPackages", "ArgosTranslator"]

BATCH_TOKENS = 512
BEAM = 4
LENGTH_PENALTY = 0.2
_NARROW = 1
IDLE_SECONDS = 300.0
_SPACE = "\u2581"


@dataclass(frozen=True, slots=True)
class _Installed:
    folder: Path
    pair: LanguagePair
    version: str
    package: Any
    """argostranslate's own description, with the package's tokenizer."""


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

    def mask(self, index: int) -> str:
        """A word in capitals that models copy, and that no language has."""
        return neural.mask(index)

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
                texts = self._through(step, texts)
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

    def _through(self, step: _Installed, texts: Sequence[str]) -> list[str]:
        asked = [text for text in texts if text.strip()]
        if not asked:
            return list(texts)
        prefix = str(getattr(step.package, "target_prefix", "") or "")
        try:
            results = self._model(step).translate_batch(
                [step.package.tokenizer.encode(text) for text in asked],
                target_prefix=[[prefix]] * len(asked) if prefix else None,
                replace_unknowns=True,
                max_batch_size=BATCH_TOKENS,
                batch_type="tokens",
                beam_size=self._beam,
                length_penalty=LENGTH_PENALTY,
            )
        except (RuntimeError, ValueError) as error:
            raise EngineFailed(f"The Argos package in {step.folder} failed: {error}.", "Install it anew.") from error
        answers = iter([_text(result.hypotheses[0], prefix) for result in results])
        return [next(answers) if text.strip() else "" for text in texts]

    def _model(self, step: _Installed) -> Any:  # noqa: ANN401 # ctranslate2 has no annotations
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

    def _way(self, source: LanguageTag, target: LanguageTag) -> Sequence[_Installed]:
        installed = self._installed()
        direct = next((each for each in installed if _is(each.pair, source, target)), None)
        if direct is not None:
            return [direct]
        for first, second in permutations(installed, 2):
            if first.pair[1] == second.pair[0] and _is((first.pair[0], second.pair[1]), source, target):
                return [first, second]
        return []

    def _installed(self) -> Sequence[_Installed]:
        """Installed packages; scanned on each use, since packages come and go."""
        if not self._folder.is_dir():
            return []
        folders = sorted(file.parent for file in self._folder.glob("*/metadata.json"))
        found = (_described(folder, invented=self._invented) for folder in folders)
        return [each for each in found if each is not None]


def _described(folder: Path, *, invented: bool) -> _Installed | None:
    from argostranslate.package import Package  # noqa: PLC0415 # only where a package is installed

    if not invented and json.loads((folder / "metadata.json").read_text(encoding="utf-8")).get(INVENTED):
        return None
    package = Package(folder)
    pair = (neural.tag(package.from_code), neural.tag(package.to_code))
    if pair[0] is None or pair[1] is None or not hasattr(package, "tokenizer"):
        return None
    return _Installed(folder, (pair[0], pair[1]), str(package.package_version), package)


def _is(pair: LanguagePair, source: LanguageTag, target: LanguageTag) -> bool:
    return languages.match(source, [pair[0]]) is not None and languages.match(target, [pair[1]]) is not None


def _text(pieces: Sequence[str], prefix: str) -> str:
    """Pieces joined by us: argostranslate's own way turns every `_` into a space."""
    joined = "".join(pieces[1:] if prefix and pieces[:1] == [prefix] else pieces)
    return " ".join(joined.replace(_SPACE, " ").split())
