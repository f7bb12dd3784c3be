"""A peak limiter: transparent below its ceiling, smooth above it."""

import numpy as np
from numpy.typing import NDArray

CEILING = 10 ** (-2.5 / 20)
"""Of sample peaks. Between samples, and after MP3, a peak can be up to 1.5 dB higher: -1 dBTP in what is heard."""
_BLOCK = 48
"""2 ms at 24,000 Hz."""


def limited(samples: NDArray[np.float32], ceiling: float = CEILING) -> NDArray[np.float32]:
    """The same samples, shape (n,), none above the ceiling; unchanged where none was.

    The gain of a block is the least that it or a neighbour needs, and moves in straight lines between the middles of the
    blocks: so it never exceeds what a sample needs, and starts to fall before the peak comes.
    """
    if not samples.size or float(np.max(np.abs(samples))) <= ceiling:
        return samples
    blocks = -(-len(samples) // _BLOCK)
    padded = np.zeros(blocks * _BLOCK, dtype=np.float32)
    padded[: len(samples)] = np.abs(samples)
    peaks = padded.reshape(blocks, _BLOCK).max(axis=1)
    needed = np.minimum(1.0, ceiling / np.maximum(peaks, ceiling))
    around = np.pad(needed, 1, constant_values=1.0)
    least = np.minimum(np.minimum(around[:-2], around[1:-1]), around[2:])
    middles = np.arange(blocks) * _BLOCK + (_BLOCK - 1) / 2
    gain = np.interp(np.arange(len(samples)), middles, least)
    held: NDArray[np.float32] = (samples * gain).astype(np.float32)
    return held
