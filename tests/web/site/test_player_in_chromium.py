"""The player on an episode's page, in a real browser with real audio: what its buttons, keys and links do, and what it remembers."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from support.chromium import until_page
from support.running_service import Service, running_service
from support.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SLOW = 60_000
"""Milliseconds."""
SENTENCE = "The harbour board has voted for a second quay, and the ferries are full in the morning. "
REPORT = "---\ntitle: A second quay\nauthor: Marta Reis\ndate: 2026-05-04\n---\n\n" + "".join(
    f"## Part {part}\n\n{SENTENCE * 4}\n\n" for part in ("one", "two", "three")
)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One of its own: others count what is published in the shared one."""
    with running_service(tmp_path_factory.mktemp("player") / "a folder") as made:
        yield made


@pytest.fixture(scope="module")
def report(service: Service) -> str:
    """The id of a report with four chapters, in English and Spanish."""
    with service.editor() as client:
        answer = client.post("/api/articles", content=REPORT.encode(), headers={"content-type": "text/markdown"})
        assert answer.status_code == 202, answer.text
        assert service.finished(answer.json()["render"])["state"] == "done"
        article = str(answer.json()["article"])
        until(lambda: client.get(f"/episodes/{article}/es").status_code == 200)
    return article


@pytest.fixture
def context(chromium: Browser, service: Service) -> Iterator[BrowserContext]:
    """A visitor, with whatever their browser keeps; what a script complains of fails the test."""
    faults: list[str] = []
    context = chromium.new_context(base_url=service.url, locale="en", permissions=["clipboard-read", "clipboard-write"])
    context.set_default_timeout(SLOW)
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    yield context
    context.close()
    assert faults == []


def opened(context: BrowserContext, report: str, language: str = "en", place: str = "") -> Page:
    page = context.new_page()
    page.goto(f"/episodes/{report}/{language}{place}")
    until_page(page, "document.querySelector('audio').readyState > 0 && !document.querySelector('audio').seeking")
    return page


def now(page: Page) -> float:
    return float(page.evaluate("document.querySelector('audio').currentTime"))


def seek(page: Page, seconds: float) -> None:
    page.evaluate("seconds => { document.querySelector('audio').currentTime = seconds }", seconds)


def starts(page: Page) -> list[float]:
    return [float(each.get_attribute("data-start") or "") for each in page.locator("a.chapter").all()]


def test_buttons_skip_and_go_from_chapter_to_chapter(context: BrowserContext, report: str) -> None:
    page = opened(context, report)
    chapters = starts(page)
    assert len(chapters) >= 3
    page.get_by_role("button", name="Forward 30 seconds").click()
    assert now(page) == pytest.approx(30, abs=0.1)
    page.get_by_role("button", name="Back 15 seconds").click()
    assert now(page) == pytest.approx(15, abs=0.1)
    seek(page, 0)
    page.get_by_role("button", name="Next chapter").click()
    page.get_by_role("button", name="Next chapter").click()
    assert now(page) == pytest.approx(chapters[2], abs=0.1)
    expect(page.locator("a.chapter[aria-current]")).to_have_text(re.compile(r"Part \w+"))
    page.get_by_role("button", name="Previous chapter").click()
    assert now(page) == pytest.approx(chapters[1], abs=0.1)
    seek(page, chapters[1] + 5)
    page.get_by_role("button", name="Previous chapter").click()
    assert now(page) == pytest.approx(chapters[1], abs=0.1)


def test_keys_do_the_same_and_are_never_taken_from_who_types(context: BrowserContext, report: str) -> None:
    page = opened(context, report)
    for key, seconds in (("l", 30.0), ("ArrowRight", 60.0), ("j", 45.0), ("ArrowLeft", 30.0)):
        page.keyboard.press(key)
        assert now(page) == pytest.approx(seconds, abs=0.1), key
    page.keyboard.press("k")
    until_page(page, "!document.querySelector('audio').paused")
    page.keyboard.press("k")
    until_page(page, "document.querySelector('audio').paused")
    page.keyboard.press("+")
    assert page.evaluate("document.querySelector('audio').playbackRate") == 1.1
    place = now(page)
    for taken in (page.locator("input[readonly]"), page.get_by_label("Speed")):
        taken.focus()
        page.keyboard.press("l")
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("Control+l")
    assert now(page) == place
    page.keyboard.press("?")
    expect(page.get_by_role("dialog").get_by_text("Play or pause")).to_be_visible()


def test_keys_can_be_turned_off_and_stay_so(context: BrowserContext, report: str) -> None:
    page = opened(context, report)
    page.get_by_role("button", name="Keyboard shortcuts").click()
    page.get_by_label("Use keyboard shortcuts on this page").uncheck()
    page.reload()
    until_page(page, "document.querySelector('audio').readyState > 0")
    page.locator("h1").click()
    page.keyboard.press("l")
    assert now(page) == 0
    page.get_by_role("button", name="Keyboard shortcuts").click()
    expect(page.get_by_label("Use keyboard shortcuts on this page")).not_to_be_checked()


def test_speed_and_place_are_there_on_the_next_visit_and_on_no_other_page(context: BrowserContext, report: str) -> None:
    page = opened(context, report)
    page.get_by_label("Speed").select_option("1.5")
    seek(page, 40)
    page.keyboard.press("k")
    until_page(page, "document.querySelector('audio').currentTime > 40.2")
    page.keyboard.press("k")
    stopped = now(page)
    page.close()
    again = opened(context, report)
    assert now(again) == pytest.approx(stopped, abs=0.2)
    assert again.evaluate("document.querySelector('audio').playbackRate") == 1.5
    expect(again.get_by_label("Speed")).to_have_value("1.5")
    expect(again.get_by_text(re.compile(r"Last time you stopped at 0:\d\d\."))).to_be_visible()
    again.get_by_role("button", name="Start over").click()
    until_page(again, "!document.querySelector('audio').paused && document.querySelector('audio').currentTime < 5")
    assert now(opened(context, report, "es")) == 0


def test_a_link_to_a_time_begins_there_for_whoever_has_it(context: BrowserContext, report: str) -> None:
    page = opened(context, report)
    seek(page, 33.7)
    page.get_by_role("button", name="Copy link to this moment").click()
    expect(page.get_by_text("Copied: ")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.url
    assert copied.endswith(f"/episodes/{report}/en?t=33")
    assert now(opened(context, report, place="?t=33")) == pytest.approx(33, abs=0.1)
    assert now(opened(context, report, place="#t=0:35")) == pytest.approx(35, abs=0.1)
    assert now(opened(context, report, place="#t=nonsense")) == 0


def test_a_publishers_page_has_a_player_that_is_as_high_as_it_needs_and_plays_on(
    context: BrowserContext, service: Service, report: str
) -> None:
    page = context.new_page()
    tag = f'<script async src="{service.url}/embed.js" data-report="{report} {report}" data-lang="es" data-accent="#a4262c"></script>'
    page.set_content(f"<!doctype html><p>Our page.</p>{tag}<p>Its end.</p>")
    frame = page.frame_locator("iframe")
    expect(frame.locator(".controls")).to_be_visible()
    until_page(page, "document.querySelector('iframe').clientHeight > 200")
    inside = frame.locator(".embed").evaluate("(player) => player.getBoundingClientRect().height")
    assert page.evaluate("document.querySelector('iframe').clientHeight") == pytest.approx(inside, abs=1)
    frame.get_by_role("button", name="Reproducir o pausar").click()
    frame.locator("audio").evaluate(
        "(audio) => new Promise((heard) => audio.addEventListener('timeupdate', heard, { once: true }))"
    )
    frame.locator("audio").evaluate("(audio) => { audio.currentTime = audio.duration - 0.3; }")
    expect(frame.locator(".list li").nth(1).locator("[aria-current]")).to_have_count(1)


def test_another_language_goes_on_at_the_same_sentence(context: BrowserContext, report: str) -> None:
    page = opened(context, report)
    lines = page.locator(".line")
    place = lines.count() - 3
    seek(page, float(lines.nth(place).get_attribute("data-start") or "") + 0.2)
    expect(lines.nth(place)).to_have_attribute("aria-current", "true")
    page.get_by_role("navigation", name="Languages").get_by_role("link", name="Español").click()
    page.wait_for_url("**/es#line-*")
    heard = page.locator(".line[aria-current]")
    expect(heard).to_have_count(1)
    there = page.locator(".line")
    assert heard.get_attribute("id") == there.nth(there.count() - 3).get_attribute("id")


def test_the_sleep_timer_stops_at_the_end_of_the_chapter(context: BrowserContext, report: str) -> None:
    page = opened(context, report)
    end = starts(page)[1]
    page.evaluate("document.querySelector('audio').volume = 0.8")
    seek(page, end - 1.5)
    page.get_by_label("Sleep timer").select_option("chapter")
    expect(page.get_by_text("Stops in 0:02")).to_be_visible()
    page.locator("h1").click()
    page.keyboard.press("k")
    until_page(page, "!document.querySelector('audio').paused")
    until_page(page, "document.querySelector('audio').paused")
    assert end - 0.6 < now(page) < end + 0.6
    assert page.evaluate("document.querySelector('audio').volume") == pytest.approx(0.8)
    expect(page.get_by_label("Sleep timer")).to_have_value("")


def test_the_sleep_timer_stops_after_its_minutes(context: BrowserContext, report: str) -> None:
    page = context.new_page()
    page.clock.install()
    page.goto(f"/episodes/{report}/en")
    until_page(page, "document.querySelector('audio').readyState > 0")
    page.get_by_label("Sleep timer").select_option("5")
    page.evaluate("document.querySelector('audio').play()")
    page.clock.run_for(4 * 60_000)
    assert not page.evaluate("document.querySelector('audio').paused")
    page.clock.run_for(60_000)
    assert page.evaluate("document.querySelector('audio').paused")


def test_a_locked_phone_says_what_is_heard(context: BrowserContext, report: str) -> None:
    page = opened(context, report)
    page.keyboard.press("k")
    until_page(page, "navigator.mediaSession.metadata !== null")
    shown = page.evaluate(
        "(({ title, artist, artwork }) => [title, artist, artwork[0].src])(navigator.mediaSession.metadata)"
    )
    assert shown[:2] == ["A second quay", "Marta Reis"]
    picture = page.request.get(shown[2])
    assert (picture.status, picture.headers["content-type"]) == (200, "image/jpeg")


def test_without_a_script_there_is_a_player_search_and_no_button_that_does_nothing(
    chromium: Browser, service: Service, report: str
) -> None:
    context = chromium.new_context(base_url=service.url, locale="en", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/episodes/{report}/en")
    expect(page.locator("audio[controls]")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("Download MP3"))).to_be_visible()
    expect(page.locator("button:visible, select:visible")).to_have_count(0)
    assert "#t=" in str(page.locator("a.chapter").nth(1).get_attribute("href"))
    page.get_by_role("navigation").get_by_role("link", name="All episodes").click()
    page.get_by_role("searchbox", name="Search").fill("second QUÁY")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("Results: 1")).to_be_visible()
    expect(page.locator("h3 mark")).to_have_text(["second", "quay"])
    context.close()
