"""A service that is told to end finishes what is under way, ends what has no end, and says how it went."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from support.event_stream import events, told
from support.small_service import client

PATH = "/media/a-report/es/00000000000000aa.mp3"
LENGTH = 8_000_000
PROGRAM = """
import sys
from pathlib import Path
from podcaster.errors import PodcasterError
from podcaster.model import Render, RenderState
from podcaster.units import RenderId
from podcaster.web.server.app import create_app
from podcaster.web.server.limits import RateLimits
from podcaster.web.server.start import listen, serve
from support.examples import NOW, article_of
from support.small_service import small_service

with small_service(Path(sys.argv[1])) as made:
    article = article_of("Watched")
    made.library.put_article(article, NOW)
    state = RenderState.QUEUED
    made.library.open_render(Render(id=RenderId("r1"), article=article.id, state=state, requested=NOW, languages={}))
    made.blobs.put("media/a-report/es/00000000000000aa.mp3", b"ab" * 4_000_000)
    if sys.argv[2:]:
        made.library.close()
        Path(sys.argv[1], "library.sqlite").unlink()
    listening = listen("127.0.0.1", 0)
    print(listening.getsockname()[1], flush=True)
    try:
        serve(create_app(made.services, RateLimits()), listening, made.services.stopping)
    except PodcasterError as error:
        sys.exit(f"{error.what} {error.remedy}")
print("ended")
"""


@contextmanager
def running(*arguments: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    here = Path(__file__).parents[3]
    path = os.pathsep.join([str(here), str(here / "tests")])
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            yield process, f"http://127.0.0.1:{process.stdout.readline().strip()}"
        finally:
            process.kill()


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_download_under_way_is_finished_and_an_event_stream_ended(tmp_path: Path, sign: signal.Signals) -> None:
    with running(str(tmp_path / "data")) as (process, url), client(url, "read") as watcher, slow(url) as download:
        download.sendall(f"GET {PATH} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        got = bytearray(download.recv(4096))
        with watcher.stream("GET", "/api/renders/r1/events") as answer:
            stream = events(answer)
            told(stream)
            process.send_signal(sign)
            assert list(stream) == []
        while piece := download.recv(65_536):
            got += piece
        assert got.partition(b"\r\n\r\n")[2] == b"ab" * (LENGTH // 2)
        assert process.stdout is not None
        assert process.stdout.read().strip() == "ended"
        assert process.wait(20) == 0
        with pytest.raises(httpx.ConnectError):
            httpx.get(url, trust_env=False)


@contextmanager
def slow(url: str) -> Iterator[socket.socket]:
    """A connection with little room, so that a download is still under way when the service is told to end."""
    address = httpx.URL(url)
    with socket.socket() as made:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        made.settimeout(60)
        made.connect((address.host, address.port))
        yield made


def test_a_service_that_cannot_start_fails(tmp_path: Path) -> None:
    with running(str(tmp_path / "data"), "without its library") as (process, _):
        assert process.wait(60) == 1
        assert process.stderr is not None
        assert "The service did not start. Its log says why." in process.stderr.read()
