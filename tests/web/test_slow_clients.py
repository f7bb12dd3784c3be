"""Slow clients get every byte in order."""

import hashlib
import os
import socket
from pathlib import Path

import pytest
from small_service import house, served

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
