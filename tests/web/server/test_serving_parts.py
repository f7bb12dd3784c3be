"""A process that serves and does no work carries nothing that only work needs: its memory is what a machine has many times."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from podcaster.settings import load
from podcaster.wiring import Container, now
from support.command_line import podcaster
from support.databases import data_folder
from support.examples import episode_of
from support.running_service import ARTICLES

AUDIO = "media/a-report/es/00000000000000aa.mp3"
WORK = frozenset(
    {
        "dbos",
        "alembic",
        "httpx",
        "ssrfguard",
        "authlib",
        "trafilatura",
        "numpy",
        "PIL",
        "av",
        "num2words",
        "sentencepiece",
        "ctranslate2",
        "argostranslate",
        "gtts",
        "lameenc",
        "pydub",
        "py3langid",
        "soxr",
        "pyloudnorm",
        "onnxruntime",
        "piper",
        "ask_sdk_core",
        "cryptography",
        "psycopg",
        "rich",
        "pygments",
    }
)
"""Modules that translate, speak, fetch, queue, draw, link accounts, talk to a server's database or colour source code."""
PROGRAM = """
import atexit, json, pathlib, sys
atexit.register(lambda: pathlib.Path("modules.json").write_text(json.dumps(sorted(sys.modules))))
from podcaster.cli import main
main()
"""


@dataclass
class Worker:
    """Its URL, and once it has ended the modules that it had loaded."""

    url: str
    key: str
    loaded: frozenset[str] = frozenset()

    def get(self, path: str, **headers: str) -> httpx.Response:
        return httpx.get(f"{self.url}/{path}", headers=headers, trust_env=False, timeout=20)


def filled(settings: Mapping[str, str], folder: Path) -> None:
    data_folder(folder)
    container = Container(load(settings, folder))
    episode = episode_of()
    container.library.publish(episode, now())
    container.feed_publisher.update_feeds(episode)
    container.blobs.put(AUDIO, bytes(2_000))
    container.close()


@contextmanager
def serving_only(folder: Path) -> Iterator[Worker]:
    """`podcaster serve --no-work`, which says at its end what it had loaded."""
    environment = {**os.environ, "PODCASTER_DATA": str(folder), "PODCASTER_LANGUAGES": "en,es,ar"}
    filled(environment, folder)
    added = podcaster(folder, "keys", "add", "desk", "--scope", "edit", "--json", check=True, **environment)
    key = json.loads(added.stdout)["key"]
    command = [sys.executable, "-c", PROGRAM, "serve", "--no-work", "--port", "0"]
    with subprocess.Popen(command, env=environment, cwd=folder, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        worker = Worker(process.stdout.readline().split()[-1], key)
        yield worker
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
    worker.loaded = frozenset(json.loads((folder / "modules.json").read_text(encoding="utf-8")))


def test_feeds_audio_and_pages_are_served_without_any_engine_or_queue(tmp_path: Path) -> None:
    with serving_only(tmp_path) as worker:
        assert b"<item>" in worker.get("feeds/es.xml").content
        assert worker.get("feeds.opml").status_code == 200
        assert worker.get(AUDIO, range="bytes=5-9").content == bytes(5)
        for page in ("", "?lang=ar", "healthz", "readyz", "static/site.css"):
            assert worker.get(page).status_code == 200, page
        assert worker.get("api/articles", authorization=f"Bearer {worker.key}").status_code == 200
    served = {"fastapi", "jinja2", "podcaster.web.feeds.feed_cache", "podcaster.web.media.episode_files"}
    assert served <= worker.loaded
    assert sorted(WORK & worker.loaded) == []


def test_what_an_editor_hands_in_is_queued_all_the_same(tmp_path: Path) -> None:
    """The queue is opened by the first who needs it."""
    with serving_only(tmp_path) as worker:
        given = httpx.post(
            f"{worker.url}/api/articles",
            content=(ARTICLES / "two-authors.txt").read_bytes(),
            headers={"authorization": f"Bearer {worker.key}", "content-type": "text/plain"},
            trust_env=False,
            timeout=60,
        )
        assert given.status_code == 202, given.text
        state = worker.get(f"api/renders/{given.json()['render']}", authorization=f"Bearer {worker.key}").json()
        assert state["state"] == "queued"
    assert "dbos" in worker.loaded
