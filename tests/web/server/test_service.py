"""The service as podcast apps, people and editors use it: over real HTTP."""

import gzip
import io
import re
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli
import feedparser
import httpx
import podcastparser
import pytest

from support.running_service import Service, running_service


def enclosure(service: Service, language: str = "es") -> tuple[str, int]:
    with service.client() as client:
        entry = feedparser.parse(client.get(f"/feeds/{language}.xml").content).entries[0]
    return entry.enclosures[0].href, int(entry.enclosures[0].length)


def test_two_feed_readers_see_the_same_episode(service: Service, published: str) -> None:
    with service.client() as client:
        xml = client.get("/feeds/es.xml").content
    found = feedparser.parse(xml)
    assert not found.bozo
    parsed = podcastparser.parse(f"{service.url}/feeds/es.xml", io.BytesIO(xml))
    (one,), (other,) = found.entries, parsed["episodes"]
    assert one.id == other["guid"]
    assert one.title == other["title"]
    assert one.enclosures[0].href == other["enclosures"][0]["url"]
    assert int(one.enclosures[0].length) == other["enclosures"][0]["file_size"]


def test_an_enclosure_has_exactly_the_length_that_the_feed_says(service: Service, published: str) -> None:
    url, length = enclosure(service)
    with service.client() as client:
        head, whole = client.head(url), client.get(url)
    assert head.status_code == whole.status_code == 200
    assert int(head.headers["content-length"]) == len(whole.content) == length
    assert whole.headers["content-type"] == "audio/mpeg"
    assert "immutable" in whole.headers["cache-control"]
    assert head.content == b""


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-99", 206, slice(0, 100)),
        ("bytes=1000-", 206, slice(1000, None)),
        ("bytes=-500", 206, slice(-500, None)),
        ("bytes=0-0", 206, slice(0, 1)),
        ("bytes=5-2", 200, slice(None)),
        ("bytes=0-1,5-9", 200, slice(None)),
        ("lines=1-2", 200, slice(None)),
        ("Bytes=0-9", 206, slice(0, 10)),
        ("bytes=999999999-", 416, slice(0)),
        ("bytes=-0", 416, slice(0)),
    ],
)
def test_ranges_are_cut_to_the_byte(service: Service, published: str, asked: str, status: int, part: slice) -> None:
    url, length = enclosure(service)
    with service.client() as client:
        whole = client.get(url).content
        answer = client.get(url, headers={"range": asked})
    assert answer.status_code == status
    assert status == 416 or answer.content == whole[part]
    if status == 206:
        assert re.fullmatch(rf"bytes \d+-\d+/{length}", answer.headers["content-range"])
    if status == 416:
        assert answer.headers["content-range"] == f"bytes */{length}"
        assert answer.json()["code"] == "range-unfit"


def test_a_range_of_another_revision_is_not_spliced_in(service: Service, published: str) -> None:
    url, length = enclosure(service)
    with service.client() as client:
        etag = client.head(url).headers["etag"]
        assert client.get(url, headers={"range": "bytes=0-9", "if-range": etag}).status_code == 206
        assert len(client.get(url, headers={"range": "bytes=0-9", "if-range": '"old"'}).content) == length
        assert client.get(url, headers={"if-none-match": etag}).status_code == 304


@pytest.mark.parametrize("coding", ["identity", "gzip", "br", "zstd"])
def test_a_feed_comes_compressed_with_a_tag_of_its_own(service: Service, published: str, coding: str) -> None:
    with service.client() as client:
        plain = client.get("/feeds/es.xml", headers={"accept-encoding": "identity"})
        with client.stream("GET", "/feeds/es.xml", headers={"accept-encoding": coding}) as answer:
            raw = b"".join(answer.iter_raw())
        again = client.get(
            "/feeds/es.xml", headers={"accept-encoding": coding, "if-none-match": answer.headers["etag"]}
        )
        dated = client.get("/feeds/es.xml", headers={"if-modified-since": plain.headers["last-modified"]})
    opened = {"gzip": gzip.decompress, "br": brotli.decompress}.get(coding, lambda data: data)
    assert answer.headers.get("content-encoding", "identity") == coding
    assert int(answer.headers["content-length"]) == len(raw)
    assert coding == "zstd" or opened(raw) == plain.content
    assert (again.status_code, dated.status_code) == (304, 304)
    assert "accept-encoding" in plain.headers["vary"].lower()
    assert (answer.headers["etag"] == plain.headers["etag"]) == (coding == "identity")


def test_a_configured_language_has_a_feed_before_its_first_episode(service: Service) -> None:
    with service.client() as client:
        assert client.get("/feeds/en.xml").status_code == 200
        opml = client.get("/feeds.opml")
    assert opml.status_code == 200
    assert "/feeds/es.xml" in opml.text


@pytest.mark.parametrize(
    "path",
    ["/", "/healthz", "/readyz", "/metrics", "/feeds/es.xml", "/feeds.opml", "/static/site.js", "/covers/es.jpg"],
)
def test_head_says_what_get_would(service: Service, published: str, path: str) -> None:
    with service.client(**{"accept-encoding": "identity"}) as client:
        head, get = client.head(path), client.get(path)
    assert head.status_code == get.status_code == 200
    assert head.headers["content-type"] == get.headers["content-type"]
    assert head.content == b""


def test_the_pages_show_the_episode_and_its_transcript(service: Service, published: str) -> None:
    with service.client() as client:
        home, page = client.get("/").text, client.get(f"/episodes/{published}/es").text
    assert f"/episodes/{published}/es" in home
    assert 'lang="es"' in page
    assert page.count('class="line') > 5
    assert "http://" not in re.sub(re.escape(service.url), "", page).replace("http://www.w3.org", "")


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/feeds/xx.xml",
        "/media/none/es/0123456789abcdef.mp3",
        "/media/../../etc/passwd",
        "/episodes/none/es",
        "/api/articles/none",
    ],
)
def test_what_is_not_there_is_a_problem_document(service: Service, path: str) -> None:
    with service.editor() as client:
        answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "status", "detail", "code"} <= set(answer.json())


@pytest.mark.parametrize(
    "headers", [{}, {"authorization": "Bearer 0123456789012345678901234567"}, {"authorization": "Basic eDp5"}]
)
def test_without_a_good_key_nothing_of_the_api_can_be_seen(service: Service, headers: dict[str, str]) -> None:
    with service.client(**headers) as client:
        for answer in (client.get("/api/articles"), client.post("/api/articles", json={"text": "x"})):
            assert answer.status_code == 401
            assert answer.json()["code"] == "key-wrong"
            assert "www-authenticate" in answer.headers


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"", "text/plain", 422),
        (b"{", "application/json", 400),
        (b'{"text": NaN}', "application/json", 400),
        (b'{"text": "\\ud800"}', "application/json", 422),
        (b'{"text": "a", "html": "b"}', "application/json", 400),
        (b'{"wrong": 1}', "application/json", 422),
        (b'{"text": 1}', "application/json", 422),
        (b"[" * 100_000, "application/json", 400),
        (b'{"url": "http://169.254.169.254/"}', "application/json", 422),
        (b'{"url": "file:///etc/passwd"}', "application/json", 422),
        (b'{"text": "A\\n\\nreport", "languages": ["klingon"]}', "application/json", 422),
        (b"\x89PNG\r\n", "image/png", 415),
        (b"\x89PNG\r\n\x1a\n", "text/plain", 415),
        (b"<html><body>Log in</body></html>", "text/html", 422),
        (b"x" * 2_500_000, "text/plain", 413),
    ],
)
def test_bad_submissions_get_a_problem_and_are_not_echoed(
    service: Service, content: bytes, kind: str, status: int
) -> None:
    with service.editor() as client:
        answer = client.post("/api/articles", content=content, headers={"content-type": kind})
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert "\ud800" not in answer.text
    assert '"input"' not in answer.text


def test_a_huge_body_without_a_key_is_not_read(service: Service) -> None:
    address = service.url.removeprefix("http://").split(":")
    before = memory(service.process)
    with socket.create_connection((address[0], int(address[1])), timeout=20) as connection:
        connection.sendall(b"POST /api/articles HTTP/1.1\r\nHost: x\r\nContent-Length: 300000000\r\n\r\n")
        assert connection.recv(4096).startswith(b"HTTP/1.1 401")
    assert memory(service.process) - before < 20_000_000


def memory(process: int) -> int:
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * 4096


def test_a_render_says_what_was_done_and_the_next_one_reuses_it(service: Service, published: str) -> None:
    with service.editor() as client:
        again = client.post(
            f"/api/articles/{published}/renders", json={"languages": ["es"]}, headers={"idempotency-key": "k1"}
        )
        same = client.post(
            f"/api/articles/{published}/renders", json={"languages": ["es"]}, headers={"idempotency-key": "k1"}
        )
        other = client.post(
            f"/api/articles/{published}/renders", json={"languages": ["en"]}, headers={"idempotency-key": "k1"}
        )
    assert again.status_code == same.status_code == 202
    assert again.json() == same.json()
    assert other.status_code == 409
    spanish = service.finished(again.json()["render"])["languages"]["es"]  # type: ignore[index]
    assert spanish["state"] == "done"
    assert spanish["translated"] == spanish["spoken"] == 0
    assert spanish["reused"] == spanish["lines"] > 5


def test_a_language_that_cannot_be_made_does_not_stop_the_others(service: Service, published: str) -> None:
    with service.editor() as client:
        answer = client.post(f"/api/articles/{published}/renders", json={"languages": ["en", "zh"]})
    state = service.finished(answer.json()["render"])
    assert state["state"] == "partial"
    assert state["languages"]["en"]["state"] == "done"  # type: ignore[index]
    assert "no-translation-path" in state["languages"]["zh"]["error"]  # type: ignore[index]


def test_a_script_holds_every_line_with_its_time(service: Service, published: str) -> None:
    with service.editor() as client:
        script = client.get(f"/api/articles/{published}/scripts/es").json()
    assert [line["index"] for line in script["lines"]] == list(range(len(script["lines"])))
    starts = [line["start"] for line in script["lines"]]
    assert starts == sorted(starts)


def test_many_equal_submissions_at_once_are_one_report(service: Service, published: str) -> None:
    body = "A crowd at the door\n\nTwenty people hand in the same report at the same time, and it is published once."

    def submit(_: int) -> httpx.Response:
        with service.editor() as client:
            return client.post("/api/articles", json={"text": body, "languages": ["en"]})

    with ThreadPoolExecutor(20) as crowd:
        answers = list(crowd.map(submit, range(20)))
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json()["article"] for answer in answers}) == 1
    for render in {answer.json()["render"] for answer in answers}:
        assert service.finished(render)["state"] == "done"
    with service.editor() as client:
        shown = client.get(f"/api/articles/{answers[0].json()['article']}").json()
    assert len(shown["episodes"]) == 1


def test_a_service_on_every_address_gives_one_that_apps_can_reach(tmp_path: Path) -> None:
    with running_service(tmp_path / "everywhere", PODCASTER_HOST="0.0.0.0") as here, here.client() as client:  # noqa: S104 # what is tested
        assert here.url.startswith("http://127.0.0.1:")
        assert f"{here.url}/feeds/en.xml" in client.get("/feeds.opml").text
