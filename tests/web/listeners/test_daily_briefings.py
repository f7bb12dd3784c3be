"""Each morning brings an episode of its own to private feeds: spliced when it is asked for, and never another under its name."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import httpx
import podcastparser
import pytest
from lxml import etree
from mutagen.id3 import ID3

from podcaster.audio.stored_clips import blob_name
from podcaster.units import ArticleId, ContentKey, LanguageTag
from support.examples import DAY, NOW, episode_of
from support.private_feeds import joined
from support.small_service import BASE, SmallService, client, revision_of, served, small_service
from support.spoken_reports import frames, store_reported

DEFAULT_MORNING = datetime(2026, 5, 4, 6, tzinfo=UTC)
PODCAST = "{https://podcastindex.org/namespace/1.0}"


@dataclass
class ClockedService:
    """A service whose clock stands where a test sets it."""

    small_service: SmallService
    web: httpx.Client
    time: list[datetime] = field(default_factory=list)

    def publish(self, place: int, at: datetime, language: str = "es", **changes: object) -> list[ContentKey]:
        """A report that is published at this time; its clips."""
        episode = episode_of(
            f"report-{place}",
            language,
            guid=f"urn:{place}:{language}",
            revision=revision_of(changes.pop("revision", place)),  # type: ignore[arg-type]
            **{"title": f"Informe {place}", "published": DAY + timedelta(minutes=place), **changes},
        )
        keys = store_reported(self.small_service, episode, place)
        self.small_service.library.publish(episode, at)
        return keys

    def mornings(self, own: dict[str, str]) -> list[feedparser.FeedParserDict]:
        feed = feedparser.parse(self.web.get(own["feed"]).content)
        return [entry for entry in feed.entries if "/briefings/" in entry.enclosures[0].href]


@pytest.fixture
def clocked(tmp_path: Path) -> Iterator[ClockedService]:
    time = [NOW]
    with small_service(tmp_path, clock=lambda: time[0]) as made, served(made.services) as url, client(url) as web:
        yield ClockedService(made, web, time)


def path(entry: feedparser.FeedParserDict) -> str:
    return str(entry.enclosures[0].href).removeprefix(BASE)


def test_the_morning_brings_what_came_since_the_one_before(clocked: ClockedService) -> None:
    clocked.publish(1, DEFAULT_MORNING - timedelta(hours=25))
    two, three = (clocked.publish(place, DEFAULT_MORNING - timedelta(hours=1)) for place in (2, 3))
    clocked.publish(4, DEFAULT_MORNING + timedelta(minutes=1))
    today, before = clocked.mornings(joined(clocked.web))
    said = [three[0], three[1], three[2], *three[5:7], two[2], *two[5:7], three[8]]
    answer = clocked.web.get(path(today))
    assert answer.content.endswith(frames(clocked.small_service, said))
    assert int(today.enclosures[0].length) == len(answer.content) == int(answer.headers["content-length"])
    assert today.title == "Field & Notes, 4 de mayo de 2026"
    assert datetime(*today.published_parsed[:6], tzinfo=UTC) == DEFAULT_MORNING
    assert before.title == "Field & Notes, 3 de mayo de 2026"
    tag = ID3(io.BytesIO(answer.content))
    assert [str(chapter.sub_frames["TIT2"]) for chapter in tag.getall("CHAP")] == ["Informe 3", "Informe 2"]
    assert str(tag["TLAN"]) == "spa"
    for place in ("Informe 3", "Informe 2"):
        assert place in today.content[0].value


def test_other_peoples_parsers_read_it(clocked: ClockedService) -> None:
    clocked.publish(1, DEFAULT_MORNING - timedelta(hours=1))
    own = joined(clocked.web)
    content = clocked.web.get(own["feed"]).content
    parsed = podcastparser.parse(f"{BASE}{own['feed']}", io.BytesIO(content))
    (morning,) = [each for each in parsed["episodes"] if "/briefings/" in each["enclosures"][0]["url"]]
    assert morning["enclosures"][0]["mime_type"] == "audio/mpeg"
    assert morning["total_time"] >= 1
    (item,) = [
        each for each in etree.fromstring(content).iter("item") if "/briefings/" in each.find("enclosure").get("url")
    ]
    chapters = clocked.web.get(item.find(f"{PODCAST}chapters").get("url").removeprefix(BASE))
    assert chapters.headers["content-type"] == "application/json+chapters"
    assert [each["title"] for each in chapters.json()["chapters"]] == ["Informe 1"]
    assert item.find(f"{PODCAST}transcript") is None
    assert clocked.web.head(item.find(f"{PODCAST}chapters").get("url").removeprefix(BASE)).content == b""


def test_it_is_fixed_once_its_morning_has_come(clocked: ClockedService) -> None:
    clocked.publish(1, DEFAULT_MORNING - timedelta(hours=1))
    own = joined(clocked.web)
    (before,) = clocked.mornings(own)
    content = clocked.web.get(path(before)).content
    clocked.publish(2, NOW)
    clocked.publish(1, NOW, "en")
    (after,) = clocked.mornings(own)
    assert (after.id, after.title, path(after), after.enclosures[0].length) == (
        before.id,
        before.title,
        path(before),
        before.enclosures[0].length,
    )
    assert clocked.web.get(path(before)).content == content
    clocked.time[0] += timedelta(days=1)
    tomorrow, same = clocked.mornings(own)
    assert (same.id, path(same)) == (before.id, path(before))
    assert tomorrow.id != before.id
    assert clocked.web.get(path(before)).content == content


def test_the_feed_has_it_from_the_hour_on_though_nothing_was_published(clocked: ClockedService) -> None:
    clocked.publish(1, DEFAULT_MORNING - timedelta(hours=1))
    own = joined(clocked.web)
    clocked.time[0] = DEFAULT_MORNING - timedelta(seconds=1)
    before = clocked.web.get(own["feed"])
    assert clocked.mornings(own) == []
    clocked.time[0] = DEFAULT_MORNING
    assert len(clocked.mornings(own)) == 1
    assert clocked.web.get(own["feed"], headers={"if-none-match": before.headers["etag"]}).status_code == 200


def test_a_corrected_report_gives_another_name_and_the_old_one_the_old_sound(clocked: ClockedService) -> None:
    clocked.publish(1, DEFAULT_MORNING - timedelta(hours=1))
    own = joined(clocked.web)
    (before,) = clocked.mornings(own)
    content = clocked.web.get(path(before)).content
    clocked.publish(1, NOW, revision=77, title="Informe corregido")
    (after,) = clocked.mornings(own)
    assert (after.id, path(after) != path(before)) == (before.id, True)
    assert clocked.web.get(path(before)).content == content != clocked.web.get(path(after)).content


@pytest.mark.parametrize(
    ("choices", "hour"),
    [
        ({"time_zone": "Europe/Madrid"}, 4),
        ({"time_zone": "Europe/Madrid", "morning": "07:30"}, 5.5),
        ({"time_zone": "America/New_York"}, 10 - 24),
        ({"morning": "00:00"}, 0),
    ],
)
def test_it_comes_at_the_listeners_hour(clocked: ClockedService, choices: dict[str, str], hour: float) -> None:
    at = datetime(2026, 5, 4, tzinfo=UTC) + timedelta(hours=hour)
    clocked.publish(1, at - timedelta(minutes=1))
    (today,) = clocked.mornings(joined(clocked.web, **choices))
    assert datetime(*today.published_parsed[:6], tzinfo=UTC) == at


def test_who_wants_none_has_none_and_a_day_without_reports_has_none(clocked: ClockedService) -> None:
    clocked.publish(1, DEFAULT_MORNING - timedelta(days=2, hours=1), topics=("China",))
    assert clocked.mornings(joined(clocked.web, morning=None)) == []
    assert clocked.mornings(joined(clocked.web, topics=["India"])) == []
    assert [each.title for each in clocked.mornings(joined(clocked.web))] == ["Field & Notes, 2 de mayo de 2026"]


def test_equal_choices_share_bytes_and_no_name_holds_a_token(clocked: ClockedService) -> None:
    clocked.publish(1, DEFAULT_MORNING - timedelta(hours=1))
    one, other = joined(clocked.web), joined(clocked.web)
    quick = joined(clocked.web, rate=1.25)
    feeds = [clocked.web.get(each["feed"]).content for each in (one, other)]
    assert feeds[0] == feeds[1]
    assert path(clocked.mornings(one)[0]) == path(clocked.mornings(quick)[0])
    assert clocked.mornings(one)[0].id != clocked.mornings(quick)[0].id
    for own in (one, other):
        assert own["url"].rpartition("/")[2] not in feeds[0].decode()


def test_a_name_that_nobody_signed_is_nothing(clocked: ClockedService) -> None:
    clocked.publish(1, DEFAULT_MORNING - timedelta(hours=1))
    (today,) = clocked.mornings(joined(clocked.web))
    name = path(today).removeprefix("/briefings/").removesuffix(".mp3")
    wrong = [
        name[:-1],
        name + "A",
        ("B" if name[0] == "A" else "A") + name[1:],
        name[:30] + ("B" if name[30] == "A" else "A") + name[31:],
        "A" * 40,
        "A" * 41,
    ]
    for each in wrong:
        answer = clocked.web.get(f"/briefings/{each}.mp3")
        assert answer.status_code == 404, each
        assert "no-store" in answer.headers["cache-control"]
    assert clocked.web.get(f"/briefings/{name}.ogg").status_code == 404
    assert clocked.web.post(path(today)).status_code == 405


def test_it_is_a_file_like_any_other_that_shared_caches_leave_alone(clocked: ClockedService, tmp_path: Path) -> None:
    clocked.publish(1, DEFAULT_MORNING - timedelta(hours=1))
    (today,) = clocked.mornings(joined(clocked.web))
    files = {file for file in tmp_path.rglob("*") if "sqlite" not in file.name}
    whole = clocked.web.get(path(today))
    assert whole.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert whole.headers["cdn-cache-control"] == "no-store"
    assert whole.headers["x-robots-tag"] == "noindex, nofollow"
    part = clocked.web.get(path(today), headers={"range": "bytes=100-299"})
    assert (part.status_code, part.content) == (206, whole.content[100:300])
    assert clocked.web.get(path(today), headers={"if-none-match": whole.headers["etag"]}).status_code == 304
    assert int(clocked.web.head(path(today)).headers["content-length"]) == len(whole.content)
    assert {file for file in tmp_path.rglob("*") if "sqlite" not in file.name} == files


def test_links_outlive_the_address_that_they_were_found_at(clocked: ClockedService) -> None:
    """An app that has the feed may still fetch what it lists; nothing behind them is the listener's own."""
    clocked.publish(1, DEFAULT_MORNING - timedelta(hours=1))
    own = joined(clocked.web)
    (today,) = clocked.mornings(own)
    new = clocked.web.post(f"{own['url']}/rotate").json()
    assert clocked.web.get(path(today)).status_code == 200
    moved = {"feed": new["feed"].removeprefix(BASE)}
    assert [(each.id, path(each)) for each in clocked.mornings(moved)] == [(today.id, path(today))]
    assert clocked.web.delete(new["url"].removeprefix(BASE)).status_code == 204
    assert clocked.web.get(path(today)).status_code == 200


def test_what_cannot_be_spliced_any_more_is_not_offered(clocked: ClockedService) -> None:
    lost, kept = (clocked.publish(place, DEFAULT_MORNING - timedelta(hours=place)) for place in (1, 2))
    clocked.small_service.blobs.delete(blob_name(lost[5]))
    own = joined(clocked.web)
    (today,) = clocked.mornings(own)
    assert clocked.web.get(path(today)).content.endswith(
        frames(clocked.small_service, [*kept[:3], *kept[5:7], kept[8]])
    )


def test_a_restarted_service_knows_the_names_of_before(clocked: ClockedService) -> None:
    clocked.publish(1, DEFAULT_MORNING - timedelta(hours=1))
    (today,) = clocked.mornings(joined(clocked.web))
    content = clocked.web.get(path(today)).content
    with served(clocked.small_service.services) as url, client(url) as web:
        assert web.get(path(today)).content == content


def test_a_briefing_with_a_withdrawn_report_is_gone_at_once(clocked: ClockedService) -> None:
    clocked.publish(1, DEFAULT_MORNING - timedelta(hours=1))
    clocked.publish(2, DEFAULT_MORNING - timedelta(hours=2))
    (today,) = clocked.mornings(joined(clocked.web))
    assert clocked.web.get(path(today)).status_code == 200
    clocked.small_service.services.publishing.withdraw(ArticleId("report-1"), LanguageTag("es"))
    answers = [clocked.web.get(each) for each in (path(today), path(today).replace(".mp3", ".chapters.json"))]
    assert [each.status_code for each in answers] == [410, 410]
