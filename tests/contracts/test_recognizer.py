"""The promises of every recognizer (podcaster/proofing/recognizer.py)."""

import itertools
import math
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from podcaster.adapters.espeak import EspeakSynthesizer
from podcaster.adapters.whisper import WhisperRecognizer
from podcaster.errors import NoRecognizer
from podcaster.model import Voice
from podcaster.proofing.recognizer import Recognizer
from podcaster.speech.synthesizer import Speech
from podcaster.units import Hertz, LanguageTag

EN = LanguageTag("en")
LINE = "The old bridge in Lisbon was closed on Tuesday morning."
LONG = (
    "The harbour was quiet at the end of the winter.",
    "A fisherman repaired his nets beside the church.",
    "The ferry had left an hour before with forty passengers.",
    "Two girls sold oranges under a yellow umbrella.",
    "Behind the school the river was frozen.",
    "The mayor walked slowly up the hill with her brother.",
    "Somebody had painted the door of the bakery green.",
    "In the evening the wind turned to the north.",
    "Nobody heard the telephone in the kitchen.",
    "The last train came in without a single light.",
    "It rained for three days in the valley.",
    "The doctor stayed until the morning.",
)
Say = Callable[[str], Speech]


@pytest.fixture(scope="module")
def recognizer(whisper_folder: Path) -> Recognizer:
    return WhisperRecognizer(whisper_folder, threads=2)


@pytest.fixture(scope="module")
def say() -> Iterator[Say]:
    voice = Voice(language=EN, name="en-espeak", engine="espeak", engine_voice="en-us")
    with EspeakSynthesizer() as espeak:
        yield lambda text: espeak.speak(text, voice)


def test_a_clip_is_written_down(recognizer: Recognizer, say: Say) -> None:
    heard = recognizer.hear(say(LINE), LINE, EN)
    assert heard.text.lower().strip(".") == LINE.lower().strip(".")


def test_expected_words_are_found_in_order_and_within_the_clip(recognizer: Recognizer, say: Say) -> None:
    speech = say(LINE)
    words = recognizer.hear(speech, LINE, EN).expected
    assert "".join(word.text for word in words).strip() == LINE
    assert all(first.start <= first.end <= second.end for first, second in itertools.pairwise(words))
    assert words[-1].end <= len(speech.samples) / speech.rate + 0.1
    assert all(word.log_probability <= 0 for word in words)


def test_a_word_that_was_not_said_is_less_probable_than_every_one_that_was(recognizer: Recognizer, say: Say) -> None:
    words = recognizer.hear(say(LINE.replace("old ", "")), LINE, EN).expected
    said = [word for word in words if any(map(str.isalpha, word.text))]
    assert min(said, key=lambda word: word.log_probability).text.strip() == "old"


def test_words_that_begin_with_t_are_as_probable_as_others(recognizer: Recognizer, say: Say) -> None:
    line = "The two trains to the town took ten hours."
    words = recognizer.hear(say(line), line, EN).expected
    assert [word.text for word in words][1:3] == [" two", " trains"]
    assert min(word.log_probability for word in words) > -8


def test_a_credible_text_is_taken_as_heard_and_another_is_not(recognizer: Recognizer, say: Say) -> None:
    speech, written = say(LINE), LINE.replace(".", "!")
    freely = recognizer.hear(speech, written, EN)
    least = min(math.exp(word.log_probability) for word in freely.expected if any(map(str.isalnum, word.text)))
    assert recognizer.hear(speech, written, EN, credible=least / 2) == replace(freely, text=written)
    assert recognizer.hear(speech, written, EN, credible=least * 2) == freely
    without = recognizer.hear(say(LINE.replace("old ", "")), LINE, EN, credible=least / 2)
    assert "old" not in without.text


def test_silence_and_next_to_nothing_are_no_words_that_were_expected(recognizer: Recognizer) -> None:
    for length in (0, 10, 8_000):
        silence = Speech(samples=np.zeros(length, dtype=np.int16), rate=Hertz(16_000))
        assert "bridge" not in recognizer.hear(silence, LINE, EN).text.lower()


def test_a_clip_longer_than_a_window_is_heard_to_its_end(recognizer: Recognizer, say: Say) -> None:
    """A robot's word may be misheard, and which one it is depends on the processor; a line that is left out is no such word."""
    speech = say(" ".join(LONG))
    assert len(speech.samples) / speech.rate > 30
    heard = recognizer.hear(speech, " ".join(LONG), EN).text.lower()
    missing = [line for line in LONG if line.split()[-1].strip(".").lower() not in heard]
    assert len(missing) <= 1
    assert not {*missing} & {LONG[0], *LONG[-3:]}


def test_a_single_word_is_not_heard_again_and_again(recognizer: Recognizer, say: Say) -> None:
    for word in ("Outlook.", "Winter."):
        assert len(recognizer.hear(say(word), word, EN).text.split()) <= 3


def test_threads_hear_the_same(recognizer: Recognizer, say: Say) -> None:
    speech = say(LINE)
    alone = recognizer.hear(speech, LINE, EN)
    with ThreadPoolExecutor(3) as threads:
        assert list(threads.map(lambda _: recognizer.hear(speech, LINE, EN), range(3))) == [alone] * 3


def test_a_language_that_is_not_known_is_refused(recognizer: Recognizer, say: Say) -> None:
    assert recognizer.recognizes(LanguageTag("pt-BR"))
    assert not recognizer.recognizes(LanguageTag("tlh"))
    with pytest.raises(NoRecognizer):
        recognizer.hear(say(LINE), LINE, LanguageTag("tlh"))


def test_without_a_model_no_language_is_recognized(tmp_path: Path, say: Say) -> None:
    recognizer = WhisperRecognizer(tmp_path / "whisper-base")
    assert not recognizer.recognizes(EN)
    with pytest.raises(NoRecognizer, match="models install whisper-base"):
        recognizer.hear(say(LINE), LINE, EN)
