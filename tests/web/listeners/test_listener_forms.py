"""A podcast of one's own without a script: forms, what is wrong with them in the visitor's words, and nobody else's forms."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
from lxml import html

from podcaster.listener.feed_token import TOKEN_CHARACTERS
from podcaster.units import LanguageTag
from podcaster.web.site.words import words_for
from support.small_service import SmallService, client, served, small_service

FORM = {"content-type": "application/x-www-form-urlencoded"}
PAGE = {"accept": "text/html"}
CHOICES = {"first": "es", "max_minutes": "", "rate": "1.0", "voice": "", "morning": "07:15", "time_zone": ""}


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[tuple[SmallService, str]]:
    with small_service(tmp_path, listeners_per_hour=3) as made:
        made.publish(topics=("China", "Trade"), authors=("Ann Other",))
        with served(made.services) as url:
            yield made, url


def sent(web: httpx.Client, address: str, *more: tuple[str, str], **fields: str) -> httpx.Response:
    body = urlencode([*{**CHOICES, **fields}.items(), *more])
    return web.post(address, content=body, headers={**FORM, **PAGE})


def test_choices_are_made_and_changed_by_forms_and_a_reload_sends_nothing_again(
    serving: tuple[SmallService, str],
) -> None:
    _, url = serving
    with client(url) as web:
        made = sent(web, "/listeners/form", ("topic", "china"), ("topic", "trade"), ("also", "en"), ("also", "es"))
        address = made.headers["location"]
        assert (made.status_code, address.startswith("/l/"), len(address)) == (303, True, 3 + TOKEN_CHARACTERS)
        assert made.headers["cache-control"] == "no-store"
        assert made.headers["referrer-policy"] == "no-referrer"
        chosen = web.get(address).json()
        assert (chosen["languages"], chosen["topics"]) == (["es", "en"], ["china", "trade"])
        assert chosen["morning"] == "07:15"
        changed = sent(web, f"{address}/form", max_minutes="30", rate="1.25", morning="", time_zone="Europe/Madrid")
        assert (changed.status_code, changed.headers["location"]) == (303, f"{address}?saved")
        chosen = web.get(address).json()
        assert (chosen["topics"], chosen["max_minutes"], chosen["rate"]) == ([], 30, 1.25)
        assert (chosen["morning"], chosen["time_zone"]) == (None, "Europe/Madrid")
        assert "Guardado." in web.get(f"{address}?saved", headers=PAGE).text
        assert "Guardado." not in web.get(address, headers=PAGE).text


def test_a_new_address_and_an_end_need_no_script(serving: tuple[SmallService, str]) -> None:
    _, url = serving
    with client(url) as web:
        old = sent(web, "/listeners/form").headers["location"]
        new = sent(web, f"{old}/form", do="rotate").headers["location"]
        assert (web.get(old).status_code, web.get(new).status_code) == (404, 200)
        gone = sent(web, f"{old}/form")
        assert (gone.status_code, "text/html" in gone.headers["content-type"]) == (404, True)
        end = sent(web, f"{new}/form", do="delete")
        assert (end.status_code, end.headers["location"]) == (303, "/")
        assert web.get(new).status_code == 404


@pytest.mark.parametrize("language", ["en", "es", "ca", "gl", "pt"])
def test_what_cannot_be_kept_is_said_in_the_visitors_words_and_stays_in_the_form(tmp_path: Path, language: str) -> None:
    tags = tuple(LanguageTag(tag) for tag in ("en", "es", "ca", "gl", "pt"))
    words = words_for(LanguageTag(language))
    with small_service(tmp_path, languages=tags) as made, served(made.services) as url, client(url) as web:
        made.publish(language=language, topics=("China",))
        web.headers["accept-language"] = language
        own = sent(web, "/listeners/form", first=language).headers["location"]
        for address in ("/listeners/form", f"{own}/form"):
            for wrong in (
                {"time_zone": "Mars/Phobos"},
                {"max_minutes": "9999"},
                {"max_minutes": "x"},
                {"morning": "25"},
            ):
                answer = sent(web, address, ("topic", "china"), first=language, **wrong)
                assert (answer.status_code, answer.headers["cache-control"]) == (422, "no-store"), wrong
                page = html.fromstring(answer.text)
                assert [each.text_content() for each in page.xpath("//*[@role='alert']")] == [words.choices_refused]
                (field,) = page.xpath(f"//input[@name='{next(iter(wrong))}']")
                assert field.get("value") == next(iter(wrong.values()))
                assert page.xpath("//input[@name='topic'][@value='china']/@checked")
        assert web.get(own).json()["topics"] == []


def test_who_makes_too_many_is_told_so_on_the_page(serving: tuple[SmallService, str]) -> None:
    _, url = serving
    with client(url, **{"accept-language": "es"}) as web:
        answers = [sent(web, "/listeners/form") for _ in range(4)]
    assert [each.status_code for each in answers] == [303, 303, 303, 429]
    assert words_for(LanguageTag("es")).too_many_made in answers[3].text
    assert answers[3].headers["retry-after"] == "3600"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "cross-site", "origin": "https://other.example"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "https://other.example"}, 403),
        ({"sec-fetch-site": "same-origin", "origin": "null"}, 303),
        ({"content-type": "application/json"}, 422),
        ({"content-type": "multipart/form-data; boundary=x"}, 422),
    ],
)
def test_a_form_of_another_site_makes_nothing(
    serving: tuple[SmallService, str], headers: dict[str, str], status: int
) -> None:
    made, url = serving
    with client(url) as web:
        answer = web.post("/listeners/form", content=urlencode(CHOICES), headers={**FORM, **PAGE, **headers})
    assert answer.status_code in ({400, 422} if status == 422 else {status})
    assert len(made.library.listeners()) == (status == 303)


@pytest.mark.parametrize(
    "body", ["a=%ff", "first=es&first=en", "&".join(["topic=a"] * 300), "first=" + "e" * 70_000, "%"]
)
def test_a_form_that_no_page_of_ours_sends_is_refused_as_a_page(serving: tuple[SmallService, str], body: str) -> None:
    _, url = serving
    with client(url) as web:
        answer = web.post("/listeners/form", content=body, headers={**FORM, **PAGE})
    assert answer.status_code in {400, 422}
    assert "text/html" in answer.headers["content-type"]
