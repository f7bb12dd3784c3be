"""Authentication, scopes and body limits, over real HTTP."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from podcaster.errors import SettingsWrong
from podcaster.web.server.start import listen
from support.paths import TESTS
from support.small_service import KEYS, SmallService, client, served, small_service

CAP = 100_000


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SmallService, str]]:
    with small_service(tmp_path_factory.mktemp("gate"), body_seconds=0.5) as made, served(made.services) as url:
        yield made, url


def address(url: str) -> tuple[str, int]:
    found = httpx.URL(url)
    return found.host, found.port or 80


def said(url: str, *pieces: bytes, pause: float = 0.0) -> bytes:
    """Everything that the service answers on one connection, until it closes it."""
    with socket.create_connection(address(url), timeout=20) as line:
        for piece in pieces:
            try:
                line.sendall(piece)
            except (BrokenPipeError, ConnectionResetError):
                break
            time.sleep(pause)
        answer = b""
        try:
            while piece := line.recv(65_536):
                answer += piece
        except ConnectionResetError:
            pass
        return answer


def head(path: str, *headers: str, key: str = "edit", method: str = "POST") -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: x", f"Authorization: Bearer {KEYS[key]}", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


@pytest.mark.parametrize("path", ["/api/articles", "/api/articles/a1/renders"])
def test_a_body_that_is_too_long_is_refused_before_its_end_however_it_comes(
    serving: tuple[SmallService, str], path: str
) -> None:
    made, url = serving
    chunk = b"4000\r\n" + b"x" * 0x4000 + b"\r\n"
    declared = said(url, head(path, "Content-Type: text/plain", f"Content-Length: {CAP + 1}"))
    chunked = said(url, head(path, "Content-Type: application/json", "Transfer-Encoding: chunked"), *[chunk] * 40)
    for answer in (declared, chunked):
        assert answer.startswith(b"HTTP/1.1 413")
        assert b"source-too-large" in answer
        assert b"connection: close" in answer
    assert made.newsroom.came == []


def test_a_body_that_does_not_come_ends_the_connection(serving: tuple[SmallService, str]) -> None:
    answer = said(serving[1], head("/api/articles", "Content-Type: text/plain", "Content-Length: 100"), b"slow")
    assert answer.startswith(b"HTTP/1.1 408")
    assert b"request-too-slow" in answer


def test_a_client_that_leaves_in_the_middle_hands_in_nothing(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    with socket.create_connection(address(url)) as line:
        line.sendall(head("/api/articles", "Content-Type: text/plain", "Content-Length: 100") + b"half")
    with client(url) as web:
        assert web.get("/healthz").status_code == 200
    assert made.newsroom.came == []


def test_who_has_no_key_may_not_send_much(serving: tuple[SmallService, str]) -> None:
    with client(serving[1]) as web:
        assert web.post("/", content=b"x" * 300_000).status_code == 413
        answer = web.post("/", content=b"x")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    ("key", "method", "status", "code"),
    [
        ("read", "GET", 200, ""),
        ("read", "HEAD", 200, ""),
        ("read", "POST", 403, "scope-missing"),
        ("read", "DELETE", 403, "scope-missing"),
        ("edit", "GET", 200, ""),
        ("edit", "DELETE", 405, "method-unfit"),
        ("revoked", "GET", 401, "key-wrong"),
        ("", "GET", 401, "key-wrong"),
        ("", "OPTIONS", 401, "key-wrong"),
    ],
)
def test_a_key_reaches_as_far_as_its_scope(
    serving: tuple[SmallService, str], key: str, method: str, status: int, code: str
) -> None:
    with client(serving[1], key) as web:
        answer = web.request(method, "/api/articles")
    assert answer.status_code == status
    if code:
        assert answer.json()["code"] == code
    assert ("www-authenticate" in answer.headers) == (status == 401)


@pytest.mark.parametrize(("key", "held"), [("edit", True), ("publish", False), ("admin", False)])
def test_what_a_key_that_may_not_publish_hands_in_is_held(
    serving: tuple[SmallService, str],
    key: str,
    held: bool,  # noqa: FBT001 # pytest gives it
) -> None:
    made, url = serving
    before = len(made.newsroom.holds)
    with client(url, key) as web:
        web.post("/api/articles", json={"text": "A cable levy\n\nThe levy starts in July 2028."}).raise_for_status()
        web.post("/api/articles/a1/renders", json={"languages": ["es"]}).raise_for_status()
    assert made.newsroom.holds[before:] == [held, held]


@pytest.mark.parametrize("path", ["/api/sources", "/api/backfills"])
def test_reports_that_come_in_by_themselves_ask_for_the_right_to_publish(
    serving: tuple[SmallService, str], path: str
) -> None:
    with client(serving[1], "edit") as web:
        assert web.post(path, json={}).json()["code"] == "scope-missing"
    with client(serving[1], "publish") as web:
        assert web.post(path, json={}).status_code == 422


def test_the_use_of_a_key_is_noted(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    with client(url, "read") as web:
        web.get("/api/articles")
    assert next(key for key in made.library.keys() if key.name == "read").last_used is not None  # noqa: SIM118 # no mapping


def test_every_answer_has_a_name_and_is_safe_to_show(serving: tuple[SmallService, str]) -> None:
    with client(serving[1]) as web:
        answers = [web.get(path) for path in ("/", "/nothing", "/api/articles", "/static/site.css")]
    assert len({answer.headers["x-request-id"] for answer in answers}) == 4
    for answer in answers:
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "strict-origin-when-cross-origin"
        assert "https:" not in answer.headers["content-security-policy"]


def test_no_address_is_redirected_to_the_host_that_a_client_names(serving: tuple[SmallService, str]) -> None:
    with client(serving[1], "read", host="evil.example") as web:
        answer = web.get("/api/articles/")
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "target", [b"/%ff%fe", b"/%00", b"/episodes/%00/es", b"/episodes/a/%00", b"//", b"/?%ff=%00", b"*"]
)
def test_odd_addresses_are_not_there_and_break_nothing(serving: tuple[SmallService, str], target: bytes) -> None:
    answer = said(serving[1], b"GET " + target + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert int(answer.split(b" ", 2)[1]) in {200, 400, 404}


def test_a_port_that_is_taken_is_named() -> None:
    with listen("127.0.0.1", 0) as taken, pytest.raises(SettingsWrong, match="cannot be listened on"):
        listen("127.0.0.1", taken.getsockname()[1])


PROGRAM = """
import sys
from pathlib import Path
from podcaster.web.server.app import create_app
from podcaster.web.server.limits import RateLimits
from podcaster.web.server.start import listen, serve
from support.small_service import small_service
with small_service(Path(sys.argv[1]), max_upload_bytes=10_000_000) as made:
    listening = listen("127.0.0.1", 0)
    print(listening.getsockname()[1], flush=True)
    serve(create_app(made.services, RateLimits()), listening, made.services.stopping)
print("ended")
"""


def test_300_megabytes_without_a_key_are_not_taken_in(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(TESTS)},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        url = f"http://127.0.0.1:{process.stdout.readline().strip()}"
        with client(url) as web:
            web.get("/").raise_for_status()
        before, sent = memory(process.pid), 0
        for first in (b"Content-Length: 300000000", b"Transfer-Encoding: chunked"):
            with socket.create_connection(address(url), timeout=20) as line:
                line.sendall(b"POST /api/articles HTTP/1.1\r\nHost: x\r\n" + first + b"\r\n\r\n")
                assert line.recv(4096).startswith(b"HTTP/1.1 401")
                sent += pushed(line)
        assert sent < 20_000_000
        assert memory(process.pid) - before < 10_000_000
        process.send_signal(signal.SIGTERM)
        assert process.stdout.read().strip() == "ended"
        assert process.wait(20) == 0


def pushed(line: socket.socket) -> int:
    """Bytes of 300 MB that the other end takes."""
    piece = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    for count in range(300_000_000 // len(piece)):
        try:
            line.sendall(piece)
        except OSError:
            return count * len(piece)
    return 300_000_000


def memory(process: int) -> int:
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")
