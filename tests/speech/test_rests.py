"""A rest that an editor writes into a line is heard, and never seen or said."""

import numpy as np
import pytest

from podcaster.model import LineKind, Voice
from podcaster.script.phonetics import as_written
from podcaster.script.spoken import spoken_form
from podcaster.speech.speaking import speak_line
from podcaster.testing.synthesizers import ToneSynthesizer
from podcaster.units import Decibels, LanguageTag

EN = LanguageTag("en")
VOICE = Voice(language=EN, name="tone", engine="tone", engine_voice="en", gain_db=Decibels(0))


def longest_silence_ms(text: str) -> float:
    speech = speak_line(text, VOICE, ToneSynthesizer())
    loud = np.flatnonzero(np.abs(speech.samples) > 300)
    return float(np.diff(loud).max()) * 1_000 / speech.rate


@pytest.mark.parametrize(("mark", "rest_ms"), [("[pause 500ms]", 500), ("[pause 2s]", 2_000), ("[pause 99s]", 5_000)])
def test_a_rest_is_as_long_as_it_says_and_no_longer_than_five_seconds(mark: str, rest_ms: int) -> None:
    assert longest_silence_ms("The boats were late in May.") < 100
    assert longest_silence_ms(f"The boats were late {mark} in the month of May.") == pytest.approx(rest_ms, abs=60)


def test_a_rest_is_no_word() -> None:
    assert as_written("The boats [pause 500ms] were late.") == "The boats were late."


def test_a_report_cannot_hold_one() -> None:
    said = spoken_form("The boats [pause 500ms] were late.", LineKind.PARAGRAPH, EN)
    assert "[" not in said
