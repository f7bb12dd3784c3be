"""Editors settle a line, a term, a word: it wins, it lasts, it costs no more than it touches, and nobody is overwritten unseen."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from support.paths import VOICES
from support.running_service import Service, running_service

REPORT = """# A tunnel for Lisbon

By Marta Reis
4 May 2026

The working group wants a second tunnel under the river. The ferries are full in the morning.

A vote is planned for the autumn. The working group will hear the ferry company in June.
"""

ON_FERRIES = """---
topics: [River ferries]
---
# Boats for the river

The ferries of Lisbon are full today. The company wants more of them, and a second pier.

The city will decide in June. Nobody expects it to say no to the people who wait in the rain.
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One of this suite's own: what it settles changes what others would hear."""
    with running_service(tmp_path_factory.mktemp("desk") / "a folder") as made:
        yield made


@pytest.fixture(scope="module")
def article(service: Service) -> str:
    return handed_in(service, REPORT)


@pytest.fixture
def editor(service: Service) -> Iterator[httpx.Client]:
    with service.editor() as client:
        yield client


def handed_in(service: Service, text: str) -> str:
    with service.editor() as client:
        answer = client.post("/api/articles", json={"markdown": text, "languages": ["es"]})
    assert answer.status_code == 202, answer.text
    state = service.finished(answer.json()["render"])
    assert state["state"] == "done", state
    return str(answer.json()["article"])


def rendered(service: Service, article: str) -> dict[str, Any]:
    with service.editor() as client:
        state = service.finished(
            client.post(f"/api/articles/{article}/renders", json={"languages": ["es"]}).json()["render"]
        )
    assert state["state"] == "done", state
    return state["languages"]["es"]  # type: ignore[index, no-any-return]


def lines(editor: httpx.Client, article: str) -> list[dict[str, Any]]:
    return editor.get(f"/api/articles/{article}/scripts/es").json()["lines"]  # type: ignore[no-any-return]


def line_of(editor: httpx.Client, article: str, source: str) -> dict[str, Any]:
    return next(line for line in lines(editor, article) if line["source"] == source)


def test_an_editors_wording_wins_and_remakes_one_line(service: Service, editor: httpx.Client, article: str) -> None:
    line = line_of(editor, article, "The ferries are full in the morning.")
    place = f"/api/articles/{article}/scripts/es/lines/{line['index']}"
    answer = editor.patch(place, json={"text": "Los barcos van llenos.", "spoken": "Los barcos van yenos."})
    assert answer.status_code == 200, answer.text
    assert answer.json()["wording"]["editor"] == "desk"
    done = rendered(service, article)
    assert (done["translated"], done["spoken"]) == (0, 1)
    line = line_of(editor, article, line["source"])
    assert (line["text"], line["spoken"]) == ("Los barcos van llenos.", "Los barcos van yenos.")
    assert [check["name"] for check in line["checks"]] == ["editor"]


def test_a_wording_whose_marks_are_wrong_is_refused_at_the_door(editor: httpx.Client, article: str) -> None:
    line = line_of(editor, article, "The ferries are full in the morning.")
    place = f"/api/articles/{article}/scripts/es/lines/{line['index']}"
    for wrong in ("[voice nobody]Los barcos.[/voice]", "Los barcos [pause 5x] van llenos."):
        answer = editor.patch(place, json={"spoken": wrong})
        assert answer.json()["code"] == "input-refused", answer.text
        heard = editor.post(f"/api/articles/{article}/scripts/es/speech", json={"spoken": wrong})
        assert heard.json()["code"] == "input-refused", heard.text
    assert line_of(editor, article, line["source"]).get("wording") == line.get("wording")


def test_a_wording_outlives_a_report_that_is_handed_in_again_with_its_sentences_elsewhere(
    service: Service, editor: httpx.Client
) -> None:
    text = REPORT.replace("Lisbon", "Porto")
    article = handed_in(service, text)
    line = line_of(editor, article, "A vote is planned for the autumn.")
    editor.patch(f"/api/articles/{article}/scripts/es/lines/{line['index']}", json={"text": "Se vota en otoño."})
    moved = text.replace("By Marta Reis\n4 May 2026\n\n", "By Marta Reis\n4 May 2026\n\nThe river is wide here.\n\n")
    assert handed_in(service, moved) == article
    after = line_of(editor, article, line["source"])
    assert after["index"] != line["index"]
    assert after["text"] == "Se vota en otoño."


def test_the_same_sentence_of_another_report_is_offered_the_wording_and_does_not_take_it_by_itself(
    service: Service, editor: httpx.Client
) -> None:
    one, other = (
        handed_in(service, REPORT.replace("Lisbon", town).replace("June", month))
        for town, month in (("Faro", "May"), ("Braga", "July"))
    )
    line = line_of(editor, one, "A vote is planned for the autumn.")
    editor.patch(f"/api/articles/{one}/scripts/es/lines/{line['index']}", json={"text": "En otoño se vota."})
    offered = line_of(editor, other, line["source"])
    assert offered["offered"]["text"] == "En otoño se vota."
    assert offered["offered"]["article"] == one
    assert offered["text"] != "En otoño se vota."


def test_going_back_to_the_engines_wording_is_a_null(service: Service, editor: httpx.Client, article: str) -> None:
    line = line_of(editor, article, "A vote is planned for the autumn.")
    place = f"/api/articles/{article}/scripts/es/lines/{line['index']}"
    editor.patch(place, json={"text": "Otra cosa."})
    answer = editor.patch(place, json={"text": None})
    assert "wording" not in answer.json()
    assert rendered(service, article)["spoken"] == 0
    assert line_of(editor, article, line["source"])["text"] == line["text"]


def test_two_editors_cannot_overwrite_each_other_unseen(editor: httpx.Client, article: str) -> None:
    line = line_of(editor, article, "The working group will hear the ferry company in June.")
    place = f"/api/articles/{article}/scripts/es/lines/{line['index']}"
    seen = {"if-match": f'"{line["etag"]}"'}
    first = editor.patch(place, json={"spoken": "Uno."}, headers=seen)
    second = editor.patch(place, json={"spoken": "Dos."}, headers=seen)
    assert (first.status_code, second.status_code) == (200, 412)
    assert second.json()["code"] == "outdated"
    assert line_of(editor, article, line["source"])["wording"]["spoken"] == "Uno."
    third = editor.patch(place, json={"spoken": None}, headers={"if-match": first.headers["etag"]})
    assert third.status_code == 200


@pytest.mark.parametrize(
    ("index", "change", "status", "code"),
    [
        (0, {"text": "Hola."}, 422, "line-fixed"),
        (9999, {"text": "Hola."}, 404, "line-unknown"),
        (5, {"text": ""}, 422, "request-malformed"),
        (5, {"text": "\u200b"}, 422, "input-refused"),
        (5, {"words": "Hola."}, 422, "request-malformed"),
    ],
)
def test_what_is_no_wording_is_refused(  # noqa: PLR0917 # a row of the table
    editor: httpx.Client, article: str, index: int, change: dict[str, str], status: int, code: str
) -> None:
    answer = editor.patch(f"/api/articles/{article}/scripts/es/lines/{index}", json=change)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_the_reports_own_text_is_not_reworded_but_said_otherwise(service: Service, editor: httpx.Client) -> None:
    answer = editor.post("/api/articles", json={"markdown": REPORT.replace("Lisbon", "Beja"), "languages": ["en"]})
    service.finished(answer.json()["render"])
    place = f"/api/articles/{answer.json()['article']}/scripts/en/lines/4"
    assert editor.patch(place, json={"text": "Another."}).json()["code"] == "line-fixed"
    assert editor.patch(place, json={"spoken": "Another."}).status_code == 200


def test_one_term_translates_again_only_the_lines_that_hold_it(
    service: Service, editor: httpx.Client, article: str
) -> None:
    before = editor.get("/api/glossaries/en-es")
    assert before.json()["terms"]["Beijing"] == "Pekín"
    terms = before.json()["terms"] | {"working group": "mesa de trabajo"}
    put = editor.put("/api/glossaries/en-es", json={"terms": terms}, headers={"if-match": before.headers["etag"]})
    assert put.status_code == 200, put.text
    done = rendered(service, article)
    assert (done["translated"], done["spoken"]) == (2, 2)
    held = [line["text"] for line in lines(editor, article) if "working group" in line["source"]]
    assert len(held) == 2
    assert all("mesa de trabajo" in text.lower() for text in held)
    stale = editor.put("/api/glossaries/en-es", json={"terms": {}}, headers={"if-match": before.headers["etag"]})
    assert stale.status_code == 412
    assert editor.put("/api/glossaries/en-es", json={"terms": before.json()["terms"]}).status_code == 200


def test_one_word_is_said_otherwise_only_where_it_stands(service: Service, editor: httpx.Client, article: str) -> None:
    rendered(service, article)
    words = editor.get("/api/lexicons/es").json()["words"]
    assert words["Biden"] == "Baiden"
    assert editor.put("/api/lexicons/es", json={"words": words | {"Lisboa": "Lis boa"}}).status_code == 200
    touched = [line for line in lines(editor, article) if "Lisboa" in line["text"]]
    done = rendered(service, article)
    assert (done["translated"], done["spoken"]) == (0, len({line["text"] for line in touched}))
    assert done["spoken"] > 0


@pytest.mark.parametrize("pair", ["en", "en-", "es_en", "x-y", "../en-es"])
def test_a_glossary_has_two_languages(editor: httpx.Client, pair: str) -> None:
    assert editor.get(f"/api/glossaries/{pair}").status_code == 404


def test_regions_are_told_from_languages_by_their_case(editor: httpx.Client) -> None:
    answer = editor.put("/api/glossaries/en-pt-BR", json={"terms": {"bus": "ônibus", "Faro": None}})
    assert answer.json() == {"terms": {"Faro": None, "bus": "ônibus"}}
    assert editor.get("/api/glossaries/en-pt-BR").json() == answer.json()


def test_these_files_are_in_no_way_changed_by_the_api(editor: httpx.Client) -> None:
    """Editors' tables stand in the database; voices/ is as it was."""
    folder = VOICES / "glossaries"
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    editor.put("/api/glossaries/en-gl", json={"terms": {"pier": "peirao"}})
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_a_topics_words_are_said_otherwise_in_reports_on_the_topic_alone(
    service: Service, editor: httpx.Client, article: str
) -> None:
    place = "/api/lexicons/es/topics/river-ferries"
    assert editor.get(place).json() == {"words": {}}
    assert editor.put(place, json={"words": {"Lisboa": "Lish boa"}}).json() == {"words": {"Lisboa": "Lish boa"}}
    assert editor.get(place).json() == {"words": {"Lisboa": "Lish boa"}}
    on_topic = handed_in(service, ON_FERRIES)
    assert any("Lish boa" in line["spoken"] for line in lines(editor, on_topic))
    wanted = {"entries": ["Lisboa", "/L[ií]s.+/"]}
    here = editor.post("/api/lexicons/es/uses?topic=river-ferries", json=wanted).json()
    everywhere = editor.post("/api/lexicons/es/uses", json=wanted).json()
    assert 0 < here["lines"] < everywhere["lines"]
    assert here["searched"] < everywhere["searched"]
    assert rendered(service, article)["spoken"] == 0
    assert editor.put(place, json={"words": {}}).status_code == 200


@pytest.mark.parametrize("topic", ["River", "a--b", "-a", "a.b"])
def test_a_topic_is_named_by_its_slug(editor: httpx.Client, topic: str) -> None:
    assert editor.get(f"/api/lexicons/es/topics/{topic}").status_code == 422
