"""Synthesizers that need no engine, and some that fail in the ways engines do."""

import hashlib
import threading

import numpy as np

from podcaster.errors import EngineFailed, NoVoice
from podcaster.model import Voice
from podcaster.script.phonetics import as_written
from podcaster.speech.speaking import expected_seconds
from podcaster.speech.synthesizer import Speech, Synthesizer
from podcaster.units import Hertz

_RATE = Hertz(22_050)
_LEAST_SECONDS = 0.4


class ToneSynthesizer(Synthesizer):
    """Says everything as a tone, as long as the text would take and as high as its hash says."""

    name = "tone"
    version = "1"
    deterministic = True
    neural = False
    paced = False

    def has(self, voice: Voice) -> bool:
        """Every voice that asks for it."""
        return voice.engine == self.name

    def speak(self, text: str, voice: Voice) -> Speech:
        """A tone with a swell, from 200 to 600 Hz."""
        if not self.has(voice):
            raise NoVoice(f"{voice.name} is for {voice.engine}.", "Choose another voice.")
        pitch = 200 + hashlib.sha256(f"{voice.name}\n{as_written(text)}".encode()).digest()[0] * 400 / 255
        length = int(_RATE * max(expected_seconds(text), _LEAST_SECONDS))
        time = np.arange(length) / _RATE
        swell = 0.6 + 0.4 * np.sin(2 * np.pi * 4 * time)
        tone = np.sin(2 * np.pi * pitch * time) * swell * 12_000
        return Speech(samples=tone.astype(np.int16), rate=_RATE)

    def close(self) -> None:
        """Nothing to end."""


class FlakySynthesizer(ToneSynthesizer):
    """Fails so many times, then works for ever."""

    def __init__(self, failures: int) -> None:
        self._left = failures
        self._lock = threading.Lock()

    def speak(self, text: str, voice: Voice) -> Speech:
        """Fail, or speak."""
        with self._lock:
            failing, self._left = self._left > 0, self._left - 1
        if failing:
            raise EngineFailed("The engine is busy.", "Try again.")
        return super().speak(text, voice)


class SilentSynthesizer(ToneSynthesizer):
    """Answers in time, with nothing to hear."""

    def speak(self, text: str, voice: Voice) -> Speech:
        """Silence as long as the text."""
        spoken = super().speak(text, voice)
        return Speech(samples=np.zeros_like(spoken.samples), rate=spoken.rate)


class TruncatingSynthesizer(ToneSynthesizer):
    """Stops in the middle of the first word."""

    def speak(self, text: str, voice: Voice) -> Speech:
        """A tenth of a second of it."""
        spoken = super().speak(text, voice)
        return Speech(samples=spoken.samples[: spoken.rate // 10], rate=spoken.rate)


class SwallowingSynthesizer:
    """A real engine that leaves a word out, for ever or a few times, or only in texts of some length."""

    def __init__(self, engine: Synthesizer, word: str, *, times: int | None = None, longer_than: int = 0) -> None:
        """`times`: how often it does; None: always. `longer_than`: characters of the texts in which it does."""
        self._engine = engine
        self._word = word
        self._left = times
        self._longer_than = longer_than
        self.name = engine.name
        self.version = f"{engine.version} without {word}"
        self.deterministic = times is None
        self.paced = engine.paced
        self.neural = engine.neural

    def voice_version(self, voice: Voice) -> str:
        """Another one than the engine's."""
        return f"{self._engine.voice_version(voice)} without {self._word}"

    def has(self, voice: Voice) -> bool:
        """Whether the wrapped engine has the voice."""
        return self._engine.has(voice)

    def speak(self, text: str, voice: Voice) -> Speech:
        """Speak the rest of the text."""
        if self._left == 0 or len(text) <= self._longer_than or self._word not in text:
            return self._engine.speak(text, voice)
        self._left = None if self._left is None else self._left - 1
        return self._engine.speak(text.replace(self._word, "").replace("  ", " "), voice)
