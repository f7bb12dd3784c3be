"""Firefox Translations models (Bergamot), run by fxtranslate in processes of their own, as a Translator."""

import copy
import re
from collections.abc import Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from podcaster.adapters.bergamot.models import Model, installed
from podcaster.adapters.bergamot.store import BergamotModels
from podcaster.adapters.bergamot.worker_pool import WorkerPool
from podcaster.adapters.child_process.kept_answers import KeptAnswers
from podcaster.errors import NoTranslationPath
from podcaster.translation import neural
from podcaster.translation.translator import Returned
from podcaster.units import LanguageTag

__all__ = ["BergamotModels", "BergamotTranslator"]

IDLE_SECONDS: Final = 300.0
_KEPT: Final = 4096
"""Sentences whose answers are kept in memory, about a megabyte."""
_METHOD: Final = 2
"""Part of the version: grows when this module would make something else of the engine's answer."""
_STRAIGHT: Final = str.maketrans("“”„‟", '""""')
"""Quotation marks that models keep; curly ones get lost, and their words out of order."""
_QUOTED: Final = re.compile(r'"([^"]*)"')
_JOINED: Final = re.compile(r"(?<=[a-zà-ÿ]{2}[.!?])(?=[A-ZÀ-Þ][a-zà-ÿ])")
_SENTENCES_A_CALL: Final = 20
"""Apertium starts a tagger for each call; parts that are too large leave nothing to be checked beside them."""


class BergamotTranslator:
    """Fills `translation.translator.Translator`."""

    name = "bergamot"
    draft = False
    copies_names = True

    def __init__(self, folders: Sequence[Path] = (), *, workers: int = 2, idle_seconds: float = IDLE_SECONDS) -> None:
        """`folders` hold a folder for each model; `workers` processes translate at a time, one model each (83 MB)."""
        self._folders = tuple(folders)
        self._packaged = True
        self._kept = KeptAnswers(_KEPT)
        self._pool = WorkerPool(workers, idle_seconds=idle_seconds)
        self.sentences_a_call = _SENTENCES_A_CALL if workers > 1 else 0

    def serves(self, source: LanguageTag, target: LanguageTag) -> bool:
        """Whether the engine and a model for the pair are installed."""
        return self._model(source, target) is not None

    def version(self, source: LanguageTag, target: LanguageTag) -> str:
        """The engine's, the model's, and this module's."""
        model = self._model(source, target)
        return f"{_METHOD};fxtranslate-{_engine()};{model.name}-{model.version}" if model else "missing"

    def mask(self, index: int) -> str:
        """A word in capitals that models copy, and that no language has."""
        return neural.mask(index)

    def mask_form(self, source: LanguageTag, target: LanguageTag) -> str:
        """The form that the model's probe found when it was installed."""
        model = self._model(source, target)
        return model.mask if model else ""

    def translate(self, sentences: Sequence[str], source: LanguageTag, target: LanguageTag) -> Sequence[str]:
        """Sentence by sentence, spread over the workers; what is longer than a model reads is cut first."""
        model = self._model(source, target)
        if model is None:
            raise NoTranslationPath(
                f"No Firefox model translates from {source} into {target}.",
                f"`podcaster models install {source}-{target}`, or leave the language out.",
            )
        return self._through(model, list(sentences))

    def returned(self, sentences: Sequence[str], source: LanguageTag, target: LanguageTag) -> Sequence[Returned]:
        """There by one model and back by the other, a packaged one too."""
        there = self._model(source, target)
        back = self._model(target, source, packaged=True)
        if there is None or back is None:
            return ()
        pivots = self._through(there, list(sentences))
        backs = self._through(back, pivots)
        return [Returned(there=pivot, back=text) for pivot, text in zip(pivots, backs, strict=True)]

    def without_packaged(self) -> "BergamotTranslator":
        """The same workers for the folders' models alone: what an operator installed, not what a wheel brought."""
        other = copy.copy(self)
        vars(other)["_packaged"] = False
        return other

    def close(self) -> None:
        """End the processes."""
        self._pool.close()
        self._kept.clear()

    def unknown(
        self,
        texts: Sequence[str],  # noqa: ARG002 # the port's
        source: LanguageTag,  # noqa: ARG002 # the same
        target: LanguageTag,  # noqa: ARG002 # the same
    ) -> Sequence[tuple[str, ...]]:
        """Nothing: a model has no dictionary."""
        return ()

    def _through(self, model: Model, texts: Sequence[str]) -> list[str]:
        """The same sentence is asked for once, though several languages come through one model."""
        known = self._kept.of(model, texts, lambda missing: self._asked(model, missing)) or {}
        return [known[text] for text in texts]

    def _asked(self, model: Model, texts: Sequence[str]) -> Sequence[str]:
        answers = self._pool.translate(model, [text.translate(_STRAIGHT) for text in texts])
        return [_quoted(text, _spaced(answer)) for text, answer in zip(texts, answers, strict=True)]

    def _model(self, source: LanguageTag, target: LanguageTag, *, packaged: bool | None = None) -> Model | None:
        if not _engine():
            return None
        packaged = self._packaged if packaged is None else packaged
        fitting = [model for model in installed(self._folders, packaged=packaged) if model.serves(source, target)]
        return min(fitting, key=lambda model: (model.target != target, model.source != source), default=None)


@cache
def _engine() -> str:
    """The engine's version; empty where it is not installed."""
    try:
        return version("fxtranslate") if find_spec("fxtranslate") else ""
    except PackageNotFoundError:
        return ""


def _quoted(source: str, text: str) -> str:
    """An answer with curly quotation marks, if its source has them."""
    return _QUOTED.sub(r"“\1”", text) if "“" in source else text


def _spaced(text: str) -> str:
    """An answer with the space that models leave out between two sentences of a quotation."""
    return _JOINED.sub(" ", text)
