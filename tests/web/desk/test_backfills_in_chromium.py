"""The desk's archives in a real browser, by keyboard: one is begun, watched, paused, gone on with, ended; what failed is named."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from support.desk_page import SLOW, desk_page
from support.running_service import Service, running_service
from support.web_server import WebServer, web_server

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
REPORTS = 12


@pytest.fixture
def publisher() -> Iterator[WebServer]:
    """An archive of reports, of which one is not there."""
    with web_server() as site:
        for number in range(REPORTS):
            text = f"Ferry {number} is full in the morning, and the town wants {number + 2} more of them.\n\nA vote is planned."
            site.files[f"/reports/{number}.md"] = f"# Harbour report {number}\n\n{text}\n".encode()
        pages = "".join(f"<url><loc>{site.url}/reports/{number}.md</loc></url>" for number in range(REPORTS + 1))
        site.files["/sitemap.xml"] = f"<urlset>{pages}</urlset>".encode()
        yield site


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    # A second between two requests to the publisher: there is something to watch.
    settings = {"PODCASTER_ALLOW_LOOPBACK": "true", "PODCASTER_LANGUAGES": "en", "PODCASTER_SOURCE_DELAY_S": "1"}
    with running_service(tmp_path / "a folder", **settings) as made:
        yield made


@pytest.fixture
def page(chromium: Browser, service: Service) -> Iterator[Page]:
    with desk_page(chromium, service, width=820, height=1180) as page:
        page.keyboard.press("Enter")
        page.get_by_role("link", name="Archive imports").press("Enter")
        expect(page.get_by_role("heading", name="Archive imports", exact=True)).to_be_visible()
        page.wait_for_load_state()  # its script listens: a key before that is lost
        yield page


def pictured(page: Page, name: str) -> None:
    """For whoever wants to look at it."""
    if pictures := os.environ.get("DESK_PICTURES"):
        page.screenshot(path=Path(pictures) / f"{name}.png", full_page=True)


def archive_of(page: Page, name: str) -> Locator:
    return page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=name))


def test_an_archive_is_begun_paused_gone_on_with_and_seen_to_its_end(page: Page, publisher: WebServer) -> None:
    page.get_by_label("URL of a feed or sitemap").fill(f"{publisher.url}/sitemap.xml")
    page.keyboard.press("Enter")
    archive = archive_of(page, "sitemap.xml")
    expect(archive).to_contain_text(f"of {REPORTS + 1}")
    expect(archive.locator(".state")).to_have_text("running")
    expect(archive).to_contain_text("per minute")
    pictured(page, "archives-tablet")
    archive.get_by_role("button", name="Pause").press("Enter")
    expect(archive.locator(".state")).to_have_text("paused")
    turn = archive.get_by_role("button", name="Resume")
    expect(turn).to_be_focused()
    page.keyboard.press("Enter")
    expect(archive.locator(".state")).to_have_text("running")
    expect(archive.locator(".state")).to_have_text("done", timeout=3 * SLOW)
    expect(archive).to_contain_text(f"{REPORTS} of {REPORTS + 1}")
    expect(archive.get_by_role("button")).to_have_count(0)
    archive.get_by_text("Failures: 1").press("Enter")
    expect(archive).to_contain_text(f"{REPORTS}.md answers with 404.")
    page.set_viewport_size({"width": 390, "height": 844})
    pictured(page, "archives-phone")


def test_addresses_are_an_archive_too_and_it_can_be_ended(page: Page, service: Service, publisher: WebServer) -> None:
    page.get_by_role("button", name="Start import").press("Enter")
    expect(page.get_by_role("status").first).to_have_text("Enter either the URL of a feed or sitemap, or report URLs.")
    page.get_by_label("Or report URLs").fill("\n".join(f"{publisher.url}/reports/{each}.md" for each in (1, 2, 3)))
    page.get_by_label("Name", exact=True).fill("The nineties")
    page.keyboard.press("Enter")
    archive = archive_of(page, "The nineties")
    expect(archive.locator(".state")).to_have_text("running")
    archive.get_by_role("button", name="Stop").press("Enter")
    expect(archive.locator(".state")).to_have_text("cancelled")
    with service.editor() as editor:
        (kept,) = editor.get("/api/backfills").json()["backfills"]
    assert (kept["name"], kept["state"], kept["total"]) == ("The nineties", "cancelled", 3)
