"""A page of a service in Chromium, for the stories of the editors' desk."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, expect

from support.running_service import Service

SLOW = 60_000
"""Milliseconds; a machine that does other things too takes its time."""


@contextmanager
def desk_page(chromium: Browser, service: Service, *, width: int = 1200, height: int = 900) -> Iterator[Page]:
    """The sign-in page of the desk; an error of the page's script fails the test."""
    context = chromium.new_context(base_url=service.url, locale="en", viewport={"width": width, "height": height})
    context.set_default_timeout(SLOW)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    page.goto("/desk")
    page.get_by_label("Access key").fill(service.key)
    yield page
    context.close()
    assert faults == []


@contextmanager
def entered_desk(chromium: Browser, service: Service) -> Iterator[Page]:
    """The desk once the key has been entered, its script listening: a click before that is lost."""
    with desk_page(chromium, service) as page:
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_text("desk (publish)")).to_be_visible()
        page.wait_for_load_state()
        yield page
