"""hibari's English voice as a Synthesizer: in process, the same samples for the same text, 80 times as fast as it is heard."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property, partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from podcaster.adapters.hibari.phonemizer import HibariPhonemizer
from podcaster.errors import EngineFailed, NoVoice
from podcaster.speech.graph_outputs import with_output
from podcaster.speech.model_loan import IDLE_SECONDS, ModelLoan
from podcaster.speech.phonemes import split_phonemes, word_onsets
from podcaster.speech.synthesizer import Speech, WordOnset
from podcaster.units import Hertz

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from podcaster.adapters.hibari.waveform import FixedNoise
    from podcaster.model import Voice
    from podcaster.speech.phonemes import PhonemeToken

VOICES: Final = {"heart": "5f70741d4e900f4e85d0037498736cc1b3e1b9a63a13546a5da1e63abf4fccd8"}
"""SHA-256 of the model of each voice that comes with the package."""
_RATE: Final = Hertz(24_000)
_USUAL_RATE_WPM: Final = 165
"""The voice's own pace; the catalogue's default."""
_SLOWEST, _FASTEST = 0.5, 2.0
_LONGEST_PHONEMES: Final = 400
_FRAME_SAMPLES: Final = 600
"""Samples in a frame of the model's durations."""
_EDGE: Final = 0
"""Number of the silence before and behind a text."""
_DURATIONS: Final = "/Clip_output_0"


class HibariSynthesizer:
    """Fills `speech.synthesizer.Synthesizer`. `engine_voice` is a voice of the package: `heart`.

    One session for all threads, each of which computes on its own core; let go of when nothing was spoken for a while.
    """

    name = "hibari"
    deterministic = True
    neural = True
    paced = False
    """Its durations are whole frames: a rate of 1.25 gives 1.13 to 1.18, so other rates are stretched afterwards."""

    def __init__(self, *, idle_seconds: float = IDLE_SECONDS) -> None:
        """`idle_seconds`: how long the model is kept after it was last used."""
        self._phonemizer = HibariPhonemizer()
        self._models: dict[str, ModelLoan[_Opened]] = {
            name: ModelLoan(partial(_opened, name), idle_seconds=idle_seconds) for name in VOICES
        }

    @cached_property
    def version(self) -> str:
        """The package's and its Fourier transform's, which numpy and scipy round otherwise; empty where it is not installed."""
        try:
            installed = version("hibari-tts")
        except PackageNotFoundError:
            return ""
        try:
            version("scipy")
        except PackageNotFoundError:
            return f"hibari-{installed} numpy"
        return f"hibari-{installed} scipy"

    def voice_version(self, voice: Voice) -> str:
        """The engine's, and the SHA-256 that the voice's model has to have."""
        digest = VOICES.get(voice.engine_voice)
        return f"{self.version} {digest}" if digest else self.version

    def has(self, voice: Voice) -> bool:
        """Whether the package is installed and brings the voice."""
        return voice.engine == self.name and voice.engine_voice in VOICES and bool(self.version)

    def speak(self, text: str, voice: Voice) -> Speech:
        """Speak run by run of at most 400 phonemes; `rate_wpm` stretches the voice's own pace of about 165."""
        if not self.has(voice):
            raise NoVoice(f"hibari has no voice {voice.engine_voice!r}.", f"Correct {voice.name} in voices/.")
        import numpy as np  # noqa: PLC0415 # a second run speaks nothing and needs none

        speed = min(_FASTEST, max(_SLOWEST, voice.rate_wpm / _USUAL_RATE_WPM))
        sound: list[NDArray[np.float32]] = []
        words: list[WordOnset] = []
        with self._models[voice.engine_voice].used() as model:
            for run in split_phonemes(self._phonemizer.phonemes(text), _LONGEST_PHONEMES):
                spoken, frames = _spoken(model, run, speed)
                start = sum(map(len, sound))
                words += word_onsets(run, model.numbers, frames, frame_samples=_FRAME_SAMPLES, start=start)
                sound.append(spoken)
        whole = np.concatenate(sound) if sound else np.zeros(0, np.float32)
        if not whole.any():
            raise EngineFailed(f"{voice.name} has nothing to say for {text[:40]!r}.", "Correct the line's text.")
        samples = (np.clip(whole, -1, 1) * 32_767).astype(np.int16)
        return Speech(samples=samples, rate=_RATE, words=tuple(words))

    def close(self) -> None:
        """Let go of the model."""
        for each in self._models.values():
            each.drop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class _Opened:
    session: Any
    numbers: Mapping[str, int]
    """Number of each phoneme, by its sign."""
    noise: FixedNoise


def _opened(name: str) -> _Opened:
    """The model, with one more output that tells how long each phoneme lasts.

    Raises:
        EngineFailed: its file is not the one that the voice was checked with.
    """
    import onnxruntime  # noqa: PLC0415 # 50 MB, when something is spoken
    from hibari.tts import ASSETS  # noqa: PLC0415 # the same
    from hibari.voices import voice_path  # noqa: PLC0415 # the same

    from podcaster.adapters.hibari.waveform import FixedNoise  # noqa: PLC0415 # the same

    content = Path(voice_path(name)).read_bytes()
    if hashlib.sha256(content).hexdigest() != VOICES[name]:
        raise EngineFailed(
            f"The model of hibari's voice {name} is damaged, or not the published one.",
            "Install it again: `pip install --force-reinstall hibari-tts==0.2.1`.",
        )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return _Opened(
        session=onnxruntime.InferenceSession(
            with_output(content, _DURATIONS), options, providers=["CPUExecutionProvider"]
        ),
        numbers=json.loads((Path(ASSETS) / "vocab.json").read_text(encoding="utf-8")),
        noise=FixedNoise(),
    )


def _spoken(model: _Opened, run: Sequence[PhonemeToken], speed: float) -> tuple[NDArray[np.float32], Sequence[float]]:
    """Samples from -1 to 1, shape (n,), and how many frames each phoneme lasts."""
    import numpy as np  # noqa: PLC0415 # a second run speaks nothing and needs none

    from podcaster.adapters.hibari.waveform import waveform  # noqa: PLC0415 # the same

    phonemes = "".join(token.phonemes for token in run).strip()
    numbers = [model.numbers[sign] for sign in phonemes if sign in model.numbers]
    if not numbers:
        return np.zeros(0, np.float32), (0.0,)
    given = {"ids": np.array([[_EDGE, *numbers, _EDGE]], np.int64), "speed": np.array([speed], np.float32)}
    *spectrum, frames = model.session.run(None, given)
    return waveform([each[0] for each in spectrum], model.noise), frames.ravel().tolist()
