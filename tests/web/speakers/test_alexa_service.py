"""The skill as operators run it: `podcaster serve` with its settings, by this machine's clock."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from support.alexa_signing import SKILL, Alexa, envelope
from support.command_line import podcaster
from support.small_service import client
from support.speaker_service import alexa_of_today, speaker_service


@pytest.fixture(scope="module")
def alexa() -> Alexa:
    return alexa_of_today()


@pytest.fixture(scope="module")
def skill(tmp_path_factory: pytest.TempPathFactory, alexa: Alexa) -> Iterator[str]:
    with speaker_service(tmp_path_factory.mktemp("alexa"), alexa, PODCASTER_WEB_WORKERS="2") as (url, _, _):
        yield url


def posted(url: str, body: bytes, headers: dict[str, str]) -> httpx.Response:
    with client(url) as web:
        return web.post("/alexa", content=body, headers=headers)


def test_the_settings_make_a_skill_that_answers_and_refuses(skill: str, alexa: Alexa) -> None:
    moment = datetime.now(UTC)
    launched = envelope(
        {"type": "LaunchRequest", "locale": "es-ES", "requestId": "amzn1.echo-api.request.0"}, moment=moment
    )
    answer = posted(skill, launched, alexa.headers(launched))
    assert answer.status_code == 200, answer.text
    assert answer.json()["response"]["outputSpeech"]["text"].startswith("Te damos la bienvenida")
    play = envelope({"type": "IntentRequest", "intent": {"name": "PlayLatestIntent"}}, moment=moment)
    spoken = posted(skill, play, alexa.headers(play)).json()["response"]
    assert spoken["outputSpeech"]["text"] == "There are no reports yet. Please come back later."
    assert posted(skill, play, alexa.headers(launched)).status_code == 400
    old = envelope({"type": "LaunchRequest"}, moment=moment - timedelta(minutes=5))
    assert posted(skill, old, alexa.headers(old)).status_code == 400


def test_a_request_passes_once_whichever_worker_it_comes_to(skill: str, alexa: Alexa) -> None:
    """Two processes answer; each connection may come to either."""
    launched = envelope({"type": "LaunchRequest", "requestId": "amzn1.echo-api.request.2"}, moment=datetime.now(UTC))
    statuses = [posted(skill, launched, alexa.headers(launched)).status_code for _ in range(12)]
    assert statuses == [200] + [400] * 11


def test_half_of_what_links_accounts_is_said_before_anything_is_served(tmp_path: Path) -> None:
    settings = {"PODCASTER_DATA": tmp_path, "PODCASTER_ALEXA_CLIENT_ID": "alexa"}
    ended = podcaster(tmp_path, "serve", "--port", "0", "--no-work", **settings)
    assert ended.returncode == 1
    assert "PODCASTER_ALEXA_CLIENT_SECRET" in ended.stderr


def test_a_chain_folder_that_is_none_is_said_before_anything_is_served(tmp_path: Path) -> None:
    settings = {
        "PODCASTER_DATA": tmp_path,
        "PODCASTER_ALEXA_SKILL_ID": SKILL,
        "PODCASTER_ALEXA_CHAINS": tmp_path / "nowhere",
    }
    ended = podcaster(tmp_path, "serve", "--port", "0", "--no-work", **settings)
    assert ended.returncode == 1
    assert "PODCASTER_ALEXA_CHAINS" in ended.stderr
