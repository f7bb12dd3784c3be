"""An editor's own recording: brought to the show's loudness, and cut into the lines of a script."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from podcaster.audio.encoder import SAMPLE_RATE
from podcaster.audio.limiter import limited
from podcaster.audio.loudness import gain_to_target
from podcaster.audio.recording import at_show_rate
from podcaster.errors import InputRefused
from podcaster.proofing.recording_alignment import Gap
from podcaster.speech.synthesizer import Speech
from podcaster.units import Decibels

SHORTEST_S: Final = 0.3
_BLOCK_S: Final = 0.5
"""BS.1770 measures in blocks of 0.4 s; what is shorter is measured with silence around it, which its gate leaves out."""
_SILENT: Final = 0.003
"""About -50 dB."""
_WINDOW: Final = SAMPLE_RATE // 50
"""20 ms."""
_SMOOTHED: Final = 9
"""Windows over which a pause is looked for: 180 ms."""
_REACH: Final = 0.45
"""Distance that a cut may move from its place by the text, as a share of the shorter neighbour."""
_BLUR_S: Final = 0.12
"""Precision of a recognizer's word boundaries."""


def normalised(speech: Speech, *, encoder_db: Decibels) -> Speech:
    """A recording at the show's rate and loudness; `encoder_db` is what the encoder adds.

    Raises:
        InputRefused: nothing is heard in it.
    """
    samples = at_show_rate(speech.samples.astype(np.float32) / np.float32(32_768), speech.rate)
    if len(samples) < SHORTEST_S * SAMPLE_RATE or float(np.abs(samples).max(initial=0.0)) < _SILENT:
        raise InputRefused("The recording is silent.", "Check the microphone, and record it again.")
    rest = np.zeros(round(_BLOCK_S * SAMPLE_RATE), dtype=np.float32)
    gain = gain_to_target(np.concatenate([rest, samples, rest]), SAMPLE_RATE) - encoder_db
    loud = limited((samples * np.float32(10 ** (gain / 20))).astype(np.float32))
    return Speech(samples=np.rint(loud * 32_767).astype(np.int16), rate=SAMPLE_RATE)


def cut_by_share(speech: Speech, lengths: Sequence[int]) -> Sequence[Speech]:
    """A recording cut into lines of these lengths in characters, each cut at the quietest place near its share.

    Raises:
        InputRefused: it is too short for so many lines, or there are none.
    """
    if not lengths:
        raise InputRefused("The script has no line to record.", "Render the report first.")
    total = len(speech.samples)
    shortest = int(SHORTEST_S * speech.rate)
    if total < len(lengths) * SHORTEST_S * speech.rate:
        raise InputRefused(
            f"The recording is too short for {len(lengths)} lines.", "Record the whole report, or line by line."
        )
    ideal = np.concatenate([[0], np.cumsum(np.maximum(np.asarray(lengths), 1))]) * (total / max(sum(lengths), 1))
    loudness = _loudness(speech.samples)
    ends = [0]
    for place in range(1, len(lengths)):
        # Every line keeps the shortest length, and those behind it too.
        latest = total - (len(lengths) - place) * shortest
        ends.append(min(max(_quietest(loudness, ideal, place), ends[-1] + shortest), latest))
    return [
        Speech(samples=speech.samples[first:behind], rate=speech.rate) for first, behind in pairwise([*ends, total])
    ]


def cut_at_gaps(speech: Speech, lengths: Sequence[int], gaps: Sequence[Gap | None]) -> Sequence[Speech]:
    """A recording cut into lines of these lengths in characters, each cut at the quietest place of a gap, else by its share.

    Raises:
        InputRefused: it is too short for so many lines, or there are none.
    """
    cuts = [(0, 0)]
    total, shortest = len(speech.samples), round(SHORTEST_S * speech.rate)
    for place, gap in enumerate(gaps, start=1):
        if gap is None:
            continue
        cut = _quietest_of(speech, gap)
        lines, left = place - cuts[-1][0], len(lengths) - place
        if cut - cuts[-1][1] >= lines * shortest and total - cut >= left * shortest:
            cuts.append((place, cut))
    cuts.append((len(lengths), total))
    return [
        part
        for (first, start), (behind, end) in pairwise(cuts)
        for part in cut_by_share(Speech(samples=speech.samples[start:end], rate=speech.rate), lengths[first:behind])
    ]


def _quietest_of(speech: Speech, gap: Gap) -> int:
    """The sample in a gap, or within its blur, at which to cut."""
    blur = round(_BLUR_S * speech.rate)
    first, behind = max(min(gap.ends, gap.begins) - blur, 0), max(gap.ends, gap.begins) + blur
    loudness = _loudness(speech.samples[first:behind])
    if not len(loudness):
        return gap.begins
    return first + int(np.argmin(loudness)) * _WINDOW + _WINDOW // 2


def _loudness(samples: NDArray[np.int16]) -> NDArray[np.float64]:
    """Root mean square of each 20 ms, smoothed."""
    windows = len(samples) // _WINDOW
    squares = samples[: windows * _WINDOW].astype(np.float64).reshape(windows, _WINDOW) ** 2
    level = np.sqrt(squares.mean(axis=1))
    return np.convolve(level, np.full(_SMOOTHED, 1 / _SMOOTHED), mode="same")


def _quietest(loudness: NDArray[np.float64], ideal: NDArray[np.float64], place: int) -> int:
    """The sample at which to cut between two lines."""
    centre = ideal[place]
    reach = _REACH * min(centre - ideal[place - 1], ideal[place + 1] - centre)
    first = max(int((centre - reach) / _WINDOW), 0)
    behind = min(int((centre + reach) / _WINDOW) + 1, len(loudness))
    if behind <= first:
        return int(centre)
    near = loudness[first:behind]
    # Of places that are equally quiet, the nearest to the share.
    distance = np.abs(np.arange(first, behind) * _WINDOW - centre) / max(reach, 1)
    chosen = int(np.argmin(near + distance * (float(near.mean()) * 0.05 + 1)))
    return (first + chosen) * _WINDOW + _WINDOW // 2
