"""The skill as operators run it: `podcaster serve` with its settings, by this machine's clock."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from signing import SKILL, Alexa, Authority, envelope, pem
from small_service import client

NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def alexa() -> Alexa:
    """Signs today."""
    made = Alexa(root=Authority.root(start=NOW - timedelta(days=400)))
    made.intermediate = made.root.authority()
    made.signer = made.intermediate.signer(made.key, start=NOW - timedelta(days=1))
    return made


@pytest.fixture(scope="module")
def skill(tmp_path_factory: pytest.TempPathFactory, alexa: Alexa) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("alexa")
    (folder / "chains").mkdir()
    (folder / "chains" / "echo-api-cert-12.pem").write_bytes(alexa.chain)
    (folder / "roots.pem").write_bytes(pem(alexa.root.certificate))
    environment = {
        **os.environ,
        "PODCASTER_DATA": str(folder / "data"),
        "PODCASTER_LANGUAGES": "en,es",
        "PODCASTER_BASE_URL": "https://podcasts.example",
        "PODCASTER_ALEXA_SKILL_ID": SKILL,
        "PODCASTER_ALEXA_ROOTS": str(folder / "roots.pem"),
        "PODCASTER_ALEXA_CHAINS": str(folder / "chains"),
    }
    command = [sys.executable, "-m", "podcaster", "serve", "--port", "0", "--no-work"]
    with subprocess.Popen(command, env=environment, cwd=folder, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().split()[-1]
        process.terminate()
        assert process.wait(timeout=30) == 0


def posted(url: str, body: bytes, headers: dict[str, str]) -> httpx.Response:
    with client(url) as web:
        return web.post("/alexa", content=body, headers=headers)


def test_the_settings_make_a_skill_that_answers_and_refuses(skill: str, alexa: Alexa) -> None:
    moment = datetime.now(UTC)
    launched = envelope({"type": "LaunchRequest", "locale": "es-ES"}, moment=moment)
    answer = posted(skill, launched, alexa.headers(launched))
    assert answer.status_code == 200, answer.text
    assert answer.json()["response"]["outputSpeech"]["text"].startswith("Te damos la bienvenida")
    play = envelope({"type": "IntentRequest", "intent": {"name": "PlayLatestIntent"}}, moment=moment)
    spoken = posted(skill, play, alexa.headers(play)).json()["response"]
    assert spoken["outputSpeech"]["text"] == "There are no reports yet. Please come back later."
    assert posted(skill, play, alexa.headers(launched)).status_code == 400
    old = envelope({"type": "LaunchRequest"}, moment=moment - timedelta(minutes=5))
    assert posted(skill, old, alexa.headers(old)).status_code == 400


def test_a_chain_folder_that_is_none_is_said_before_anything_is_served(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "PODCASTER_DATA": str(tmp_path),
        "PODCASTER_ALEXA_SKILL_ID": SKILL,
        "PODCASTER_ALEXA_CHAINS": str(tmp_path / "nowhere"),
    }
    command = [sys.executable, "-m", "podcaster", "serve", "--port", "0", "--no-work"]
    ended = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "PODCASTER_ALEXA_CHAINS" in ended.stderr
