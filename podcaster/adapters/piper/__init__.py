"""Piper's neural voices as a Synthesizer: files in a folder, loaded when they first speak."""

from __future__ import annotations

import json
import threading
import unicodedata
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from podcaster.errors import EngineFailed, NoVoice
from podcaster.speech.synthesizer import Speech
from podcaster.units import Hertz

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from podcaster.model import Voice

_USUAL_RATE_WPM = 165
"""What a Piper voice speaks at by itself; the catalogue's default."""


class PiperSynthesizer:
    """Fills `speech.synthesizer.Synthesizer`. `engine_voice` is a file's name, and behind `#` a speaker: `es_ES-sharvard-medium#F`.

    A voice is `NAME.onnx` with `NAME.onnx.json`, as Piper publishes them. Another model is another name: clips are kept by it.
    """

    name = "piper"
    deterministic = False

    def __init__(self, folders: Sequence[Path]) -> None:
        """`folders`: where voices are looked for; the first that has one counts."""
        self._folders = folders
        self._lock = threading.Lock()
        self._loaded: dict[Path, Any] = {}

    @cached_property
    def version(self) -> str:
        """Piper's; empty where it is not installed."""
        try:
            return f"piper-{version('piper-tts')}"
        except PackageNotFoundError:
            return ""

    def has(self, voice: Voice) -> bool:
        """Whether Piper is installed, and the voice's files and its speaker are here."""
        if voice.engine != self.name or not self.version:
            return False
        name, _, speaker = voice.engine_voice.partition("#")
        model = self._model(name)
        if model is None:
            return False
        try:
            described = json.loads(_description(model).read_text(encoding="utf-8"))
            _speaker_id(speaker, described.get("speaker_id_map", {}), int(described["num_speakers"]))
        except (OSError, ValueError, LookupError, AttributeError, TypeError):
            return False
        return True

    def speak(self, text: str, voice: Voice) -> Speech:
        """Speak sentence by sentence, as Piper streams it; `rate_wpm` stretches the voice's own pace of about 165."""
        name, _, speaker = voice.engine_voice.partition("#")
        model = self._model(name) if self.has(voice) else None
        if model is None:
            raise NoVoice(
                f"Piper has no voice {voice.engine_voice!r}.",
                f"Install podcaster[piper] and put {name}.onnx and {name}.onnx.json into {self._folders[0]}.",
            )
        return _spoken(self._voice(model), _plain(text), speaker, voice)

    def close(self) -> None:
        """Let go of every model."""
        with self._lock:
            self._loaded = {}

    def _model(self, name: str) -> Path | None:
        if not name or name.startswith(".") or "/" in name:
            return None
        models = (folder / f"{name}.onnx" for folder in self._folders)
        return next((model for model in models if model.is_file() and _description(model).is_file()), None)

    def _voice(self, model: Path) -> Any:  # noqa: ANN401 # piper is optional, and so are its types
        from piper import PiperVoice  # noqa: PLC0415 # optional, and half a second

        with self._lock:
            if model not in self._loaded:
                try:
                    self._loaded[model] = PiperVoice.load(model)
                except _model_errors() as error:
                    reason = str(error).splitlines()[0] if str(error) else type(error).__name__
                    raise EngineFailed(
                        f"{model.name} cannot be loaded: {reason}.", "Download the voice again."
                    ) from error
            return self._loaded[model]


def _spoken(piper: Any, text: str, speaker: str, voice: Voice) -> Speech:  # noqa: ANN401 # see above
    import numpy as np  # noqa: PLC0415 # a second run speaks nothing and needs none
    from piper import SynthesisConfig  # noqa: PLC0415 # optional

    config = SynthesisConfig(
        speaker_id=_speaker_id(speaker, piper.config.speaker_id_map, piper.config.num_speakers),
        length_scale=piper.config.length_scale * _USUAL_RATE_WPM / voice.rate_wpm,
        noise_scale=voice.noise_scale,
        noise_w_scale=voice.noise_w_scale,
    )
    try:
        pieces = [np.asarray(chunk.audio_int16_array).reshape(-1) for chunk in piper.synthesize(text, config)]
    except _model_errors() as error:
        raise EngineFailed(f"{voice.name} failed: {error}.", "Render again, or choose another voice.") from error
    samples = np.concatenate(pieces).astype(np.int16) if pieces else np.zeros(0, np.int16)
    if not samples.any():
        raise EngineFailed(f"{voice.name} gave silence for {text[:40]!r}.", "Render again, or choose another voice.")
    return Speech(samples=samples, rate=Hertz(int(piper.config.sample_rate)))


def _speaker_id(speaker: str, known: Mapping[str, int], count: int) -> int | None:
    """The number of a speaker; None: the voice's own.

    Raises:
        LookupError: the voice has no such speaker.
    """
    if not speaker:
        return None
    if speaker in known:
        return int(known[speaker])
    if speaker.isdecimal() and int(speaker) < count:
        return int(speaker)
    raise LookupError(speaker)


def _plain(text: str) -> str:
    """Without control characters, and without `[[`, behind which Piper expects phonemes."""
    bare = "".join(" " if unicodedata.category(sign) in {"Cc", "Cs", "Co"} else sign for sign in text)
    while "[[" in bare:
        bare = bare.replace("[[", "[ [")
    return bare


def _description(model: Path) -> Path:
    return model.with_name(f"{model.name}.json")


def _model_errors() -> tuple[type[Exception], ...]:
    """What a wrong file brings about; each of onnxruntime's states is a class of its own, below Exception alone."""
    from onnxruntime.capi import onnxruntime_pybind11_state as state  # noqa: PLC0415 # optional

    found = (each for each in vars(state).values() if isinstance(each, type) and issubclass(each, Exception))
    return (OSError, RuntimeError, ValueError, LookupError, TypeError, *found)
