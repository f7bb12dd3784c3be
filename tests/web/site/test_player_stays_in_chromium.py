"""The player that stays, in a real browser with real audio: a queue over several pages, what this device keeps, and no network."""

from collections.abc import Iterator
from datetime import timedelta

import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from podcaster.adapters.lame import LameEncoder
from podcaster.audio.encoder import SAMPLE_RATE
from podcaster.episode.chapters import chapters_json
from podcaster.units import Milliseconds
from support.chromium import until_page
from support.examples import DAY
from support.small_service import SmallService, chapters, client, served, small_service

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SECONDS = 180
TITLES = ("Toll roads", "A dry autumn", "Night trains")
PLAYS = "!document.querySelector('audio').paused"
WATCH = """() => {
  const audio = document.querySelector('audio');
  window.sound = audio;
  window.gaps = [];
  for (const sign of ['pause', 'emptied', 'waiting', 'stalled', 'seeking']) audio.addEventListener(sign, () => window.gaps.push(sign));
}"""
SHIFTS = """() => new Promise((done) => {
  let total = 0;
  const add = (list) => { for (const each of list.getEntries()) total += each.value; };
  new PerformanceObserver(add).observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => done(total), 500);
})"""
SIZES = """() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
  .filter((each) => !each.name.includes('/covers/') && !each.name.includes('/media/')).map((each) => [each.name, each.encodedBodySize])"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service with three reports of one morning in English, each a tone of three minutes, and the first one in Spanish."""
    with small_service(tmp_path_factory.mktemp("stays")) as made:
        for place, title in enumerate(TITLES):
            _publish(made, f"report-{place}", "en", title, place)
        _publish(made, "report-0", "es", "Peajes", 0)
        with served(made.services) as url:
            yield url


def _publish(made: SmallService, article: str, language: str, title: str, place: int) -> None:
    clock = np.arange(SECONDS * SAMPLE_RATE) / SAMPLE_RATE
    sound = (np.sin(2 * np.pi * (220 + 60 * place) * clock) * 6_000).astype(np.int16)
    audio, parts = LameEncoder().encode(sound), chapters("One", "Two")
    made.publish(
        article=article, language=language, guid=f"urn:{article}-{language}", title=title, chapters=parts,
        topics=(f"Topic {place}",), published=DAY + timedelta(minutes=10 - place), enclosure_bytes=len(audio),
        duration_ms=Milliseconds(SECONDS * 1000),
    )  # fmt: skip
    name = f"media/{article}/{language}/0123456789abcdef"
    made.blobs.put(f"{name}.mp3", audio)
    made.blobs.put(f"{name}.chapters.json", chapters_json(parts, title=title, show="Field & Notes"))


@pytest.fixture
def context(chromium: Browser, address: str) -> Iterator[BrowserContext]:
    """A visitor; what a script complains of fails the test."""
    faults: list[str] = []
    context = chromium.new_context(base_url=address, locale="en")
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    yield context
    context.close()
    assert faults == []


def seek(page: Page, seconds: float) -> None:
    page.evaluate("seconds => { document.querySelector('audio').currentTime = seconds }", seconds)


def test_a_queue_plays_on_over_three_pages_without_a_gap(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/")
    page.get_by_role("button", name="Play all").click()
    until_page(page, f"{PLAYS} && document.querySelector('audio').currentTime > 0")
    player = page.get_by_role("region", name="Player")
    expect(player.get_by_text("Toll roads")).to_be_visible()
    page.evaluate(WATCH)
    page.get_by_role("navigation").get_by_role("link", name="All episodes").click()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.wait_for_url("**/shows/en")
    page.get_by_role("heading", name="A dry autumn").get_by_role("link").click()
    page.wait_for_url("**/episodes/report-1/en")
    expect(page).to_have_title("A dry autumn – Field & Notes")
    page.go_back()
    page.wait_for_url("**/shows/en")
    assert page.evaluate(f"window.sound === document.querySelector('audio') && {PLAYS}")
    assert page.evaluate("window.gaps") == []
    seek(page, SECONDS - 0.5)
    expect(player.get_by_text("A dry autumn")).to_be_visible()
    until_page(page, f"{PLAYS} && document.querySelector('audio').currentTime > 0")
    expect(page.locator(".heard-before")).to_have_count(1)
    player.get_by_role("button", name="Up next").click()
    expect(player.get_by_role("button", name="Play: Night trains")).to_be_visible()


def test_a_visitor_goes_on_where_they_stopped_another_day(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/episodes/report-2/en")
    page.get_by_role("button", name="Play · 3").click()
    until_page(page, PLAYS)
    seek(page, 14)
    expect(page.get_by_role("button", name="Play next")).to_be_disabled()
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("k")
    until_page(page, "document.querySelector('audio').paused")
    page.goto("/")
    begun = page.get_by_role("region", name="Continue listening")
    expect(begun.get_by_role("link", name="Night trains")).to_be_visible()
    assert page.evaluate(SHIFTS) == 0
    begun.get_by_role("button", name="Play: Night trains").click()
    until_page(page, f"{PLAYS} && document.querySelector('audio').currentTime >= 14")


def test_a_report_that_plays_goes_on_in_another_language_at_its_sentence(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/episodes/report-0/en")
    page.locator(".line").nth(1).click()
    until_page(page, f"{PLAYS} && document.querySelector('audio').currentTime > 2.5")
    page.get_by_role("main").get_by_role("link", name="Español").click()
    page.wait_for_url("**/episodes/report-0/es#line-1")
    expect(page.get_by_role("region", name="Reproductor").get_by_text("Peajes")).to_be_visible()
    until_page(page, f"{PLAYS} && document.querySelector('audio').currentTime >= 2.5")
    assert page.evaluate("document.documentElement.lang") == "es"


def test_a_saved_episode_plays_without_a_network(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/episodes/report-1/en")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until_page(page, "navigator.serviceWorker.controller !== null")
    page.get_by_role("button", name="Save for offline listening").click()
    expect(page.get_by_role("button", name="Saved on this device. Press to remove it.")).to_be_visible()
    context.set_offline(True)
    page.reload()
    page.get_by_role("button", name="Play · 3").click()
    until_page(page, f"{PLAYS} && document.querySelector('audio').currentTime > 0")
    seek(page, 20)
    until_page(page, f"{PLAYS} && document.querySelector('audio').currentTime > 20")
    page.goto("/shows/es")
    expect(page.get_by_role("heading", name="Saved on this device")).to_be_visible()
    expect(page.get_by_text("You are offline.")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link", name="A dry autumn")).to_be_visible()


def test_pages_are_light_and_nothing_moves_on_them(chromium: Browser, address: str) -> None:
    context = chromium.new_context(base_url=address, locale="en", service_workers="block")
    page = context.new_page()
    for path in ("/shows/en", "/episodes/report-0/en", "/"):
        page.goto(path, wait_until="networkidle")
        assert page.evaluate(SHIFTS) == 0, path
    context.close()
    context = chromium.new_context(base_url=address, locale="en", service_workers="block")
    page = context.new_page()
    page.goto("/", wait_until="networkidle")
    sizes = page.evaluate(SIZES)
    assert sum(size for _, size in sizes) < 100_000, sizes
    context.close()


def test_a_shared_address_leads_to_its_episode_and_a_shared_title_to_a_search(address: str) -> None:
    with client(address) as web:
        found = web.get("/share", params={"title": "Toll  roads", "url": "https://elsewhere.example/x"})
        manifest = web.get("/manifest.webmanifest").json()
        assert found.headers["location"] == "/shows/en?q=Toll+roads"
        assert web.get("/share").headers["location"] == "/shows/en"
        assert [web.get(icon["src"]).status_code for icon in manifest["icons"]] == [200] * 4
    assert manifest["share_target"]["action"] == "/share"


HEADSET = """() => {
  window.headset = {};
  const keep = navigator.mediaSession.setActionHandler.bind(navigator.mediaSession);
  navigator.mediaSession.setActionHandler = (name, does) => { window.headset[name] = does; keep(name, does); };
}"""


def test_a_headset_and_the_lock_screen_play_pause_skip_and_go_on(context: BrowserContext) -> None:
    page = context.new_page()
    page.add_init_script(f"({HEADSET})()")
    page.goto("/")
    page.get_by_role("button", name="Play all").click()
    until_page(page, f"{PLAYS} && document.querySelector('audio').duration > 0")
    shown = page.evaluate("(({ title, artist, album }) => [title, artist, album])(navigator.mediaSession.metadata)")
    assert (shown[0], shown[2]) == ("Toll roads", "Field & Notes")
    page.evaluate("headset.pause()")
    until_page(page, f"!({PLAYS})")
    page.evaluate("headset.play()")
    until_page(page, PLAYS)
    page.evaluate("headset.seekto({ seekTime: 60 })")
    page.evaluate("headset.seekforward({})")
    assert page.evaluate("document.querySelector('audio').currentTime") == pytest.approx(90, abs=2)
    page.evaluate("headset.seekbackward({})")
    assert page.evaluate("document.querySelector('audio').currentTime") == pytest.approx(75, abs=2)
    page.evaluate("headset.nexttrack()")
    until_page(page, "navigator.mediaSession.metadata.title === 'A dry autumn'")


def test_the_keyboard_alone_plays_queues_reads_and_goes_on_listening(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/")
    tabbed_to(page, "[data-do=play-all], [data-do=play]")
    page.keyboard.press("Enter")
    until_page(page, PLAYS)
    tabbed_to(page, "[data-do=later]:not(:disabled, [aria-disabled=true])")
    page.keyboard.press("Enter")
    expect(page.locator("[data-count]")).not_to_be_empty()
    tabbed_to(page, "main h2 a, main h3 a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/episodes/**")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    assert page.evaluate(PLAYS)
    page.keyboard.press("k")
    until_page(page, f"!({PLAYS})")
    tabbed_to(page, "[data-seek]")
    before = page.evaluate("document.querySelector('audio').currentTime")
    page.keyboard.press("ArrowRight")
    until_page(page, f"document.querySelector('audio').currentTime > {before}")
    tabbed_to(page, "[data-act=queue]")
    page.keyboard.press("Enter")
    expect(page.locator(".queue")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".queue")).to_be_hidden()
    expect(page.locator("[data-act=queue]")).to_be_focused()


def tabbed_to(page: Page, what: str) -> None:
    """Presses Tab until something of this kind has the focus, which everybody sees."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("what => document.activeElement.matches(what)", what):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            return
    raise AssertionError(what)
