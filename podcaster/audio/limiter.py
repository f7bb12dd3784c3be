"""A peak limiter: transparent below its ceiling, smooth above it."""

import numpy as np
from numpy.typing import NDArray

CEILING = 10 ** (-2.5 / 20)
"""Limit on sample peaks. Between samples and after MP3 a peak can be 1.5 dB higher: -1 dBTP."""
_BLOCK = 48
"""2 ms at 24,000 Hz."""


def limited(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """The same samples, shape (n,), none above `CEILING`; unchanged where none was.

    The gain of a block is the least that it or a neighbour needs, and moves in straight lines between the middles of the
    blocks: so it never exceeds what a sample needs, and starts to fall before the peak comes.
    """
    loud = np.abs(samples)
    if not samples.size or float(loud.max()) <= CEILING:
        return samples
    peaks = np.maximum.reduceat(loud, np.arange(0, len(loud), _BLOCK))
    needed = np.minimum(np.float32(1), np.float32(CEILING) / np.maximum(peaks, np.float32(CEILING)))
    around = np.pad(needed, 1, constant_values=1.0)
    least = np.minimum(np.minimum(around[:-2], around[1:-1]), around[2:])
    held: NDArray[np.float32] = samples * _lines_between(least)[: len(samples)]
    return held


def _lines_between(gains: NDArray[np.float32]) -> NDArray[np.float32]:
    """A gain for each sample, shape (48 * blocks,): straight lines from the middle of one block to that of the next."""
    half = _BLOCK // 2
    lines = np.empty(len(gains) * _BLOCK, dtype=np.float32)
    between = lines[half : len(lines) - _BLOCK + half].reshape(-1, _BLOCK)
    np.multiply(np.diff(gains)[:, None], np.arange(_BLOCK, dtype=np.float32) / _BLOCK, out=between)
    between += gains[:-1, None]
    lines[:half], lines[len(lines) - _BLOCK + half :] = gains[0], gains[-1]
    return lines
