"""A page of a service in Chromium, for the stories of the editors' desk."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from support.running_service import Service

SLOW = 60_000
"""Milliseconds; a machine that does other things too takes its time."""


REPORT = """# A harbour for Vigo

By Marta Reis
4 May 2026

The working group wants a second harbour. The ferries are full in the morning.

A vote is planned for the autumn.
"""
FULL = "The ferries are full in the morning."


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


def rendered(page: Page) -> None:
    """Until the page shows every line that was made, and its script listens: a click before that is lost."""
    ready(page)
    if page.locator('[data-view="flagged"][aria-pressed="true"]').count():
        page.keyboard.press("2")


def ready(page: Page) -> None:
    """Until the page shows what was made, lines without a flag folded."""
    expect(page.locator(".pair[data-index]").first).to_be_attached()
    expect(page.get_by_role("button", name="Render again")).to_be_enabled()
    page.wait_for_load_state()


def handed_in(page: Page, text: str) -> None:
    """Paste a report, and wait until its Spanish is there."""
    understood(page, text)
    page.get_by_role("checkbox", name="English").uncheck()
    added(page)
    rendered(page)


def understood(page: Page, text: str) -> None:
    """Paste a report, and wait until the page says what it understood."""
    page.goto("/desk/new")
    page.wait_for_load_state()
    page.get_by_label("Links, text or files").fill(text)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_label("Title")).to_be_visible()


def dragged(page: Page, target: str, files: Sequence[Path]) -> None:
    """Drag files from a folder, as the system's file manager does."""
    box = page.locator(target).bounding_box()
    assert box is not None
    where = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    data = {"items": [], "files": [str(each) for each in files], "dragOperationsMask": 1}
    session = page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": kind, **where, "data": data})


def added(page: Page) -> None:
    """Add what was understood, and wait for the report's own page."""
    page.get_by_role("button", name="Add report").click()
    page.wait_for_url(re.compile(r"/desk/(?!new)[a-z0-9-]+$"))


def line_of(page: Page, source: str) -> Locator:
    return page.locator(".pair[data-index]", has=page.locator(".source", has_text=source))
