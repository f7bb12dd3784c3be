"""Downloads are counted behind the answers, over real HTTP, and nothing is kept of who heard them."""

import asyncio
import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from podcaster.adapters.blobs import open_blobs
from podcaster.adapters.database import open_library
from podcaster.downloads.transfers import ClientTransfer
from podcaster.errors import StorageFailed
from podcaster.ports import Counted
from podcaster.web.media.episode_files import MediaFiles
from podcaster.web.statistics.download_recorder import DownloadRecorder
from support import command_line
from support.downloads import MINUTE, OVERCAST, TAG, counted, with_audio
from support.examples import NOW, article_of
from support.loopback import NO_TLS
from support.running_service import running_service
from support.small_service import KEYS, SmallService, client, served, small_service
from support.spoken_reports import briefing_of, publish
from support.waiting import until
from support.web_workers import answers, helpers


def heard(client: str, *spans: tuple[int, int], **changes: object) -> ClientTransfer:
    values: dict[str, object] = {
        "client": client, "day": NOW.date(), "article": "a-1", "language": "es", "app": "Overcast", "file": "r1.mp3",
        "needed": 1000, "audio_start": 0, "spans": spans,
    }  # fmt: skip
    return ClientTransfer(**{**values, **changes})  # type: ignore[arg-type]


@pytest.fixture
def made(tmp_path: Path) -> Iterator[SmallService]:
    with small_service(tmp_path) as opened:
        yield opened


def ranged(browser: httpx.Client, path: str, start: int, end: int) -> None:
    answer = browser.get(path, headers={"range": f"bytes={start}-{end - 1}"})
    assert (answer.status_code, len(answer.content)) == (206, end - start)


def test_a_download_counts_once_a_day_in_however_many_pieces(made: SmallService) -> None:
    episode, path = with_audio(made)
    with served(made.services) as url, client(url, **{"user-agent": OVERCAST}) as browser:
        ranged(browser, path, 0, 2)
        for start in range(0, len(TAG) + MINUTE, 100_000):
            ranged(browser, path, start, start + 100_000)
        assert browser.get(path).status_code == 200
    found = made.library.downloads(Counted())
    assert dict(found.articles) == {episode.article: 1}
    assert dict(found.apps) == {"Overcast": 1}
    assert dict(found.days) == {NOW.date(): 1}


@pytest.mark.parametrize(
    ("agent", "asked"),
    [
        (OVERCAST, lambda browser, path: browser.head(path)),
        (OVERCAST, lambda browser, path: ranged(browser, path, 0, 2)),
        (OVERCAST, lambda browser, path: ranged(browser, path, 0, len(TAG) + MINUTE - 1)),
        (OVERCAST, lambda browser, path: [ranged(browser, path, 0, MINUTE - 1) for _ in range(3)]),
        (OVERCAST, lambda browser, path: browser.get(path, headers={"if-none-match": browser.head(path).headers["etag"]})),
        (OVERCAST, lambda browser, path: browser.get(path.replace(".mp3", ".vtt"))),
        (OVERCAST, lambda browser, path: browser.get(path, headers={"range": "bytes=99999999-"})),
        ("python-requests/2.31", lambda browser, path: browser.get(path)),
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", lambda browser, path: browser.get(path)),
        ("", lambda browser, path: browser.get(path)),
    ],
    ids=["head", "probe", "a byte too little", "the same again", "304", "transcript", "416", "library", "robot", "nobody"],
)  # fmt: skip
def test_what_is_no_download_is_not_counted(
    made: SmallService, agent: str, asked: Callable[[httpx.Client, str], object]
) -> None:
    _, path = with_audio(made)
    with served(made.services) as url, client(url, **{"user-agent": agent}) as browser:
        asked(browser, path)
    assert counted(made) == 0


def test_behind_a_proxy_the_client_counts_and_not_the_proxy(made: SmallService) -> None:
    _, path = with_audio(made)
    with (
        served(made.services, trusted_proxies=["127.0.0.1"]) as url,
        client(url, **{"user-agent": OVERCAST}) as browser,
    ):
        for host in ("192.0.2.1", "192.0.2.2", "192.0.2.2"):
            assert browser.get(path, headers={"x-forwarded-for": host}).status_code == 200
    assert counted(made) == 2


def download(recorder: DownloadRecorder, made: SmallService, path: str, host: str) -> None:
    """One response, recorded."""

    async def ignored(_: object) -> None:
        pass

    scope = {
        "type": "http", "method": "GET", "path": path, "client": (host, 1), "headers": [(b"user-agent", OVERCAST.encode())]
    }  # fmt: skip
    receive = asyncio.Event().wait
    asyncio.run(recorder.recording(MediaFiles(made.blobs))(scope, receive, ignored))  # type: ignore[arg-type]


def test_a_download_that_ends_while_the_recorder_closes_is_counted(
    made: SmallService, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, path = with_audio(made)
    recorder = DownloadRecorder(made.library, made.blobs, made.services.clock)
    write, closing = recorder._write, threading.Event()

    def late() -> None:
        write()
        if not closing.is_set():
            closing.set()
            recorder._ending = True
            download(recorder, made, path, "192.0.2.2")

    monkeypatch.setattr(recorder, "_write", late)
    download(recorder, made, path, "192.0.2.1")
    recorder.open()
    recorder.close()
    assert counted(made) == 2


def test_an_unforeseen_error_does_not_end_the_counting(made: SmallService, monkeypatch: pytest.MonkeyPatch) -> None:
    _, path = with_audio(made)
    recorder = DownloadRecorder(made.library, made.blobs, made.services.clock)
    write, raised = recorder._write, threading.Event()

    def failing() -> None:
        if not raised.is_set():
            raised.set()
            raise ValueError("unforeseen")
        write()

    monkeypatch.setattr(recorder, "_write", failing)
    download(recorder, made, path, "192.0.2.1")
    recorder.open()
    recorder._wake.set()
    assert raised.wait(20)
    recorder.close()
    assert counted(made) == 1


@pytest.mark.parametrize("broken", ["day_key", "note_heard"])
def test_while_the_library_is_away_what_was_heard_waits(
    made: SmallService, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    def away(*_: object, **__: object) -> object:
        raise StorageFailed("The database is locked.", "Wait.")

    _, path = with_audio(made)
    recorder = DownloadRecorder(made.library, made.blobs, made.services.clock)
    download(recorder, made, path, "192.0.2.1")
    with monkeypatch.context() as now:
        now.setattr(type(made.library), broken, away)
        for _ in range(2):
            with pytest.raises(StorageFailed):
                recorder._write()
    recorder._write()
    assert counted(made) == 1


def test_the_switch_is_off(tmp_path: Path) -> None:
    with small_service(tmp_path, count_downloads=False) as made:
        _, path = with_audio(made)
        with served(made.services) as url, client(url, **{"user-agent": OVERCAST}) as browser:
            assert browser.get(path).status_code == 200
        assert counted(made) == 0


def test_nothing_that_is_kept_knows_an_address_or_a_user_agent(made: SmallService, tmp_path: Path) -> None:
    _, path = with_audio(made)
    with served(made.services) as url, client(url, **{"user-agent": OVERCAST}) as browser:
        ranged(browser, path, 0, 9000)
        browser.get(path)
    assert counted(made) == 1
    with sqlite3.connect(tmp_path / "library.sqlite") as file:
        rows = [
            str(row)
            for query in ("SELECT * FROM downloads", "SELECT * FROM download_clients", "SELECT * FROM download_keys")
            for row in file.execute(query)
        ]
    assert len(rows) == 3
    assert not [row for row in rows if "127.0.0.1" in row or "iOS" in row]
    made.library.forget_days(NOW.date() + timedelta(days=2))
    with sqlite3.connect(tmp_path / "library.sqlite") as file:
        assert not file.execute("SELECT * FROM download_clients").fetchall()
        assert not file.execute("SELECT * FROM download_keys").fetchall()
    assert counted(made) == 1


def total_in(folder: Path) -> int:
    library = open_library(f"sqlite:///{folder}/podcaster.sqlite")
    try:
        return library.downloads(Counted()).total
    finally:
        library.close()


def stored_in(folder: Path) -> list[str]:
    """Addresses of twelve episodes' files in a data folder."""
    blobs = open_blobs(folder / "blobs" if (folder / "blobs").exists() else folder)
    paths = [f"media/report-{each}/es/{each:016x}.mp3" for each in range(12)]
    for path in paths:
        blobs.put(path, TAG + bytes(2 * MINUTE))
    return paths


def test_several_workers_add_up_and_a_client_that_hits_all_of_them_counts_once(tmp_path: Path) -> None:
    """And SIGTERM loses nothing: what was noted last is written down before the service ends."""
    folder = tmp_path / "a folder"
    with running_service(folder, PODCASTER_WEB_WORKERS="3") as service:
        until(lambda: len(helpers(service)) == 2 and answers(service.url))
        paths = stored_in(folder)
        for agent in (OVERCAST, "AntennaPod/3.4.0"):
            for path in paths:
                for start in range(0, len(TAG) + MINUTE, 120_000):
                    # A new connection each time: the system hands it to any of the three.
                    answer = httpx.get(
                        f"{service.url}/{path}", trust_env=False, verify=NO_TLS,
                        headers={"user-agent": agent, "range": f"bytes={start}-{start + 119_999}"},
                    )  # fmt: skip
                    assert answer.status_code == 206
    assert total_in(folder) == 24


def test_who_is_killed_loses_the_last_seconds_and_nothing_before(tmp_path: Path) -> None:
    environment = {**os.environ, "PODCASTER_DATA": str(tmp_path), "PODCASTER_LANGUAGES": "en"}
    with subprocess.Popen(
        [sys.executable, "-m", "podcaster", "serve", "--port", "0"],
        env=environment, cwd=tmp_path, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        url = process.stdout.readline().split()[-1]
        until(lambda: answers(url))
        paths = stored_in(tmp_path)
        headers = {"user-agent": OVERCAST}
        for path in paths[:5]:
            assert httpx.get(f"{url}/{path}", trust_env=False, headers=headers).status_code == 200
        until(lambda: total_in(tmp_path) == 5)
        assert httpx.get(f"{url}/{paths[5]}", trust_env=False, headers=headers).status_code == 200
        process.send_signal(signal.SIGKILL)
    assert total_in(tmp_path) in {5, 6}


def test_briefings_count_without_anybody_being_named(made: SmallService) -> None:
    """Two listeners of one household are one client of the briefing; short ones count when they are whole."""
    publish(made, 1)
    with served(made.services) as url, client(url, **{"user-agent": OVERCAST}) as browser:
        first, second = briefing_of(browser), briefing_of(browser, max_minutes=30)
        ranged(browser, first, 0, 300)
        length = len(browser.get(first).content)
        browser.get(second)
        other = {"user-agent": "AntennaPod/3.4.0"}
        assert len(browser.get(first, headers={**other, "range": f"bytes=0-{length - 200}"}).content) == length - 199
    found = made.library.downloads(Counted())
    assert dict(found.articles) == {"briefing": 1}
    assert dict(found.languages) == {"es": 1}
    assert dict(found.apps) == {"Overcast": 1}


def test_editors_ask_by_report_language_day_and_app(made: SmallService) -> None:
    day = NOW.date()
    made.library.put_article(article_of(), NOW)
    report = article_of().id
    made.library.note_heard(
        heard(str(place), (0, 1000), article=each, language=language, app=app, day=day - timedelta(days=ago))
        for place, (each, language, app, ago) in enumerate(
            [(report, "es", "Overcast", 0), (report, "en", "Overcast", 1), (report, "es", "other", 1), ("briefing", "es", "Castro", 1)]
        )
    )  # fmt: skip
    with served(made.services) as url, client(url, "read") as editor:
        everything = editor.get("/api/downloads").json()
        assert everything == {
            "total": 4,
            "articles": [{"article": report, "downloads": 3}, {"article": "briefing", "downloads": 1}],
            "languages": [{"language": "es", "downloads": 3}, {"language": "en", "downloads": 1}],
            "days": [{"day": "2026-05-03", "downloads": 3}, {"day": "2026-05-04", "downloads": 1}],
            "apps": [
                {"app": "Overcast", "downloads": 2}, {"app": "Castro", "downloads": 1}, {"app": "other", "downloads": 1}
            ],
        }  # fmt: skip
        wanted = {"article": report, "language": "es", "app": "other", "since": "2026-05-03", "until": "2026-05-03"}
        assert editor.get("/api/downloads", params=wanted).json()["total"] == 1
        assert editor.get("/api/downloads", params={"since": "2026-05-04"}).json()["total"] == 1
        assert editor.get("/api/downloads", params={"since": "yesterday"}).status_code == 422
        assert editor.get(f"/api/articles/{report}").json()["downloads"] == 3
        assert client(url).get("/api/downloads").status_code == 401


def test_the_desk_shows_them_in_the_editors_language(made: SmallService) -> None:
    made.library.put_article(article_of(), NOW)
    made.library.note_heard([heard("1", (0, 1000), article=article_of().id), heard("2", (0, 1000), article="briefing")])
    made.library.note_heard([heard("3", (0, 1000), article="briefing", day=NOW.date() - timedelta(days=30))])
    with served(made.services) as url, client(url, **{"x-podcaster-desk": "1"}) as browser:
        browser.post("/desk/session", json={"key": KEYS["read"]})
        numbers = browser.get("/desk/numbers?days=30").text
        assert '<p class="figure"><strong>2</strong>' in numbers
        for said in ("Personal briefings", "Overcast", article_of().title):
            assert said in numbers
        assert 'title="1 download' in browser.get("/desk").text
        report = browser.get(f"/desk/{article_of().id}").text
        assert "<summary>Downloads: 1</summary>" in report
        for tag, said in (
            ("es", "Descargas: 1"),
            ("ca", "Baixades: 1"),
            ("gl", "Descargas: 1"),
            ("pt", "Transferências: 1"),
        ):
            page = browser.get(f"/desk/{article_of().id}", headers={"accept-language": tag}).text
            assert f"<summary>{said}</summary>" in page


@pytest.mark.parametrize("counting", [True, False])
def test_the_privacy_page_says_it_where_it_is_so(tmp_path: Path, *, counting: bool) -> None:
    with small_service(tmp_path, count_downloads=counting) as made, served(made.services) as url:
        page = httpx.get(f"{url}/privacy", trust_env=False).text
    assert ("how often each episode is downloaded" in page) is counting


def test_the_command_line_shows_and_imports_them(tmp_path: Path) -> None:
    def podcaster(*arguments: str) -> str:
        return command_line.podcaster(tmp_path, "downloads", *arguments, check=True, PODCASTER_DATA=tmp_path).stdout

    log = tmp_path / "access.log"
    log.write_text(
        "".join(
            f'192.0.2.{each} - - [04/May/2026:06:00:00 +0000] "GET /media/a-report/es/0123456789abcdef.mp3 HTTP/1.1" 200 490000 '
            f'"-" "{agent}"\n'
            for each, agent in ((1, OVERCAST), (2, OVERCAST), (3, "AntennaPod/3.4.0"), (4, "curl/8.1"))
        )
    )
    assert json.loads(podcaster("import", str(log), "--json")) == {
        "lines": 4, "answers": 4, "unreadable": 0, "downloads": 3
    }  # fmt: skip
    assert "0 downloads" in podcaster("import", str(log))
    shown = podcaster()
    assert shown.startswith("3 downloads\n")
    assert "        2  Overcast" in shown
    assert json.loads(podcaster("--json", "--app", "AntennaPod")) == {
        "total": 1, "articles": {"a-report": 1}, "languages": {"es": 1}, "days": {"2026-05-04": 1}, "apps": {"AntennaPod": 1}
    }  # fmt: skip
