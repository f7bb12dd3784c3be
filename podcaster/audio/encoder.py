"""The port that an MP3 encoder fills, and the one format that all clips share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from podcaster.units import Decibels, Hertz, Milliseconds

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SAMPLE_RATE: Final = Hertz(24_000)
BIT_RATE_KBIT: Final = 64
FRAME_SAMPLES: Final = 576
"""MPEG-2 Layer III: samples in a frame (ISO/IEC 13818-3 §2.4.2.3)."""
FRAME_MS: Final = Milliseconds(24)
FRAME_BYTES: Final = 192
"""64 kbit/s at 24 kHz: exactly this, with no padding, in every frame."""


class Encoder(Protocol):
    """Encodes MP3, mono, 24,000 Hz, 64 kbit/s constant. The promise is tests/audio/test_clips.py.

    Safe to call from several threads at once.
    """

    @property
    def version(self) -> str:
        """Changes whenever the same samples may give other bytes."""

    @property
    def level_db(self) -> Decibels:
        """Level of the decoded signal relative to the samples, at every frequency."""

    def encode(self, samples: NDArray[np.int16]) -> bytes:
        """A whole number of frames that depends on no frame outside it; equal samples give equal bytes.

        Samples are one channel at 24,000 Hz. The encoder adds at most two frames of its own delay.

        Raises:
            EngineFailed: the encoder gave an error or something else than whole frames.
        """
