"""Web processes are restarted one after the other behind nginx, as compose.yaml has them, and no request fails."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

import httpx
import pytest

from podcaster.adapters.blobs import open_blobs
from support.loopback import NO_TLS
from support.nginx import PROGRAM, free_port, in_front, nginx
from support.requirements import missing
from support.waiting import PATIENCE_S, until

AUDIO = "/media/a-report-12345678/es/00000000000000aa.mp3"
PATHS = ("/", "/feeds.opml", "/feeds/es.xml", "/healthz", AUDIO, AUDIO.replace(".mp3", ".vtt"))

pytestmark = pytest.mark.faults


@contextmanager
def web_process(data: Path, port: int) -> Iterator["subprocess.Popen[bytes]"]:
    environment = {**os.environ, "PODCASTER_DATA": str(data), "PODCASTER_LANGUAGES": "es", "PODCASTER_SNAPSHOT": ""}
    command = [sys.executable, "-m", "podcaster", "serve", "--no-work", "--port", str(port)]
    with subprocess.Popen(command, env=environment, cwd=data, stdout=subprocess.DEVNULL) as process:
        try:
            until(lambda: answers(port))
            yield process
        finally:
            process.terminate()
            process.wait(PATIENCE_S)


def answers(port: int) -> bool:
    with contextlib.suppress(httpx.TransportError):
        return httpx.get(f"http://127.0.0.1:{port}/readyz", trust_env=False, verify=NO_TLS).is_success
    return False


def test_a_deployment_one_after_the_other_fails_no_request() -> None:
    if PROGRAM is None:
        missing("nginx is not installed")
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        data = Path(folder) / "data"
        data.mkdir()
        for ending in (".mp3", ".vtt"):
            open_blobs(data / "blobs").put(AUDIO[1:].replace(".mp3", ending), b"sound" * 20_000)
        first, second = free_port(), free_port()
        # Audio and feeds come from the service, too: it is the service that is restarted.
        urls = [f"http://127.0.0.1:{port}" for port in (first, second)]
        configuration, port = in_front(urls[0], Path(folder) / "elsewhere", second=urls[1])
        with contextlib.ExitStack() as processes, nginx(Path(folder) / "nginx", configuration, port) as server:
            running = {each: processes.enter_context(contextlib.ExitStack()) for each in (first, second)}
            for each, stack in running.items():
                stack.enter_context(web_process(data, each))
            with wrk(server.url, Path(folder)) as summary:
                told = asked_while(server.url, lambda: restarted(running, data))
    assert set(told) == {200}, told
    assert told[200] >= 6 * len(PATHS)
    for text in summary:
        assert "Non-2xx" not in text, text
        assert "Socket errors" not in text, text
        assert re.search(r"[1-9]\d* requests in", text), text


@contextmanager
def wrk(url: str, folder: Path) -> Iterator[list[str]]:
    """Sixteen more connections, as fast as they are answered, where wrk is installed; its summary follows the block."""
    summary: list[str] = []
    program = shutil.which("wrk")
    if program is None:
        yield summary
        return
    script = folder / "paths.lua"
    paths = ", ".join(f'"{path}"' for path in PATHS)
    script.write_text(
        f"local paths, asked = {{{paths}}}, 0\n"
        'request = function() asked = asked + 1; return wrk.format("GET", paths[asked % #paths + 1]) end\n',
        encoding="ascii",
    )
    command = [program, "-t1", "-c16", "-d1h", "--timeout", f"{PATIENCE_S:.0f}s", "-s", str(script), url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield summary
        finally:
            process.send_signal(signal.SIGINT)
            summary.append(process.communicate(timeout=PATIENCE_S)[0])


def restarted(running: dict[int, contextlib.ExitStack], data: Path) -> None:
    """Restart each once: what a deployment does."""
    for port, stack in running.items():
        stack.close()
        stack.enter_context(web_process(data, port))


def asked_while(url: str, act: Callable[[], None]) -> Counter[int]:
    """Statuses of what six listeners ask for without a pause while something happens; 0 where no answer came."""
    over = Event()

    def ask() -> Counter[int]:
        told: Counter[int] = Counter()
        with httpx.Client(base_url=url, trust_env=False, verify=NO_TLS, timeout=PATIENCE_S) as web:
            while not over.is_set():
                for path in PATHS:
                    try:
                        told[web.get(path).status_code] += 1
                    except httpx.TransportError:
                        told[0] += 1
        return told

    with ThreadPoolExecutor(6) as listeners:
        asking = [listeners.submit(ask) for _ in range(6)]
        try:
            act()
        finally:
            over.set()
        return sum((each.result() for each in asking), Counter())
