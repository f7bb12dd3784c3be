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
_HOP_SECONDS: Final = 0.01
_BANDS: Final = 24
_LOWEST_HERTZ: Final = 100.0
_SHORTEST_REPEAT, _LONGEST_REPEAT = 50, 250
"""In hops: from 0.5 to 2.5 s."""
_LEAST_VOICED: Final = 0.7
"""Share of a stretch that has to be heard."""
_EQUAL: Final = 0.9
"""Likeness of two stretches' spectra, over time, from -1 to 1. Good lines reached 0.85; 24 with a stretch put in twice were
all above 0.92."""


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
    for lag in range(_SHORTEST_REPEAT, min(_LONGEST_REPEAT, len(spectra) // 2)):
        if _likeness(spectra, lag) > _EQUAL:
            return lag * _HOP_SECONDS
    return 0.0


def _likeness(spectra: NDArray[np.float32], lag: int) -> float:
    """Likeness of the two most similar neighbouring stretches of `lag` hops; silence counts for nothing."""
    alike = np.einsum("tb,tb->t", spectra[:-lag], spectra[lag:])
    voiced: NDArray[np.bool_] = np.abs(spectra).max(axis=1) > 0
    together = _sums(voiced[:-lag] | voiced[lag:], lag)
    if not len(together):
        return 0.0
    return float((_sums(alike, lag) / np.maximum(together, _LEAST_VOICED * lag)).max())


def _sums(values: NDArray[np.generic], count: int) -> NDArray[np.float64]:
    """Sums of `count` values in a row, from each place on."""
    summed: NDArray[np.float64] = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    sums: NDArray[np.float64] = summed[count:] - summed[:-count]
    return sums


def _spectra(samples: NDArray[np.int16], rate: int) -> NDArray[np.float32]:
    """The shape of each hop's spectrum, shape (hops, bands), of length 1; of silence, 0."""
    hop = round(rate * _HOP_SECONDS)
    size = 4 * hop
    if len(samples) < size:
        return np.zeros((0, _BANDS), np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(samples, size)[::hop] * np.hanning(size).astype(np.float32)
    power = np.abs(np.fft.rfft(frames, axis=1)) ** 2
    edges = np.geomspace(_LOWEST_HERTZ, rate / 2, _BANDS + 1) * size / rate
    starts = np.clip(edges[:-1].astype(int), 1, power.shape[1] - 1)
    bands = np.log(np.add.reduceat(power, starts, axis=1) + 1e4)
    voiced = bands.mean(axis=1) > np.log(1e5)
    shape = bands - bands.mean(axis=0)
    length = np.linalg.norm(shape, axis=1, keepdims=True)
    return np.where(voiced[:, None], shape / np.maximum(length, 1e-6), 0).astype(np.float32)
