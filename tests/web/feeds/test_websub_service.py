"""A running service tells its hub of what is published; whoever is told finds it there."""

import sqlite3
from contextlib import closing
from pathlib import Path

import feedparser
import httpx

from support.running_service import ARTICLES, running_service
from support.waiting import until
from support.websub_hub import hub_server


def pings(database: Path) -> int:
    """Feeds whose hub is still to be told."""
    with closing(sqlite3.connect(database)) as connection:
        found: tuple[int] = connection.execute("SELECT count(*) FROM feed_pings").fetchone()
    return found[0]


def test_the_hub_hears_of_each_changed_feed_once_and_finds_the_change(tmp_path: Path) -> None:
    fetched: dict[str, list[int]] = {}

    def fetch(address: str) -> None:
        entries = feedparser.parse(httpx.get(address, trust_env=False).content).entries
        fetched.setdefault(address, []).append(len(entries))

    with hub_server() as hub:
        hub.seen = fetch
        settings = {"PODCASTER_LANGUAGES": "en", "PODCASTER_WEBSUB_HUBS": hub.url}
        with running_service(tmp_path / "data", **settings) as service:
            until(lambda: len(hub.told) == 1)
            body = (ARTICLES / "two-authors.txt").read_bytes()
            with service.editor() as editor:
                sent = editor.post("/api/articles", content=body, headers={"content-type": "text/plain"})
            assert service.finished(sent.json()["render"])["state"] == "done"
            with service.client() as web:
                # All are published; the list is half a second behind.
                until(lambda: "/by/" in web.get("/feeds.opml").text)
                names = [name.split('"')[0] for name in web.get("/feeds.opml").text.split('xmlUrl="')[1:]]
                assert len(names) > 2
                until(lambda: len(hub.told) > len(names))
                until(lambda: pings(tmp_path / "data/podcaster.sqlite") == 0)
                answer = web.head("/feeds/en.xml")
                feed = feedparser.parse(web.get("/feeds/en.xml").content).feed
    assert sorted(hub.told[1:]) == sorted(names)
    assert all(counts[-1] == 1 for counts in fetched.values())
    assert answer.headers["link"] == f'<{hub.url}>; rel="hub", <{service.url}/feeds/en.xml>; rel="self"'
    assert [each.href for each in feed.links if each.rel == "hub"] == [hub.url]


def test_without_a_hub_nothing_speaks_of_one(tmp_path: Path) -> None:
    with running_service(tmp_path / "data", PODCASTER_LANGUAGES="en") as service, service.client() as web:
        answer = web.get("/feeds/en.xml")
    assert "link" not in answer.headers
    assert "hub" not in answer.text
