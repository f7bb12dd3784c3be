"""The promises of every pronouncer (podcaster/proofing/pronouncer.py)."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from podcaster.adapters.espeak.pronouncer import EspeakPronouncer
from podcaster.errors import NoVoice
from podcaster.proofing.pronouncer import Pronouncer
from podcaster.units import LanguageTag

EN, ES = LanguageTag("en"), LanguageTag("es")


@pytest.fixture(scope="module")
def pronouncer() -> Iterator[Pronouncer]:
    with EspeakPronouncer() as espeak:
        yield espeak


def test_texts_are_answered_in_order(pronouncer: Pronouncer) -> None:
    assert pronouncer.pronounce(["two", "", "two"], EN) == [
        *pronouncer.pronounce(["two"], EN),
        "",
        *pronouncer.pronounce(["two"], EN),
    ]


def test_each_language_has_its_own_sounds(pronouncer: Pronouncer) -> None:
    assert pronouncer.pronounce(["gente"], ES) != pronouncer.pronounce(["gente"], EN)
    assert pronouncer.pronounce(["gente"], LanguageTag("es-ES")) == pronouncer.pronounce(["gente"], ES)


def test_galician_has_the_sounds_of_spanish(pronouncer: Pronouncer) -> None:
    assert pronouncer.pronounces(LanguageTag("gl"))
    assert pronouncer.pronounce(["cidade"], LanguageTag("gl")) == pronouncer.pronounce(["cidade"], ES)


def test_a_long_text_with_every_kind_of_mark_is_pronounced_to_its_end(pronouncer: Pronouncer) -> None:
    text = "One. Two; three! " * 50 + "\n\x01 <b>[[kat]] \ud800 caterpillar"
    assert pronouncer.pronounce([text], EN)[0].endswith("pˌɪlɚ")


def test_equal_texts_are_equal_whatever_was_asked_between(pronouncer: Pronouncer) -> None:
    words = ["read", "lead", "gente", "Gdansk"] * 20
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda n: pronouncer.pronounce([words[n]], ES if n % 2 else EN), range(80)))
    assert answers[:4] == answers[4:8] == answers[76:]


def test_an_unknown_language_is_refused(pronouncer: Pronouncer) -> None:
    assert not pronouncer.pronounces(LanguageTag("tlh"))
    with pytest.raises(NoVoice):
        pronouncer.pronounce(["one"], LanguageTag("tlh"))


def test_a_process_that_died_is_replaced() -> None:
    with EspeakPronouncer() as espeak:
        before = espeak.pronounce(["one"], EN)
        assert espeak._process is not None
        os.kill(espeak._process.pid, signal.SIGKILL)
        assert espeak.pronounce(["one"], EN) == before
