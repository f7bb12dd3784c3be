"""A visitor sees and hears what their feed would hold before they sign up."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from podcaster.units import LanguageTag
from podcaster.web.site.words import words_for
from support.examples import DAY
from support.html_outline import Outline
from support.small_service import SmallService, client, served, small_service
from support.spoken_reports import briefing_of, publish

WORDS = words_for(LanguageTag("es"))


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[tuple[SmallService, str]]:
    with small_service(tmp_path) as made, served(made.services) as url:
        yield made, url


def test_the_preview_counts_the_reports_of_the_last_day_that_fit(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    publish(made, 1, topics=("India",))
    publish(made, 2, topics=("China",))
    publish(made, 3, topics=("China",), published=DAY - timedelta(days=1))
    with client(url, **{"accept-language": "es"}) as web:
        page = web.get("/listeners").text
        china = web.get("/listeners/preview", params={"first": "es", "topic": "china"}).text
        none = web.get("/listeners/preview", params={"first": "es", "topic": "norway"}).text
        refused = [web.get("/listeners/preview", params=each) for each in ({"first": "es", "max_minutes": "x"}, {})]
    assert WORDS.preview in page
    assert "2 informes" in page
    assert "1 informe," in china
    assert "Informe 2" in china
    assert WORDS.preview_nothing in none
    assert [each.status_code for each in refused] == [422, 422]


def test_the_briefing_of_the_preview_is_the_one_that_the_podcast_will_have(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    publish(made, 1, topics=("India",))
    publish(made, 2, topics=("China",))
    with client(url) as web:
        part = web.get("/listeners/preview", params={"first": "es", "topic": "china"}).text
        [audio] = [str(each["src"]) for each in Outline(part).all("audio")]
        heard = web.get(audio)
        own = web.get(briefing_of(web, topics=["China"]))
        cut = web.get(audio, headers={"range": "bytes=100-199"})
        nobody = web.get("/listeners/briefing.mp3", params={"first": "es", "topic": "norway"})
        refused = web.get("/listeners/briefing.mp3", params={"first": "es", "time_zone": "Mars/Phobos"})
    assert heard.content == own.content
    assert heard.headers["cache-control"] == "no-cache"
    assert (cut.status_code, cut.content) == (206, own.content[100:200])
    assert (nobody.status_code, refused.status_code) == (404, 422)
