"""The skill under load: `./run bench speaker`.

One worker with 300 reports. Signed requests come 50 a second, whether those before them are answered or not, half of them of listeners
whose speakers are linked; then 10,000 as fast as two connections carry them, with the service's memory before and after.
"""

import asyncio
import itertools
import os
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

HERE = Path(__file__).parent.parent
sys.path[:0] = [str(HERE / "tests")]  # who signs as Alexa does lives with the tests

import httpx

from podcaster.adapters.database import open_library
from podcaster.alexa.playlist import Playlist, PlaylistKind, PlaylistPosition
from podcaster.listener.account import Listener
from podcaster.listener.digests import secret_digest
from podcaster.listener.oauth_tokens import Grant, TokenPair
from podcaster.listener.preferences import Preferences
from podcaster.units import LanguageTag, Milliseconds
from support.alexa_signing import Alexa, envelope
from support.examples import episode_of
from support.speaker_service import alexa_of_today, speaker_service

A_SECOND = 50
SECONDS = 20
MANY = 10_000
LISTENERS = 100
REQUESTS = itertools.count()
NOW = datetime.now(UTC)
REPORTS = [
    episode_of(
        f"report-{day}", "en", guid=f"urn:{day}", published=NOW - timedelta(days=day), duration_ms=Milliseconds(300_000)
    )
    for day in range(300)
]


def published(folder: Path) -> None:
    """The reports, and a hundred listeners, every other with an account that is linked."""
    library = open_library(f"sqlite:///{folder}/data/podcaster.sqlite")
    for episode in REPORTS:
        library.publish(episode, NOW)
    for number in range(0, LISTENERS, 2):
        choices = Preferences(languages=(LanguageTag("en"),), max_minutes=number + 1)
        library.add_listener(Listener.new(f"token {number}", choices, id=str(number), now=NOW))
        grant = Grant(code=secret_digest(f"code {number}"), listener=str(number), granted=NOW)
        access, refresh = (secret_digest(f"{kind} {number}") for kind in ("access", "refresh"))
        later = NOW + timedelta(hours=1)
        pair = TokenPair(access=access, access_expires=later, refresh=refresh, refresh_expires=later)
        library.put_tokens(grant, pair, NOW)
    library.close()


def request(alexa: Alexa, number: int) -> tuple[bytes, dict[str, str]]:
    """Launch, play, and what the player tells."""
    latest = Playlist(kind=PlaylistKind.LATEST, language=LanguageTag("en"))
    token = PlaylistPosition.of(latest, REPORTS[number % 290]).token
    kinds: list[dict[str, object]] = [
        {"type": "LaunchRequest"},
        {"type": "IntentRequest", "intent": {"name": "PlayLatestIntent"}},
        {"type": "AudioPlayer.PlaybackStarted", "token": token, "offsetInMilliseconds": 0},
        {"type": "AudioPlayer.PlaybackNearlyFinished", "token": token, "offsetInMilliseconds": 290_000},
        {"type": "AudioPlayer.PlaybackStopped", "token": token, "offsetInMilliseconds": 1000},
    ]
    listener = number % LISTENERS
    body = envelope(
        {**kinds[number % len(kinds)], "requestId": f"amzn1.echo-api.request.{next(REQUESTS)}"},
        moment=datetime.now(UTC),
        user=f"listener {listener}",
        access="" if listener % 2 else f"access {listener}",
    )
    return body, alexa.headers(body)


async def steady(url: str, alexa: Alexa, process: int) -> None:
    """So many a second, whatever the service does."""
    times: list[float] = []

    async def one(web: httpx.AsyncClient, number: int) -> None:
        body, headers = request(alexa, number)
        begun = time.perf_counter()
        answer = await web.post("/alexa", content=body, headers=headers)
        times.append(time.perf_counter() - begun)
        answer.raise_for_status()

    async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=20) as web:
        begun, used = time.perf_counter(), processor(process)
        tasks = []
        for number in range(A_SECOND * SECONDS):
            await asyncio.sleep(begun + number / A_SECOND - time.perf_counter())
            tasks.append(asyncio.create_task(one(web, number)))
        await asyncio.gather(*tasks)
    each = (processor(process) - used) / len(times) * 1000
    cuts = statistics.quantiles(times, n=100)
    print(f"{len(times)} requests, {A_SECOND} a second: median {cuts[49] * 1000:.1f} ms, p99 {cuts[98] * 1000:.1f} ms")
    print(f"{each:.1f} ms of the processor each; load of the machine now: {os.getloadavg()[0]:.2f}")


async def many(url: str, alexa: Alexa, process: int) -> None:
    """As fast as they go."""
    numbers = itertools.count()

    async def line(web: httpx.AsyncClient) -> None:
        while (number := next(numbers)) < MANY:
            body, headers = request(alexa, number)
            (await web.post("/alexa", content=body, headers=headers)).raise_for_status()

    async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=20) as web:
        begun, before, used = time.perf_counter(), resident(process), processor(process)
        await asyncio.gather(line(web), line(web))
    seconds = time.perf_counter() - begun
    each = (processor(process) - used) / MANY * 1000
    print(f"{MANY} requests in {seconds:.1f} s, {each:.1f} ms of the processor each")
    print(f"memory: {before:.1f} MB before, {resident(process):.1f} MB after")


def resident(process: int) -> float:
    """Megabytes."""
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def processor(process: int) -> float:
    """Seconds that it has worked."""
    user, system = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    alexa = alexa_of_today()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        published(folder)
        with speaker_service(folder, alexa, PODCASTER_LANGUAGES="en") as (url, service, _):
            httpx.get(f"{url}/healthz", trust_env=False, timeout=20).raise_for_status()  # it is up
            print(f"load of the machine before: {os.getloadavg()[0]:.2f}")
            asyncio.run(steady(url, alexa, service.pid))
            asyncio.run(many(url, alexa, service.pid))


main()
