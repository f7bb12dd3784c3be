"""The network's spectrum to a waveform: the samples of the package's own `synth`, in six tenths of its time."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from hibari import dsp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_SEED: Final = 0
"""Seed of the noise in breath and consonants, the same for every run."""


class FixedNoise:
    """Complex normal noise of one seed. Each text is given its beginning, so it is drawn once and kept."""

    def __init__(self) -> None:
        self._generator = np.random.default_rng(_SEED)
        self._real = self._imaginary = np.zeros(0, np.float32)
        self._drawing = threading.Lock()

    def parts(self, shape: tuple[int, int]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Real and imaginary parts of that shape, row by row."""
        count = shape[0] * shape[1]
        with self._drawing:
            missing = count - len(self._real)
            if missing > 0:
                drawn = self._generator.standard_normal((missing, 2), dtype=np.float32)
                self._real = np.concatenate([self._real, drawn[:, 0]])
                self._imaginary = np.concatenate([self._imaginary, drawn[:, 1]])
            return self._real[:count].reshape(shape), self._imaginary[:count].reshape(shape)


def waveform(spectrum: Sequence[NDArray[np.float32]], noise: FixedNoise) -> NDArray[np.float32]:
    """Samples from -1 to 1, shape (n,).

    Args:
        spectrum: The network's outputs for one text: harmonics, their turn, noise, free part and its phase, each of shape
            (bins, frames), and the pitch, shape (frames,).
        noise: The noise to shape.
    """
    harmonics, turn, noise_level, free, phase, pitch = spectrum
    shape = (harmonics.shape[0], harmonics.shape[1])
    whole: NDArray[np.complex64] = dsp.stft(dsp.pulses(pitch), shape[1])
    whole *= _polar(np.tanh(turn) * np.float32(np.pi), dsp.ex(harmonics))
    real, imaginary = noise.parts(shape)
    level = dsp.ex(noise_level)
    whole.real += real * level
    whole.imag += imaginary * level
    whole += _polar(phase, dsp.ex(free))
    samples: Any = dsp.ola(whole)
    return samples  # type: ignore[no-any-return]


def _polar(angle: NDArray[np.float32], size: NDArray[np.float32]) -> NDArray[np.complex64]:
    turned = np.empty(angle.shape, np.complex64)
    np.multiply(np.cos(angle), size, out=turned.real)
    np.multiply(np.sin(angle), size, out=turned.imag)
    return turned
