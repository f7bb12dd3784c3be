"""Kokoro's graph and styles in a folder: loaded when first needed, shared by all threads, let go of when idle."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from podcaster.adapters.kokoro.vocabulary import EDGE, LONGEST_PHONEMES, VOCABULARY
from podcaster.errors import EngineFailed
from podcaster.speech.model_loan import IDLE_SECONDS, ModelLoan

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

GRAPH, STYLES, DESCRIPTION = "kokoro.onnx", "voices.npz", "kokoro.json"
DURATIONS: Final = "/encoder/Clip_output_0"
FRAME_SAMPLES: Final = 600
Device = Literal["cpu", "cuda", "auto"]
_REMEDY = "Install it again: `podcaster voices install kokoro`."


class Described(BaseModel):
    """Content of `kokoro.json`, which the installation writes."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    graph: str
    """SHA-256."""
    styles: str
    """SHA-256 over the names and values of all styles."""
    weights: Literal["int8", "float32"]
    voices: tuple[str, ...]


class KokoroModel:
    """One session for all threads, each of which computes on its own core."""

    def __init__(self, folder: Path, *, device: Device = "cpu", idle_seconds: float = IDLE_SECONDS) -> None:
        """`idle_seconds`: how long the session is kept after it was last used."""
        self.folder = folder
        self._device = device
        self._loan: ModelLoan[tuple[Any, dict[str, NDArray[np.float32]]]] = ModelLoan(
            lambda: (self._opened(), {}), idle_seconds=idle_seconds
        )

    @property
    def described(self) -> Described | None:
        """The installation's description; None without a whole installation."""
        try:
            if not all((self.folder / name).is_file() for name in (GRAPH, STYLES)):
                return None
            return Described.model_validate_json((self.folder / DESCRIPTION).read_bytes())
        except (OSError, ValidationError):
            return None

    @property
    def loaded(self) -> bool:
        """Whether the session is in memory."""
        return self._loan.loaded

    def spoken(self, phonemes: str, voice: str, speed: float) -> tuple[NDArray[np.float32], Sequence[float]]:
        """Samples from -1 to 1, shape (n,), and how many frames each phoneme lasts, with the edges.

        Raises:
            EngineFailed: the files cannot be loaded, or the graph gave an error.
        """
        import numpy as np  # noqa: PLC0415 # a second run speaks nothing and needs none

        numbers = [VOCABULARY[sign] for sign in phonemes if sign in VOCABULARY]
        try:
            with self._loan.used() as (session, styles):
                style = self._style(voice, styles)[min(len(numbers), LONGEST_PHONEMES) - 1]
                given = {
                    "tokens": np.array([[EDGE, *numbers, EDGE]], np.int64),
                    "style": style,
                    "speed": np.array([speed], np.float32),
                }
                audio, frames = session.run(None, given)
        except _graph_errors() as error:
            raise EngineFailed(f"Kokoro failed: {str(error).splitlines()[0]}.", _REMEDY) from error
        return audio.ravel(), frames.ravel().tolist()

    def close(self) -> None:
        """Close the session."""
        self._loan.drop()

    def _opened(self) -> Any:  # noqa: ANN401 # the same
        import onnxruntime  # noqa: PLC0415 # 50 MB, when something is spoken

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            graph = (self.folder / GRAPH).read_bytes()
            return onnxruntime.InferenceSession(graph, options, providers=_providers(self._device))
        except _graph_errors() as error:
            raise EngineFailed(f"Kokoro's model cannot be loaded: {str(error).splitlines()[0]}.", _REMEDY) from error

    def _style(self, voice: str, known: dict[str, NDArray[np.float32]]) -> NDArray[np.float32]:
        """Shape (510, 1, 256): a row for each count of phonemes."""
        import numpy as np  # noqa: PLC0415 # a second run speaks nothing and needs none

        found = known.get(voice)
        if found is None:
            with np.load(self.folder / STYLES) as styles:
                found = known[voice] = styles[voice]
        return found


def write_description(folder: Path, described: Described) -> None:
    """Write `kokoro.json`."""
    (folder / DESCRIPTION).write_text(json.dumps(described.model_dump(), indent=2) + "\n", encoding="utf-8")


def _providers(device: Device) -> Sequence[str]:
    """Onnxruntime's providers; `auto` takes CUDA if onnxruntime was built with it."""
    import onnxruntime  # noqa: PLC0415 # see above

    cuda = device == "cuda" or (device == "auto" and "CUDAExecutionProvider" in onnxruntime.get_available_providers())
    return ["CUDAExecutionProvider", "CPUExecutionProvider"] if cuda else ["CPUExecutionProvider"]


def _graph_errors() -> tuple[type[Exception], ...]:
    """Errors of a damaged model; each of onnxruntime's is a class of its own, below Exception alone."""
    from onnxruntime.capi import onnxruntime_pybind11_state as states  # noqa: PLC0415 # see above

    found = (each for each in vars(states).values() if isinstance(each, type) and issubclass(each, Exception))
    return (OSError, RuntimeError, ValueError, *found)
