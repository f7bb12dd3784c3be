"""Joins the parts of a line that a voice says one by one, with rests between them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from podcaster.speech.synthesizer import Speech, WordOnset

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from podcaster.script.inline_marks import Stretch
    from podcaster.units import Hertz


def with_rests(parts: Sequence[tuple[Stretch, Speech]]) -> Speech:
    """One sound, with silence behind each stretch as long as its rest; words keep their places in the whole line."""
    rate = parts[0][1].rate
    return joined([(stretch.place, speech, round(rate * stretch.rest_ms / 1_000)) for stretch, speech in parts])


def at_rate(speech: Speech, rate: Hertz) -> Speech:
    """The speech in another sample rate."""
    if speech.rate == rate:
        return speech
    import numpy as np  # noqa: PLC0415 # a process that only serves needs none
    import soxr  # noqa: PLC0415 # the same

    resampled = soxr.resample(speech.samples.astype(np.float32), speech.rate, rate)
    words = tuple(replace(word, sample=round(word.sample * rate / speech.rate)) for word in speech.words)
    return replace(speech, samples=_clipped(resampled), rate=rate, words=words)


def louder(speech: Speech, gain_db: float) -> Speech:
    """The speech with a gain; peaks are clipped."""
    import numpy as np  # noqa: PLC0415 # a process that only serves needs none

    return (
        replace(speech, samples=_clipped(speech.samples.astype(np.float32) * 10 ** (gain_db / 20)))
        if gain_db
        else speech
    )


def _clipped(samples: np.ndarray[tuple[int], np.dtype[np.float32]]) -> np.ndarray[tuple[int], np.dtype[np.int16]]:
    import numpy as np  # noqa: PLC0415 # a process that only serves needs none

    return np.clip(np.round(samples), -32_768, 32_767).astype(np.int16)


def joined(parts: Sequence[tuple[int, Speech, int]]) -> Speech:
    """One sound of several: the place of each in the text, its sound, and the samples of silence behind it."""
    import numpy as np  # noqa: PLC0415 # a process that only serves needs none

    first = parts[0][1].rate
    parts = [(place, at_rate(speech, first), silent) for place, speech, silent in parts]
    samples: list[np.ndarray[tuple[int], np.dtype[np.int16]]] = []
    words: list[WordOnset] = []
    behind = 0
    for place, speech, silent in parts:
        words += [WordOnset(place=place + word.place, sample=behind + word.sample) for word in speech.words]
        rest = np.zeros(silent, dtype=np.int16)
        samples += [speech.samples, rest]
        behind += len(speech.samples) + len(rest)
    return Speech(samples=np.concatenate(samples), rate=parts[0][1].rate, words=tuple(words))
