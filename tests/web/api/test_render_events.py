"""Whoever watches a render is told how far it has got, and misses nothing when the connection drops."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from podcaster.model import LanguageReport, Render, RenderState
from podcaster.units import LanguageTag, RenderId
from support.event_stream import events, told
from support.examples import NOW, article_of
from support.running_service import Service, running_service
from support.small_service import SmallService, client, served, small_service
from support.waiting import PATIENCE_S

pytestmark = pytest.mark.timeout(300)
ES, FR = LanguageTag("es"), LanguageTag("fr")


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[tuple[SmallService, str]]:
    with small_service(tmp_path) as made, served(made.services) as url:
        article = article_of("Watched")
        made.library.put_article(article, NOW)
        queued = LanguageReport(state=RenderState.QUEUED)
        render = Render(
            id=RenderId("r1"),
            article=article.id,
            state=RenderState.QUEUED,
            requested=NOW,
            languages={ES: queued, FR: queued},
        )
        made.library.open_render(render)
        yield made, url


def running(made: SmallService, done: int) -> None:
    report = LanguageReport(state=RenderState.RUNNING, stage="speak", lines=10, done=done, seconds_left=1.5)
    made.library.note_language(RenderId("r1"), ES, report)


def test_every_state_is_told_until_the_last_one_and_then_the_answer_ends(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    with client(url, "read") as watcher, watcher.stream("GET", "/api/renders/r1/events") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["cache-control"] == "no-store"
        stream = events(answer)
        assert next(stream) == {"retry": "500"}
        assert told(stream)["state"] == "queued"
        made.library.set_render_state(RenderId("r1"), RenderState.RUNNING)
        assert told(stream)["state"] == "running"
        running(made, 4)
        spanish = told(stream)["languages"]["es"]
        assert {name: spanish[name] for name in ("stage", "done", "lines", "seconds_left")} == {
            "stage": "speak", "done": 4, "lines": 10, "seconds_left": 1.5,
        }  # fmt: skip
        made.library.set_render_state(RenderId("r1"), RenderState.DONE)
        assert told(stream)["state"] == "done"
        assert list(stream) == []


def test_who_comes_back_is_told_only_what_they_missed(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    with client(url, "read") as watcher, watcher.stream("GET", "/api/renders/r1/events") as answer:
        seen = told(events(answer))["id"]
    running(made, 1)
    with (
        client(url, "read", **{"last-event-id": seen}) as watcher,
        watcher.stream("GET", "/api/renders/r1/events") as answer,
    ):
        assert told(events(answer))["languages"]["es"]["done"] == 1
    made.library.set_render_state(RenderId("r1"), RenderState.DONE)
    with client(url, "read") as watcher, watcher.stream("GET", "/api/renders/r1/events") as answer:
        last = told(events(answer))["id"]
    with client(url, "read", **{"last-event-id": last}) as watcher:
        assert watcher.get("/api/renders/r1/events").status_code == 204


def test_who_comes_back_having_seen_the_newest_state_is_told_nothing_twice(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    with client(url, "read") as watcher, watcher.stream("GET", "/api/renders/r1/events") as answer:
        seen = told(events(answer))["id"]
    later = threading.Timer(0.5, running, [made, 3])
    later.start()
    with (
        client(url, "read", **{"last-event-id": seen}) as watcher,
        watcher.stream("GET", "/api/renders/r1/events") as answer,
    ):
        assert told(events(answer))["languages"]["es"]["done"] == 3
    later.join()


def test_only_who_may_read_may_watch_and_an_unknown_render_is_said_so(serving: tuple[SmallService, str]) -> None:
    _, url = serving
    with client(url) as stranger:
        assert stranger.get("/api/renders/r1/events").status_code == 401
    with client(url, "read") as watcher:
        answer = watcher.get("/api/renders/none/events")
        assert (answer.status_code, answer.json()["code"]) == (404, "render-unknown")


def test_a_service_that_ends_does_not_wait_for_watchers(tmp_path: Path) -> None:
    with small_service(tmp_path) as made:
        article = article_of("Watched")
        made.library.put_article(article, NOW)
        made.library.open_render(
            Render(id=RenderId("r1"), article=article.id, state=RenderState.QUEUED, requested=NOW, languages={})
        )
        with (
            served(made.services) as url,
            client(url, "read") as watcher,
            watcher.stream("GET", "/api/renders/r1/events") as answer,
        ):
            stream = events(answer)
            told(stream)
            made.services.stopping.set()
            assert list(stream) == []


def test_a_render_is_watched_from_one_process_and_then_another(tmp_path: Path) -> None:
    """Events that a dropped connection missed are told by whichever process answers next."""
    with running_service(tmp_path / "a folder", PODCASTER_WEB_WORKERS="2") as service:
        body = "# A long report\n\n" + "\n\n".join(f"The ferry number {each} is late today." for each in range(50))
        with service.editor() as editor:
            render = editor.post("/api/articles", json={"markdown": body, "languages": ["es"]}).json()["render"]
            ids, states = watched(service, render)
        assert states[-1] == "done"
        assert len(set(ids)) == len(ids)


def watched(service: Service, render: str) -> tuple[list[str], list[str]]:
    """Ids and states until the end, over a new connection for every event."""
    ids: list[str] = []
    states: list[str] = []
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        seen = {"last-event-id": ids[-1]} if ids else {}
        headers = {"authorization": f"Bearer {service.key}", **seen}
        with service.client(**headers) as watcher, watcher.stream("GET", f"/api/renders/{render}/events") as answer:
            if answer.status_code == 204:
                return ids, states
            now = told(events(answer))
        ids.append(now["id"])
        states.append(now["state"])
    raise AssertionError(states)
