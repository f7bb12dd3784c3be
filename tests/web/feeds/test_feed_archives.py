"""A long archive over HTTP: every episode once, whatever is published meanwhile; pages are feeds like any other."""

import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import feedparser
import httpx
import pytest
from lxml import etree

from podcaster.adapters.blobs import open_blobs
from podcaster.model import Episode
from podcaster.render.publishing.feed_publisher import MOST, PAGE
from podcaster.units import ArticleId, LanguageTag
from support.databases import new_library
from support.examples import DAY, NOW, episode_of
from support.small_service import (
    BASE,
    SmallService,
    client,
    feed_publisher_of,
    feed_publisher_on,
    publication_of,
    served,
    small_service,
)
from support.waiting import until

ES = LanguageTag("es")
REPORTS = 400
"""Enough for six pages of an archive behind the feed itself."""
FEEDS = ("es", "es/trade", "es/by/ann-other")
LINK = "{http://www.w3.org/2005/Atom}link"
FH = "{http://purl.org/syndication/history/1.0}archive"


def report(place: int, **changes: object) -> Episode:
    """The greater, the newer."""
    values = {"guid": f"urn:{place}", "title": f"Informe {place}", "topics": ("Trade",), "summary": "Un punto."}
    return episode_of(f"report-{place}", **{**values, "published": DAY + timedelta(hours=place), **changes})


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a long archive, of which all but the newest were published without any feed."""
    folder = tmp_path_factory.mktemp("archive")
    library, blobs = new_library(folder), open_blobs(folder)
    for place in range(1, REPORTS + 1):
        library.publish(report(place), NOW)
    feed_publisher_on(library, blobs).update_feeds(report(REPORTS))
    library.close()
    return folder


@pytest.fixture
def archive(written: Path, tmp_path: Path) -> Iterator[tuple[SmallService, str]]:
    folder = tmp_path / "data"
    shutil.copytree(written, folder)
    with small_service(folder) as made, served(made.services) as url:
        yield made, url


@pytest.fixture(scope="module")
def unchanged(written: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service for tests that only read."""
    folder = tmp_path_factory.mktemp("unchanged") / "data"
    shutil.copytree(written, folder)
    with small_service(folder) as made, served(made.services) as url:
        yield url


def link(page: feedparser.FeedParserDict, rel: str) -> str | None:
    return next((str(each.href) for each in page.feed.links if each.rel == rel), None)


def caught_up(made: SmallService, web: httpx.Client) -> None:
    """Feeds are half a second behind."""

    def shown(name: str) -> str:
        return str(web.head(f"/feeds/{name}.xml").headers["etag"]).strip('"').partition("-")[0]

    until(lambda: all(made.library.feeds()[name].digest.startswith(shown(name)) for name in FEEDS))


def walked(web: httpx.Client, name: str, between: Callable[[], None] = lambda: None) -> list[str]:
    """The guids of a feed and its archive, as an app that follows `next` finds them."""
    found: list[str] = []
    address: str | None = f"{BASE}/feeds/{name}.xml"
    while address is not None:
        answer = web.get(address.removeprefix(BASE))
        assert answer.status_code == 200, address
        page = etree.fromstring(answer.content)  # our own output; feedparser takes sixty times as long
        guids = [str(guid) for guid in page.xpath("channel/item/guid/text()")]
        links = {each.get("rel"): each.get("href") for each in page.iterfind(f"channel/{LINK}")}
        assert 0 < len(guids) <= MOST
        assert links["self"] == address
        found += guids
        address = links.get("next")
        assert links.get("prev-archive") == address
        between()
    return found


def guids(places: range) -> list[str]:
    return [f"urn:{place}" for place in reversed(places)]


@pytest.mark.parametrize("name", FEEDS)
def test_every_episode_of_a_long_archive_is_found_once(unchanged: str, name: str) -> None:
    with client(unchanged) as web:
        assert walked(web, name) == guids(range(1, REPORTS + 1))


def test_every_episode_is_found_once_while_new_ones_are_published(archive: tuple[SmallService, str]) -> None:
    made, url = archive
    office, coming = publication_of(made), count(REPORTS + 1)

    def publish() -> None:
        for _ in range(2):
            office.offer(report(next(coming)))

    with client(url) as web:
        assert walked(web, "es", publish) == guids(range(1, REPORTS + 1))
        caught_up(made, web)
        assert walked(web, "es")[-REPORTS:] == guids(range(1, REPORTS + 1))


def test_the_newest_episodes_are_in_the_feed_itself(unchanged: str) -> None:
    """Apps that follow no link still show so many."""
    with client(unchanged) as web:
        entries = feedparser.parse(web.get("/feeds/es.xml").content).entries
    assert MOST - PAGE < len(entries) <= MOST
    assert entries[0].id == f"urn:{REPORTS}"


def test_a_page_says_what_it_is_and_leads_back(unchanged: str) -> None:
    with client(unchanged) as web:
        feed = web.get("/feeds/es.xml")
        page = web.get("/feeds/es/archive/3.xml")
    first, third = feedparser.parse(feed.content), feedparser.parse(page.content)
    assert link(third, "current") == f"{BASE}/feeds/es.xml"
    assert third.feed.podcast_guid == first.feed.podcast_guid
    assert etree.fromstring(page.content).find(f"channel/{FH}") is not None  # our own output
    assert etree.fromstring(feed.content).find(f"channel/{FH}") is None  # our own output


def test_a_page_is_answered_as_every_feed_is(unchanged: str) -> None:
    with client(unchanged) as web:
        tags, texts = set(), set()
        for coding in ("identity", "gzip", "br", "zstd"):
            answer = web.get("/feeds/es/archive/2.xml", headers={"accept-encoding": coding})
            head = web.head("/feeds/es/archive/2.xml", headers={"accept-encoding": coding})
            assert head.headers["content-length"] == answer.headers["content-length"]
            assert answer.headers.get("content-encoding", "identity") == coding
            again = web.get(
                "/feeds/es/archive/2.xml",
                headers={"accept-encoding": coding, "if-none-match": answer.headers["etag"]},
            )
            dated = {"if-modified-since": answer.headers["last-modified"]}
            assert (again.status_code, again.content) == (304, b"")
            assert web.get("/feeds/es/archive/2.xml", headers=dated).status_code == 304
            tags.add(answer.headers["etag"])
            texts.add(answer.text)
    assert (len(tags), len(texts)) == (4, 1)


@pytest.mark.parametrize("path", ["/feeds/es/archive/99.xml", "/feeds/es/archive/0.xml", "/feeds/pt/archive/1.xml"])
def test_there_is_no_other_page(unchanged: str, path: str) -> None:
    with client(unchanged) as web:
        assert web.get(path).status_code == 404


def test_a_page_changes_only_when_one_of_its_episodes_does(archive: tuple[SmallService, str]) -> None:
    made, url = archive
    office = publication_of(made)

    def tags(web: httpx.Client) -> dict[int, str]:
        return {
            number: web.head(f"/feeds/es/archive/{number}.xml").headers["etag"]
            for number in range(1, (REPORTS - MOST) // PAGE)
        }

    with client(url) as web:
        before = tags(web)
        for place in range(REPORTS + 1, REPORTS + 56):
            office.offer(report(place))
        assert tags(web) == before
        office.withdraw(ArticleId("report-125"), ES)
        after = tags(web)
        assert [number for number in before if after[number] != before[number]] == [3]
        caught_up(made, web)
        assert "urn:125" not in web.get("/feeds/es/archive/3.xml").text
        assert "urn:125" not in walked(web, "es/trade")
        office.offer(report(75, title="Otro título"))
        assert "Otro título" in web.get("/feeds/es/archive/2.xml").text


def test_an_old_report_that_comes_late_is_on_the_page_of_its_day(archive: tuple[SmallService, str]) -> None:
    """A publisher's archive is often handed in newest first, or in no order."""
    made, url = archive
    for first in range(0, 2 * MOST, 20):
        late = [
            report(5000 + place, published=DAY + timedelta(hours=100, minutes=place % 59))
            for place in range(first, first + 20)
        ]
        for each in late:
            made.library.publish(each, NOW)
        feed_publisher_of(made).update_feeds(*late)
    with client(url) as web:
        caught_up(made, web)
        found = walked(web, "es")
    assert len(found) == len(set(found)) == REPORTS + 2 * MOST
    came = [each for each in found if int(each.removeprefix("urn:")) >= 5000]
    at = found.index(came[0])
    assert found[at : at + len(came)] == came
    assert found[:at] == guids(range(101, REPORTS + 1))


def test_a_feed_whose_newest_episodes_go_takes_older_ones_back(archive: tuple[SmallService, str]) -> None:
    made, url = archive
    gone = [report(place) for place in range(REPORTS - 2 * MOST + 1, REPORTS + 1)]
    for each in gone:
        made.library.unpublish(each.article, ES)
    feed_publisher_of(made).update_feeds(*gone)
    with client(url) as web:
        caught_up(made, web)
        assert len(feedparser.parse(web.get("/feeds/es.xml").content).entries) >= PAGE
        assert walked(web, "es") == guids(range(1, REPORTS - 2 * MOST + 1))


def test_many_who_publish_at_once_lose_nothing_and_repeat_nothing(archive: tuple[SmallService, str]) -> None:
    made, url = archive
    crowd = [
        threading.Thread(
            target=lambda first=first: [
                publication_of(made).offer(report(place)) for place in range(REPORTS + 1 + first, REPORTS + 41, 4)
            ]
        )
        for first in range(4)
    ]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()
    feed_publisher_of(made).update_feeds(report(REPORTS + 40))
    with client(url) as web:
        caught_up(made, web)
        for name in FEEDS:
            assert walked(web, name) == guids(range(1, REPORTS + 41))
