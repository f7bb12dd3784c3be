"""Faults of a clip that its sound alone shows: clipping, a gap in the middle, a stretch said twice."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from podcaster.speech.synthesizer import Speech

_CLIPPED_FROM: Final = 32_760
_MOST_CLIPPED: Final = 0.002
"""Share of the samples."""
_QUIET: Final = 100
"""Out of 32,768: about -50 dB."""
_LONGEST_GAP_SECONDS: Final = 2.5
_SHORT_WORD: Final = 3
"""Letters of those that come again and again, as `the`."""
_COMPARED_HERTZ: Final = 8_000
"""Sample rate, at least, of what is compared: half of it holds what tells speech sounds apart."""
_HOP_SECONDS: Final = 0.02
_HOPS_IN_WINDOW: Final = 5
_BANDS: Final = 24
_LOWEST_HERTZ: Final = 100.0
_FLOOR, _VOICED = 2.5e3, 2.5e4
"""Power of a band: what is added to each, and the mean above which a hop is heard."""
_SHORTEST_REPEAT, _LONGEST_REPEAT = 25, 125
"""In hops: from 0.5 to 2.5 s."""
_LEAST_VOICED: Final = 0.7
"""Share of a stretch that has to be heard."""
_EQUAL: Final = 0.9
"""Likeness of two stretches' spectra, over time, from -1 to 1. Of 27 good lines none reached 0.72; all of 156 with a stretch of
0.55 to 2 s put in twice were above."""


def faults(speech: Speech, text: str) -> Iterator[str]:
    """Each fault in a few words, for people; none for a sound clip."""
    samples = speech.samples.astype(np.int32)
    if _clipped(samples) > _MOST_CLIPPED * len(samples):
        yield "it is clipped"
    gap = _longest_gap(samples) / speech.rate
    if gap > _LONGEST_GAP_SECONDS:
        yield f"it falls silent for {gap:.1f} s"
    if not _repetitive(text):
        repeated = _repeated_seconds(speech.samples, speech.rate)
        if repeated:
            yield f"{repeated:.1f} s are said twice"


def _clipped(samples: NDArray[np.int32]) -> int:
    """Samples in flat tops: three in a row at full scale, which a peak that was brought to full scale does not have."""
    full = np.abs(samples) >= _CLIPPED_FROM
    return int(np.count_nonzero(full[:-2] & full[1:-1] & full[2:]))


def _longest_gap(samples: NDArray[np.int32]) -> int:
    """Samples of the longest silence between two sounds."""
    loud = np.flatnonzero(np.abs(samples) > _QUIET)
    return int(np.diff(loud).max()) if len(loud) > 1 else 0


def _repetitive(text: str) -> bool:
    """Whether the text itself says something twice in a row: `very, very`, `one in one`."""
    words = ["".join(filter(str.isalnum, word)).lower() for word in text.split()]
    nearby = pairwise(words)
    further = zip(words, words[2:], strict=False)
    return any(first == second for first, second in nearby) or any(
        first == second for first, second in further if len(first) > _SHORT_WORD
    )


def _repeated_seconds(samples: NDArray[np.int16], rate: int) -> float:
    """Length of a stretch that repeats the one before it; 0 without one."""
    spectra = _spectra(samples, rate)
    lags = np.arange(_SHORTEST_REPEAT, min(_LONGEST_REPEAT, len(spectra) // 2))
    if not len(lags):
        return 0.0
    repeated = _likeness(spectra, lags) > _EQUAL
    return float(lags[repeated.argmax()]) * _HOP_SECONDS if repeated.any() else 0.0


def _likeness(spectra: NDArray[np.float32], lags: NDArray[np.int64]) -> NDArray[np.float64]:
    """Likeness of the two most similar neighbouring stretches of each length in hops, shape (lags,); silence counts for nothing.

    `lags` are numbers in a row, of at most half the hops.
    """
    hops = len(spectra)
    behind = np.concatenate([spectra[lags[0] :], np.zeros((lags[-1], spectra.shape[1]), np.float32)])
    alike = (spectra[:, None, :] @ np.lib.stride_tricks.sliding_window_view(behind, len(lags), axis=0))[:, 0, :]
    voiced = np.abs(behind).max(axis=1) > 0
    here = np.abs(spectra).max(axis=1) > 0
    together = here[:, None] | np.lib.stride_tricks.sliding_window_view(voiced, len(lags))
    likeness = _sums(alike, lags) / np.maximum(_sums(together, lags), _LEAST_VOICED * lags)
    within = np.arange(len(likeness))[:, None] <= hops - 2 * lags
    most: NDArray[np.float64] = np.where(within, likeness, -1).max(axis=0)
    return most


def _sums(values: NDArray[np.generic], lags: NDArray[np.int64]) -> NDArray[np.float64]:
    """Sums of as many values in a row as each column's lag says, from each start on, shape (starts, lags)."""
    hops = len(values)
    starts = hops - 2 * int(lags[0]) + 1
    summed = np.zeros((hops + 1 + int(lags[-1]), len(lags)))
    np.cumsum(values, axis=0, dtype=np.float64, out=summed[1 : hops + 1])
    row, column = summed.strides
    ends = np.lib.stride_tricks.as_strided(summed[lags[0] :], (starts, len(lags)), (row, row + column))
    sums: NDArray[np.float64] = ends - summed[:starts]
    return sums


def _spectra(samples: NDArray[np.int16], rate: int) -> NDArray[np.float32]:
    """The shape of each hop's spectrum, shape (hops, bands), of length 1; of silence, 0."""
    step = max(rate // _COMPARED_HERTZ, 1)
    low = _means(samples, step)
    hop = round(rate / step * _HOP_SECONDS)
    size = _HOPS_IN_WINDOW * hop
    if len(low) < size:
        return np.zeros((0, _BANDS), np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(low, size)[::hop] * np.hanning(size).astype(np.float32)
    spectrum = np.fft.rfft(frames, axis=1)
    power = spectrum.real**2 + spectrum.imag**2
    edges = np.geomspace(_LOWEST_HERTZ, rate / step / 2, _BANDS + 1) * size * step / rate
    starts = np.clip(edges[:-1].astype(int), 1, power.shape[1] - 1)
    bands = np.log(np.add.reduceat(power, starts, axis=1) + np.float32(_FLOOR))
    voiced = bands.mean(axis=1) > np.log(_VOICED)
    shape = bands - bands.mean(axis=0)
    length = np.linalg.norm(shape, axis=1, keepdims=True)
    return np.where(voiced[:, None], shape / np.maximum(length, 1e-6), 0).astype(np.float32)


def _means(samples: NDArray[np.int16], step: int) -> NDArray[np.float32]:
    """The mean of each `step` samples, shape (n // step,)."""
    behind = len(samples) // step * step
    summed = samples[:behind:step].astype(np.float32)
    for first in range(1, step):
        summed += samples[first:behind:step]
    summed /= step
    return summed
