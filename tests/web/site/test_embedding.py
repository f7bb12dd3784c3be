"""The publisher's own pages: a player that any of them may frame, found by its address."""

import json
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import pytest

from podcaster.settings.contrast import contrast
from support.html_outline import Outline
from support.small_service import BASE, SmallService, client, served, small_service

REPORT = "a-report-12345678"


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SmallService, str]]:
    with small_service(tmp_path_factory.mktemp("embedding")) as made:
        made.publish(title='Informe <b>&</b> "más"', draft=True)
        made.publish(language="en", guid="urn:en", title="A report")
        made.publish(language="ar", guid="urn:ar", title="تقرير")
        with served(made.services) as url:
            yield made, url


@pytest.mark.parametrize(
    ("query", "visitor", "shown"),
    [
        ("?lang=es", "en", "es"),
        ("?lang=es-MX", "", "es"),
        ("?lang=ar", "en", "ar"),
        ("", "ar, en;q=0.2", "ar"),
        ("?lang=nonsense", "es", "es"),
        ("?lang=fr", "", "en"),
        ("", "", "en"),
    ],
)
def test_a_player_speaks_the_language_that_the_page_or_its_visitor_asks_for(
    serving: tuple[SmallService, str], query: str, visitor: str, shown: str
) -> None:
    with client(serving[1], **{"accept-language": visitor}) as web:
        page = Outline(web.get(f"/embed/{REPORT}{query}").text)
    assert page.open == []
    assert [each["lang"] for each in page.all("html")] == [shown]
    assert [each["src"] for each in page.all("audio")] == [f"/media/{REPORT}/{shown}/0123456789abcdef.mp3"]
    assert [each["src"] for each in page.all("track")] == [f"/media/{REPORT}/{shown}/0123456789abcdef.vtt"]


def test_a_player_may_be_framed_by_anybody_and_no_other_page_may(serving: tuple[SmallService, str]) -> None:
    with client(serving[1]) as web:
        [policy] = web.get(f"/embed/{REPORT}").headers.get_list("content-security-policy")
        [other] = web.get(f"/episodes/{REPORT}/es").headers.get_list("content-security-policy")
        page = web.get(f"/embed/{REPORT}?lang=es").text
    assert "frame-ancestors" not in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'self'" in other
    assert "<b>" not in page
    assert "<script>" not in page


def test_a_draft_says_so_under_its_title(serving: tuple[SmallService, str]) -> None:
    with client(serving[1]) as web:
        page = web.get(f"/embed/{REPORT}?lang=es").text
    assert page.index("</h1>") < page.index('class="draft"') < page.index("<audio")


def test_an_editor_who_pastes_an_episodes_address_gets_its_player(serving: tuple[SmallService, str]) -> None:
    with client(serving[1]) as web:
        page = Outline(web.get(f"/episodes/{REPORT}/es").text)
        [link] = [each["href"] for each in page.all("link") if each.get("type") == "application/json+oembed"]
        assert link is not None
        asked = parse_qs(urlsplit(link).query)
        assert asked == {"url": [f"{BASE}/episodes/{REPORT}/es"], "format": ["json"]}
        answer = web.get("/oembed", params=asked)
        document = answer.json()
        [frame] = Outline(document["html"]).all("iframe")
        assert frame["src"] == f"{BASE}/embed/{REPORT}?lang=es"
        assert web.get(str(frame["src"]).removeprefix(BASE)).status_code == 200
    assert (document["version"], document["type"], document["title"]) == ("1.0", "rich", 'Informe <b>&</b> "más"')
    assert frame["title"] == document["title"]
    assert (document["author_name"], document["provider_name"]) == ("Ann Other", "Field & Notes")
    assert answer.headers["access-control-allow-origin"] == "*"


def test_a_shared_moments_player_starts_there(serving: tuple[SmallService, str]) -> None:
    with client(serving[1]) as web:
        page = Outline(web.get(f"/episodes/{REPORT}/es?t=83").text)
        [link] = [each["href"] for each in page.all("link") if each.get("type") == "application/json+oembed"]
        [frame] = Outline(web.get(str(link).removeprefix(BASE)).json()["html"]).all("iframe")
    assert frame["src"] == f"{BASE}/embed/{REPORT}?lang=es&t=83"


def test_a_player_fits_the_place_that_there_is_for_it(serving: tuple[SmallService, str]) -> None:
    url = f"{BASE}/embed/{REPORT}?lang=ar"
    with client(serving[1]) as web:
        small = web.get("/oembed", params={"url": url, "maxwidth": 300, "maxheight": 100}).json()
        large = web.get("/oembed", params={"url": url, "maxwidth": 5000}).json()
        xml = ET.fromstring(web.get("/oembed", params={"url": url, "format": "xml"}).content)  # noqa: S314 # our own
    assert (small["width"], small["height"]) == (300, 100)
    assert 'width="300" height="100"' in small["html"]
    assert large["width"] < 5000
    assert {each.tag: each.text for each in xml} == {name: str(value) for name, value in large.items()}


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"url": f"https://elsewhere.example/episodes/{REPORT}/es"}, 404),
        ({"url": f"{BASE}/episodes/another/es"}, 404),
        ({"url": f"{BASE}/episodes/{REPORT}/fr"}, 404),
        ({"url": f"{BASE}/embed/another"}, 404),
        ({"url": f"{BASE}/"}, 404),
        ({"url": "http://[broken"}, 404),
        ({"url": f"{BASE}/embed/{REPORT}", "format": "yaml"}, 422),
        ({"url": f"{BASE}/embed/{REPORT}", "maxwidth": "0"}, 422),
        ({}, 422),
    ],
)
def test_what_cannot_be_embedded_is_a_problem(
    serving: tuple[SmallService, str], query: dict[str, str], status: int
) -> None:
    with client(serving[1]) as web:
        answer = web.get("/oembed", params=query)
        assert web.get("/embed/another").status_code == web.get("/embed/A_B").status_code == 404
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert json.loads(answer.content)["remedy"]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Three reports, one of them in one language alone."""
    with small_service(tmp_path_factory.mktemp("embedded-list")) as made:
        for name, topics in (
            ("one-12345678", ("Energy",)),
            ("two-12345678", ("Energy", "Sea")),
            ("three-12345678", ("Sea",)),
        ):
            made.publish(article=name, guid=f"urn:{name}", title=f"Report {name}", topics=topics, language="en")
        made.publish(article="two-12345678", guid="urn:es", title="Informe dos", topics=("Mar",), language="es")
        with served(made.services) as url:
            yield url


def titles(page: str) -> list[str]:
    return re.findall(r"<li><a [^>]*data-audio[^>]*>([^<]+)</a>", page)


def test_several_reports_play_as_a_list_in_the_language_of_the_first(reports: str) -> None:
    with client(reports) as web:
        page = web.get("/embed?report=one-12345678&report=two-12345678").text
        spanish = web.get("/embed?report=two-12345678&report=one-12345678&lang=es").text
    assert titles(page) == ["Report one-12345678", "Report two-12345678"]
    assert titles(spanish) == ["Informe dos", "Report one-12345678"]
    assert Outline(page).open == []


def test_a_topics_newest_reports_play_as_a_list(reports: str) -> None:
    with client(reports) as web:
        assert len(titles(web.get("/embed?lang=en").text)) == 3
        assert len(titles(web.get("/embed?lang=en&topic=sea").text)) == 2
        assert len(titles(web.get("/embed?lang=en&count=2").text)) == 2
        assert web.get("/embed?lang=en&topic=nothing").status_code == 404
        assert web.get("/embed?report=nothing").status_code == 404


def test_a_publisher_chooses_day_or_night_and_a_colour_that_stays_readable(reports: str) -> None:
    with client(reports) as web:
        [page] = Outline(web.get("/embed/one-12345678?theme=dark&accent=FFEE00").text).all("html")
        styles = web.get("/embed/accents/ffee00.css")
        assert web.get("/embed/one-12345678?accent=red").status_code == 422
    assert page["data-scheme"] == "dark"
    day, night = re.findall("#[0-9a-f]{6}", styles.text)
    assert contrast(day, "#ffffff") >= 4.5
    assert night == "#ffee00"


def test_everything_that_a_player_loads_is_under_30_kilobytes_and_its_own(reports: str) -> None:
    with client(reports) as web:
        page = web.get("/embed?lang=en")
        outline = Outline(page.text)
        loaded = [each["src"] for each in outline.all("script")]
        loaded += [each["href"] for each in outline.all("link") if each["rel"] == "stylesheet"]
        assert all(address and address.startswith("/static/") for address in loaded)
        total = len(page.content) + sum(len(web.get(str(address)).content) for address in loaded)
        assert total < 30_000


def test_a_shared_moment_starts_there(reports: str) -> None:
    with client(reports) as web:
        [audio] = Outline(web.get("/embed/one-12345678?t=83").text).all("audio")
        page = Outline(web.get("/episodes/one-12345678/en?t=83").text)
    assert str(audio["src"]).endswith(".mp3#t=83")
    [player] = [each["content"] for each in page.all("meta") if each.get("name") == "twitter:player"]
    assert player == f"{BASE}/embed/one-12345678?lang=en&t=83"


def test_a_shared_link_has_a_card_and_search_engines_have_data(reports: str) -> None:
    with client(reports) as web:
        text = web.get("/episodes/two-12345678/en").text
        pictures = [each["content"] for each in Outline(text).all("meta") if each.get("property") == "og:image"]
        assert [web.get(str(each).removeprefix(BASE)).headers["content-type"] for each in pictures] == ["image/jpeg"]
        show = json.loads(structured(web.get("/shows/en").text))
    data = json.loads(structured(text))
    assert (data["@type"], data["name"], data["inLanguage"]) == ("PodcastEpisode", "Report two-12345678", "en")
    assert data["associatedMedia"]["contentUrl"].startswith(f"{BASE}/media/two-12345678/en/")
    assert data["partOfSeries"]["webFeed"] == f"{BASE}/feeds/en.xml"
    assert (show["@type"], show["url"]) == ("PodcastSeries", f"{BASE}/shows/en")


def structured(page: str) -> str:
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return str(data)
