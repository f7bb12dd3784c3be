"""The archive as visitors walk through it, without a script: pages, topics, authors, search; and what is not there."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from podcaster.article.identity import article_id
from podcaster.units import LanguageTag
from podcaster.web.site.subscribing import qr_code
from support.examples import DAY, article_of, episode_of
from support.html_outline import Outline
from support.small_service import BASE, SmallService, client, served, small_service

BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "accept-language": "es"}


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SmallService, str]]:
    """Forty-five reports in Spanish, of which every ninth is on Norway, and one in English."""
    with small_service(tmp_path_factory.mktemp("shows")) as made:
        for place in range(45):
            norway = place % 9 == 0
            made.library.publish(
                episode_of(
                    f"report-{place}", guid=f"urn:{place}", title=f"Informe {place}",
                    topics=("Noruega & Cía",) if norway else ("España",), authors=("José Núñez",) if place == 3 else (),
                    summary="Nada. Los peajes <bajan>. Fin." if place == 7 else "Nada.", key_points=(),
                    published=DAY + timedelta(hours=place),
                ),
                made.services.clock(),
            )  # fmt: skip
        made.library.publish(episode_of("report-0", "en", guid="urn:en", title="Toll roads"), made.services.clock())
        with served(made.services) as url:
            yield made, url


def titles(page: str) -> list[str]:
    listed = (
        page.rsplit('<ol class="episodes">', maxsplit=1)[-1].split("</ol>", maxsplit=1)[0] if "episodes" in page else ""
    )
    return [part.split(">")[-1] for part in listed.replace("<mark>", "").replace("</mark>", "").split("</a></h3>")[:-1]]


def walked(web: httpx.Client, path: str) -> Iterator[str]:
    """Every page from here on, by its link to the next one."""
    while path:
        answer = web.get(path)
        assert answer.status_code == 200, path
        outline = Outline(answer.text)
        assert outline.open == []
        yield answer.text
        path = next((str(each["href"]) for each in outline.all("a") if each.get("rel") == "next"), "").replace(
            "&amp;", "&"
        )


def test_every_episode_is_reached_by_links_alone(serving: tuple[SmallService, str]) -> None:
    with client(serving[1], **{"accept-language": "es"}) as web:
        home = Outline(web.get("/").text)
        assert {"href": "/shows/es"} in home.all("a")
        pages = list(walked(web, "/shows/es"))
    assert [len(titles(page)) for page in pages] == [20, 20, 5]
    assert [title for page in pages for title in titles(page)] == [f"Informe {place}" for place in range(44, -1, -1)]
    assert "Página 2 de 3" in pages[1]


def test_a_topic_has_a_page_that_says_where_to_subscribe_to_it(serving: tuple[SmallService, str]) -> None:
    with client(serving[1]) as web:
        page = web.get("/shows/es?topic=noruega-cia").text
        author = web.get("/shows/es?author=jose-nunez").text
    assert titles(page) == [f"Informe {place}" for place in (36, 27, 18, 9, 0)]
    assert titles(author) == ["Informe 3"]
    assert f"{BASE}/feeds/es/noruega-cia.xml" in page
    assert qr_code(f"{BASE}/shows/es?topic=noruega-cia#subscribe") in page  # a camera would show the feed as XML
    assert "<h1" in page
    assert "Noruega &amp; Cía</h1>" in page
    assert ("Todos los informes sobre este tema" in page, "Todos los informes de este autor" in author) == (True, True)
    assert ("<span>Reproducir todo</span>" in page, "<span>Reproducir</span>" in author) == (True, True)
    chips = [each for each in Outline.of_main(page).all("a") if "hreflang" in each]
    assert [(each["hreflang"], each.get("aria-current")) for each in chips] == [("en", None), ("es", "page")]


def test_the_start_page_sums_the_lengths_of_the_newest_day_before_it_rounds(serving: tuple[SmallService, str]) -> None:
    newest = [each.episode for each in serving[0].library.episodes(language=LanguageTag("es"), limit=13)]
    day = [each for each in newest if each.published.date() == newest[0].published.date()]
    minutes = max(1, round(sum(each.duration_ms for each in day) / 60_000))
    with client(serving[1], **{"accept-language": "es"}) as web:
        card = web.get("/").text.partition('class="morning card"')[2].partition("</p>")[0]
    assert "Informes del " in card or "Los informes de esta mañana · " in card
    assert f"{len(day)} informes · {minutes}&nbsp;min" in card


@pytest.mark.parametrize(
    ("query", "found", "why"),
    [
        ("NORUEGA cia", 5, "<mark>Noruega</mark> &amp; <mark>Cía</mark>"),
        ("nunez", 1, "José <mark>Núñez</mark>"),
        ("informe 44", 1, "<mark>Informe</mark> <mark>44</mark>"),
        ("peaje", 1, "Los <mark>peajes</mark> &lt;bajan&gt;."),
        ("<script>", 0, "No hay resultados"),
        ("toll roads", 0, '<a href="/shows/en?q=toll+roads" lang="en" hreflang="en">English: 1</a>'),
    ],
)
def test_what_is_looked_for_is_found_and_says_why(
    serving: tuple[SmallService, str], query: str, found: int, why: str
) -> None:
    with client(serving[1]) as web:
        page = web.get("/shows/es", params={"q": query}).text
    assert f"Resultados: {found}<" in page
    assert why in page
    assert "<script>" not in page.split("<main")[1]
    assert Outline(page).open == []


def test_a_search_goes_on_over_its_pages_and_within_a_topic(serving: tuple[SmallService, str]) -> None:
    with client(serving[1]) as web:
        pages = list(walked(web, "/shows/es?q=informe"))
        [within] = walked(web, "/shows/es?topic=noruega-cia&q=informe+9")
        form = Outline(within).all("input")
    assert [len(titles(page)) for page in pages] == [20, 20, 5]
    assert titles(within) == ["Informe 9"]
    assert {"type": "hidden", "name": "topic", "value": "noruega-cia"} in form


def test_a_show_without_a_report_says_so_and_can_be_subscribed_to(tmp_path: Path) -> None:
    with small_service(tmp_path) as made, served(made.services) as url, client(url) as web:
        pages = [web.get("/").text, web.get("/shows/es").text, web.get("/shows/es?q=x").text]
    assert "No episodes yet." in pages[0]
    assert "Todavía no hay episodios." in pages[1]
    assert "No hay resultados" in pages[2]
    assert f"{BASE}/feeds/es.xml" in pages[1]


@pytest.mark.parametrize(
    "path",
    [
        "/nothing", "/shows/fr", "/shows/!!", "/shows/es?topic=china", "/shows/es?author=nobody", "/shows/es?page=4",
        "/episodes/report-1/fr", "/embed/nothing", "/l/" + "x" * 43, "/covers/fr.jpg",
    ],
)  # fmt: skip
def test_who_gets_lost_reads_it_in_their_language_and_a_program_gets_a_problem(
    serving: tuple[SmallService, str], path: str
) -> None:
    with client(serving[1]) as web:
        page, problem = web.get(path, headers=BROWSER), web.get(path)
    assert (page.status_code, problem.status_code) == (404, 404)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "<h1>Página no encontrada</h1>" in page.text
    assert Outline(page.text).open == []
    assert 'action="/shows/es"' in page.text
    assert problem.headers["content-type"] == "application/problem+json"
    assert page.headers["cache-control"] == problem.headers["cache-control"] == "no-store"
    if path.startswith("/l/"):
        assert page.headers["referrer-policy"] == problem.headers["referrer-policy"] == "no-referrer"
    assert "Accept" in page.headers["vary"]


@pytest.mark.parametrize("path", ["/shows/es?page=0", "/shows/es?page=x", "/shows/es?q=" + "x" * 201])
def test_an_address_that_makes_no_sense_is_refused(serving: tuple[SmallService, str], path: str) -> None:
    with client(serving[1]) as web:
        page, problem = web.get(path, headers=BROWSER), web.get(path)
    assert (page.status_code, problem.status_code) == (422, 422)
    assert "<h1>Algo ha salido mal</h1>" in page.text


def test_the_api_answers_programs_whatever_they_accept(serving: tuple[SmallService, str]) -> None:
    with client(serving[1], "read") as web:
        answer = web.get("/api/articles/nothing", headers=BROWSER)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_the_first_addresses_of_a_shared_text_are_looked_up(tmp_path: Path) -> None:
    address = "https://press.example/levy"
    report = article_id("A cable levy", url=address, published=DAY, authors=())

    def shared(before: int) -> str:
        return " ".join(["https://elsewhere.example/x"] * before + [address] + ["https://elsewhere.example/y"] * 50)

    with small_service(tmp_path) as made, served(made.services) as url, client(url) as web:
        made.library.put_article(article_of(id=report, url=address), made.services.clock())
        made.publish(article=report)
        found = [web.get("/share", params={"text": shared(before)}).headers["location"] for before in (0, 2, 3)]
    assert [report in each for each in found] == [True, True, False]
