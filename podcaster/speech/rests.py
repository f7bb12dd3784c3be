"""Joins what a voice says between the rests that an editor wrote into a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from podcaster.speech.synthesizer import Speech, WordOnset

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from podcaster.script.pause_marks import Stretch


def with_rests(parts: Sequence[tuple[Stretch, Speech]]) -> Speech:
    """One sound, with silence behind each stretch as long as its rest; words keep their places in the whole line."""
    import numpy as np  # noqa: PLC0415 # a process that only serves needs none

    rate = parts[0][1].rate
    samples: list[np.ndarray[tuple[int], np.dtype[np.int16]]] = []
    words: list[WordOnset] = []
    behind = 0
    for stretch, speech in parts:
        words += [WordOnset(place=stretch.place + word.place, sample=behind + word.sample) for word in speech.words]
        rest = np.zeros(round(rate * stretch.rest_ms / 1_000), dtype=np.int16)
        samples += [speech.samples, rest]
        behind += len(speech.samples) + len(rest)
    return Speech(samples=np.concatenate(samples), rate=rate, words=tuple(words))
