"""LAME in process, by lameenc, as the show's one Encoder."""

from __future__ import annotations

from functools import cached_property
from importlib.metadata import version
from typing import TYPE_CHECKING

import lameenc

from podcaster.audio.encoder import BIT_RATE_KBIT, FRAME_BYTES, SAMPLE_RATE
from podcaster.errors import EngineFailed
from podcaster.units import Decibels

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

QUALITY = 7
"""LAME's -q. Half the time of 5; docs/decisions/0005-lame-quality.md has the measurements."""


class LameEncoder:
    """Fills `audio.encoder.Encoder`. lameenc lets go of the interpreter's lock while it encodes."""

    level_db = Decibels(-0.446)
    """At this bit rate LAME multiplies every sample by 0.95, so that none clips."""

    @cached_property
    def version(self) -> str:
        """Lameenc bundles LAME, so its version stands for both."""
        return f"lameenc-{version('lameenc')}-q{QUALITY}"

    def encode(self, samples: NDArray[np.int16]) -> bytes:
        """A fresh encoder for each clip: its first frame reaches back to none."""
        encoder = lameenc.Encoder()
        encoder.silence()
        encoder.set_channels(1)
        encoder.set_in_sample_rate(SAMPLE_RATE)
        encoder.set_bit_rate(BIT_RATE_KBIT)
        encoder.set_quality(QUALITY)
        encoded = bytes(encoder.encode(samples.tobytes())) + bytes(encoder.flush())
        if not encoded or len(encoded) % FRAME_BYTES:
            raise EngineFailed(
                f"LAME gave {len(encoded)} bytes, which is not a whole number of frames.",
                "Reinstall lameenc and render again.",
            )
        return encoded
