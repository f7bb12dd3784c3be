"""The transcript on an episode's page, in a real browser: the word that is heard is the word that is marked."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from support.chromium import until_page
from support.running_service import Service

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture
def page(chromium: Browser, service: Service, published: str) -> Iterator[Page]:
    context = chromium.new_context(base_url=service.url)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"/episodes/{published}/en")
    until_page(page, "document.querySelector('audio').readyState > 0")
    yield page
    context.close()
    assert faults == []


def seek(page: Page, seconds: float) -> None:
    page.evaluate("seconds => { document.querySelector('audio').currentTime = seconds }", seconds)


def test_the_word_that_is_heard_is_marked_and_no_other(page: Page) -> None:
    words = page.locator(".word")
    assert words.count() > 30
    for place in (3, 17, words.count() - 1):
        start = float(words.nth(place).get_attribute("data-start") or "")
        seek(page, start + 0.01)
        expect(words.nth(place)).to_have_class("word heard")
        expect(page.locator(".word.heard")).to_have_count(1)
        expect(page.locator(".line[aria-current]")).to_have_count(1)


def test_a_click_on_a_word_plays_from_it(page: Page) -> None:
    word = page.locator(".word").nth(12)
    word.click()
    until_page(page, "!document.querySelector('audio').paused")
    start = float(word.get_attribute("data-start") or "")
    until_page(page, f"document.querySelector('audio').currentTime > {start}")
    page.evaluate("document.querySelector('audio').pause()")
    heard = page.evaluate("document.querySelector('audio').currentTime")
    marked = float(page.locator(".word.heard").get_attribute("data-start") or "")
    assert start <= marked <= heard + 0.06


def test_the_text_reads_as_it_did(page: Page) -> None:
    """Words in parts of their own change nothing for readers, search and copying."""
    shown = page.locator(".line > span[dir]").all_inner_texts()
    response = page.request.get(page.locator("audio").get_attribute("src").replace(".mp3", ".json"))  # type: ignore[union-attr]
    assert shown == [segment["body"] for segment in response.json()["segments"]]
    assert (
        sum(len(segment.get("words", ())) for segment in response.json()["segments"]) == page.locator(".word").count()
    )
