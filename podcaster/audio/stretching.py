"""Speech made faster or slower after it was spoken, for engines that have one pace; owns the Stretcher port."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from podcaster.speech.synthesizer import Speech
    from podcaster.units import Hertz


class Stretcher(Protocol):
    """Changes how long a voice takes and leaves its pitch. The promise is tests/contracts/test_stretcher.py.

    Safe to call from several threads at once.
    """

    @property
    def version(self) -> str:
        """Changes whenever the same samples may give others."""

    def stretch(self, samples: NDArray[np.int16], rate: Hertz, tempo: float) -> NDArray[np.int16]:
        """Samples of one channel, shape (n,), as about n / tempo samples; equal arguments give equal samples.

        Raises:
            EngineFailed: it cannot be done here.
        """


def stretched(speech: Speech, tempo: float, stretcher: Stretcher) -> Speech:
    """Speech played `tempo` times as fast: samples and word times."""
    words = [replace(word, sample=round(word.sample / tempo)) for word in speech.words]
    return replace(speech, samples=stretcher.stretch(speech.samples, speech.rate, tempo), words=words)
