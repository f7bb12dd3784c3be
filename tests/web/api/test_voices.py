"""Editors hear the voices of a language, see how well each is understood, and choose the one that speaks."""

from collections.abc import Iterator

import httpx
import pytest

from support.running_service import Service, running_service


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One of its own: others count what is published in the shared one."""
    with running_service(tmp_path_factory.mktemp("voices") / "a folder") as made:
        yield made


@pytest.fixture(scope="module")
def editor(service: Service) -> Iterator[httpx.Client]:
    with service.editor() as editor:
        yield editor


def test_every_voice_says_whether_it_can_speak_and_how_well_it_is_understood(editor: httpx.Client) -> None:
    found = editor.get("/api/voices/es").json()["voices"]
    speaking = [each for each in found if each["speaks"]]
    assert [each["ready"] for each in speaking] == [True]
    espeak = next(each for each in found if each["voice"] == "es-espeak")
    assert espeak["times_real_time"] > 100
    assert espeak["misheard_percent"] > 10
    assert editor.get("/api/voices/eo").json()["code"] == "voice-unknown"


def test_a_voice_is_heard_before_it_is_chosen(editor: httpx.Client) -> None:
    first = editor.get("/api/voices/es-espeak/preview")
    assert (first.status_code, first.headers["content-type"]) == (200, "audio/mpeg")
    assert editor.get("/api/voices/es-espeak/preview").content == first.content
    assert editor.get("/api/voices/nobody/preview").json()["code"] == "voice-unknown"


def test_the_chosen_voice_speaks_the_next_render(service: Service, editor: httpx.Client) -> None:
    text = "# A ferry for Foz\n\nLa cola es larga por la mañana."
    article = editor.post("/api/articles", json={"markdown": text, "languages": ["es"]}).json()
    assert service.finished(article["render"])["state"] == "done"
    plan = f"/api/articles/{article['article']}/renders/plan?languages=es"
    assert editor.get(plan).json()["languages"]["es"]["spoken"] == 0
    chosen = editor.put("/api/voices/es", json={"voice": "es-female-espeak"}).json()["voices"]
    try:
        assert [(each["voice"], each["speaks"]) for each in chosen if each["chosen"]] == [("es-female-espeak", True)]
        assert editor.get(plan).json()["languages"]["es"]["spoken"] > 1
    finally:
        editor.put("/api/voices/es", json={"voice": None})
    assert editor.get(plan).json()["languages"]["es"]["spoken"] == 0
    assert editor.put("/api/voices/es", json={"voice": "en-espeak"}).json()["code"] == "voice-unknown"


def test_uses_of_many_entries_are_counted_in_one_go(service: Service, editor: httpx.Client) -> None:
    text = "# Un muelle para Burela\n\nLos pescadores descargan por la tarde."
    article = editor.post("/api/articles", json={"markdown": text, "languages": ["es"]}).json()
    assert service.finished(article["render"])["state"] == "done"
    word = "pescadores"
    found = editor.post("/api/lexicons/es/uses", json={"entries": [word, "zzyzx", "/zzy[zx]+/"]}).json()
    assert found["entries"][word] >= 1
    assert found["entries"]["zzyzx"] == 0
    assert found["reports"] >= 1
    assert found["lines"] >= found["entries"][word]
    assert editor.post("/api/lexicons/es/uses", json={"entries": ["/(a+)+/"]}).json()["code"] == "input-refused"
    assert editor.get("/api/lexicons/es/misheard").json() == {"words": []}
