"""Editors find reports, correct them and take them away; the log says who did what."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from podcaster.model import Article
from podcaster.units import RenderId
from support.examples import NOW, article_of, episode_of, render_of, wording_of
from support.small_service import SmallService, client, served, small_service


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[tuple[SmallService, str]]:
    with small_service(tmp_path / "data") as made, served(made.services) as url:
        yield made, url


@pytest.fixture
def report(serving: tuple[SmallService, str]) -> Article:
    made = article_of()
    serving[0].library.put_article(made, NOW)
    return made


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SmallService, str]]:
    """A service with the report, for tests that change nothing in it."""
    with small_service(tmp_path_factory.mktemp("unchanged")) as made, served(made.services) as url:
        made.library.put_article(article_of(), NOW)
        yield made, url


def test_an_editors_correction_outlives_the_source(serving: tuple[SmallService, str], report: Article) -> None:
    made, url = serving
    with client(url, "edit") as editor:
        answer = editor.patch(
            f"/api/articles/{report.id}",
            json={
                "title": "  Corrected ",
                "authors": ["Ann Other"],
                "language": "en-GB",
                "published": "2030-05-04T06:00:00+02:00",
            },
        )
        assert answer.status_code == 200, answer.text
        assert answer.json()["title"] == "Corrected"
        made.library.put_article(replace(report, title="From the source", topics=("Energy",)), NOW + timedelta(days=1))
        there = editor.get(f"/api/articles/{report.id}").json()
        assert (there["title"], there["language"], there["topics"]) == ("Corrected", "en-GB", ["Energy"])
        assert there["report"]["published"] == "2030-05-04T04:00:00+00:00"
        assert set(there["corrections"]) == {"title", "authors", "language", "published"}
        assert editor.patch(f"/api/articles/{report.id}", json={"title": None}).json()["title"] == "From the source"


@pytest.mark.parametrize(
    ("correction", "status", "code"),
    [
        ({}, 422, "input-refused"),
        ({"title": ""}, 422, "request-malformed"),
        ({"title": "\u200b"}, 422, "input-refused"),
        ({"topics": [" "]}, 422, "input-refused"),
        ({"language": "xx-klingon"}, 422, "language-unknown"),
        ({"published": "2030-05-04"}, 422, "request-malformed"),
        ({"published": 0}, 422, "request-malformed"),
        ({"body": []}, 422, "request-malformed"),
    ],
)
def test_what_is_no_correction_is_refused(
    unchanged: tuple[SmallService, str], correction: dict[str, object], status: int, code: str
) -> None:
    report = article_of()
    with client(unchanged[1], "edit") as editor:
        answer = editor.patch(f"/api/articles/{report.id}", json=correction)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert unchanged[0].library.article(report.id).article == report


def test_two_editors_cannot_overwrite_each_other_unseen(serving: tuple[SmallService, str], report: Article) -> None:
    made, url = serving
    place = f"/api/articles/{report.id}"
    with client(url, "publish") as editor:
        seen = editor.get(place).headers["etag"]
        assert editor.patch(place, json={"title": "Theirs"}, headers={"if-match": seen}).status_code == 200
        late = editor.patch(place, json={"title": "Mine"}, headers={"if-match": seen})
        assert (late.status_code, late.json()["code"]) == (412, "outdated")
        assert editor.delete(place, headers={"if-match": f"W/{editor.get(place).headers['etag']}"}).status_code == 412
        now = editor.get(place)
        assert now.json()["title"] == "Theirs"
        made.library.open_render(render_of(report))
        later = editor.get(place, headers={"if-none-match": now.headers["etag"]})
        assert later.status_code == 200
        assert editor.get(place, headers={"if-none-match": later.headers["etag"]}).status_code == 304
        both = f'"other", {now.headers["etag"]}'
        assert editor.patch(place, json={"title": "Next"}, headers={"if-match": both}).status_code == 200


def test_a_report_that_is_taken_away_is_in_no_feed_and_its_renders_stop(
    serving: tuple[SmallService, str], report: Article
) -> None:
    made, url = serving
    made.publish(episode_of(report.id))
    made.library.open_render(render_of(report))
    place = f"/api/articles/{report.id}"
    with client(url, "edit") as editor:
        assert editor.delete(place).json()["code"] == "scope-missing"
    with client(url, "publish") as publisher:
        assert b"<item>" in publisher.get("/feeds/es.xml").content
        assert publisher.delete(place).status_code == 204
        again = publisher.delete(place)
        assert (again.status_code, again.json()["code"]) == (404, "article-unknown")
        assert publisher.get(place).json()["code"] == "article-unknown"
        assert publisher.get("/api/articles").json()["articles"] == []
    assert made.newsroom.stopped == [RenderId("r1")]
    assert b"<item>" not in made.blobs.get(made.library.feeds()["es"].blob)
    assert b"<item>" not in made.blobs.get(made.library.feeds()["es/eu"].blob)


def test_a_list_is_read_to_its_end_while_reports_come_in(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    for place in range(7):
        made.library.put_article(article_of(f"Report {place}", topics=("EU",)), NOW + timedelta(minutes=place))
    made.library.put_article(article_of("Another", topics=()), NOW)
    titles: list[str] = []
    address = "/api/articles?topic=EU&limit=3&title=report"
    with client(url, "read") as reader:
        while address:
            page = reader.get(address)
            titles += [each["title"] for each in page.json()["articles"]]
            made.library.put_article(article_of(f"New {len(titles)}"), NOW + timedelta(days=1))
            found = page.links.get("next", {}).get("url", "")
            address = found.removeprefix(made.services.base_url)
    assert titles == [f"Report {place}" for place in range(6, -1, -1)]


def test_reports_are_found_by_how_their_languages_stand(serving: tuple[SmallService, str], report: Article) -> None:
    made, url = serving
    made.publish(episode_of(report.id))

    with client(url, "read") as reader:

        def found(**query: object) -> list[str]:
            answer = reader.get("/api/articles", params=query)  # type: ignore[arg-type]
            assert answer.status_code == 200, answer.text
            return [each["article"] for each in answer.json()["articles"]]

        assert reader.get("/api/articles").json()["articles"][0]["states"] == {"es": "published"}
        assert found(state="es:published", language="en", since="2026-05-04T06:30:00Z") == [report.id]
        assert found(state=["es:published", "fr:held"]) == found(since="2026-05-04T06:31:00Z") == []
        assert found(since="0001-01-01T00:00:00+14:00") == [report.id]
        for wrong in ({"state": "es:gone"}, {"since": "2026-05-04"}, {"since": "1"}, {"limit": "0"}):
            assert reader.get("/api/articles", params=wrong).status_code == 422, wrong
        tag = reader.get("/api/articles").headers["etag"]
        assert reader.get("/api/articles", headers={"if-none-match": tag}).status_code == 304


def test_the_log_says_who_did_what_by_which_door(serving: tuple[SmallService, str], report: Article) -> None:
    _, url = serving
    place = f"/api/articles/{report.id}"
    with client(url, "edit") as program:
        program.patch(place, json={"title": "By program"})
        assert program.get("/api/audit").json()["code"] == "scope-missing"
    with client(url, **{"x-podcaster-desk": "1"}) as browser:
        browser.post("/desk/session", json={"key": "publish-key-0123456789"})
        browser.patch(place, json={"title": "By hand"})
    with client(url, "admin") as admin:
        rows = admin.get("/api/audit", params={"article": report.id, "action": "article.corrected"}).json()["changes"]
        assert [(each["editor"], each["door"], each["place"]) for each in rows] == [
            ("publish", "desk", "127.0.0.1"),
            ("edit", "api", "127.0.0.1"),
        ]
        assert (rows[0]["before"], rows[0]["after"]) == ({"title": "By program"}, {"title": "By hand"})
        assert admin.get("/api/audit", params={"editor": "nobody"}).json()["changes"] == []
        first = admin.get("/api/audit", params={"limit": 1, "article": report.id})
        second = admin.get(first.links["next"]["url"].removeprefix("http://podcasts.example"))
        assert second.json()["changes"][0]["number"] < first.json()["changes"][0]["number"]
        assert admin.get("/api/audit", params={"action": "nonsense"}).status_code == 422


@pytest.mark.parametrize(
    ("accepted", "said"), [("en", "edited a line"), ("gl", "editou unha liña"), ("pt", "editou uma linha")]
)
def test_the_desk_shows_who_worded_what(
    serving: tuple[SmallService, str], report: Article, accepted: str, said: str
) -> None:
    made, url = serving
    made.library.put_wording(wording_of(report.id, source="The <levy>.", text="La <tasa>."))
    made.library.put_wording(wording_of(report.id, source="The <levy>.", text="El canon."))
    with client(url, "read", **{"x-podcaster-desk": "1"}) as browser:
        browser.post("/desk/session", json={"key": "read-key-0123456789"})
        page = browser.get(f"/desk/{report.id}", headers={"accept-language": accepted}).text
    history = page[page.index('id="history"') :]
    assert said in history
    assert "<del>La &lt;tasa&gt;.</del> <ins>El canon.</ins>" in history
    assert "The &lt;levy&gt;." in history


def test_a_source_that_is_added_twice_with_one_key_is_one(serving: tuple[SmallService, str]) -> None:
    new = {"url": "https://reports.example/feed.xml"}
    with client(serving[1], "publish", **{"idempotency-key": "k1"}) as editor:
        answers = [editor.post("/api/sources", json=new) for _ in range(2)]
        assert [each.status_code for each in answers] == [201, 201]
        assert answers[0].json() == answers[1].json()
        other = editor.post("/api/sources", json=new | {"interval_s": 60})
        assert (other.status_code, other.json()["code"]) == (409, "conflict")
        assert editor.post("/api/sources", json={"url": "http://[bad"}).status_code == 422
        assert len(editor.get("/api/sources").json()["sources"]) == 1


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/api/articles/a1", "DELETE, GET, HEAD, PATCH"),
        ("/api/articles/a1/episodes/es", "DELETE, PUT"),
        ("/api/sources", "GET, HEAD, POST"),
        ("/", "GET, HEAD"),
    ],
)
def test_an_address_says_what_it_does(unchanged: tuple[SmallService, str], path: str, methods: str) -> None:
    with client(unchanged[1], "admin") as admin:
        answer = admin.request("OPTIONS", path)
    assert (answer.status_code, answer.headers["allow"]) == (405, methods)
    assert json.loads(answer.content)["code"] == "method-unfit"
