"""The limiter never lets a peak through and never touches what is below its ceiling."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from podcaster.audio.limiter import CEILING, limited

SAMPLES = arrays(np.float32, st.integers(0, 700), elements=st.floats(-4, 4, width=32))


@given(samples=SAMPLES)
def test_no_sample_is_above_the_ceiling_and_none_is_made_louder(samples: np.ndarray) -> None:
    held = limited(samples)
    assert held.shape == samples.shape
    assert np.all(np.abs(held) <= CEILING * 1.0001)
    assert np.all(np.abs(held) <= np.abs(samples) * 1.0001)


@given(samples=SAMPLES)
def test_what_is_quiet_enough_passes_untouched(samples: np.ndarray) -> None:
    quiet = (samples * np.float32(CEILING / 4)).astype(np.float32)
    assert np.array_equal(limited(quiet), quiet)


def test_a_peak_is_turned_down_smoothly() -> None:
    samples = np.full(4800, 0.5, dtype=np.float32)
    samples[2400] = 1.5
    held = limited(samples)
    assert np.max(np.abs(np.diff(np.delete(held, 2400)))) < 0.02
    assert held[0] == samples[0]
