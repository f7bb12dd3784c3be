"""Listening before anything is published: waveforms, other translations, wordings said aloud."""

import io
from collections.abc import Iterator

import av
import httpx
import pytest

from support.running_service import Service


@pytest.fixture(scope="module")
def editor(service: Service) -> Iterator[httpx.Client]:
    with service.editor() as editor:
        yield editor


def test_a_waveform_is_as_long_as_its_episode(editor: httpx.Client, published: str) -> None:
    place = f"/api/articles/{published}"
    found = editor.get(f"{place}/episodes/es/peaks").json()
    seconds = editor.get(f"{place}/episodes/es/preview").json()["seconds"]
    assert len(found["values"]) / found["per_second"] == pytest.approx(seconds, abs=2)
    assert max(found["values"]) == 100
    assert min(found["values"]) == 0
    assert editor.get(f"{place}/episodes/es/peaks").json() == found


def test_a_line_is_offered_as_every_engine_words_it(editor: httpx.Client, published: str) -> None:
    script = editor.get(f"/api/articles/{published}/scripts/es").json()
    line = next(each for each in script["lines"] if each["kind"] == "paragraph")
    found = editor.get(f"/api/articles/{published}/scripts/es/lines/{line['index']}/versions").json()["versions"]
    assert found
    assert len({each["text"] for each in found}) == len(found)
    assert line["text"] in {each["text"] for each in found}
    assert editor.get(f"/api/articles/{published}/scripts/es/lines/9999/versions").json()["code"] == "line-unknown"
    assert editor.get(f"/api/articles/{published}/scripts/en/lines/2/versions").json() == {"versions": []}


def test_a_wording_is_heard_before_it_is_kept(editor: httpx.Client, published: str) -> None:
    answer = editor.post(f"/api/articles/{published}/scripts/es/speech", json={"spoken": "Los barcos van llenos."})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "audio/mpeg")
    with av.open(io.BytesIO(answer.content), "r", format="mp3") as sound:
        assert sound.streams.audio[0].rate == 24_000
        seconds = sum(frame.samples for frame in sound.decode(audio=0)) / 24_000
    assert 1 < seconds < 5
    refused = editor.post(f"/api/articles/{published}/scripts/es/speech", json={})
    assert (refused.status_code, refused.json()["code"]) == (422, "input-refused")


def test_what_listeners_will_get_is_shown_before_it_is_published(editor: httpx.Client, published: str) -> None:
    found = editor.get(f"/api/articles/{published}/episodes/es/preview").json()
    feed = editor.get("/feeds/es.xml").text
    assert found["title"] in feed
    assert found["item"].split("<guid")[1].split("</guid>")[0] in feed
    assert found["notes"].startswith("<p>")
    assert found["chapters"][0]["start"] >= 0
    assert editor.get(found["cover"]).headers["content-type"].startswith("image/")


def test_an_entry_is_tried_only_where_a_recognizer_is_installed(editor: httpx.Client) -> None:
    answer = editor.post("/api/lexicons/es/hearing", json={"word": "Reykjavík", "entry": "/ˈreikjavik/"})
    assert answer.json()["code"] == "no-recognizer"
    assert "models install whisper-base" in answer.json()["remedy"]
