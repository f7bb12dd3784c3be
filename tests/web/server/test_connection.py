"""What the connection answers by itself is what the application would say, however a request comes."""

import json
import os
import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from podcaster.adapters.blobs import open_blobs
from support.running_service import Service, running_service

AUDIO = "/media/a-report-12345678/es/00000000000000aa.mp3"
SOUND = os.urandom(1_000_000)
HOST = b"Host: podcasts.example\r\n"
FEED = b"GET /feeds/es.xml HTTP/1.1\r\n" + HOST + b"\r\n"
PART = b"GET " + AUDIO.encode() + b" HTTP/1.1\r\n" + HOST + b"Range: bytes=1000-262143\r\n\r\n"
CLOSE = b"Connection: close\r\n\r\n"
JSON = b"Content-Type: application/json\r\nContent-Length: 2\r\n"
UPGRADE = (
    b"GET /feeds/es.xml HTTP/1.1\r\n"
    + HOST
    + b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n\r\n"
)
"""What curl sends with --http2."""
ENDED = b"GET /healthz HTTP/1.1\r\n" + HOST + CLOSE


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = Path(tmp_path_factory.mktemp("connection", numbered=True)) / "data"
    with running_service(folder) as service:
        open_blobs(folder / "blobs").put(AUDIO[1:], SOUND)
        httpx.get(service.url + AUDIO, trust_env=False)  # so that the file is open
        yield service


@contextmanager
def line(service: Service) -> Iterator[socket.socket]:
    host, _, port = service.url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=20) as made:
        yield made


def said(service: Service, *pieces: bytes) -> bytes:
    """Everything that comes back until the server ends the connection; without the dates and names of the moment."""
    with line(service) as to:
        for piece in pieces:
            to.sendall(piece)
        got = b""
        while more := to.recv(1 << 20):
            got += more
    return re.sub(rb"(?:date|x-request-id): [^\r]*\r\n", b"", got)


@settings(max_examples=15, deadline=None)
@given(cuts=st.lists(st.integers(1, len(FEED + PART + FEED) - 1), max_size=4))
def test_requests_are_answered_in_order_wherever_they_are_cut(place: Service, cuts: list[int]) -> None:
    asked = FEED + PART + FEED
    places = [0, *sorted(set(cuts)), len(asked)]
    pieces = [asked[start:end] for start, end in pairwise(places)]
    assert said(place, *pieces, ENDED) == said(place, asked + ENDED)
    answer = said(place, *pieces, ENDED)
    assert answer.count(b"HTTP/1.1 200 OK") == 3
    assert SOUND[1000:262144] in answer


def test_a_request_that_came_before_is_answered_as_the_first_time(place: Service) -> None:
    for asked in (FEED, PART):
        first = said(place, asked, ENDED)
        for _ in range(3):
            assert said(place, asked, ENDED) == first


def test_the_body_of_another_request_is_no_request(place: Service) -> None:
    """Its bytes may be those of a head that is known."""
    said(place, FEED, ENDED)
    head = (
        b"POST /listeners HTTP/1.1\r\n"
        + HOST
        + b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(FEED)
    )
    with line(place) as to:
        to.sendall(head)
        time.sleep(0.3)
        to.sendall(FEED)
        time.sleep(0.3)
        to.sendall(ENDED)
        got = b""
        while more := to.recv(1 << 20):
            got += more
    assert b"<rss" not in got
    assert got.startswith(b"HTTP/1.1 4")


@pytest.mark.parametrize(
    ("asked", "begins"),
    [
        (b"POST /feeds/es.xml HTTP/1.1\r\n" + HOST + b"Content-Length: 0\r\n\r\n", b"HTTP/1.1 405"),
        (b"GET /feeds/es.xml HTTP/1.0\r\n" + HOST + b"\r\n", b"HTTP/1.1 200"),
        (b"GET /feeds/es.xml HTTP/1.1\r\n" + HOST + CLOSE, b"HTTP/1.1 200"),
        (b"GET /feeds/es.xml HTTP/1.1\r\n" + HOST + HOST + CLOSE, b"HTTP/1.1 400"),
        (b"GET /feeds/es.xml HTTP/1.0\r\n" + HOST + HOST + b"\r\n", b"HTTP/1.1 400"),
        (b"GET /feeds/es.xml HTTP/1.0\r\n\r\n", b"HTTP/1.1 200"),
        (b"GET /feeds/es.xml HTTP/1.1\r\n" + CLOSE, b"HTTP/1.1 400"),
        (b"GET http://podcasts.example/feeds/es.xml HTTP/1.1\r\n" + CLOSE, b"HTTP/1.1 400"),
        (b"GET /feeds/es.xml HTTP/1.1\r\nHost: a/b\r\n" + CLOSE, b"HTTP/1.1 400"),
        (b"GET /feeds/es.xml HTTP/1.1\r\nHost: [::1]:80\r\n" + CLOSE, b"HTTP/1.1 200"),
        (b"GET /feeds/es.xml HTTP/1.1\r\nHost:\r\n" + CLOSE, b"HTTP/1.1 200"),
        (b"GET /feeds/es.xml HTTP/1.1\r\nHost x\r\n\r\n", b"HTTP/1.1 400"),
        (b"GET /feeds/es.xml?a HTTP/1.1\r\n" + HOST + CLOSE, b"HTTP/1.1 200"),
        (b"GET http://podcasts.example/feeds/es.xml HTTP/1.1\r\n" + HOST + CLOSE, b"HTTP/1.1 200"),
        (b"GET /feeds/es.xml HTTP/1.1\r\n" + HOST + b"Expect: 100-continue\r\n" + CLOSE, b"HTTP/1.1 200"),
        (b"POST /listeners HTTP/1.1\r\n" + HOST + JSON + b"Expect: 100-continue\r\n" + CLOSE + b"{}", b"HTTP/1.1 100"),
        (b"GET /feeds/es.xml HTTP/1.1\r\n" + HOST + b"X-A: a\r\n b\r\n" + CLOSE, b"HTTP/1.1 400"),
        (b"GET /feeds/es.xml HTTP/1.1\r\n" + HOST + b"X-A : a\r\n" + CLOSE, b"HTTP/1.1 400"),
        (b"POST /listeners HTTP/1.1\r\n" + HOST + JSON + b"Transfer-Encoding: chunked\r\n" + CLOSE, b"HTTP/1.1 400"),
    ],
    ids=[
        "another method",
        "HTTP/1.0",
        "to be closed",
        "two hosts",
        "two hosts in HTTP/1.0",
        "no host in HTTP/1.0",
        "no host",
        "absolute form without a host",
        "a host that is none",
        "an address as host",
        "an empty host",
        "no colon",
        "a query",
        "absolute form (RFC 9112 §3.2.2)",
        "expects 100 without a body",
        "expects 100 (RFC 9110 §10.1.1)",
        "folded line (RFC 9112 §5.2)",
        "space before the colon (RFC 9112 §5.1)",
        "two lengths (RFC 9112 §6.1)",
    ],
)
def test_what_is_not_plain_is_answered_all_the_same(place: Service, asked: bytes, begins: bytes) -> None:
    assert said(place, asked).startswith(begins)


def test_who_would_rather_speak_http_2_is_answered_and_can_ask_again(place: Service) -> None:
    """RFC 9110 §7.8: an offer that is not taken up is a request like any other."""
    with line(place) as to:
        to.sendall(UPGRADE)
        first = b""
        while not first.endswith(b"</rss>\n") and (more := to.recv(1 << 20)):
            first += more
        to.sendall(FEED + ENDED)
        rest = b""
        while more := to.recv(1 << 20):
            rest += more
    assert first.startswith(b"HTTP/1.1 200 OK")
    assert rest.count(b"HTTP/1.1 200 OK") == 2


def test_what_comes_in_one_packet_with_such_an_offer_is_answered_in_order(place: Service) -> None:
    got = said(place, UPGRADE + PART + UPGRADE + ENDED)
    assert [each[:3] for each in got.split(b"HTTP/1.1 ")[1:]] == [b"200", b"206", b"200", b"200"]
    assert SOUND[1000:262144] in got


def test_a_request_without_a_host_is_refused_in_its_turn_and_is_the_last(place: Service) -> None:
    got = said(place, FEED + b"GET /feeds/es.xml HTTP/1.1\r\n\r\n" + FEED)
    assert [each[:3] for each in got.split(b"HTTP/1.1 ")[1:]] == [b"200", b"400"]
    fields, _, document = got.rpartition(b"\r\n\r\n")
    assert b"content-type: application/problem+json" in fields
    assert b"connection: close" in fields.rpartition(b"HTTP/1.1 400")[2]
    assert json.loads(document)["code"] == "request-malformed"


def test_what_is_no_request_takes_no_answer_away_from_those_before_it(place: Service) -> None:
    asked = b"GET / HTTP/1.1\r\n" + HOST + b"\r\n"
    got = said(place, asked + PART + b"NONSENSE\r\n\r\n")
    assert [each[:3] for each in got.split(b"HTTP/1.1 ")[1:]] == [b"200", b"206"]
    assert SOUND[1000:262144] in got
    assert said(place, PART + b"NONSENSE\r\n\r\n").count(b"HTTP/1.1 400") == 1


def test_head_has_the_length_and_no_body(place: Service) -> None:
    whole = said(place, FEED, ENDED)
    head = said(place, FEED.replace(b"GET", b"HEAD"), ENDED)
    fields, _, rest = head.partition(b"\r\n\r\n")
    assert whole.startswith(fields)
    assert rest.startswith(b"HTTP/1.1 200")


def test_a_slow_reader_gets_every_byte_in_order(place: Service) -> None:
    with line(place) as to:
        to.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 32 * 1024)
        to.sendall(PART * 6 + ENDED)
        got = b""
        time.sleep(0.5)
        while more := to.recv(64 * 1024):
            got += more
    assert got.count(SOUND[1000:262144]) == 6


def test_who_leaves_in_the_middle_leaves_nothing_open(place: Service) -> None:
    def held() -> int:
        return sum(1 for _ in Path(f"/proc/{place.process}/fd").iterdir())

    said(place, PART, ENDED)
    before = held()
    for _ in range(30):
        with line(place) as to:
            to.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            to.sendall(PART * 4)
    for _ in range(200):
        if held() <= before:
            return
        time.sleep(0.05)
    pytest.fail(f"{before} descriptors became {held()}")
