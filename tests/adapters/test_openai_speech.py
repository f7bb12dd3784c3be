"""A speech server with OpenAI's API, over real HTTP: what is asked of it, what it answers, and what goes wrong with it."""

import io
import wave
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from podcaster.adapters.espeak import EspeakSynthesizer
from podcaster.adapters.openai_speech import OpenaiSynthesizer
from podcaster.errors import EngineFailed, NoVoice
from podcaster.model import Voice
from podcaster.speech.synthesizer import Speech
from podcaster.units import LanguageTag
from support.web_server import Answer, WebServer, json_answer, web_server

PATH = "/v1/audio/speech"
VOICE = Voice(language=LanguageTag("en"), name="en-server", engine="openai", engine_voice="alloy")
TEXT = "The levy falls on the operator and not on the household."


@pytest.fixture(scope="module")
def spoken() -> Iterator[Speech]:
    """Speech of the server: eSpeak NG speaks behind it."""
    with EspeakSynthesizer() as espeak:
        yield espeak.speak(TEXT, replace(VOICE, engine="espeak", engine_voice="en"))


def wav(speech: Speech, *, length_told: bool = True) -> Answer:
    file = io.BytesIO()
    with wave.open(file, "wb") as content:
        content.setnchannels(1)
        content.setsampwidth(2)
        content.setframerate(speech.rate)
        content.writeframes(speech.samples.tobytes())
    body = file.getvalue()
    unknown = b"\xff\xff\xff\xff"
    return (
        200,
        {"content-type": "audio/wav"},
        body if length_told else body[:4] + unknown + body[8:40] + unknown + body[44:],
    )


@pytest.fixture
def server(spoken: Speech) -> Iterator[WebServer]:
    with web_server() as made:
        made.posts[PATH] = lambda _: wav(spoken)
        yield made


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def engine(server: WebServer, waits: list[float]) -> Iterator[OpenaiSynthesizer]:
    made = OpenaiSynthesizer(server.url, key="a-key", model="kokoro", calls_per_minute=6_000, wait=waits.append)
    yield made
    made.close()


@pytest.mark.parametrize("length_told", [True, False])
def test_what_the_server_says_is_what_is_heard(
    server: WebServer, engine: OpenaiSynthesizer, spoken: Speech, *, length_told: bool
) -> None:
    """A server that streams does not know the length when it writes the header."""
    server.posts[PATH] = lambda _: wav(spoken, length_told=length_told)
    speech = engine.speak(TEXT, VOICE)
    assert speech.rate == spoken.rate
    assert np.array_equal(speech.samples, spoken.samples)


def test_it_is_asked_for_the_voice_the_pace_and_the_written_text(
    server: WebServer, engine: OpenaiSynthesizer, spoken: Speech
) -> None:
    asked: list[dict[str, object]] = []
    server.posts[PATH] = lambda sent: asked.append(sent) or wav(spoken)
    engine.speak("We met ⟦Xi|ɕi⟧.", replace(VOICE, rate_wpm=198))
    assert asked == [
        {"model": "kokoro", "voice": "alloy", "input": "We met Xi.", "response_format": "wav", "speed": 1.2}
    ]
    (_, path, headers) = server.asked[0]
    assert path == PATH
    assert {name.lower(): value for name, value in headers.items()}["authorization"] == "Bearer a-key"


def test_a_busy_server_is_asked_again_after_the_pause_that_it_asks_for(
    server: WebServer, engine: OpenaiSynthesizer, spoken: Speech, waits: list[float]
) -> None:
    status, headers, body = json_answer({"error": {"message": "slow down"}}, 429)
    answers = iter([(status, {**headers, "retry-after": "7"}, body), json_answer({}, 503)])
    server.posts[PATH] = lambda _: next(answers, None) or wav(spoken)
    assert len(engine.speak(TEXT, VOICE).samples)
    assert [wait for wait in waits if wait >= 1] == [7.0, 2.0]


def test_calls_keep_to_the_limit(server: WebServer, waits: list[float]) -> None:
    engine = OpenaiSynthesizer(server.url, calls_per_minute=30, wait=waits.append, clock=lambda: 100.0)
    for _ in range(3):
        engine.speak(TEXT, VOICE)
    engine.close()
    assert waits == [2.0, 4.0]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (json_answer({"error": {"message": "Incorrect API key provided."}}, 401), "Incorrect API key"),
        (json_answer({"detail": "no voice alloy"}, 400), "no voice alloy"),
        ((500, {}, b"<html>"), "500"),
        ((200, {}, b"<html>an error page</html>"), "not a WAV"),
        ((200, {}, b"RIFF and nothing more"), "damaged"),
    ],
)
def test_what_is_no_speech_is_an_error(server: WebServer, engine: OpenaiSynthesizer, answer: Answer, said: str) -> None:
    server.posts[PATH] = lambda _: answer
    with pytest.raises(EngineFailed, match=said):
        engine.speak(TEXT, VOICE)


def test_silence_is_no_speech(server: WebServer, engine: OpenaiSynthesizer, spoken: Speech) -> None:
    server.posts[PATH] = lambda _: wav(Speech(samples=np.zeros_like(spoken.samples), rate=spoken.rate))
    with pytest.raises(EngineFailed, match="silence"):
        engine.speak(TEXT, VOICE)


def test_a_server_that_is_not_there_is_an_error() -> None:
    engine = OpenaiSynthesizer("http://127.0.0.1:9")
    with pytest.raises(EngineFailed, match="cannot be reached"):
        engine.speak(TEXT, VOICE)
    with pytest.raises(NoVoice):
        engine.speak(TEXT, replace(VOICE, engine="another"))
    engine.close()
