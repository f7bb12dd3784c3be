"""The desk's sources in a real browser: an editor watches a feed, sees what came in, and watches it no more."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from support.desk_page import entered_desk
from support.running_service import Service, running_service
from support.web_server import WebServer, web_server

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
WORDS = "The harbour board has voted for a second quay. The ferries are full in the morning, and the town wants more. "


@pytest.fixture
def publisher() -> Iterator[WebServer]:
    with web_server() as site:
        text = f"<article><h1>A second quay</h1><p>{WORDS * 4}</p></article>"
        page = f'<html lang="en"><head><title>A second quay</title></head><body>{text}</body></html>'
        item = f"<item><guid>1</guid><title>A second quay</title><link>{site.url}/quay.html</link></item>"
        feed = f"<rss version='2.0'><channel><title>Harbour news</title>{item}</channel></rss>"
        site.files |= {"/quay.html": page.encode(), "/feed.xml": feed.encode()}
        yield site


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    settings = {"PODCASTER_ALLOW_LOOPBACK": "true", "PODCASTER_SOURCE_DELAY_S": "0", "PODCASTER_LANGUAGES": "en"}
    with running_service(tmp_path / "a folder", scope="publish", **settings) as made:
        yield made


@pytest.fixture
def page(chromium: Browser, service: Service) -> Iterator[Page]:
    """A page at the desk, whose script listens: a click before that is lost."""
    with entered_desk(chromium, service) as page:
        yield page


def test_a_report_is_handed_in_by_its_address(page: Page, publisher: WebServer) -> None:
    page.goto("/desk/new")
    page.wait_for_load_state()
    page.get_by_label("Links, text or files").fill(f"{publisher.url}/quay.html")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_label("Title")).to_have_value("A second quay")
    expect(page.locator("article [name=language]")).to_have_value("en")
    page.get_by_role("button", name="Add report").click()
    page.wait_for_url(re.compile(r"/desk/(?!new)[a-z0-9-]+$"))
    expect(page.get_by_role("heading", name="A second quay")).to_be_visible()


def test_an_editor_watches_a_feed_sees_its_report_come_in_and_watches_it_no_more(
    page: Page, service: Service, publisher: WebServer
) -> None:
    page.get_by_role("link", name="Watched sources").click()
    page.wait_for_load_state()
    page.get_by_label("URL of a feed or sitemap").fill(f"{publisher.url}/feed.xml")
    page.get_by_role("button", name="Watch", exact=True).click()
    expect(page.get_by_role("button", name="Check now")).to_be_visible()
    page.wait_for_load_state()
    page.get_by_role("button", name="Check now").click()
    expect(page.get_by_role("link", name="Harbour news")).to_be_visible()
    page.wait_for_load_state()
    rules = page.locator("#sources form")
    page.locator("#sources summary", has_text="Rules").click()
    rules.get_by_label("Not these paths").fill("/minutes/, /notices/*")
    rules.get_by_role("button", name="Save").click()
    expect(page.locator("#sources summary .count")).to_have_text("1")
    with service.editor() as editor:
        assert editor.get("/api/sources").json()["sources"][0]["rules"]["skip_paths"] == ["/minutes/", "/notices/*"]
    page.wait_for_load_state()
    page.get_by_role("button", name="Stop watching").click()
    expect(page.get_by_role("link", name="Harbour news")).to_have_count(0)
    with service.editor() as editor:
        assert editor.get("/api/sources").json()["sources"] == []
        assert editor.get("/api/articles").json()["articles"][0]["title"] == "A second quay"
