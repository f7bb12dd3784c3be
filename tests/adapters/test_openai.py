"""A language model over real HTTP: what an OpenAI-compatible endpoint says, and what goes wrong with it."""

import json
from collections.abc import Iterator

import pytest

from podcaster.adapters.openai import OpenAITranslator
from podcaster.errors import EngineFailed, NoTranslationPath
from podcaster.model import Line, LineKind, Script
from podcaster.translation.glossary import Glossary
from podcaster.translation.script_translation import translate_script
from podcaster.units import ArticleId, LanguageTag, Milliseconds
from support.web_server import Answer, WebServer, json_answer, web_server

EN, ES = LanguageTag("en"), LanguageTag("es")


def said(content: str) -> Answer:
    return json_answer({"choices": [{"message": {"role": "assistant", "content": content}}]})


def sentences_of(sent: dict[str, object]) -> list[str]:
    messages = sent["messages"]
    assert isinstance(messages, list)
    assert sent["model"] == "a-model"
    assert "from English into Spanish" in messages[0]["content"]
    return [str(each) for each in json.loads(messages[1]["content"])]


def translated(sent: dict[str, object]) -> Answer:
    return said("Here you are:\n```json\n" + json.dumps([f"es: {text}" for text in sentences_of(sent)]) + "\n```")


@pytest.fixture
def server() -> Iterator[WebServer]:
    with web_server() as made:
        made.files["/v1/models"] = b'{"data": [{"id": "a-model"}]}'
        made.posts["/v1/chat/completions"] = translated
        yield made


@pytest.fixture
def translator(server: WebServer) -> Iterator[OpenAITranslator]:
    made = OpenAITranslator(f"{server.url}/v1", model="a-model", key="a-key", pause_seconds=0)
    yield made
    made.close()


def test_each_sentence_has_one_answer_in_its_place(server: WebServer, translator: OpenAITranslator) -> None:
    assert translator.serves(EN, ES)
    sentences = [f"Port {place}." if place % 7 else "" for place in range(50)]
    done = translator.translate(sentences, EN, ES)
    assert list(done) == [f"es: Port {place}." if place % 7 else "" for place in range(50)]
    assert sum(method == "POST" for method, _, _ in server.asked) == 3


def test_a_list_of_another_length_is_asked_for_again_in_halves(server: WebServer, translator: OpenAITranslator) -> None:
    def forgetful(sent: dict[str, object]) -> Answer:
        texts = sentences_of(sent)
        return said(json.dumps(texts[:2]))

    server.posts["/v1/chat/completions"] = forgetful
    sentences = [f"Port {place}." for place in range(5)]
    assert list(translator.translate(sentences, EN, ES)) == sentences


def test_a_model_that_only_talks_fails_with_a_remedy(server: WebServer, translator: OpenAITranslator) -> None:
    server.posts["/v1/chat/completions"] = lambda _: said("I would rather not.")
    with pytest.raises(EngineFailed, match="one translation for each sentence"):
        translator.translate(["A port."], EN, ES)
    server.posts["/v1/chat/completions"] = lambda _: json_answer({"error": "no such model"}, 404)
    with pytest.raises(EngineFailed, match="404"):
        translator.translate(["A port."], EN, ES)


def test_an_endpoint_that_is_busy_is_asked_again(server: WebServer, translator: OpenAITranslator) -> None:
    tries = iter([json_answer({}, 429), json_answer({}, 503)])
    server.posts["/v1/chat/completions"] = lambda sent: next(tries, None) or translated(sent)
    assert list(translator.translate(["A port."], EN, ES)) == ["es: A port."]


def test_an_endpoint_that_is_away_serves_nothing() -> None:
    away = OpenAITranslator("http://127.0.0.1:9/v1", model="a-model")
    assert not away.serves(EN, ES)
    with pytest.raises(NoTranslationPath):
        away.translate(["A port."], EN, ES)
    away.close()


def test_the_version_names_the_model_and_a_language_is_not_translated_into_itself(
    translator: OpenAITranslator,
) -> None:
    assert "a-model" in translator.version(EN, ES)
    assert not translator.serves(EN, LanguageTag("en-GB"))


def test_a_report_is_told_with_its_title_its_terms_and_what_stands_before(
    server: WebServer, translator: OpenAITranslator
) -> None:
    told: list[str] = []

    def listening(sent: dict[str, object]) -> Answer:
        messages = sent["messages"]
        assert isinstance(messages, list)
        told.append(messages[0]["content"])
        return translated(sent)

    server.posts["/v1/chat/completions"] = listening
    informed = translator.informed({"levy": "tasa", "tolls": "peajes"}, "Why canal tolls fall")
    sentences = ["The tolls fall.", *(f"Port {place}." for place in range(20))]
    assert list(informed.translate(sentences, EN, ES)) == [f"es: {text}" for text in sentences]
    first, second = told
    assert 'title is "Why canal tolls fall"' in first
    assert '{"tolls": "peajes"}' in first, "only the terms that occur"
    assert "Before them" not in first
    assert "peajes" not in second
    assert '["Port 16.", "Port 17.", "Port 18."]' in second
    assert translator.translate(["The tolls fall."], EN, ES)
    assert "peajes" not in told[-1], "another report does not hear of it"


def test_a_script_hands_the_glossary_and_the_title_to_the_model(
    server: WebServer, translator: OpenAITranslator
) -> None:
    def obedient(sent: dict[str, object]) -> Answer:
        messages = sent["messages"]
        assert isinstance(messages, list)
        known = (
            "peajes"
            if '{"tolls": "peajes"}' in messages[0]["content"] and "Canals" in messages[0]["content"]
            else "portas"
        )
        return said(json.dumps([f"Los {known} bajan." for _ in sentences_of(sent)]))

    server.posts["/v1/chat/completions"] = obedient
    text = "The tolls fall."
    line = Line(index=0, kind=LineKind.PARAGRAPH, text=text, spoken=text, source=text, pause_ms=Milliseconds(0))
    script = Script(article=ArticleId("a"), source_language=EN, language=EN, title="Canals", topics=(), lines=(line,))
    done = translate_script(
        script,
        ES,
        translator=translator,
        memory=Forgetful(),
        glossary=Glossary(terms={"tolls": "peajes"}),
        names=(),
        translatable=lambda _: True,
    )
    assert done.script.lines[0].text == "Los peajes bajan."
    assert all(check.passed for check in done.script.lines[0].checks)


class Forgetful:
    """A memory that keeps nothing."""

    def recall(self, keys: object) -> dict[str, str]:
        return {}

    def remember(self, entries: object) -> None:
        pass
