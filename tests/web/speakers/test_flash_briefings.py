"""Flash briefings: what Alexa is given to read out or to play, by the rules of its feed format."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from podcaster.feed.addresses import Addresses
from podcaster.feed.flash_briefing import flash_briefing_items, flash_briefing_json, flash_briefing_rss
from podcaster.units import LanguageTag, Milliseconds
from support.examples import DAY, NOW, episode_of
from support.small_service import SmallService, client, served, show, small_service

ES = LanguageTag("es")
HTTPS = Addresses.served("https://podcasts.example")
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=6_000)


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[tuple[SmallService, str]]:
    with small_service(tmp_path) as made, served(made.services) as url:
        yield made, url


def test_a_briefing_has_the_five_newest_reports_with_their_key_points(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    for day in (3, 1, 7, 5, 2, 6, 4):
        made.publish(
            article=f"report-{day}",
            title=f"Informe {day}",
            key_points=("Un punto", "¿Y otro?"),
            published=DAY + timedelta(days=day),
        )
    with client(url) as web:
        answer = web.get("/alexa/briefing/es.json")
    items = answer.json()
    assert answer.headers["content-type"] == "application/json"
    assert [each["titleText"] for each in items] == [f"Informe {day}" for day in (7, 6, 5, 4, 3)]
    assert items[0]["mainText"] == "Informe 7. Un punto. ¿Y otro?"
    assert items[0]["updateDate"] == "2026-05-10T00:00:00.0Z"
    assert len({each["uid"] for each in items}) == 5
    assert all("streamUrl" not in each for each in items), "the service is not reached over https"


def test_a_show_without_episodes_says_what_it_is(serving: tuple[SmallService, str]) -> None:
    _, url = serving
    with client(url) as web:
        (item,) = web.get("/alexa/briefing/en.json").json()
        assert item["mainText"].startswith("Field & Notes.")
        for wrong in ("fr", "xx", "not-a-language-at-all", "%20"):
            assert web.get(f"/alexa/briefing/{wrong}.json").status_code == 404


def test_who_has_the_briefing_already_is_told_so(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    made.publish()
    with client(url) as web:
        first = web.get("/alexa/briefing/es.json")
        tag = first.headers["etag"]
        assert tag.startswith('"'), "a strong one"
        again = web.get("/alexa/briefing/es.json", headers={"if-none-match": tag})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        head = web.head("/alexa/briefing/es.json")
        assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", str(len(first.content)))
        made.publish(article="another-report", title="Otro", published=DAY + timedelta(days=1))
        changed = web.get("/alexa/briefing/es.json", headers={"if-none-match": tag})
        assert (changed.status_code, len(changed.json())) == (200, 2)


def test_a_short_episode_is_played_and_a_long_one_is_read_out() -> None:
    tiny, short, long = (
        episode_of(f"r{ms}", duration_ms=Milliseconds(ms), guid=f"urn:{ms}") for ms in (9_999, 599_999, 600_000)
    )
    items = {each["uid"]: each for each in json.loads(_rendered(tiny, short, long))}
    assert "streamUrl" not in items["urn:9999"], "Alexa wants ten seconds at least"
    assert items["urn:599999"]["streamUrl"].startswith("https://podcasts.example/media/r599999/es/")
    assert items["urn:599999"]["mainText"] == ""
    assert "streamUrl" not in items["urn:600000"]
    assert items["urn:600000"]["mainText"] == "Un informe. Un punto."


@given(title=WORDS, points=st.lists(WORDS, max_size=8), summary=WORDS)
def test_whatever_a_report_says_its_text_is_never_too_long_and_never_empty(
    title: str, points: list[str], summary: str
) -> None:
    (item,) = json.loads(_rendered(episode_of(title=f"T{title}", key_points=tuple(points), summary=summary)))
    assert "streamUrl" in item
    (read,) = json.loads(
        _rendered(
            episode_of(
                title=f"T{title}", key_points=tuple(points), summary=summary, duration_ms=Milliseconds(1_000_000)
            )
        )
    )
    assert 0 < len(read["mainText"]) <= 4_500
    assert 0 < len(read["titleText"]) <= 255


def test_the_same_briefing_is_there_as_rss(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    made.publish(title="Uno <y> dos & tres")
    made.publish(article="another-report", guid="urn:2", title="Otro", published=DAY + timedelta(days=1))
    with client(url) as web:
        items = web.get("/alexa/briefing/es.json").json()
        answer = web.get("/alexa/briefing/es.xml")
        again = web.get("/alexa/briefing/es.xml", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304
    read = feedparser.parse(answer.content)
    assert not read.bozo
    assert answer.headers["content-type"].startswith("application/rss+xml")
    assert [(each.id, each.title, each.link) for each in read.entries] == [
        (each["uid"], each["titleText"], each["redirectionUrl"]) for each in items
    ]
    written = etree.fromstring(answer.content)
    assert [each.text for each in written.iter("description")][1:] == [each["mainText"] for each in items]


def test_a_stream_is_an_enclosure_of_its_length() -> None:
    episodes = [episode_of(duration_ms=Milliseconds(300_000))]
    items = flash_briefing_items(show(ES), episodes, addresses=HTTPS, changed=NOW)
    (enclosure,) = etree.fromstring(flash_briefing_rss(show(ES), items, addresses=HTTPS)).iter("enclosure")
    assert dict(enclosure.attrib) == {"url": items[0].stream, "type": "audio/mpeg", "length": "200000"}


def test_an_update_is_dated_in_utc_and_its_order_is_that_of_the_dates() -> None:
    early = episode_of("a", published=datetime.fromisoformat("2026-05-03T23:00:00-05:00"), guid="urn:a")
    late = episode_of("b", published=datetime(2026, 5, 4, 5, tzinfo=UTC), guid="urn:b")
    dates = [each["updateDate"] for each in json.loads(_rendered(early, late))]
    assert dates == ["2026-05-04T05:00:00.0Z", "2026-05-04T04:00:00.0Z"]


def _rendered(*episodes: object) -> bytes:
    return flash_briefing_json(flash_briefing_items(show(ES), episodes, addresses=HTTPS, changed=NOW))  # type: ignore[arg-type]
