"""Clients that do not take what they asked for: they get every byte, or are let go of."""

import gc
import hashlib
import os
import socket
import threading
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from podcaster.web import connection
from support.small_service import house, served

AUDIO = "media/a-report-12345678/es/00000000000000aa.mp3"
SOUND = os.urandom(24_000_000)
HEAD = b"GET /%s HTTP/1.1\r\nHost: podcasts.example\r\n" % AUDIO.encode()
RANGE = HEAD + b"Range: bytes=1000-\r\nConnection: close\r\n\r\n"
KEPT = HEAD + b"Range: bytes=1000-\r\n\r\n"
RECEIVED_AT_ONCE = 4096


def narrow(url: str) -> socket.socket:
    """A connection of a client that has little room, and says so from the beginning."""
    host, _, port = url.removeprefix("http://").partition(":")
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVED_AT_ONCE)
    made.settimeout(30)
    made.connect((host, int(port)))
    return made


@pytest.mark.parametrize("asked", [KEPT, RANGE], ids=["kept", "to be closed"])
def test_every_byte_arrives_in_order_however_little_fits_at_once(tmp_path: Path, asked: bytes) -> None:
    with house(tmp_path) as made:
        made.blobs.put(AUDIO, SOUND)
        with served(made.services) as url, narrow(url) as line:
            line.sendall(asked)
            got = bytearray()
            while b"\r\n\r\n" not in got:
                got += line.recv(65_536)
            fields, _, body = bytes(got).partition(b"\r\n\r\n")
            taken, digest = len(body), hashlib.sha256(body)
            while taken < len(SOUND) - 1000:
                piece = line.recv(65_536)
                assert piece
                taken += len(piece)
                digest.update(piece)
    assert fields.startswith(b"HTTP/1.1 206")
    assert b"content-range: bytes 1000-%d/%d" % (len(SOUND) - 1, len(SOUND)) in fields
    assert b"content-length: %d" % (len(SOUND) - 1000) in fields
    assert digest.digest() == hashlib.sha256(SOUND[1000:]).digest()


def sockets() -> int:
    """How many this program has open: the service runs in it, and so does the client."""
    folder = Path("/proc/self/fd")
    return sum(1 for each in folder.iterdir() if each.is_symlink() and each.readlink().name.startswith("socket"))


@pytest.mark.parametrize("asked", [KEPT, RANGE], ids=["kept", "to be closed"])
def test_who_stops_reading_is_let_go_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: bytes) -> None:
    """The client hears nothing of it, as it takes nothing: what it held in the service is free."""
    monkeypatch.setattr(connection, "STALLED_SECONDS", 0.2)
    with house(tmp_path) as made:
        made.blobs.put(AUDIO, SOUND)
        with served(made.services) as url:
            before = sockets()
            with narrow(url) as line:
                line.sendall(asked)
                assert line.recv(1) == b"H"
                for _ in range(600):
                    if sockets() == before + 1:
                        break
                    time.sleep(0.05)
                assert sockets() == before + 1


def send_until_closed(line: socket.socket, data: bytes) -> None:
    with suppress(OSError):
        line.sendall(data)


def requests_held() -> int:
    """Those that the service, which runs in this program, has as more than their bytes."""
    # Not isinstance, which asks a weak reference's object, and that may be gone.
    return sum(type(each) is RequestResponseCycle for each in gc.get_objects())


def test_who_asks_on_without_end_is_read_no_faster_than_answered(tmp_path: Path) -> None:
    asked, many = b"GET /nothing HTTP/1.1\r\nHost: podcasts.example\r\n\r\n", 20_000
    with house(tmp_path) as made, served(made.services) as url, narrow(url) as line:
        writer = threading.Thread(target=send_until_closed, args=(line, asked * many))
        writer.start()
        taken, held = 0, [0]
        while taken < 600_000:
            taken += len(line.recv(65_536))
            if taken // 50_000 > len(held):
                held.append(requests_held())
        line.shutdown(socket.SHUT_RDWR)
        writer.join()
    assert max(held) < 1_000


def test_another_request_behind_an_answer_that_is_not_taken_reads_none_of_it_ahead(tmp_path: Path) -> None:
    with house(tmp_path) as made:
        made.blobs.put(AUDIO, SOUND)
        with served(made.services) as url, narrow(url) as line, memory_traced():
            with narrow(url) as other:  # what was asked for before is at hand
                other.sendall(HEAD + b"Range: bytes=0-0\r\nConnection: close\r\n\r\n")
                while other.recv(1024):
                    pass
            line.sendall(KEPT + b"GET /nothing HTTP/1.1\r\nHost: podcasts.example\r\nConnection: close\r\n\r\n")
            assert line.recv(1) == b"H"
            time.sleep(0.5)  # long enough for all of it to be read, if it were
            _, most_bytes = tracemalloc.get_traced_memory()
            assert most_bytes < len(SOUND) // 4
            got = bytearray(b"H")
            while piece := line.recv(1 << 20):
                got += piece
    fields, _, body = got.partition(b"\r\n\r\n")
    assert fields.startswith(b"HTTP/1.1 206")
    assert body[: len(SOUND) - 1000] == SOUND[1000:]
    assert body[len(SOUND) - 1000 :].startswith(b"HTTP/1.1 404")


@contextmanager
def memory_traced() -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
    finally:
        tracemalloc.stop()
