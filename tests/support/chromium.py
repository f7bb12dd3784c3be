"""Pages in Chromium."""

from playwright.sync_api import Page

from support.waiting import until


def until_page(page: Page, script: str) -> None:
    """Waits for a condition in JavaScript, evaluated from outside: the pages' own policy refuses `eval`."""
    until(lambda: page.evaluate(script))
