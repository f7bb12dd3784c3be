"""A speaker is answered within its time, whatever the library and Amazon's shop window for chains do meanwhile."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from podcaster.alexa.skill_factory import open_skill
from podcaster.alexa.words import LOCALES, words_for
from podcaster.ports import Fetched
from podcaster.settings import Settings
from podcaster.units import LanguageTag
from podcaster.web.listeners.published_reports import personal_reports
from support.alexa_signing import CHAIN_URL, SKILL, Alexa, Shop, envelope, pem
from support.clock import Clock
from support.examples import NOW
from support.small_service import SmallService, client, served, show, small_service
from support.speaker import Speaker, text

CROWD = 20


@dataclass
class Held:
    """Holds up whoever comes, from when it is closed until it is opened."""

    way: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.way.set()


class SlowLibrary:
    """A library whose database is locked by somebody."""

    def __init__(self, library: object, held: Held) -> None:
        self._library, self._held = library, held

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 # whatever the library has
        found = getattr(self._library, name)

        def waits(*arguments: object, **named: object) -> object:
            self._held.way.wait(60)
            return found(*arguments, **named)

        return waits


@dataclass
class SlowShop(Shop):
    """A shop window that opens late."""

    held: Held = field(default_factory=Held)

    def get(self, url: str, *, limit_bytes: int) -> Fetched:
        self.held.way.wait(60)
        return super().get(url, limit_bytes=limit_bytes)


@contextmanager
def skill(folder: Path, alexa: Alexa, library: Held, shop: SlowShop) -> Iterator[tuple[SmallService, str, Clock]]:
    clock = Clock()
    (folder / "roots.pem").write_bytes(pem(alexa.root.certificate))
    with small_service(folder / "data") as made:
        made.publish(language="en")
        speaker = open_skill(
            Settings(alexa_skill_id=SKILL, alexa_roots=folder / "roots.pem", base_url="https://podcasts.example"),
            library=SlowLibrary(made.library, library),  # type: ignore[arg-type]
            selected=personal_reports(made.library),
            first_time=lambda *_, **__: True,
            fetcher=shop,  # type: ignore[arg-type]
            show=show,
            spoken=[LanguageTag("en")],
            clock=clock,
        )
        with served(replace(made.services, speaker=speaker, speaker_seconds=0.5)) as url:
            yield made, url, clock


@pytest.fixture(scope="module")
def alexa() -> Alexa:
    return Alexa()


def test_while_the_library_is_slow_everybody_is_told_so_and_nobody_else_waits(tmp_path: Path, alexa: Alexa) -> None:
    """More ask than there are threads; each hears it in their language; a player gets no directive, and no error."""
    held = Held()
    with skill(tmp_path, alexa, held, SlowShop({CHAIN_URL: alexa.chain})) as (_, url, clock), client(url) as web:
        assert Speaker(web, alexa, clock).ask({"type": "LaunchRequest"})["shouldEndSession"] is False
        held.way.clear()

        def asks(number: int) -> None:
            locale = list(LOCALES)[number % len(LOCALES)]
            speaker = Speaker(web, alexa, Clock(clock.now), locale=locale, user=f"listener {number}")
            answer = speaker.intent("PlayLatestIntent")
            assert text(answer) == words_for(LanguageTag(locale)).speech["failed"]
            assert answer["shouldEndSession"] is True
            assert speaker.ask({"type": "AudioPlayer.PlaybackStarted", "token": "x", "offsetInMilliseconds": 1}) == {}
            assert web.get("/alexa/briefing/en.json").status_code == 200

        try:
            with ThreadPoolExecutor(CROWD) as crowd:
                list(crowd.map(asks, range(CROWD)))
        finally:
            held.way.set()


def test_a_chain_that_comes_late_is_there_for_the_next_request(tmp_path: Path, alexa: Alexa) -> None:
    """A listener who is not known cannot be spoken to; the fetch goes on, and is not begun again."""
    shop = SlowShop({CHAIN_URL: alexa.chain})
    shop.held.way.clear()
    with skill(tmp_path, alexa, Held(), shop) as (_, url, clock), client(url) as web:
        body = envelope({"type": "LaunchRequest"}, moment=NOW)
        try:
            assert web.post("/alexa", content=body, headers=alexa.headers(body)).status_code == 400
        finally:
            shop.held.way.set()
        for _ in range(3):
            assert Speaker(web, alexa, clock).ask({"type": "LaunchRequest"})["outputSpeech"]
        assert 1 <= len(shop.asked) <= 2
