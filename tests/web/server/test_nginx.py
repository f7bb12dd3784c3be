"""nginx with deploy/nginx.conf in front of the real service: what listeners get is what the service itself would say."""

import contextlib
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

import httpx
import pytest

from podcaster.adapters.blobs import open_blobs
from podcaster.adapters.feed_files import SnapshotFolder
from podcaster.ports import FeedPointer
from podcaster.settings import Settings
from podcaster.units import ArticleId, Revision
from podcaster.wiring import Container
from support.examples import NOW, episode_of
from support.nginx import PROGRAM, in_front, nginx
from support.requirements import missing
from support.running_service import ARTICLES, Service, running_service

AUDIO = "/media/a-report-12345678/es/00000000000000aa.mp3"
SOUND = bytes(range(256)) * 4_000
WORLD = {"date", "server", "connection", "keep-alive"}


@pytest.fixture(scope="module")
def front() -> Iterator[tuple[Service, str, Path]]:
    if PROGRAM is None:
        missing("nginx is not installed")
    # Not in pytest's folder, which each session closes to other users, and nginx' worker is one.
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield from _in_front(Path(folder))


def _in_front(folder: Path) -> Iterator[tuple[Service, str, Path]]:
    data = folder / "data"
    settings = {
        "PODCASTER_SNAPSHOT": str(data / "public"),
        "PODCASTER_TRUSTED_PROXIES": "127.0.0.1",
        "PODCASTER_WRONG_KEYS_PER_MINUTE": "4",
    }
    with running_service(data, **settings) as service:
        open_blobs(data / "blobs").put(AUDIO[1:], SOUND)
        here = Container(Settings(data=data))
        here.library.publish(episode_of(ArticleId("a-report-12345678"), revision=Revision(Path(AUDIO).stem)), NOW)
        here.close()
        data.chmod(0o755)
        configuration, port = in_front(service.url, data)
        with nginx(folder / "nginx", configuration, port) as server:
            yield service, server.url, data


def said(url: str, path: str, method: str = "GET", **headers: str) -> tuple[int, Mapping[str, str], bytes]:
    given = {"accept-encoding": "", **headers}
    with (
        httpx.Client(base_url=url, trust_env=False, timeout=20) as web,
        web.stream(method, path, headers=given) as answer,
    ):
        body = b"".join(answer.iter_raw())
    return answer.status_code, {name: value for name, value in answer.headers.items() if name not in WORLD}, body


@pytest.mark.parametrize(
    "accepted",
    [
        "",
        "br",
        "gzip",
        "gzip, deflate",
        "gzip, deflate, br",
        "zstd, gzip",
        "deflate",
        "x-gzip",
        "br;q=0.5, gzip",
        "*",
        "identity;q=0",
    ],
)
def test_every_client_gets_the_form_of_a_feed_that_the_service_would_choose(
    front: tuple[Service, str, Path], accepted: str
) -> None:
    service, url, _ = front
    status, headers, body = said(url, "/feeds/es.xml", **{"accept-encoding": accepted})
    ours, our_headers, our_body = said(service.url, "/feeds/es.xml", **{"accept-encoding": accepted})
    assert (status, body) == (ours, our_body)
    assert {**headers, "etag": ""} == {**our_headers, "etag": ""}


def test_feeds_come_from_the_files(front: tuple[Service, str, Path]) -> None:
    """The tag is nginx' own: the file's second and length."""
    tag = said(front[1], "/feeds/es.xml", **{"accept-encoding": "br"})[1]["etag"]
    file = (front[2] / "public/feeds/es.xml/br").stat()
    assert tag == f'"{int(file.st_mtime):x}-{file.st_size:x}"'


def test_a_feed_is_asked_for_conditionally(front: tuple[Service, str, Path]) -> None:
    _, url, _ = front
    status, headers, body = said(url, "/feeds/es.xml", **{"accept-encoding": "br"})
    assert (status, bool(body)) == (200, True)
    for condition in (
        {"if-none-match": headers["etag"]},
        {"if-none-match": f'"x", W/{headers["etag"]}'},
        {"if-modified-since": headers["last-modified"]},
    ):
        again, unchanged, nothing = said(url, "/feeds/es.xml", **{"accept-encoding": "br", **condition})
        assert (again, nothing, "content-length" in unchanged) == (304, b"", False)
        assert unchanged["etag"] == headers["etag"]
        assert unchanged["cache-control"] == headers["cache-control"]
    assert said(url, "/feeds/es.xml", **{"accept-encoding": "gzip", "if-none-match": headers["etag"]})[0] == 200


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "bytes=0-0",
        "bytes=1000-262143",
        "bytes=-100",
        "bytes=1000000-",
        "bytes=0-1,5-9",
        "bytes=9000000-",
        "lines=1-2",
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_audio_is_cut_as_the_service_cuts_it(front: tuple[Service, str, Path], asked: str, method: str) -> None:
    service, url, _ = front
    wanted = {"range": asked} if asked and method == "GET" else {}
    status, headers, body = said(url, AUDIO, method, **wanted)
    ours, our_headers, our_body = said(service.url, AUDIO, method, **wanted)
    assert (status, headers.get("content-range")) == (ours, our_headers.get("content-range"))
    if status == 416:  # nginx' own page
        return
    assert body == our_body
    if status == 206:  # of ranges that are given, nginx does not say that they can be had
        our_headers = {**our_headers}
        del our_headers["accept-ranges"]
    assert headers == our_headers


def test_a_download_goes_on_only_with_the_file_that_it_began_with(front: tuple[Service, str, Path]) -> None:
    service, url, _ = front
    tag = said(service.url, AUDIO)[1]["etag"]
    assert said(url, AUDIO, **{"range": "bytes=5-", "if-range": tag})[2] == SOUND[5:]
    assert said(url, AUDIO, **{"range": "bytes=5-", "if-range": '"another"'})[0] == 200
    assert said(url, AUDIO, **{"if-none-match": tag})[0] == 304


@pytest.mark.parametrize(
    "path",
    [
        "/feeds/xx.xml",
        "/feeds/",
        "/feeds/es.xml/br",
        "/feeds/../lock",
        "/media/another-report-12345678/es/00000000000000ab.mp3",
        "/media/a-report-12345678/es/00000000000000aa.script.json",
        "/podcaster.sqlite",
    ],
)
def test_what_is_not_there_is_what_the_service_says(front: tuple[Service, str, Path], path: str) -> None:
    status, headers, body = said(front[1], path)
    assert (status, headers["content-type"]) == (404, "application/problem+json"), body


def test_everything_else_is_the_services_own(front: tuple[Service, str, Path]) -> None:
    service, url, _ = front
    assert said(url, "/healthz")[0] == 200
    assert said(url, "/feeds.opml") == said(service.url, "/feeds.opml")
    assert said(url, "/feeds/es.xml", "OPTIONS") == said(service.url, "/feeds/es.xml", "OPTIONS")
    assert said(url, "/feeds/es.xml", "POST")[0] == 405
    assert said(url, "/api/articles")[0] == 401


def wrong_keys(url: str, addresses: Sequence[str]) -> list[int]:
    """Statuses of requests with a wrong key, each of which names another address as the client's."""
    return [
        said(url, "/api/articles", authorization="Bearer not-a-key-0123456789", **{"x-forwarded-for": each})[0]
        for each in addresses
    ]


@pytest.mark.parametrize("path", ["/metrics", "/metrics/", "//metrics", "/%6detrics", "/x/../metrics", "/metrics?a=b"])
def test_figures_are_not_for_the_world(front: tuple[Service, str, Path], path: str) -> None:
    service, url, _ = front
    host, _, port = url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=20) as line:  # a client would tidy the path
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 404")
    assert b"podcaster_" not in answer
    assert b"podcaster_http_requests" in said(service.url, "/metrics")[2]


def test_a_client_that_names_its_own_address_is_known_by_the_one_that_nginx_saw(
    front: tuple[Service, str, Path],
) -> None:
    _, url, _ = front
    assert wrong_keys(url, [f"192.0.2.{place}" for place in range(6)])[-1] == 429


def test_behind_another_proxy_the_client_is_whom_that_proxy_saw(
    front: tuple[Service, str, Path], tmp_path: Path
) -> None:
    """Each client has a limit of its own, by the last address that the proxy before nginx wrote."""
    service, _, data = front
    known = {
        "#set_real_ip_from 10.0.0.0/8;": "set_real_ip_from 127.0.0.1;",
        "#real_ip_header": "real_ip_header",
        "#real_ip_recursive": "real_ip_recursive",
    }
    configuration, port = in_front(service.url, data, known)
    with nginx(tmp_path / "nginx", configuration, port) as server:
        assert wrong_keys(server.url, [f"198.51.100.{place}" for place in range(6)]) == [401] * 6
        forged = [f"192.0.2.{place}, 203.0.113.7" for place in range(6)]
        assert wrong_keys(server.url, forged) == [401] * 4 + [429] * 2


def test_slow_and_endless_heads_end_at_nginx(front: tuple[Service, str, Path], tmp_path: Path) -> None:
    service, _, data = front
    soon = {"client_header_timeout 10s;": "client_header_timeout 1s;"}
    configuration, port = in_front(service.url, data, soon)
    with nginx(tmp_path / "nginx", configuration, port):
        assert answered(port, b"GET / HTTP/1.1\r\nHost: ") == b""
        endless = b"GET / HTTP/1.1\r\nHost: x\r\n" + b"".join(
            b"X-%d: %s\r\n" % (each, b"y" * 1000) for each in range(80)
        )
        assert answered(port, endless).startswith(b"HTTP/1.1 400")


def answered(port: int, sent: bytes) -> bytes:
    """The bytes that come back until the connection is closed."""
    got = b""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line, contextlib.suppress(ConnectionError):
        line.sendall(sent)
        while piece := line.recv(65_536):
            got += piece
    return got


def test_a_publication_is_in_front_within_moments(front: tuple[Service, str, Path]) -> None:
    service, url, _ = front
    with service.editor() as editor:
        body = (ARTICLES / "two-authors.txt").read_bytes()
        given = editor.post("/api/articles", content=body, headers={"content-type": "text/plain"})
    assert service.finished(given.json()["render"])["state"] == "done"
    await_in_front(url, "/feeds/en.xml", 200, b"<item>")


def await_in_front(url: str, path: str, status: int, part: bytes) -> None:
    for _ in range(400):
        answer = said(url, path)
        if answer[0] == status and part in answer[2]:
            return
        time.sleep(0.05)
    pytest.fail("what is in front stood still")


def shown(data: Path, name: str, generation: int) -> bytes:
    """A feed of the snapshot alone; its length is another in every generation."""
    body = b"%d;" % generation * (50_000 + generation)
    digest = sha256(body).hexdigest()
    changed = datetime(2026, 5, 4, tzinfo=UTC)
    pointer = FeedPointer(name=name, blob="feeds/x", digest=digest, generation=generation, changed=changed)
    SnapshotFolder(data / "public").show(pointer, {"identity": body})
    return body


def test_a_feed_that_is_replaced_while_it_is_read_is_whole_and_soon_the_new_one(
    front: tuple[Service, str, Path],
) -> None:
    _, url, data = front
    bodies = {shown(data, "replaced", 1)}
    over = Event()

    def read() -> set[tuple[int, str, str, bytes]]:
        answers = set()
        while not over.is_set():
            status, headers, body = said(url, "/feeds/replaced.xml")
            answers.add((status, headers["etag"], headers["content-length"], body))
        return answers

    with ThreadPoolExecutor(2) as thread_pool:
        readers = [thread_pool.submit(read) for _ in range(2)]
        try:
            for generation in range(2, 6):
                newest = shown(data, "replaced", generation)
                bodies.add(newest)
                await_in_front(url, "/feeds/replaced.xml", 200, newest)
        finally:
            over.set()
        answers = set().union(*(reader.result() for reader in readers))
    assert {body for _, _, _, body in answers} <= bodies
    assert {(status, int(length) - len(body)) for status, _, length, body in answers} == {(200, 0)}
    assert len({tag for _, tag, _, _ in answers}) == len({body for _, _, _, body in answers}) == len(answers) > 1


def test_what_is_removed_is_soon_gone(front: tuple[Service, str, Path]) -> None:
    _, url, data = front
    shown(data, "removed", 1)
    audio = AUDIO.replace("aa.mp3", "cc.mp3")
    blobs = open_blobs(data / "blobs")
    blobs.put(audio[1:], SOUND)
    assert [said(url, path)[0] for path in ("/feeds/removed.xml", audio)] == [200, 200]
    (data / "public/feeds/removed.xml").unlink()
    blobs.delete(audio[1:])
    await_in_front(url, "/feeds/removed.xml", 404, b"page-unknown")
    await_in_front(url, audio, 410, b"file-gone")


def test_a_takedown_is_seen_at_once_while_nginx_has_the_file_open(front: tuple[Service, str, Path]) -> None:
    service, url, data = front
    audio = AUDIO.replace("aa.mp3", "dd.mp3").replace("12345678", "87654321")
    mark = "gone/a-report-87654321/es"
    blobs = open_blobs(data / "blobs")
    blobs.put(audio[1:], SOUND)
    assert [said(url, audio)[0] for _ in range(3)] == [200] * 3
    blobs.put(mark, b"")
    assert [said(url, audio)[0], said(service.url, audio)[0]] == [410, 410]
    with service.editor() as editor:
        heard = httpx.get(f"{url}{audio}", headers=editor.headers, trust_env=False)
    assert (heard.status_code, heard.headers["cache-control"]) == (200, "private, no-store")
    blobs.delete(mark)
    assert said(service.url, audio)[0] == said(url, audio)[0] == 200


def test_what_was_asked_for_too_early_is_there_with_its_file(front: tuple[Service, str, Path]) -> None:
    _, url, data = front
    assert said(url, "/feeds/first.xml")[0] == 404
    body = shown(data, "first", 1)
    assert said(url, "/feeds/first.xml")[2] == body
