"""An editor's own recording, laid against its text by a recognizer."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
import pytest

from podcaster.adapters.espeak import EspeakSynthesizer
from podcaster.adapters.whisper import WhisperRecognizer
from podcaster.audio.own_recording import cut_at_gaps, cut_by_share
from podcaster.model import Voice
from podcaster.proofing.recognizer import Recognizer
from podcaster.proofing.recording_alignment import line_gaps, word_onsets
from podcaster.speech.synthesizer import Speech
from podcaster.units import Hertz, LanguageTag

EN = LanguageTag("en")
LINES = (
    "The harbour was quiet at the end of the winter.",
    "A fisherman repaired his nets beside the church.",
    "Two girls sold oranges under a yellow umbrella.",
    "Somebody had painted the door of the bakery green.",
)


@pytest.fixture(scope="module")
def recognizer(whisper_folder: Path) -> Recognizer:
    return WhisperRecognizer(whisper_folder, threads=2)


@pytest.fixture(scope="module")
def said() -> Sequence[Speech]:
    """The lines, each as a reader says it who thinks for three seconds in the midst of the second."""
    voice = Voice(language=EN, name="en-espeak", engine="espeak", engine_voice="en-us")
    with EspeakSynthesizer() as espeak:
        spoken = [espeak.speak(line, voice) for line in LINES]
    rate = spoken[0].rate
    middle = len(spoken[1].samples) // 2
    rest = np.zeros(3 * rate, dtype=np.int16)
    halves = spoken[1].samples[:middle], rest, spoken[1].samples[middle:]
    spoken[1] = Speech(samples=np.concatenate(halves), rate=rate)
    return spoken


def joined(parts: Sequence[Speech]) -> Speech:
    return Speech(samples=np.concatenate([each.samples for each in parts]), rate=Hertz(parts[0].rate))


def test_lines_are_told_apart_where_a_reader_pauses_within_them(recognizer: Recognizer, said: Sequence[Speech]) -> None:
    whole = joined(said)
    ends = list(accumulate(len(each.samples) / whole.rate for each in said))[:-1]
    lengths = [len(line) for line in LINES]
    gaps = line_gaps(whole, LINES, EN, recognizer)
    assert None not in gaps

    def errors(cuts: Sequence[Speech]) -> list[float]:
        found = accumulate(len(each.samples) / whole.rate for each in cuts[:-1])
        return [abs(one - other) for one, other in zip(found, ends, strict=True)]

    assert max(errors(cut_at_gaps(whole, lengths, gaps))) < 0.3
    assert max(errors(cut_by_share(whole, lengths))) > 1


def test_words_have_the_times_at_which_they_are_heard(recognizer: Recognizer, said: Sequence[Speech]) -> None:
    spoken = LINES[1].replace("fisherman", "⟦fisherman|ˈfɪʃəmən⟧")
    onsets = word_onsets(said[1], spoken, EN, recognizer)
    assert [spoken[each.place :].split()[0].strip("⟦") for each in onsets][:2] == ["A", "fisherman|ˈfɪʃəmən⟧"]
    seconds = [each.sample / said[1].rate for each in onsets]
    assert seconds == sorted(seconds)
    assert max(after - before for before, after in pairwise(seconds)) > 2.5


def test_a_recording_of_something_else_has_no_times(recognizer: Recognizer, said: Sequence[Speech]) -> None:
    other = "Interest rates in Portugal fell by a quarter of a percentage point."
    assert word_onsets(said[0], other, EN, recognizer) == ()
    assert line_gaps(joined(said), [other, *(f"{other} Again." for _ in range(3))], EN, recognizer) == [None] * 3
