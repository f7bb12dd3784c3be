"""A podcast of one's own, over HTTP: nobody else finds it, no cache keeps it, and its address dies when it is changed."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import feedparser
import httpx
import pytest
import segno
from lxml import etree
from structlog.testing import capture_logs

from podcaster.model import Reading, Voice
from podcaster.units import ArticleId, LanguageTag, Milliseconds, Revision
from podcaster.web.listeners.private_urls import redacted
from support import command_line
from support.examples import NOW, episode_of
from support.html_outline import Outline
from support.private_feeds import joined
from support.small_service import BASE, SmallService, client, served, small_service

PRIVATE = {
    "cache-control": "private, no-cache",
    "cdn-cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex, nofollow",
}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with three reports."""
    folder = tmp_path_factory.mktemp("published")
    with small_service(folder) as made:
        for report, languages in enumerate((("en", "es"), ("en",), ("es", "pt"))):
            for language in languages:
                made.publish(
                    episode_of(
                        f"report-{report}",
                        language,
                        guid=f"urn:{report}:{language}",
                        title=f"{report} {language}",
                        topics=(f"Topic {report}",),
                    )
                )
    return folder


@pytest.fixture
def serving(published: Path, tmp_path: Path) -> Iterator[tuple[SmallService, str]]:
    folder = shutil.copytree(published, tmp_path / "data")
    with small_service(folder) as made, served(made.services) as url:
        yield made, url


def titles(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return sorted(str(entry.title) for entry in feedparser.parse(answer.content).entries)


def test_a_listener_hears_each_report_once_in_their_best_language(serving: tuple[SmallService, str]) -> None:
    with client(serving[1]) as web:
        assert titles(web.get(joined(web)["feed"])) == ["0 es", "1 en", "2 es"]
        assert titles(web.get(joined(web, languages=["pt", "en"])["feed"])) == ["0 en", "1 en", "2 pt"]
        assert titles(web.get(joined(web, languages=["ca"])["feed"])) == []
        assert titles(web.get(joined(web, topics=["Topic 0", "topic-2"])["feed"])) == ["0 es", "2 es"]


def test_a_private_feed_is_for_nobody_else(serving: tuple[SmallService, str]) -> None:
    with client(serving[1]) as web:
        own = joined(web)
        for path in (own["feed"], own["url"]):
            for answer in (web.get(path), web.head(path)):
                assert {name: answer.headers[name] for name in PRIVATE} == PRIVATE
                assert answer.headers.get_list("referrer-policy") == ["no-referrer"]
        feed = etree.fromstring(web.get(own["feed"]).content)
        assert [each.text for each in feed.iter("{http://www.itunes.com/dtds/podcast-1.0.dtd}block")] == ["Yes"]
        assert web.get("/feeds.opml").text.count(own["url"].rpartition("/")[2]) == 0


def test_listeners_of_equal_choices_share_bytes_and_the_token_is_in_none(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    with client(url) as web:
        one, other = joined(web, topics=["Topic 0"]), joined(web, topics=["TOPIC 0", "topic-0"])
        assert one["url"] != other["url"]
        feeds = [web.get(each["feed"]) for each in (one, other)]
        assert feeds[0].content == feeds[1].content
        assert feeds[0].headers["etag"] == feeds[1].headers["etag"]
        assert all(each["url"].rpartition("/")[2] not in feeds[0].text for each in (one, other))
        for path in made.services.blobs.names("feeds/"):
            assert "l/" not in path


def test_an_app_that_asks_again_gets_304_until_there_is_something_new(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    with client(url) as web:
        own = joined(web)
        first = web.get(own["feed"])
        tag = {"if-none-match": first.headers["etag"]}
        assert web.get(own["feed"], headers=tag).status_code == 304
        made.publish(episode_of("report-9", "es", guid="urn:9", title="9 es"))
        assert "9 es" in titles(web.get(own["feed"], headers=tag))
        assert web.head(own["feed"]).headers["content-length"] == web.get(own["feed"]).headers["content-length"]


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip"])
def test_a_private_feed_is_sent_in_the_coding_that_an_app_asks_for(
    serving: tuple[SmallService, str], coding: str
) -> None:
    with client(serving[1]) as web:
        own = joined(web)
        plain = web.get(own["feed"], headers={"accept-encoding": "identity"})
        packed = web.get(own["feed"], headers={"accept-encoding": coding})
        assert packed.headers["content-encoding"] == coding
        assert "content-encoding" not in plain.headers
        assert packed.content == plain.content
        assert int(packed.headers["content-length"]) < len(plain.content)
        assert packed.headers["etag"] != plain.headers["etag"]


def test_choices_are_seen_and_changed_and_the_feed_follows(serving: tuple[SmallService, str]) -> None:
    with client(serving[1]) as web:
        own = joined(web, max_minutes=20)
        seen = web.get(own["url"]).json()
        assert {name: seen[name] for name in ("languages", "topics", "authors", "max_minutes")} == {
            "languages": ["es", "en"],
            "topics": [],
            "authors": [],
            "max_minutes": 20,
        }
        assert {seen[name].removeprefix(BASE) for name in own} == set(own.values())
        changed = web.put(own["url"], json={"languages": ["pt"], "topics": ["Topic 2"]})
        assert (changed.status_code, changed.json()["languages"], changed.json()["max_minutes"]) == (200, ["pt"], None)
        assert titles(web.get(own["feed"])) == ["2 pt"]


def test_a_rotated_address_dies_at_once_and_the_new_one_has_the_same_choices(serving: tuple[SmallService, str]) -> None:
    with client(serving[1]) as web:
        own = joined(web, topics=["Topic 1"])
        with ThreadPoolExecutor(4) as crowd:
            answers = list(crowd.map(lambda _: web.post(f"{own['url']}/rotate"), range(4)))
        assert sorted(each.status_code for each in answers) == [200, 404, 404, 404]
        new = next(each.json() for each in answers if each.status_code == 200)
        assert new.keys() == own.keys()
        assert not set(new.values()) & set(own.values())
        for path in (own["url"], own["feed"]):
            answer = web.get(path)
            assert (answer.status_code, answer.json()["code"]) == (404, "listener-unknown")
            assert "no-store" in answer.headers["cache-control"]
        assert titles(web.get(new["feed"].removeprefix(BASE))) == ["1 en"]


def test_who_leaves_leaves_nothing(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    with client(url) as web:
        own = joined(web)
        assert web.delete(own["url"]).status_code == 204
        assert {web.get(path).status_code for path in (own["url"], own["feed"])} == {404}
        assert web.delete(own["url"]).status_code == 404
    assert made.library.listeners() == []


def test_what_is_kept_opens_nothing(serving: tuple[SmallService, str], tmp_path: Path) -> None:
    """A copy of the database is no key to any feed."""
    made, url = serving
    with client(url) as web:
        own = joined(web)
        [kept] = made.library.listeners()
        for guess in (kept.id, kept.digest, kept.digest[:43], kept.code_digest[:43], own["code"]):
            assert web.get(f"/l/{guess}").status_code == 404
    token = own["url"].rpartition("/")[2]
    for file in (each for each in tmp_path.rglob("*") if each.is_file()):
        assert token.encode() not in file.read_bytes(), file
        assert own["code"].encode() not in file.read_bytes(), file


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b'{"languages": []}',
        b'{"languages": ["nonsense"]}',
        b'{"languages": ["es"], "max_minutes": 0}',
        b'{"languages": ["es"], "topics": ["\\ud800"]}',
        b'{"languages": ["\\u0000"]}',
        b'{"languages": ["es"], "voice": "loud"}',
        b'{"languages": ["es"], "max_minutes": NaN}',
        json.dumps({"languages": ["es"], "topics": ["a"] * 101}).encode(),
        b"[",
    ],
)
def test_choices_that_make_no_sense_are_a_problem_and_keep_nothing(
    serving: tuple[SmallService, str], body: bytes
) -> None:
    made, url = serving
    with client(url) as web:
        answer = web.post("/listeners", content=body, headers={"content-type": "application/json"})
    assert answer.status_code in {400, 422}
    assert answer.headers["content-type"] == "application/problem+json"
    assert made.library.listeners() == []


def test_people_get_a_page_and_programs_get_json(serving: tuple[SmallService, str]) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    with client(serving[1]) as web:
        own = joined(web, topics=["R&D"])
        page = web.get(own["url"], headers={"accept": browser})
        assert page.headers["content-type"].startswith("text/html")
        assert page.headers["vary"] == "Accept"
        for shown in (own["code"], f"{BASE}{own['feed']}", "Tu propio pódcast", "r-d", "noindex"):
            assert shown in page.text
        assert page.text.count("<html") == 1
        for accept in ("*/*", "application/json", "application/json, text/html;q=0.5"):
            assert web.get(own["url"], headers={"accept": accept}).headers["content-type"] == "application/json"


def test_a_visitor_chooses_among_what_there_is_in_their_language(serving: tuple[SmallService, str]) -> None:
    with client(serving[1], **{"accept-language": "pt-BR, en;q=0.3"}) as web:
        home, page = Outline(web.get("/").text), Outline.of_main(web.get("/listeners").text)
    assert "/listeners" in [each.get("href") for each in home.all("a")]
    assert page.open == []
    assert next(each["value"] for each in page.all("option")) == "pt"
    assert {each["value"] for each in page.all("option")} == {
        "pt",
        "en",
        "es",
        "0.8",
        "0.9",
        "1.0",
        "1.1",
        "1.25",
        "1.5",
    }
    boxes = [(each["name"], each["value"]) for each in page.all("input") if each.get("type") == "checkbox"]
    assert ("topic", "topic-2") in boxes
    assert ("topic", "topic-1") not in boxes
    assert ("author", "ann-other") in boxes
    assert [(each["action"], each["method"]) for each in page.all("form")] == [("/listeners/form", "post")]


def test_a_listeners_own_page_shows_what_they_chose_and_keeps_it(serving: tuple[SmallService, str]) -> None:
    with client(serving[1], accept="text/html") as web:
        own = joined(web, languages=["pt", "es"], topics=["topic-2", "Norway"], max_minutes=15)
        page = Outline.of_main(web.get(own["url"]).text)
    chosen = {(each.get("name"), each.get("value")) for each in page.all("input") if "checked" in each}
    assert chosen == {("also", "es"), ("topic", "topic-2"), ("topic", "norway")}
    assert [each["value"] for each in page.all("option") if "selected" in each] == ["pt", "1.0"]
    assert [each["value"] for each in page.all("input") if each.get("name") == "max_minutes"] == ["15"]
    hidden = [
        page.elements[place + 1][1]["value"]
        for place, (tag, has) in enumerate(page.elements)
        if (tag, "hidden" in has) == ("label", True)
    ]
    assert hidden == ["pt"]  # the preferred language is no other one
    same = segno.make(f"{BASE}{own['url']}", error="m", micro=False)
    assert page.all("path")
    [code] = [each for each in page.all("svg") if each["class"] == "qr"]
    side = 4 * same.symbol_size()[0]
    assert (code["viewbox"], code.keys() & {"width", "height"}) == (f"0 0 {side} {side}", set())
    assert {each["action"] for each in page.all("form")} == {f"{own['url']}/form"}
    assert {each["value"] for each in page.all("button") if each.get("name") == "do"} == {"rotate", "delete"}


def test_a_private_address_is_in_no_log_though_the_service_fails_at_it(tmp_path: Path) -> None:
    class Broken:
        """Listeners are found; what is published is not."""

        def __init__(self, library: object) -> None:
            self.library = library

        def __getattr__(self, name: str) -> object:
            if name == "set_preferences":
                raise RuntimeError("unforeseen")
            return getattr(self.library, name)

    with small_service(tmp_path) as made:
        services = made.services.__class__(
            **{name: getattr(made.services, name) for name in made.services.__slots__}
            | {"library": Broken(made.library)}
        )
        with capture_logs() as said, served(services) as url, client(url) as web:
            own = joined(web)
            assert web.put(own["url"], json={"languages": ["es"]}).status_code == 500
    token = own["url"].rpartition("/")[2]
    assert [each["path"] for each in said] == [redacted(own["url"])]
    assert token not in repr(said)
    assert redacted(own["feed"]) == f"/l/{redacted(own['feed'])[3:11]}…/feed.xml"
    assert token not in redacted(own["feed"])


def test_an_operator_adds_lists_and_forgets_listeners(tmp_path: Path) -> None:
    def podcaster(*arguments: str) -> subprocess.CompletedProcess[str]:
        return command_line.podcaster(
            tmp_path, "listeners", *arguments, PODCASTER_DATA=tmp_path, PODCASTER_BASE_URL=BASE
        )

    wishes = ("--voice", "female", "--voice", "en-GB-espeak", "--rate", "1.2", "--morning", "never")
    own = json.loads(podcaster("add", "-l", "es", "-l", "en", "--topic", "China", *wishes, "--json").stdout)
    assert own["feed"].startswith(f"{BASE}/l/")
    listed = [json.loads(line) for line in podcaster("list", "--json").stdout.splitlines()]
    assert [each["languages"] for each in listed] == [["es", "en"]]
    assert own["url"].rpartition("/")[2] not in podcaster("list").stdout
    assert podcaster("revoke", listed[0]["listener"]).returncode == 0
    again = podcaster("revoke", listed[0]["listener"])
    assert (again.returncode, "no listener" in again.stderr) == (1, True)
    assert podcaster("add", "-l", "nonsense").returncode != 0
    unknown = podcaster("add", "-l", "es", "--voice", "nobody")
    assert (unknown.returncode, "es-female-espeak" in unknown.stderr) == (1, True)


def test_speed_and_time_zone_are_kept_and_shown(serving: tuple[SmallService, str]) -> None:
    with client(serving[1]) as web:
        own = joined(web, rate=1.25, time_zone="Europe/Madrid")
        answer = web.get(own["url"]).json()
        assert (answer["rate"], answer["time_zone"]) == (1.25, "Europe/Madrid")
        page = web.get(own["url"], headers={"accept": "text/html"}).text
        assert '<option value="1.25" selected>' in page
        assert 'name="time_zone" value="Europe/Madrid"' in page
        refused = web.post("/listeners", json={"languages": ["es"], "time_zone": "Nowhere/At All"})
        assert refused.status_code == 422


def test_one_network_makes_so_many_listeners_an_hour_and_is_told_when_to_come_again(tmp_path: Path) -> None:
    with small_service(tmp_path, listeners_per_hour=2) as made, served(made.services) as url, client(url) as web:
        joined(web)
        own = joined(web)
        refused = web.post("/listeners", json={"languages": ["es"]})
        assert refused.status_code == 429
        assert refused.headers["retry-after"] == "3600"
        assert refused.json()["code"] == "asked-too-often"
        assert web.get(own["feed"]).status_code == 200


def test_a_voice_is_wished_for_by_gender_or_by_name_and_others_are_refused_with_the_list(tmp_path: Path) -> None:
    def spoken(language: str) -> list[Voice]:
        genders = {"es": ("male", "female"), "en": ("male",)}.get(language, ())
        return [
            Voice(language=LanguageTag(language), name=f"{language}-{each}", engine="e", engine_voice="v", gender=each)
            for each in genders
        ]

    with small_service(tmp_path, voices=spoken) as made, served(made.services) as url, client(url) as web:
        own = joined(web, voice="female")
        assert web.get(own["url"]).json()["voice"] == ["female"]
        page = web.get(own["url"], headers={"accept": "text/html"}).text
        assert '<option value="female" selected>Voz femenina</option>' in page
        assert '<option value="es-male">es-male</option>' in page
        # There is one voice: nothing to choose.
        assert "en-male" not in page
        both = {"languages": ["es", "en"], "voice": ["es-female", "male"]}
        assert web.put(own["url"], json=both).json()["voice"] == ["es-female", "male"]
        page = web.get(own["url"], headers={"accept": "text/html"}).text
        assert '<option value="es-female,male" selected>' in page
        for wrong in ("de-female", "a voice, or two"):
            refused = web.put(own["url"], json={"languages": ["es"], "voice": [wrong]})
            assert refused.status_code == 422
        assert "es-female" in web.put(own["url"], json={"languages": ["es"], "voice": ["de-female"]}).json()["remedy"]


def test_where_nobody_else_speaks_there_is_no_voice_to_choose(serving: tuple[SmallService, str]) -> None:
    with client(serving[1]) as web:
        page = web.get(joined(web)["url"], headers={"accept": "text/html"}).text
    assert 'name="voice"' not in page


def test_a_morning_is_chosen_and_given_up(serving: tuple[SmallService, str]) -> None:
    with client(serving[1]) as web:
        own = joined(web)
        assert web.get(own["url"]).json()["morning"] == "06:00"
        assert web.put(own["url"], json={"languages": ["es"], "morning": "07:15"}).json()["morning"] == "07:15"
        assert 'name="morning" value="07:15"' in web.get(own["url"], headers={"accept": "text/html"}).text
        assert web.put(own["url"], json={"languages": ["es"], "morning": None}).json()["morning"] is None
        assert 'name="morning" value=""' in web.get(own["url"], headers={"accept": "text/html"}).text
        assert web.put(own["url"], json={"languages": ["es"], "morning": "noon"}).status_code == 422


def test_a_feed_has_a_reading_from_when_it_is_there_and_its_guid_stays(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    quick = Reading(rate=1.25)
    with client(url) as web:
        own, usual = joined(web, rate=1.25), joined(web)
        before = feedparser.parse(web.get(own["feed"]).content)
        shown = {each.id: each.enclosures[0].href for each in feedparser.parse(web.get(usual["feed"]).content).entries}
        assert {each.id: each.enclosures[0].href for each in before.entries} == shown
        base = made.library.episode(ArticleId("report-0"), LanguageTag("es")).episode
        read = replace(
            base, revision=Revision("abcdefabcdefabcd"), duration_ms=Milliseconds(19_200), enclosure_bytes=154_000
        )
        tag = web.get(own["feed"]).headers["etag"]
        assert made.library.publish_reading(read, quick, of=base.revision, now=NOW)
        assert web.get(own["feed"], headers={"if-none-match": tag}).status_code == 200
        (entry,) = [each for each in feedparser.parse(web.get(own["feed"]).content).entries if each.id == base.guid]
        assert entry.enclosures[0].href == f"{BASE}/media/report-0/es/abcdefabcdefabcd.mp3"
        assert (entry.enclosures[0].length, entry.itunes_duration) == ("154000", "19")
        assert {
            each.id: each.enclosures[0].href for each in feedparser.parse(web.get(usual["feed"]).content).entries
        } == shown
