"""A LibreTranslate server, over real HTTP: what its API says, and what goes wrong with it."""

import re
from collections.abc import Iterator

import pytest

from podcaster.adapters.libretranslate import LibreTranslator
from podcaster.errors import EngineFailed, NoTranslationPath
from podcaster.units import LanguageTag
from support.web_server import Answer, WebServer, json_answer, web_server

EN, ES, PT_BR = LanguageTag("en"), LanguageTag("es"), LanguageTag("pt-BR")


def translated(sent: dict[str, object]) -> Answer:
    texts = sent["q"]
    assert isinstance(texts, list)
    assert sent["format"] == "text"
    return json_answer({"translatedText": [f"{sent['target']}: {text.upper()} " for text in texts]})


@pytest.fixture
def server() -> Iterator[WebServer]:
    with web_server() as made:
        made.files["/languages"] = (
            b'[{"code": "en", "name": "English", "targets": ["en", "es", "pb"]}, {"code": "es", "targets": ["en"]}]'
        )
        made.posts["/translate"] = translated
        yield made


@pytest.fixture
def translator(server: WebServer) -> Iterator[LibreTranslator]:
    made = LibreTranslator(server.url, key="a-key", pause_seconds=0)
    yield made
    made.close()


def test_it_serves_the_pairs_that_the_server_has(translator: LibreTranslator) -> None:
    assert translator.serves(EN, ES)
    assert translator.serves(EN, PT_BR)
    assert not translator.serves(ES, PT_BR)
    with pytest.raises(NoTranslationPath):
        translator.translate(["Un puerto."], ES, PT_BR)


def test_each_sentence_has_one_answer_in_its_place(server: WebServer, translator: LibreTranslator) -> None:
    sentences = [f"Port {place}." if place % 7 else "" for place in range(120)]
    done = translator.translate(sentences, EN, PT_BR)
    assert list(done) == [f"pb: PORT {place}." if place % 7 else "" for place in range(120)]
    assert sum(method == "POST" for method, _, _ in server.asked) == 3


def test_a_server_that_is_busy_is_asked_again(server: WebServer, translator: LibreTranslator) -> None:
    tries = iter([json_answer({"error": "slow down"}, 429), json_answer({}, 503)])
    server.posts["/translate"] = lambda sent: next(tries, None) or translated(sent)
    assert list(translator.translate(["A port."], EN, ES)) == ["es: A PORT."]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (json_answer({"error": "<b>Invalid</b> API key"}, 403), "403: Invalid API key"),
        (json_answer({"translatedText": ["one"]}), "one translation for each sentence"),
        (json_answer({"translatedText": ["one", 2]}), "one translation for each sentence"),
        (json_answer(["one", "two"]), "one translation for each sentence"),
        ((200, {}, b"<html>a proxy</html>"), "not JSON"),
        (json_answer({"error": "down"}, 503), "503: down"),
    ],
)
def test_what_is_no_answer_is_an_error_that_says_so(
    server: WebServer, translator: LibreTranslator, answer: Answer, said: str
) -> None:
    server.posts["/translate"] = lambda _: answer
    with pytest.raises(EngineFailed, match=re.escape(said)):
        translator.translate(["A port.", "A ship."], EN, ES)


def test_a_server_that_is_not_there_serves_nothing() -> None:
    assert not LibreTranslator("http://127.0.0.1:9").serves(EN, ES)
