"""Clients get every byte in order, however small the buffers between and however slowly they read."""

import hashlib
import os
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import httpx
import pytest

from support.examples import NOW, episode_of
from support.small_service import SmallService, feed_publisher_of, revision_of, served, small_service

AUDIO = "/media/a-report-12345678/es/00000000000000aa.mp3"
SOUND = os.urandom(1_000_000)
FEED = "/feeds/es.xml"
EPISODES = 60
BUFFER_BYTES = 16 * 1024
"""The kernel doubles it: what a real connection begins with (net.ipv4.tcp_wmem 4096 32768 65536)."""
ANSWERS_EACH = 5
MOST_HEAD_BYTES = 4096


@dataclass(frozen=True)
class Answer:
    """One response: status, header lines and body."""

    status: int
    fields: bytes
    body: bytes


class Connection:
    """A client with a small receive buffer, which reads a little at a time and may rest in between."""

    def __init__(self, url: str, *, piece_bytes: int = 65_536, rest_s: float = 0) -> None:
        address = httpx.URL(url)
        self._piece_bytes, self._rest_s, self._held = piece_bytes, rest_s, bytearray()
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER_BYTES)
        self.socket.settimeout(60)
        self.socket.connect((address.host, address.port))

    def ask(self, path: str, *headers: str, method: str = "GET") -> None:
        self.socket.sendall(request(path, *headers, method=method))

    def answer(self, *, head_only: bool = False) -> Answer:
        """The next response on the connection."""
        fields = self._read(lambda: self._held.find(b"\r\n\r\n") + 4 if b"\r\n\r\n" in self._held else None)
        length = next(int(each[16:]) for each in fields.split(b"\r\n") if each.startswith(b"content-length: "))
        body = b"" if head_only else self._read(lambda: length if len(self._held) >= length else None)
        return Answer(int(fields.split(b" ", 2)[1]), fields, body)

    def _read(self, end: Callable[[], int | None]) -> bytes:
        while (found := end()) is None:
            piece = self.socket.recv(self._piece_bytes)
            if not piece:
                raise ConnectionError("the service ended the connection")
            self._held += piece
            time.sleep(self._rest_s)
        taken = bytes(self._held[:found])
        del self._held[:found]
        return taken

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()


def request(path: str, *headers: str, method: str = "GET") -> bytes:
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: podcasts.example", *headers, "", ""]).encode()


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SmallService, str]]:
    with small_service(tmp_path_factory.mktemp("slow", numbered=True)) as made:
        made.blobs.put(AUDIO[1:], SOUND)
        for place in range(EPISODES):
            made.library.publish(
                episode_of(article=f"report-{place}", guid=f"urn:report:{place}", revision=revision_of(place)), NOW
            )
        feed_publisher_of(made).update_feeds(episode_of())
        with served(made.services, send_buffer_bytes=BUFFER_BYTES) as url:
            yield made, url


RANGE = (AUDIO, ("Range: bytes=1000-263143",))
WHOLE = (AUDIO, ())
PLAIN_FEED = (FEED, ("Accept-Encoding: identity",))


def test_each_of_thirty_answers_is_whole_for_fast_and_slow_readers(serving: tuple[SmallService, str]) -> None:
    """Six connections at once, five answers on each."""
    _, url = serving
    feed = httpx.get(url + FEED, headers={"accept-encoding": "identity"}, trust_env=False).content
    assert len(feed) > 4 * BUFFER_BYTES
    wanted = {RANGE: SOUND[1000:263_144], WHOLE: SOUND, PLAIN_FEED: feed}

    def read(asked: tuple[str, tuple[str, ...]], piece_bytes: int, rest_s: float) -> list[bytes]:
        bodies = []
        with Connection(url, piece_bytes=piece_bytes, rest_s=rest_s) as connection:
            for _ in range(ANSWERS_EACH):
                connection.ask(asked[0], *asked[1])
                bodies.append(connection.answer().body)
        return bodies

    speeds = [(65_536, 0.0), (8_192, 0.001)]
    with ThreadPoolExecutor(len(wanted) * len(speeds)) as readers:
        reads = [(body, readers.submit(read, asked, *speed)) for asked, body in wanted.items() for speed in speeds]
        answers = [(body, got) for body, each in reads for got in each.result()]
    assert len(answers) == 30
    assert all(body == got for body, got in answers)


def test_pipelined_requests_are_answered_in_their_order(serving: tuple[SmallService, str]) -> None:
    _, url = serving
    with Connection(url) as connection:
        asked = [request(*_flat(each)) for each in (PLAIN_FEED, RANGE, WHOLE, RANGE, PLAIN_FEED)]
        connection.socket.sendall(b"".join(asked))
        answers = [connection.answer() for _ in asked]
    assert [each.status for each in answers] == [200, 206, 200, 206, 200]
    assert [each.body for each in answers[1:4]] == [SOUND[1000:263_144], SOUND, SOUND[1000:263_144]]
    assert answers[0].body == answers[4].body


def _flat(asked: tuple[str, tuple[str, ...]]) -> list[str]:
    return [asked[0], *asked[1]]


@pytest.mark.parametrize("asked", [PLAIN_FEED, WHOLE], ids=["feed", "audio"])
def test_head_has_the_fields_of_get_and_no_body(
    serving: tuple[SmallService, str], asked: tuple[str, tuple[str, ...]]
) -> None:
    with Connection(serving[1]) as connection:
        connection.ask(*_flat(asked))
        whole = connection.answer()
        connection.ask(*_flat(asked), method="HEAD")
        head = connection.answer(head_only=True)
        connection.ask(*_flat(asked))
        assert connection.answer().body == whole.body
    assert _undated(head.fields) == _undated(whole.fields)


def _undated(fields: bytes) -> list[bytes]:
    return [each for each in fields.split(b"\r\n") if not each.startswith(b"date:")]


def test_a_client_that_leaves_in_the_middle_leaves_nothing_open(tmp_path: Path) -> None:
    """The service runs in this process, so that its descriptors are ours; an open file is closed once it is removed."""
    with small_service(tmp_path) as made, served(made.services, send_buffer_bytes=BUFFER_BYTES) as url:
        made.blobs.put(AUDIO[1:], SOUND)
        with Connection(url) as connection:
            connection.ask(AUDIO)
            assert connection.answer().body == SOUND
        before = _open_sockets_and_audio(tmp_path)
        for _ in range(10):
            with Connection(url) as connection:
                connection.ask(AUDIO)
                connection.ask(AUDIO)
                connection.socket.recv(1)
        for _ in range(600):
            if _open_sockets_and_audio(tmp_path) <= before:
                return
            time.sleep(0.05)
        pytest.fail(f"{before} descriptors became {_open_sockets_and_audio(tmp_path)}")


def _open_sockets_and_audio(folder: Path) -> int:
    held = []
    for each in Path("/proc/self/fd").iterdir():
        try:
            held.append(str(each.readlink()))
        except OSError:  # closed meanwhile
            continue
    return sum(each.startswith("socket:") or (each.startswith(str(folder)) and ".mp3" in each) for each in held)


def test_a_long_file_arrives_whole_at_a_client_with_little_room(tmp_path: Path) -> None:
    sound = os.urandom(12_000_000)
    with small_service(tmp_path) as made:
        made.blobs.put(AUDIO[1:], sound)
        with served(made.services) as url, Connection(url) as connection:
            connection.ask(AUDIO, "Range: bytes=1000-", "Connection: close")
            answer = connection.answer()
    assert answer.status == 206
    assert b"content-range: bytes 1000-%d/%d" % (len(sound) - 1, len(sound)) in answer.fields
    assert hashlib.sha256(answer.body).digest() == hashlib.sha256(sound[1000:]).digest()
