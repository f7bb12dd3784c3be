"""The pages as people and programs read them, and the API's documents."""

import json
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

import httpx
import pytest

from podcaster.language import direction, name
from podcaster.model import Render, RenderState
from podcaster.ports import Library
from podcaster.units import LanguageTag, RenderId
from podcaster.web.site.words import words_for
from support.examples import article_of
from support.html_outline import Outline
from support.small_service import BASE, SmallService, chapters, client, served, small_service


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SmallService, str]]:
    with small_service(tmp_path_factory.mktemp("pages")) as made:
        title = 'Informe <b>&</b> "más"'
        made.publish(title=title, link="https://desk.example/a", chapters=chapters("Uno", "Dos & tres"), draft=True)
        made.publish(language="ar", guid="urn:ar", title="تقرير")
        made.publish(language="en", guid="urn:en", title="A report", key_points=())
        with served(made.services) as url:
            yield made, url


PAGES = ["/", *(f"/episodes/a-report-12345678/{language}" for language in ("en", "es", "ar"))]


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_whole_and_ask_nobody_else_for_anything(serving: tuple[SmallService, str], path: str) -> None:
    with client(serving[1]) as web:
        page = web.get(path)
        outline = Outline(page.text)
        loaded = [
            each["src"] for tag in ("script", "img", "audio", "track") for each in outline.all(tag) if "src" in each
        ]
        loaded += [each["href"] for each in outline.all("link") if each["rel"] in {"stylesheet", "icon"}]
        assert outline.open == []
        for address in loaded:
            assert address is not None
            assert re.match(r"/(static|media|brand|covers)/", address)
            if address.startswith("/static/"):
                assert "immutable" in web.get(address).headers["cache-control"]
    assert "<script>" not in page.text
    assert "style=" not in page.text


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("banana a an a <b>", ["banana", "a", "an a", "<b>"], ["banana ", "a ", "an a ", "&lt;b&gt;"]),
        ("今天好。", ["今", "天", "好。"], ["今", "天", "好。"]),
        ("Two  spaces", ["Two", "spaces"], ["Two  ", "spaces"]),
        ("Another text", ["Other", "text"], []),
        ("No words", [], []),
    ],
)
def test_each_word_that_has_a_time_is_a_part_of_its_own(
    tmp_path: Path, text: str, words: list[str], shown: list[str]
) -> None:
    line = {"kind": "paragraph", "text": text, "start": 0.5, "end": 9.0}
    timed = [{"start": place + 0.5, "end": place + 1.5, "text": word} for place, word in enumerate(words)]
    with small_service(tmp_path / "data") as made:
        episode = made.publish()
        name = f"media/{episode.article}/{episode.language}/{episode.revision}.script.json"
        made.blobs.put(name, json.dumps({"lines": [{**line, "words": timed}]}).encode())
        with served(made.services) as url, client(url) as web:
            page = web.get(f"/episodes/{episode.article}/{episode.language}").text
    parts = re.findall(r'<span class="word" data-start="([\d.]+)">(.*?)</span>', page)
    assert parts == [(str(place + 0.5), part) for place, part in enumerate(shown)]
    assert re.sub(r"<[^>]+>", "", page.split('class="transcript"')[1].split("</p>")[0]).endswith(escape(text))


@pytest.mark.parametrize("path", [*PAGES, "/nothing", "/healthz", "/readyz", "/feeds.opml", "/static/site.js"])
def test_head_says_what_get_says_without_its_body(serving: tuple[SmallService, str], path: str) -> None:
    with client(serving[1], **{"accept-encoding": "identity"}) as web:
        get, head = web.get(path), web.head(path)
    assert (head.status_code, head.content) == (get.status_code, b"")
    for header in ("content-type", "content-length", "etag", "cache-control"):
        assert head.headers.get(header) == get.headers.get(header)


def test_nothing_that_a_report_says_becomes_part_of_the_page(serving: tuple[SmallService, str]) -> None:
    with client(serving[1]) as web:
        for path in PAGES:
            page = web.get(path).text
            assert "<b>" not in page
            assert "<punto>" not in page
            assert "Field & Notes" not in page


def test_a_visitor_finds_their_own_language_first(serving: tuple[SmallService, str]) -> None:
    with client(serving[1]) as web:
        spanish = web.get("/", headers={"accept-language": "es-MX, en;q=0.5"})
        arabic = Outline(web.get("/", headers={"accept-language": "ar"}).text)
        other = Outline(web.get("/", headers={"accept-language": "tlh"}).text)
    assert spanish.headers["vary"].split(", ") == ["Accept-Language", "Accept-Encoding"]
    assert [each["id"] for each in Outline(spanish.text).all("section") if "id" in each] == ["es", "en", "ar"]
    assert "Suscribirse" not in spanish.text
    assert "Añade esta dirección" in spanish.text
    assert arabic.all("html") == [{"class": "typefaces", "lang": "ar", "dir": "rtl"}]
    assert other.all("html") == [{"class": "typefaces", "lang": "en", "dir": "ltr"}]


def test_the_shows_of_other_languages_are_a_choice_at_the_top_of_the_start_page(
    serving: tuple[SmallService, str],
) -> None:
    with client(serving[1]) as web:
        top = Outline("<main" + web.get("/").text.partition("<main")[2].partition('<section id="en"')[0])
    chosen = [(each["hreflang"], each["href"], "aria-current" in each) for each in top.all("a") if "hreflang" in each]
    assert chosen == [("en", "/shows/en", True), ("es", "/shows/es", False), ("ar", "/shows/ar", False)]


def test_an_episode_page_has_what_an_episode_has(serving: tuple[SmallService, str]) -> None:
    with client(serving[1]) as web:
        page = web.get("/episodes/a-report-12345678/es").text
        arabic = web.get("/episodes/a-report-12345678/ar").text
    outline = Outline(page)
    starts = [each["data-start"] for each in outline.all("p") if "data-start" in each]
    assert starts == ["0.5", "2.5"]
    assert all("#t=" in str(each["href"]) for each in outline.all("a") if "data-start" in each)
    assert [each["hreflang"] for each in outline.all("a") if "hreflang" in each] == ["en", "es", "ar"]
    for text in ("Puntos clave", "Un punto.", "Dos &amp; tres", "https://desk.example/a", f"{BASE}/feeds/es.xml"):
        assert text in page
    assert "Nadie la ha revisado" in page
    assert 'lang="en" dir="ltr">Transcript' in arabic


@pytest.mark.parametrize(
    "path", ["/episodes/a-report-12345678/fr", "/episodes/a-report-12345678/!!", "/episodes/A B/es", "/episodes/x"]
)
def test_an_episode_that_is_not_there_is_a_problem(serving: tuple[SmallService, str], path: str) -> None:
    with client(serving[1]) as web:
        answer = web.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


@pytest.mark.parametrize(
    ("tag", "wanted"), [("en", "ltr"), ("ar", "rtl"), ("he", "rtl"), ("zh-Hant", "ltr"), ("xx", "ltr")]
)
def test_a_language_is_written_its_own_way(tag: str, wanted: str) -> None:
    assert direction(LanguageTag(tag)) == wanted


def test_covers_are_drawn_for_shows_alone(serving: tuple[SmallService, str]) -> None:
    with client(serving[1]) as web:
        answers = [web.get(f"/covers/{language}.jpg").status_code for language in ("es", "ar", "fr", "en-x-guess", "!")]
        no_topic = web.get("/covers/es/no-such-topic.jpg").status_code
        topics = web.get("/shows/es").text
        drawn = [web.get(f"/covers/es/{slug}.jpg?side=320") for slug in re.findall(r"topic=([a-z0-9-]+)", topics)]
    assert answers == [200, 200, 404, 404, 404]
    assert no_topic == 404
    assert drawn
    assert all((answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg") for answer in drawn)


def test_the_site_speaks_every_language_of_the_demo() -> None:
    for tag in ("en", "es", "ca", "gl", "pt", "pt-BR"):
        assert words_for(LanguageTag(tag)).language == tag
    assert words_for(LanguageTag("pt-PT")).language == "pt"
    assert words_for(LanguageTag("zh")).language == "en"


def test_json_and_files_reach_the_newsroom_as_they_came(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    made.newsroom.came.clear()
    page = "<meta charset='iso-8859-1'><p>Año</p>"
    with client(url, "edit") as web:
        answer = web.post("/api/articles", json={"html": page, "languages": ["es", "pt_br"]})
        web.post(
            "/api/articles?languages=es,fr",
            content="Año".encode("latin-1"),
            headers={"content-type": "text/plain; charset=ISO-8859-1"},
        )
        web.post("/api/articles", json={"url": "https://desk.example/a"})
    assert answer.status_code == 202
    assert answer.json() == {"article": "a1", "render": "r1"}
    assert answer.headers["location"] == f"{BASE}/api/renders/r1"
    ours, file, link = made.newsroom.came
    assert (ours.body.decode(ours.charset), ours.media_type) == (page, "text/html")
    assert (file.body.decode(file.charset), file.media_type) == ("Año", "text/plain")
    assert (link.url, link.body) == ("https://desk.example/a", b"")
    assert made.newsroom.languages[-3:] == [["es", "pt-BR"], ["es", "fr"], None]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/api/articles", b'{"text": "\\ud800 is half a letter"}', 422),
        ("/api/articles", b'{"text": NaN}', 400),
        ("/api/articles", b'{"text": Infinity}', 400),
        ("/api/articles", b"\xff\xfe", 400),
        ("/api/articles", b"[]", 422),
        ("/api/articles", b"null", 422),
        ("/api/articles", b'{"secret": "hunter2"}', 422),
        ("/api/articles/a1/renders", b'{"languages": ["\\ud800"]}', 422),
        ("/api/articles/a1/renders", b'{"languages": NaN}', 422),
        ("/api/articles/a1/renders", b'{"languages": ["tlh-hunter2"]}', 422),
        ("/api/articles/a1/renders", b'{"hunter2": 1}', 422),
        ("/api/articles/a1/renders", b"{", 422),
    ],
)
def test_what_is_not_understood_is_a_problem_and_not_repeated(
    serving: tuple[SmallService, str], path: str, body: bytes, status: int
) -> None:
    with client(serving[1], "edit") as web:
        answer = web.post(path, content=body, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert {"type", "title", "status", "detail", "code", "remedy"} == set(answer.json())
    assert answer.json()["status"] == status


def test_an_error_that_nobody_foresaw_tells_nothing_of_the_inside(
    serving: tuple[SmallService, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, url = serving

    def broken(*_: object, **__: object) -> Library:
        raise RuntimeError("hunter2 in /srv/podcaster")

    monkeypatch.setattr(made.newsroom, "cancel", broken)
    with client(url, "edit") as web:
        answer = web.post("/api/renders/r1/cancel")
    assert (answer.status_code, answer.json()["code"]) == (500, "failed")
    assert "hunter2" not in answer.text


def test_a_render_and_a_report_are_shown_as_they_are_kept(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    report = article_of()
    made.library.put_article(report, made.services.clock())
    kept = Render(
        id=RenderId("r9"),
        article=report.id,
        state=RenderState.QUEUED,
        requested=made.services.clock(),
        languages=made.newsroom.render().languages,
    )
    made.library.open_render(kept)
    with client(url, "read") as web:
        shown = web.get("/api/renders/r9").json()
        whole = web.get(f"/api/articles/{report.id}").json()
        listed = web.get("/api/articles").json()
    assert shown["languages"]["es"] == {
            "held": False,
        "state": "done", "lines": 3, "translated": 0, "spoken": 0, "reused": 0, "seconds": 0.0, "warnings": ["A name was changed."],
        "stage": "", "done": 0, "seconds_left": None,
    }  # fmt: skip
    assert whole["renders"] == [shown]
    assert whole["report"]["title"] == listed["articles"][0]["title"] == report.title
    assert name(LanguageTag(whole["language"])) == "English"


def test_the_openapi_document_says_what_can_be_asked_and_what_comes_back(serving: tuple[SmallService, str]) -> None:
    with client(serving[1], "read") as web:
        document = web.get("/api/openapi.json").json()
    assert set(document["paths"]) == {
        "/api/articles",
        "/api/articles/{article}",
        "/api/articles/{article}/assignee",
        "/api/articles/{article}/episodes/{language}",
        "/api/articles/{article}/episodes/{language}/peaks",
        "/api/articles/{article}/episodes/{language}/preview",
        "/api/articles/{article}/episodes/{language}/schedule",
        "/api/articles/{article}/renders",
        "/api/articles/{article}/renders/plan",
        "/api/articles/{article}/reviewed",
        "/api/articles/{article}/scripts/{language}",
        "/api/articles/{article}/scripts/{language}/lines/{index}",
        "/api/articles/{article}/scripts/{language}/lines/{index}/recording",
        "/api/articles/{article}/scripts/{language}/lines/{index}/takes",
        "/api/articles/{article}/scripts/{language}/lines/{index}/versions",
        "/api/articles/{article}/scripts/{language}/recording",
        "/api/articles/{article}/scripts/{language}/review",
        "/api/articles/{article}/scripts/{language}/revisions",
        "/api/articles/{article}/scripts/{language}/revisions/{revision}",
        "/api/articles/{article}/scripts/{language}/revisions/{revision}/lines/{index}/speech",
        "/api/articles/{article}/scripts/{language}/speech",
        "/api/audit",
        "/api/backfills",
        "/api/backfills/{backfill}",
        "/api/backfills/{backfill}/cancel",
        "/api/backfills/{backfill}/events",
        "/api/backfills/{backfill}/items",
        "/api/backfills/{backfill}/pause",
        "/api/backfills/{backfill}/resume",
        "/api/downloads",
        "/api/glossaries/{pair}",
        "/api/glossaries/{source}/{target}/uses",
        "/api/hooks/article",
        "/api/hooks/wordpress",
        "/api/lexicons/{language}",
        "/api/lexicons/{language}/hearing",
        "/api/lexicons/{language}/misheard",
        "/api/lexicons/{language}/speech",
        "/api/lexicons/{language}/topics/{topic}",
        "/api/lexicons/{language}/uses",
        "/api/previews",
        "/api/previews/{preview}",
        "/api/previews/{preview}/chapters/{chapter}",
        "/api/renders/{render}",
        "/api/renders/{render}/cancel",
        "/api/renders/{render}/events",
        "/api/sources",
        "/api/sources/{source}",
        "/api/sources/{source}/poll",
        "/api/sources/{source}/skipped",
        "/api/voices/{language}",
        "/api/voices/{voice}/preview",
    }
    for path, operations in document["paths"].items():
        for operation in operations.values():
            assert operation["summary"]
            signed = path.startswith("/api/hooks/")
            assert operation.get("security") == (None if signed else [{"HTTPBearer": []}])
            assert {"422", "503", *(("400",) if signed else ("401", "403"))} <= set(operation["responses"])
            for status, response in operation["responses"].items():
                if status in {"204", "304"}:
                    assert "content" not in response
                    continue
                if path in {"/api/renders/{render}/events", "/api/backfills/{backfill}/events"} and status == "200":
                    assert set(response["content"]) == {"text/event-stream"}
                    continue
                sound = path.endswith("/speech") or path == "/api/voices/{voice}/preview"
                kind = "application/problem+json" if status > "300" else "audio/mpeg" if sound else "application/json"
                assert set(response.get("content", ())) == (set() if status == "204" else {kind})


def test_figures_are_counted(serving: tuple[SmallService, str]) -> None:
    with client(serving[1]) as web:
        web.get("/feeds/none.xml")
        figures = web.get("/metrics").text
    assert 'podcaster_http_requests_total{kind="feed",status="404"}' in figures


def test_a_reports_own_picture_is_shown_where_there_is_one(tmp_path: Path) -> None:
    with small_service(tmp_path) as made:
        episode = made.publish(picture=True)
        name = f"media/{episode.article}/{episode.language}/{episode.revision}.jpg"
        made.blobs.put(name, b"a jpeg")
        with served(made.services) as url, client(url) as web:
            page = Outline(web.get(f"/episodes/{episode.article}/{episode.language}").text)
            framed = Outline(web.get(f"/embed/{episode.article}?lang={episode.language}").text)
            file = web.get(f"/{name}")
    assert (file.status_code, file.headers["content-type"], file.content) == (200, "image/jpeg", b"a jpeg")
    assert f"/{name}" in {each["src"] for each in page.all("img")}
    assert f"/{name}" in {each["src"] for each in framed.all("img")}


def test_a_show_whose_samples_are_being_rendered_says_so(tmp_path: Path) -> None:
    with small_service(tmp_path, being_made={"es"}) as made, served(made.services) as url:
        page = httpx.get(url, headers={"Accept-Language": "en"}).text
    assert "No episodes yet." in page
    assert "Los primeros episodios se están preparando." in page
