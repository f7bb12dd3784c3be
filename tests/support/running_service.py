"""A real service in a process of its own, with one report in it."""

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
import pytest

from support.command_line import podcaster, started
from support.databases import data_folder
from support.loopback import NO_TLS
from support.paths import GOLDEN
from support.quick_voices import quick_voices
from support.waiting import until

ARTICLES = GOLDEN / "article"


@dataclass(frozen=True)
class Service:
    """Its URL, and a key to it."""

    url: str
    key: str
    process: int

    def client(self, **headers: str) -> httpx.Client:
        return httpx.Client(base_url=self.url, timeout=60, trust_env=False, verify=NO_TLS, headers=headers)

    def editor(self) -> httpx.Client:
        return self.client(authorization=f"Bearer {self.key}")

    def finished(self, render: str) -> dict[str, object]:
        """The render, when it is final."""
        state: dict[str, object] = {}

        def final(client: httpx.Client) -> bool:
            state.update(client.get(f"/api/renders/{render}").json())
            return state["state"] not in {"queued", "running"}

        with self.editor() as client:
            until(lambda: final(client))
        return state


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with running_service(tmp_path_factory.mktemp("service") / "a folder") as made:
        yield made


@contextmanager
def running_service(folder: Path, *, scope: str = "publish", verb: str = "serve", **settings: str) -> Iterator[Service]:
    """`podcaster serve`, or another command that serves, with a data folder of its own, and a key of this scope."""
    environment = _environment(folder, settings)
    made = podcaster(folder, "keys", "add", "desk", "--scope", scope, "--json", check=True, **environment)
    with started(folder, verb, "--port", "0", environment=environment) as (process, said):
        url = said.readline().split()[-1]
        yield Service(url, json.loads(made.stdout)["key"], process.pid)
        process.send(signal.SIGTERM)
        assert process.wait(timeout=90) == 0


@contextmanager
def service_of_a_new_python(folder: Path, **settings: str) -> Iterator[Service]:
    """`podcaster serve` without a key, for what is decided while its modules are imported."""
    command = [sys.executable, "-m", "podcaster", "serve", "--port", "0"]
    with subprocess.Popen(
        command, cwd=folder.parent, env=_environment(folder, settings), stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            yield Service(process.stdout.readline().split()[-1], "", process.pid)
            process.terminate()
            assert process.wait(timeout=90) == 0
        finally:
            process.kill()


def _environment(folder: Path, settings: Mapping[str, str]) -> dict[str, str]:
    data_folder(folder)
    return {
        **os.environ,
        "PODCASTER_DATA": str(folder),
        "PODCASTER_LANGUAGES": "en,es",
        "PODCASTER_PUBLISH_DRAFTS": "true",
        "PODCASTER_MAX_UPLOAD_BYTES": "2000000",
        "PODCASTER_VOICES": str(quick_voices()),
        **settings,
    }


@pytest.fixture(scope="session")
def published(service: Service) -> str:
    """The id of a report that is published in English and Spanish."""
    body = (ARTICLES / "two-authors.txt").read_bytes()
    with service.editor() as client:
        answer = client.post("/api/articles", content=body, headers={"content-type": "text/plain"})
        assert answer.status_code == 202, answer.text
    state = service.finished(answer.json()["render"])
    assert state["state"] == "done", state
    with service.client() as client:
        until(lambda: "<item>" in client.get("/feeds/es.xml").text)
    return str(answer.json()["article"])
