"""Joins what a voice says between the rests that an editor wrote into a line."""

from collections.abc import Sequence

import numpy as np

from podcaster.script.pause_marks import Stretch
from podcaster.speech.synthesizer import Speech, WordOnset


def with_rests(parts: Sequence[tuple[Stretch, Speech]]) -> Speech:
    """One sound, with silence behind each stretch as long as its rest; words keep their places in the whole line."""
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
