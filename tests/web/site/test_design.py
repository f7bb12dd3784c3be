"""The design that site and desk share: one source of colours and sizes, typefaces of our own, a style guide for development."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from podcaster.web.site.assets import static_address
from support.html_outline import Outline
from support.paths import REPOSITORY
from support.small_service import SmallService, client, served, small_service

STATIC = REPOSITORY / "podcaster/web/site/static"
PAGES = sorted((REPOSITORY / "podcaster/web/site/templates").glob("*.html"))
_STATIC = re.compile(r"\{\{ static\(([^)]*)\) \}\}")


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SmallService, str]]:
    with small_service(tmp_path_factory.mktemp("design"), development=True) as made:
        made.publish(language="en")
        with served(made.services) as url:
            yield made, url


@pytest.mark.parametrize("sheet", sorted(path.name for path in STATIC.glob("*.css") if path.name != "tokens.css"))
def test_only_the_tokens_name_a_colour(sheet: str) -> None:
    css = re.sub(r"/\*.*?\*/", "", (STATIC / sheet).read_text(encoding="utf-8"), flags=re.DOTALL)
    assert re.findall(r"#[0-9a-f]{3,8}\b(?=[^{}]*\})|\brgba?\(|\bhsla?\(", css) == []


def test_a_page_loads_its_style_sheets_as_one(serving: tuple[SmallService, str]) -> None:
    with client(serving[1], **{"accept-encoding": "br"}) as web:
        page = Outline(web.get("/").text)
        [sheet] = [str(each["href"]) for each in page.all("link") if each["rel"] == "stylesheet"]
        answer = web.get(sheet)
        again = web.get(sheet, headers={"if-none-match": answer.headers["etag"]})
    assert sheet == static_address("typefaces.css", "tokens.css", "base.css", "site.css")
    assert (answer.headers["content-encoding"], "immutable" in answer.headers["cache-control"]) == ("br", True)
    assert again.status_code == 304
    assert all(
        (STATIC / name).read_text() in answer.text for name in ("typefaces.css", "tokens.css", "base.css", "site.css")
    )


@pytest.mark.parametrize(
    "path",
    [
        "../words/en.toml",
        "site.css+site.js",
        "site.css+site.css",
        "+",
        "",
        "site.css+",
        "fonts",
        "%2e%2e/words/en.toml",
        "tokens.css+site.css",
        "early.js+site.js",
    ],
)
def test_nothing_but_static_files_is_served(serving: tuple[SmallService, str], path: str) -> None:
    with client(serving[1]) as web:
        assert web.get(f"/static/{path}").status_code == 404


def test_every_join_of_a_page_is_served_by_a_process_that_has_shown_none(serving: tuple[SmallService, str]) -> None:
    """Several processes serve the site."""
    joined = {tuple(re.findall(r'"([^"]+)"', said)) for page in PAGES for said in _STATIC.findall(page.read_text())}
    with client(serving[1]) as web:
        names = {"+".join(each) for each in joined}
        assert {web.get(f"/static/{name}").status_code for name in names} == {200}
        kept = web.get("/static/site.js?v=000000000000").headers["cache-control"]
    assert len({name for name in names if "+" in name}) == 3
    assert kept == "no-cache"  # another version than the address says


def test_the_typefaces_are_our_own_small_and_licensed(serving: tuple[SmallService, str]) -> None:
    typefaces = (STATIC / "typefaces.css").read_text(encoding="utf-8")
    fonts = re.findall(r'url\("(/static/fonts/[^"]+)"\)', typefaces)
    with client(serving[1]) as web:
        for font in fonts:
            answer = web.get(font)
            assert (answer.status_code, answer.headers["content-type"]) == (200, "font/woff2")
            assert "immutable" in answer.headers["cache-control"]
            assert len(answer.content) < 25_000
        scripts = Outline(web.get("/").text).all("script")
    preloaded = {name for each in scripts for name in (each.get("data-fonts") or "").split()}
    assert {f"/static/fonts/{name}.woff2" for name in preloaded} < set(fonts)
    assert preloaded
    for family in {Path(font).name.partition("-")[0] for font in fonts}:
        assert "SIL OPEN FONT LICENSE" in (STATIC / f"fonts/{family}-OFL.txt").read_text(encoding="utf-8")


def test_the_style_guide_is_for_development_alone(serving: tuple[SmallService, str], tmp_path: Path) -> None:
    with client(serving[1]) as web:
        page = web.get("/styleguide")
    assert page.status_code == 200
    assert Outline(page.text).open == []
    with small_service(tmp_path) as made, served(made.services) as url, client(url) as web:
        assert web.get("/styleguide").status_code == 404


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_public_pages_come_compressed_and_private_ones_do_not(serving: tuple[SmallService, str], coding: str) -> None:
    with client(serving[1]) as web:
        own = web.post("/listeners", json={"languages": ["en"]}).json()["url"].partition("/l/")[2]
        plain = web.get("/", headers={"accept-encoding": "identity"})
        pages = [web.get(path, headers={"accept-encoding": coding}) for path in ("/", "/shows/en", "/privacy")]
        private = web.get(f"/l/{own}", headers={"accept-encoding": coding, "accept": "text/html"})
    assert [each.headers["content-encoding"] for each in pages] == [coding] * 3
    assert pages[0].text == plain.text
    assert int(pages[0].headers["content-length"]) < len(plain.content) / 2
    assert "Accept-Encoding" in ", ".join(plain.headers.get_list("vary"))
    assert "content-encoding" not in plain.headers
    assert "content-encoding" not in private.headers
