"""The promise of every Synthesizer, over the engine and the fakes that we ship."""

import os
import random
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from podcaster.adapters.espeak import EspeakSynthesizer
from podcaster.adapters.festival import FestivalSynthesizer
from podcaster.adapters.hibari import HibariSynthesizer
from podcaster.adapters.kokoro import KokoroSynthesizer
from podcaster.adapters.kokoro.model import KokoroModel
from podcaster.adapters.piper import PiperSynthesizer
from podcaster.errors import EngineFailed, NoVoice
from podcaster.model import Voice
from podcaster.script.phonetics import as_written
from podcaster.speech.speaking import speak_line
from podcaster.speech.synthesizer import Speech, Synthesizer
from podcaster.testing.synthesizers import (
    FlakySynthesizer,
    SilentSynthesizer,
    ToneSynthesizer,
    TruncatingSynthesizer,
)
from podcaster.units import LanguageTag
from podcaster.wiring.phonemizers import phonemizer
from support.piper_voice import write_voice
from support.requirements import missing

SENTENCES = [
    "The levy falls on the operator and not on the household.",
    "It starts at 1.5% of the value of the power carried.",
    "“Nobody gets what they asked for,” said Astrid Lunde.",
    "Ja.",
    "Queues grow; tolls fall: why?",
    "In 1989, 64 vessels waited at 25.8 metres.",
    "<b>Bold</b> claims & [[h@'loU]] codes -f/etc/passwd.",
]


Once = Callable[[Synthesizer, str], Speech]
OWN_NAMES = {"hibari": "heart", "kokoro": "af_heart", "festival": "upc_ca_ona_hts"}
"""Engines whose voice for English has another name than the language."""


def voice(engine: str, engine_voice: str = "", language: str = "en") -> Voice:
    engine_voice = engine_voice or OWN_NAMES.get(engine, language)
    return Voice(
        language=LanguageTag(language), name=f"{engine}-{engine_voice}", engine=engine, engine_voice=engine_voice
    )


@pytest.fixture(scope="module")
def espeak() -> Iterator[EspeakSynthesizer]:
    with EspeakSynthesizer() as synthesizer:
        yield synthesizer


@pytest.fixture(scope="module")
def piper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PiperSynthesizer]:
    folder = tmp_path_factory.mktemp("piper")
    write_voice(folder, "en")
    with PiperSynthesizer([folder]) as synthesizer:
        yield synthesizer


@pytest.fixture(scope="module")
def hibari() -> Iterator[HibariSynthesizer]:
    with HibariSynthesizer() as synthesizer:
        yield synthesizer


@pytest.fixture(scope="module")
def kokoro(kokoro_folder: Path) -> Iterator[KokoroSynthesizer]:
    with KokoroSynthesizer(KokoroModel(kokoro_folder), phonemizer) as synthesizer:
        yield synthesizer


@pytest.fixture(scope="module")
def festival() -> FestivalSynthesizer:
    synthesizer = FestivalSynthesizer()
    if not synthesizer.has(voice("festival")):
        missing("Festival's Catalan voice is not installed; `./run test` installs it")
    return synthesizer


def sentences_for(engine: Synthesizer) -> list[str]:
    """Few for an engine that takes a second for a second, or that is started for each line."""
    return ["Ja.", "Tolls fall: why?"] if engine.name in {"kokoro", "festival"} else SENTENCES


@pytest.fixture(params=["espeak", "festival", "hibari", "kokoro", "piper", "tone"])
def engine(request: pytest.FixtureRequest) -> Synthesizer:
    if request.param == "tone":
        return ToneSynthesizer()
    synthesizer: Synthesizer = request.getfixturevalue(str(request.param))
    return synthesizer


@pytest.fixture(scope="module")
def once() -> Once:
    """Speech in an engine's voice, said once for all tests."""
    said: dict[tuple[str, str], Speech] = {}

    def spoken(engine: Synthesizer, text: str) -> Speech:
        if (engine.name, text) not in said:
            said[engine.name, text] = engine.speak(text, voice(engine.name))
        return said[engine.name, text]

    return spoken


def test_what_is_said_does_not_depend_on_what_was_said_before(engine: Synthesizer, once: Once) -> None:
    spoken_with = voice(engine.name)
    sentences = sentences_for(engine)
    before = {text: once(engine, text).samples.tobytes() for text in sentences}
    order = sentences * (2 if len(sentences) < len(SENTENCES) else 3)
    random.Random(4).shuffle(order)
    with ThreadPoolExecutor(4) as thread_pool:
        after = list(thread_pool.map(lambda text: engine.speak(text, spoken_with).samples.tobytes(), order))
    assert [before[text] for text in order] == after


def test_speech_is_one_channel_of_sixteen_bits_that_can_be_heard(engine: Synthesizer, once: Once) -> None:
    for text in sentences_for(engine):
        speech = once(engine, text)
        assert speech.samples.dtype == np.int16
        assert speech.samples.ndim == 1
        assert speech.rate >= 8_000
        assert np.abs(speech.samples).max() > 1_000


def test_longer_texts_take_longer(engine: Synthesizer) -> None:
    short = len(engine.speak("A queue.", voice(engine.name)).samples)
    long = len(engine.speak("A queue that is much longer than the other was.", voice(engine.name)).samples)
    assert long > 2 * short


def test_a_voice_has_a_version_as_long_as_nothing_changes(engine: Synthesizer) -> None:
    assert engine.voice_version(voice(engine.name)).startswith(engine.version)
    assert engine.voice_version(voice(engine.name)) == engine.voice_version(voice(engine.name))


def test_a_voice_that_is_not_there_is_refused(engine: Synthesizer) -> None:
    assert not engine.has(voice("another"))
    with pytest.raises(NoVoice):
        engine.speak("Hello.", voice("another"))


@pytest.mark.parametrize(
    ("engine_voice", "text"),
    [
        ("es", "El informe está listo."),
        ("cmn", "今天的报告已经完成。"),
        ("ar", "التقرير جاهز اليوم."),
        ("hi", "रिपोर्ट तैयार है।"),
    ],
)
def test_espeak_speaks_many_languages(espeak: EspeakSynthesizer, engine_voice: str, text: str) -> None:
    assert len(espeak.speak(text, voice("espeak", engine_voice)).samples) > 8_000


def test_markup_and_phoneme_codes_are_text_and_not_commands(espeak: EspeakSynthesizer) -> None:
    plain = espeak.speak("break time ten seconds", voice("espeak"))
    marked = espeak.speak('<break time="10s"/>', voice("espeak"))
    assert len(marked.samples) < len(plain.samples) * 3


def test_every_engine_takes_a_pronunciation(engine: Synthesizer) -> None:
    """Those that know the alphabet say it; the others say the word as it is written."""
    text = "We met ⟦Xu|ɕi⟧ in the afternoon."
    said, plain = (engine.speak(each, voice(engine.name)) for each in (text, as_written(text)))
    assert np.array_equal(said.samples, plain.samples) == (engine.name == "tone")
    assert 0.5 < len(said.samples) / len(plain.samples) < 1.5
    assert [word.place for word in said.words] == sorted(word.place for word in said.words)
    assert all(word.place < len(text) for word in said.words)


@pytest.mark.parametrize("engine_voice", ["en-US", "en", "es", "ca", "pt", "pt-BR", "fr", "de", "cmn", "ar", "hi"])
def test_espeak_says_a_pronunciation_as_it_says_the_word(espeak: EspeakSynthesizer, engine_voice: str) -> None:
    """A word in its own sounds is the word: [ˈlima] in any language that has these five."""
    said = espeak.speak("⟦Xyz|ˈlima⟧", voice("espeak", engine_voice))
    spelt = espeak.speak("⟦Xyz|ˈʃima⟧", voice("espeak", engine_voice))
    assert not np.array_equal(said.samples, spelt.samples)
    assert not np.array_equal(said.samples, espeak.speak("Xyz", voice("espeak", engine_voice)).samples)


def test_a_pronunciation_is_what_the_voice_itself_would_say(espeak: EspeakSynthesizer) -> None:
    assert np.array_equal(
        espeak.speak("⟦Sheena|ˈʃiːnə⟧ is here.", voice("espeak", "en-US")).samples,
        espeak.speak("Sheena is here.", voice("espeak", "en-US")).samples,
    )


def test_a_pronunciation_that_no_voice_can_say_is_read_as_it_is_written(espeak: EspeakSynthesizer) -> None:
    plain = espeak.speak("We met Xi [[h@'loU]].", voice("espeak"))
    assert np.array_equal(espeak.speak("We met ⟦Xi|ǂǃ⟧ [[h@'loU]].", voice("espeak")).samples, plain.samples)


def test_an_engine_process_that_is_killed_is_replaced_and_loses_nothing() -> None:
    with EspeakSynthesizer() as synthesizer:
        first = synthesizer.speak("Nothing is lost.", voice("espeak"))
        for process in synthesizer._processes.processes():
            os.kill(process._process.pid, signal.SIGKILL)
        again = synthesizer.speak("Nothing is lost.", voice("espeak"))
        assert np.array_equal(first.samples, again.samples)


def test_a_busy_engine_delays_one_line_and_loses_none() -> None:
    waits: list[float] = []
    speech = speak_line("A line.", voice("tone"), FlakySynthesizer(2), wait=waits.append)
    assert len(speech.samples) > 0
    assert waits == sorted(waits)
    assert len(waits) == 2


@pytest.mark.parametrize("faulty", [SilentSynthesizer(), TruncatingSynthesizer(), FlakySynthesizer(99)])
def test_silence_and_half_sentences_are_errors_and_never_clips(faulty: Synthesizer) -> None:
    with pytest.raises(EngineFailed):
        speak_line("A sentence of an ordinary length, with words in it.", voice("tone"), faulty, wait=lambda _: None)
