"""Sign-in at the desk: a key is entered once, works from its own pages alone, and ends when it is revoked."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import httpx
import pytest

from podcaster.model import Voice
from podcaster.model.changes import Action
from podcaster.ports import ApiKey, ScheduledEpisode, VoiceFacts
from podcaster.units import ArticleId, LanguageTag
from podcaster.web.desk.voice_pages import ShownVoice
from podcaster.web.desk.words import desk_words
from support.examples import NOW, article_of, episode_of
from support.small_service import KEYS, SmallService, client, served, small_service

OWN = {"x-podcaster-desk": "1"}


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SmallService, str]]:
    with small_service(tmp_path_factory.mktemp("desk")) as made, served(made.services) as url:
        yield made, url


@contextmanager
def at_the_desk(url: str, key: str = "edit") -> Iterator[httpx.Client]:
    """A browser in which a key was entered."""
    with client(url, **OWN) as browser:
        entered = browser.post("/desk/session", json={"key": KEYS[key]})
        assert entered.status_code == 204, entered.text
        yield browser


def test_without_a_key_the_desk_asks_for_one_and_shows_nothing(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    made.library.put_article(article_of("A secret report"), NOW)
    with client(url) as stranger:
        page = stranger.get("/desk")
        assert page.status_code == 200
        assert 'name="key"' in page.text
        assert "secret report" not in page.text
        assert "no-store" in page.headers["cache-control"]
        one = stranger.get(f"/desk/{article_of('A secret report').id}")
        assert (one.status_code, one.headers["location"]) == (303, "/desk")


def test_a_key_is_kept_where_no_script_and_no_other_site_gets_at_it(serving: tuple[SmallService, str]) -> None:
    _, url = serving
    with client(url, **OWN) as browser:
        kept = browser.post("/desk/session", json={"key": KEYS["edit"]}).headers["set-cookie"]
        assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(kept.split("; "))
        assert "Secure" not in kept
        assert "Max-Age" not in kept
        assert "edit (edit)" in browser.get("/desk").text


def test_over_https_the_key_is_never_sent_in_the_open(tmp_path: Path) -> None:
    with small_service(tmp_path, base_url="https://podcasts.example") as made, served(made.services) as url:
        kept = httpx.post(f"{url}/desk/session", json={"key": KEYS["edit"]}, headers=OWN, trust_env=False)
        assert kept.headers["set-cookie"].endswith("; Secure")


@pytest.mark.parametrize("key", ["not-a-key-of-this-service", "short", "edit-key-0123456789\u00e9", KEYS["revoked"]])
def test_a_wrong_or_revoked_key_opens_nothing(serving: tuple[SmallService, str], key: str) -> None:
    _, url = serving
    with client(url, **OWN) as browser:
        answer = browser.post("/desk/session", json={"key": key})
        assert (answer.status_code, answer.json()["code"]) == (401, "key-wrong")
        assert "set-cookie" not in answer.headers
        assert key not in answer.text
        assert 'name="key"' in browser.get("/desk").text


def test_a_key_that_is_revoked_ends_the_sessions_that_began_with_it(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    secret = "a-key-that-will-be-revoked"
    made.library.add_key(ApiKey(name="leaving", digest=sha256(secret.encode()).hexdigest(), scope="edit", created=NOW))
    with client(url, **OWN) as browser:
        assert browser.post("/desk/session", json={"key": secret}).status_code == 204
        assert browser.get("/api/articles").status_code == 200
        made.library.revoke_key("leaving", NOW)
        assert browser.get("/api/articles").status_code == 401
        assert 'name="key"' in browser.get("/desk").text


def test_logging_out_forgets_the_key(serving: tuple[SmallService, str]) -> None:
    _, url = serving
    with at_the_desk(url) as browser:
        assert browser.get("/api/articles").status_code == 200
        assert browser.delete("/desk/session").status_code == 204
        assert browser.get("/api/articles").status_code == 401


def test_what_is_handed_in_at_the_desk_goes_to_the_newsroom(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    with at_the_desk(url) as browser:
        headers = {"content-type": "text/markdown", "sec-fetch-site": "same-origin", "origin": url}
        answer = browser.post("/api/articles?languages=es", content=b"# A report", headers=headers)
    assert answer.status_code == 202, answer.text
    assert made.newsroom.came[-1].body == b"# A report"


@pytest.mark.parametrize(
    "strange",
    [
        {},
        {**OWN, "sec-fetch-site": "cross-site"},
        {**OWN, "sec-fetch-site": "same-site"},
        {**OWN, "origin": "https://elsewhere.example"},
        {**OWN, "origin": "null"},
    ],
)
@pytest.mark.parametrize(("method", "path"), [("POST", "/api/articles"), ("DELETE", "/desk/session")])
def test_another_page_cannot_work_with_an_editors_session(
    serving: tuple[SmallService, str], strange: dict[str, str], method: str, path: str
) -> None:
    made, url = serving
    came = len(made.newsroom.came)
    with at_the_desk(url) as browser:
        del browser.headers["x-podcaster-desk"]
        answer = browser.request(method, path, json={"markdown": "# Theirs"}, headers=strange)
        assert (answer.status_code, answer.json()["code"]) == (403, "access-refused")
        assert browser.get("/api/articles").status_code == 200
    assert len(made.newsroom.came) == came


def test_another_page_cannot_enter_a_key_for_an_editor(serving: tuple[SmallService, str]) -> None:
    _, url = serving
    with client(url) as browser:
        answer = browser.post("/desk/session", json={"key": KEYS["edit"]})
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers


def test_a_program_needs_no_sign_and_its_key_goes_before_the_cookie(serving: tuple[SmallService, str]) -> None:
    _, url = serving
    with at_the_desk(url, "read") as browser:
        browser.headers["authorization"] = f"Bearer {KEYS['edit']}"
        del browser.headers["x-podcaster-desk"]
        assert browser.post("/api/articles", json={"markdown": "# A report"}).status_code == 202
        assert browser.post("/api/articles", headers={"authorization": "Bearer wrong"}).status_code == 401


def test_the_desk_reaches_no_further_than_its_key(serving: tuple[SmallService, str]) -> None:
    _, url = serving
    with at_the_desk(url, "read") as browser:
        answer = browser.post("/api/articles", json={"markdown": "# A report"})
        assert (answer.status_code, answer.json()["code"]) == (403, "scope-missing")


def test_publishing_needs_its_own_scope_and_can_be_said_twice(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    episode = made.publish(article="a-report-to-withdraw", guid="urn:uuid:withdrawn")
    place = f"/api/articles/{episode.article}/episodes/es"
    with client(url, "edit") as editor:
        assert editor.delete(place).json()["code"] == "scope-missing"
    with client(url, "publish") as publisher:
        assert publisher.delete(place).status_code == 204
        assert episode.guid not in {each.episode.guid for each in made.library.episodes()}
        assert publisher.delete(place).json()["code"] == "episode-unknown"
        assert [publisher.put(place).status_code for _ in range(2)] == [204, 204]
    assert made.library.episode(ArticleId(episode.article), episode.language).episode.guid == episode.guid


def test_a_report_whose_words_look_like_markup_is_shown_as_it_was_written(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    report = article_of("A <b>bold</b> \"plan\" & 'more'")
    made.library.put_article(report, NOW)
    episode = made.publish(episode_of(article=report.id, guid="urn:uuid:markup"))
    line = {
        "index": 0, "kind": "paragraph", "source": "<script>alert(1)</script> \"it's\"", "text": "<i>x</i>", "spoken": "<i>x</i>",
        "start": 0.1, "end": 1.0, "clip": "c", "checks": [{"name": "numbers", "passed": False, "detail": "<u>3</u> is lost"}],
    }  # fmt: skip
    made.blobs.put(
        f"media/{episode.article}/es/{episode.revision}.script.json",
        json.dumps({"article": report.id, "language": "es", "lines": [line]}).encode(),
    )
    with at_the_desk(url) as browser:
        page = browser.get(f"/desk/{report.id}?language=es")
        listed = browser.get("/desk")
    assert page.status_code == 200, page.text
    assert "&lt;script&gt;alert(1)" in page.text
    assert "&lt;u&gt;3&lt;/u&gt; is lost" in page.text
    assert "A &lt;b&gt;bold&lt;/b&gt;" in listed.text
    assert not {"<script>", "<i>", "<u>", "<b>"} & set(page.text.split())
    assert "<script>alert" not in page.text


def test_open_doubts_stand_beside_the_button_that_publishes_until_somebody_has_looked(
    serving: tuple[SmallService, str],
) -> None:
    made, url = serving
    report = article_of("A doubtful report")
    made.library.put_article(report, NOW)
    episode = made.publish(episode_of(article=report.id, guid="urn:uuid:doubtful"))
    checks = [{"name": "numbers", "passed": False, "detail": "3 is lost"}]
    line = {"kind": "paragraph", "source": "It has 3 gates.", "text": "Tiene puertas.", "spoken": "Tiene puertas.",
            "start": 0.1, "end": 1.0, "clip": "c", "checks": checks}  # fmt: skip
    script = {"article": report.id, "language": "es", "lines": [{"index": index, **line} for index in (0, 1)]}
    with at_the_desk(url, "publish") as editor:
        editor.headers["accept-language"] = "en"
        made.blobs.put(f"media/{report.id}/es/{episode.revision}.script.json", json.dumps(script).encode())
        doubtful = editor.get(f"/desk/{report.id}?language=es").text
        assert "2 lines need a look · </span>translation not approved" in doubtful
        assert '<div class="sides only-flagged"' in doubtful
        assert 'data-do="seen"' in doubtful
        assert '<button type="button" id="publish"' in doubtful
        assert "<button autofocus>Cancel" in doubtful
        assert editor.put(f"/api/articles/{report.id}/reviewed").status_code == 204
        seen = editor.get(f"/desk/{report.id}?language=es").text
        assert "2 lines need a look" not in seen
        assert '<div class="sides closed"' in seen
        assert '<button type="button" class="button" autofocus id="publish"' in seen


@pytest.mark.parametrize(("accepted", "said"), [("es-MX, en;q=0.5", "Mesa de redacción"), ("ja", "Editors’ desk")])
def test_the_desk_speaks_the_editors_language_or_english(
    serving: tuple[SmallService, str], accepted: str, said: str
) -> None:
    with client(serving[1]) as browser:
        assert said in browser.get("/desk", headers={"accept-language": accepted}).text


def test_every_language_of_the_desk_has_every_word() -> None:
    tags = ["ca", "en", "es", "gl", "pt", "pt-BR"]
    tables = [desk_words(tag) for tag in tags]
    assert [each["language"] for each in tables] == tags
    assert {frozenset(each) for each in tables} == {frozenset(tables[0])}
    assert all(word for each in tables for word in each.values())


def test_every_change_of_a_report_has_words_in_every_language() -> None:
    house_wide = {"source", "backfill", "key"}
    wanted = {f"did_{each.replace('.', '_')}" for each in Action if each.split(".")[0] not in house_wide}
    for tag in ("ca", "en", "es", "gl", "pt", "pt-BR"):
        assert wanted <= set(desk_words(tag)), tag


@pytest.mark.parametrize(
    ("name", "engine_voice", "person", "variety"),
    [("es-kokoro", "ef_dora", "Dora", "es"), ("es-piper", "es_ES-davefx-medium", "Davefx", "es"),
     ("es-419-espeak", "es-419", "", "es-419"), ("en-GB-scotland-espeak", "en-GB-scotland", "", "en-GB")],
)  # fmt: skip
def test_a_voice_is_called_by_its_person_and_its_variety(
    name: str, engine_voice: str, person: str, variety: str
) -> None:
    voice = Voice(language=LanguageTag(name[:2]), name=name, engine="any", engine_voice=engine_voice)
    facts = VoiceFacts(
        voice=voice, ready=True, speaks=False, chosen=False, times_real_time=None, memory_mb=None, load_seconds=None, deterministic=None,
        engine_licence="",
    )  # fmt: skip
    shown = ShownVoice(facts=facts)
    assert (shown.person, shown.variety) == (person, variety)


def test_a_report_that_is_not_there_is_not_found(serving: tuple[SmallService, str]) -> None:
    with at_the_desk(serving[1]) as browser:
        answer = browser.get("/desk/no-such-report")
        assert (answer.status_code, answer.json()["code"]) == (404, "article-unknown")


@pytest.mark.parametrize(
    ("accepted", "said"),
    [("en", "Import an archive"), ("es", "Importar un archivo de informes"), ("ca", "Importa un arxiu d’informes"),
     ("gl", "Importar un arquivo de informes"), ("pt", "Importar um arquivo de relatórios"), ("pt-BR", "Iniciar importação")],
)  # fmt: skip
def test_archives_have_a_page_for_whoever_has_a_key_in_every_language(
    serving: tuple[SmallService, str], accepted: str, said: str
) -> None:
    _, url = serving
    with client(url) as stranger:
        answer = stranger.get("/desk/backfills")
        assert (answer.status_code, answer.headers["location"]) == (303, "/desk")
    with at_the_desk(url, "read") as browser:
        page = browser.get("/desk/backfills", headers={"accept-language": accepted})
        assert (page.status_code, said in page.text) == (200, True)
        assert "no-store" in page.headers["cache-control"]


def test_a_table_says_where_each_entry_comes_from_and_who_changed_it(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    with client(url, "edit") as editor:
        kept = {"words": {"Reykjavík": "Réikiavik", "<b>": "be"}}
        assert editor.put("/api/lexicons/es", json=kept).status_code == 200
        assert editor.put("/api/lexicons/es", json={"words": {**kept["words"], "OTAN": "otan"}}).status_code == 200
    with at_the_desk(url, "read") as browser:
        page = browser.get("/desk/lexicon?language=es").text
        assert 'data-entry="Reykjavík"' in page
        assert 'value="Réikiavik"' in page
        assert "&lt;b&gt;" in page
        assert ">edit</td>" in page
        glossary = browser.get("/desk/glossary?pair=en-es").text
        assert "English → Spanish" in glossary
        assert browser.get("/desk/lexicon?language=nonsense-").status_code == 200
        of_topic = browser.get("/desk/lexicon?language=es&topic=river-ferries").text
        assert "count only in reports on “river-ferries”" in of_topic
        assert (
            'data-api="/api/lexicons/es/topics/river-ferries" data-uses="/api/lexicons/es/uses?topic=river-ferries"'
            in of_topic
        )
        assert 'data-entry="Reykjavík"' not in of_topic
    assert made.library.editors_table("lexicons/es") is not None


@pytest.mark.parametrize("path", ["new", "glossary", "lexicon", "voices", "sources", "backfills", "numbers"])
def test_without_a_key_every_page_leads_to_the_sign_in(serving: tuple[SmallService, str], path: str) -> None:
    with client(serving[1]) as stranger:
        answer = stranger.get(f"/desk/{path}")
        assert (answer.status_code, answer.headers["location"]) == (303, "/desk")


def test_languages_are_called_by_their_names(serving: tuple[SmallService, str]) -> None:
    with at_the_desk(serving[1]) as browser:
        page = browser.get("/desk/new", headers={"accept-language": "ca"}).text
        assert "Anglès" in page
        assert "Castellà" in page or "Espanyol" in page


@pytest.mark.parametrize(
    ("key", "said"),
    [("edit", "waits until somebody publishes it"), ("publish", "may edit and publish"), ("read", "may read")],
)
def test_the_desk_says_what_a_key_may_do(serving: tuple[SmallService, str], key: str, said: str) -> None:
    with at_the_desk(serving[1], key) as editor:
        assert said in editor.get("/desk", headers={"accept-language": "en"}).text


def test_a_damaged_draft_and_a_schedule_that_failed_are_said_on_the_report_s_page(
    serving: tuple[SmallService, str],
) -> None:
    made, url = serving
    article = article_of("A draft that is damaged")
    made.library.put_article(article, NOW)
    scheduled = ScheduledEpisode(article=article.id, language=LanguageTag("es"), at=NOW, editor="ann")
    made.library.put_schedule(scheduled)
    made.library.fail_schedule(scheduled, "The disk is full. Make room.")
    made.blobs.put(f"held/{article.id}/es.000000000000001.0a.json", b"{")
    with at_the_desk(url) as browser:
        page = browser.get(f"/desk/{article.id}?language=es")
        assert page.status_code == 200
        assert "not published at its time" in page.text
        assert "The disk is full. Make room." in page.text
        assert "is damaged" in page.text
        (told,) = browser.get(f"/api/articles/{article.id}").json()["scheduled"]
        assert told["error"] == "The disk is full. Make room."
