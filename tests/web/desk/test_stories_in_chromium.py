"""Editors' stories in a real browser: approve, record, compare, and from paste to published as a person does it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from support.desk_page import FULL, REPORT, SLOW, entered_desk, handed_in, line_of, ready, rendered
from support.paths import REPOSITORY
from support.person import Person
from support.running_service import Service, running_service

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("stories") / "a folder"
    with running_service(folder, scope="publish", PODCASTER_PUBLISH_DRAFTS="false") as made:
        yield made


@pytest.fixture
def page(chromium: Browser, service: Service) -> Iterator[Page]:
    with entered_desk(chromium, service) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        yield page


def test_a_translation_that_an_editor_approves_says_so_until_it_is_taken_back(page: Page) -> None:
    handed_in(page, REPORT.replace("Vigo", "Burela"))
    page.get_by_role("button", name="Approve the translation").click()
    expect(page.get_by_text("Translation approved: desk")).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_role("button", name="Approve the translation")).to_be_visible(timeout=SLOW)
    rendered(page)


def test_an_editor_records_a_line_hears_it_and_compares_it_with_the_voice(page: Page) -> None:
    handed_in(page, REPORT.replace("Vigo", "Camariñas"))
    line = line_of(page, FULL)
    line.get_by_role("button", name="Edit").click()
    record = line.get_by_role("button", name="Record", exact=True)
    record.focus()
    page.keyboard.press("Enter")
    expect(line.get_by_role("timer")).to_have_text("0:02")
    page.keyboard.press("Enter")  # the button keeps the focus
    line.get_by_role("button", name="Hear it", exact=True).click()
    line.get_by_role("button", name="Use this take").click()
    expect(line.locator(".pending")).to_contain_text("Own recording")
    page.get_by_role("button", name="Render again").click()
    expect(line_of(page, FULL).locator(".tag", has_text="Own recording")).to_be_visible(timeout=SLOW)
    rendered(page)
    line = line_of(page, FULL)
    line.focus()
    page.keyboard.press("c")
    takes = line.get_by_role("list", name="Earlier takes")
    expect(takes.get_by_role("listitem")).to_have_count(2)
    with page.expect_response("**/speech") as heard:
        takes.get_by_role("button", name="Hear earlier").click()
    assert heard.value.headers["content-type"] == "audio/mpeg"


def test_a_render_waits_for_the_change_that_is_saved_at_the_same_time(page: Page) -> None:
    handed_in(page, REPORT.replace("Vigo", "Ortigueira"))
    order: list[str] = []
    held: list[Route] = []
    page.route("**/lines/*", lambda route: held.append(route))  # noqa: PLW0108 # it marks its handlers
    page.on("response", lambda answer: order.append("saved") if answer.request.method == "PATCH" else None)
    page.on("request", lambda asked: order.append("rendered") if asked.url.endswith("/renders") else None)
    line = line_of(page, FULL)
    line.get_by_role("button", name="Edit").click()
    line.get_by_label("Text", exact=True).fill("Los barcos van llenos por la mañana.")
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Render again").click()
    expect(page.get_by_role("button", name="Render again")).to_be_disabled()
    while not held:
        page.wait_for_timeout(50)
    held.pop().continue_()
    expect(line_of(page, FULL).locator(".text")).to_have_text("Los barcos van llenos por la mañana.")
    assert order == ["saved", "rendered"]


def test_two_revisions_of_a_report_stand_beside_each_other_in_text_and_sound(page: Page) -> None:
    handed_in(page, REPORT.replace("Vigo", "Fisterra"))
    line = line_of(page, FULL)
    line.get_by_role("button", name="Edit").click()
    line.get_by_label("Text", exact=True).fill("Los barcos van llenos por la mañana.")
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Render again").click()
    expect(line_of(page, FULL).locator(".text")).to_have_text("Los barcos van llenos por la mañana.")
    rendered(page)
    page.get_by_label("Compare with").select_option(index=1)
    expect(page.get_by_role("button", name="Changed 1")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".pair[data-index]:visible")).to_have_count(1)
    changed = line_of(page, FULL).locator(".compared")
    expect(changed.locator("ins").first).to_be_visible()
    expect(changed.locator("del").first).to_be_visible()
    for name in ("Hear earlier", "Hear current"):
        with page.expect_response("**/speech") as heard:
            changed.get_by_role("button", name=name).click()
        assert heard.value.status == 200
    page.get_by_label("Compare with").select_option(index=0)
    expect(page.locator(".compared")).to_have_count(0)


def test_from_paste_to_published_takes_a_person_less_than_ninety_seconds(page: Page) -> None:
    """A report of 400 words into two languages. What needs a look is read, and what `Person` says is counted."""
    report = (REPOSITORY / "samples/grid-levy.md").read_text(encoding="utf-8")
    page.evaluate("text => navigator.clipboard.writeText(text)", report)
    person = Person(page)
    person.presses("n")
    page.wait_for_url("**/desk/new")
    page.wait_for_load_state()
    person.presses("Control+v")
    understood = page.get_by_label("Title")
    expect(understood).to_have_value("EU/NORWAY: A cable levy both sides can live with")
    person.reads(page.locator("#understood"))
    person.clicks(page.get_by_role("button", name="Add report"))
    page.wait_for_url(re.compile(r"/desk/(?!new)[a-z0-9-]+$"))
    ready(page)
    look = page.get_by_role("region", name="Needs a look")
    flagged = page.locator(".pair.flagged")
    person.reads(look)
    for at in range(flagged.count()):
        person.reads(flagged.nth(at))
        person.clicks(flagged.nth(at).get_by_role("button", name="Looks right"))
    person.clicks(page.get_by_role("button", name="Preview and publish"))
    preview = page.get_by_role("dialog", name="What listeners will get")
    expect(preview.locator(".preview-notes")).to_be_visible()
    person.reads(preview)
    expect(preview.get_by_role("button", name="Publish", exact=True)).to_be_focused()
    person.presses("Enter")
    expect(page.get_by_role("button", name="Withdraw")).to_be_visible(timeout=SLOW)
    assert person.seconds < 90


def test_the_keyboard_alone_signs_in_hands_in_words_a_line_and_publishes(chromium: Browser, service: Service) -> None:
    context = chromium.new_context(base_url=service.url, locale="en")
    context.set_default_timeout(SLOW)
    page = context.new_page()
    keys = page.keyboard
    page.goto("/desk")
    keys.type(service.key)
    keys.press("Enter")
    expect(page.get_by_text("desk (publish)")).to_be_visible()
    page.wait_for_load_state()
    keys.press("n")
    page.wait_for_url("**/desk/new")
    page.wait_for_load_state()
    keys.insert_text(REPORT.replace("Vigo", "Laxe"))
    keys.press("Control+Enter")
    expect(page.get_by_label("Title")).to_have_value("A harbour for Laxe")
    tabbed_to(page, "Add report")
    keys.press("Enter")
    page.wait_for_url(re.compile(r"/desk/(?!new)[a-z0-9-]+$"))
    rendered(page)
    line = line_of(page, FULL)
    while not line.evaluate("each => each === document.activeElement"):
        keys.press("j")
    keys.press("Enter")
    keys.press("Control+a")
    keys.insert_text("Los barcos van llenos por la mañana.")
    keys.press("Control+Enter")
    expect(line.locator(".pending")).to_contain_text("llenos")
    keys.press("r")
    expect(line_of(page, FULL).locator(".text")).to_have_text("Los barcos van llenos por la mañana.")
    rendered(page)
    tabbed_to(page, "Preview and publish")
    keys.press("Enter")
    expect(page.get_by_role("dialog", name="What listeners will get").locator(".preview-notes")).to_be_visible()
    tabbed_to(page, "Publish")
    keys.press("Enter")
    expect(page.get_by_role("button", name="Withdraw")).to_be_visible(timeout=SLOW)
    context.close()


def tabbed_to(page: Page, name: str) -> None:
    """Presses Tab until the button of this name has the focus."""
    for _ in range(60):
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(name)
