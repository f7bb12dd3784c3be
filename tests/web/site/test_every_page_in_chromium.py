"""Every kind of page in a real browser, on a phone and a desk's screen, by day and by night: for everybody, and asking nobody else."""

from collections.abc import Iterator, Mapping

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from support.every_page import Walk, every_page

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
EVERYTHING = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""Rules that may differ by night: the dark scheme gives the style sheet's variables other colours, and nothing else."""


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    with every_page(tmp_path_factory.mktemp("walk")) as made:
        yield made


def found_by_axe(page: Page, rules: Mapping[str, object]) -> list[str]:
    """Violations that axe finds, each with its place."""
    answer = Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"]}).response
    return [
        f"{each['impact']} {each['id']}: {node['html'][:160]} {node['failureSummary'].splitlines()[-1].strip()}"
        for each in answer["violations"]
        for node in each["nodes"]
    ]


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_on_any_page_and_none_asks_another_host(chromium: Browser, walk: Walk, size: str) -> None:
    width, height = SIZES[size]
    complaints: list[str] = []
    for name, go in walk.ways.items():
        # Without motion, so that colours are judged once they are there.
        context = chromium.new_context(
            base_url=walk.url, locale="en", viewport={"width": width, "height": height}, reduced_motion="reduce"
        )
        asked: list[str] = []
        context.on("request", lambda request, asked=asked: asked.append(request.url))
        context.route(lambda url: not url.startswith(walk.url), lambda route: route.abort())
        page = context.new_page()
        go(page)
        page.wait_for_load_state()
        for folded in page.locator("details:not([open]) > summary").all():
            if folded.is_visible():
                folded.click()
        complaints += [f"{name}: {each}" for each in found_by_axe(page, EVERYTHING)]
        page.emulate_media(color_scheme="dark")
        complaints += [f"{name} in the dark: {each}" for each in found_by_axe(page, COLOURS)]
        for narrow in (width, 320) if size == "phone" else (width,):
            page.set_viewport_size({"width": narrow, "height": height})
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if wide > 0:
                complaints.append(f"{name}: {wide} px wider than a screen of {narrow}")
        assert asked, name
        own = (f"{walk.url}/", "data:", "blob:")
        complaints += [f"{name}: asked {url}" for url in asked if not url.startswith(own)]
        context.close()
    assert not complaints, "\n".join(complaints)


def test_axe_finds_what_is_wrong(chromium: Browser, walk: Walk) -> None:
    """The judge is awake."""
    context = chromium.new_context(base_url=walk.url)
    page = context.new_page()
    walk.ways["home"](page)
    page.evaluate("() => { document.querySelector('input[type=search]').removeAttribute('aria-label') }")
    page.evaluate("() => { document.querySelector('input[type=search]').removeAttribute('placeholder') }")
    assert any(each.startswith("critical label") for each in found_by_axe(page, EVERYTHING))
    context.close()
