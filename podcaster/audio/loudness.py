"""Loudness of a voice and the gain that brings it to the level of podcasts (EBU R 128, ITU-R BS.1770)."""

import numpy as np
import soxr
from numpy.typing import NDArray

from podcaster.units import Decibels, Hertz

TARGET_LUFS = -16.0
_OVERSAMPLING = 4


def integrated_lufs(samples: NDArray[np.floating], rate: Hertz) -> float:
    """Integrated loudness of samples from -1 to 1, shape (n,), at least 0.4 s."""
    import pyloudnorm  # noqa: PLC0415 # scipy's filters, half a second, when something is measured

    return float(pyloudnorm.Meter(rate).integrated_loudness(samples))


def gain_to_target(samples: NDArray[np.floating], rate: Hertz) -> Decibels:
    """The gain that brings these samples to -16 LUFS."""
    return Decibels(TARGET_LUFS - integrated_lufs(samples, rate))


def true_peak_db(samples: NDArray[np.floating], rate: Hertz) -> Decibels:
    """Highest peak between samples too, in dB below full scale."""
    oversampled = soxr.resample(samples, rate, rate * _OVERSAMPLING)
    return Decibels(float(20 * np.log10(max(float(np.max(np.abs(oversampled))), 1e-9))))
