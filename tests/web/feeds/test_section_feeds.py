"""A topic has a feed, and so has an author: from the first episode on, in every address that apps try."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import feedparser
import pytest

from podcaster.model import Episode
from support.examples import NOW, episode_of
from support.small_service import BASE, SmallService, client, feed_publisher_of, publication_of, served, small_service


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[tuple[SmallService, str]]:
    with small_service(tmp_path) as made, served(made.services) as url:
        yield made, url


def report(place: int, **changes: object) -> Episode:
    return episode_of(f"report-{place}", guid=f"urn:{place}", title=f"Informe {place}", **changes)


def titles(url: str, path: str) -> list[str]:
    with client(url) as web:
        answer = web.get(path)
    assert answer.status_code == 200, path
    return [str(entry.title) for entry in feedparser.parse(answer.content).entries]


def test_a_topic_and_an_author_have_their_own_episodes_and_no_others(tmp_path: Path) -> None:
    with small_service(tmp_path) as made:
        made.publish(report(1, topics=("Corea del Sur",), authors=("Ann Other",)))
        made.publish(report(2, topics=("China", "Corea del Sur"), authors=("José Núñez",)))
        with served(made.services) as url, client(url) as web:
            assert titles(url, "/feeds/es/corea-del-sur.xml") == ["Informe 2", "Informe 1"]
            assert titles(url, "/feeds/es/china.xml") == ["Informe 2"]
            assert titles(url, "/feeds/es/by/ann-other.xml") == ["Informe 1"]
            assert titles(url, "/feeds/es/by/jose-nunez.xml") == ["Informe 2"]
            assert web.get("/feeds/es/norway.xml").status_code == 404
            assert web.get("/feeds/en/china.xml").status_code == 404
            assert web.get("/feeds/es/ann-other.xml").status_code == 404


def test_each_feed_is_a_show_of_its_own_to_an_app(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    made.publish(report(1, topics=("China",)))
    with client(url) as web:
        feeds = [feedparser.parse(web.get(f"/feeds/{name}.xml").content) for name in ("es", "es/china")]
    assert [each.feed.title for each in feeds] == ["Field & Notes", "Field & Notes: China"]
    assert len({each.feed.podcast_guid for each in feeds}) == 2
    assert feeds[0].entries[0].id == feeds[1].entries[0].id


def test_a_topic_in_another_script_has_an_address_that_every_app_takes(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    made.publish(report(1, language="zh", topics=("中国", "美国")))
    names = [section.feed for section in made.library.sections() if section.label in {"中国", "美国"}]
    assert len(set(names)) == 2
    assert all(name.isascii() for name in names)
    for name in names:
        assert titles(url, f"/feeds/{name}.xml") == ["Informe 1"]


def test_the_site_and_the_list_of_feeds_lead_to_them(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    made.publish(report(1, topics=("R&D",), authors=("Ann Other",)))
    with client(url) as web:
        assert web.get("/feeds/es/by/ann-other.xml").status_code == 200  # the last that is printed
        listed, home = web.get("/feeds.opml").text, web.get("/").text
        topic = web.get("/shows/es?topic=r-d").text
    assert f'xmlUrl="{BASE}/feeds/es/r-d.xml"' in listed
    assert 'text="Field &amp; Notes: R&amp;D"' in listed
    assert f'xmlUrl="{BASE}/feeds/es/by/ann-other.xml"' in listed
    assert '<a href="/shows/es?topic=r-d" dir="auto">R&amp;D</a>' in home
    assert re.search(
        rf'<a class="button quiet" href="{BASE}/feeds/es/r-d.xml" type="application/rss\+xml">.*RSS</a>', topic
    )


def test_a_topic_that_a_report_loses_loses_the_report(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    office = publication_of(made)
    first = report(1, topics=("China", "India"))
    office.offer(first)
    assert titles(url, "/feeds/es/china.xml") == ["Informe 1"]
    office.offer(replace(first, topics=("India",)))
    assert feed_publisher_of(made).library.feeds()["es/china"].generation == made.library.generation()
    assert [section.slug for section in made.library.sections()] == ["ann-other", "india"]
    with served(made.services) as again:
        assert titles(again, "/feeds/es/china.xml") == []
        assert titles(again, "/feeds/es/india.xml") == ["Informe 1"]


def test_a_withdrawn_episode_leaves_every_feed_that_it_was_in(serving: tuple[SmallService, str]) -> None:
    made, _ = serving
    office = publication_of(made)
    office.offer(report(1, topics=("China",)))
    office.withdraw(report(1).article, report(1).language)
    with served(made.services) as url:
        for path in ("/feeds/es.xml", "/feeds/es/china.xml", "/feeds/es/by/ann-other.xml"):
            assert titles(url, path) == []
        with client(url) as web:
            assert "china" not in web.get("/feeds.opml").text
            assert "china" not in web.get("/").text


def test_a_library_of_an_earlier_podcaster_gets_the_feeds_that_it_lacks(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    made.library.publish(report(1, topics=("China",)), NOW)
    feed_publisher = feed_publisher_of(made)
    feed_publisher.add_missing_sections(made.library.sections())
    assert titles(url, "/feeds/es/china.xml") == ["Informe 1"]
