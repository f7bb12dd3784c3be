"""Joins the parts of a line that a voice says one by one, with rests between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from podcaster.speech.synthesizer import Speech, WordOnset

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from podcaster.script.pause_marks import Stretch


def with_rests(parts: Sequence[tuple[Stretch, Speech]]) -> Speech:
    """One sound, with silence behind each stretch as long as its rest; words keep their places in the whole line."""
    rate = parts[0][1].rate
    return joined([(stretch.place, speech, round(rate * stretch.rest_ms / 1_000)) for stretch, speech in parts])


def joined(parts: Sequence[tuple[int, Speech, int]]) -> Speech:
    """One sound of several: the place of each in the text, its sound, and the samples of silence behind it."""
    import numpy as np  # noqa: PLC0415 # a process that only serves needs none

    samples: list[np.ndarray[tuple[int], np.dtype[np.int16]]] = []
    words: list[WordOnset] = []
    behind = 0
    for place, speech, silent in parts:
        words += [WordOnset(place=place + word.place, sample=behind + word.sample) for word in speech.words]
        rest = np.zeros(silent, dtype=np.int16)
        samples += [speech.samples, rest]
        behind += len(speech.samples) + len(rest)
    return Speech(samples=np.concatenate(samples), rate=parts[0][1].rate, words=tuple(words))
