"""The desk's inbox, tables and voices in a real browser, by keyboard and from a file."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from support.desk_page import desk_page
from support.running_service import Service

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture
def page(chromium: Browser, service: Service, published: str) -> Iterator[Page]:
    """The inbox of a service with a published report."""
    assert published
    with desk_page(chromium, service) as page:
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Inbox")).to_be_visible()
        page.wait_for_load_state()
        yield page


def test_the_inbox_is_walked_and_a_report_opened_by_keyboard(page: Page, published: str) -> None:
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    rows = page.locator(".report-row .name")
    for key, place in [("j", 0), ("k", 0), ("ArrowDown", min(1, rows.count() - 1))]:
        page.keyboard.press(key)
        if key != "k":
            expect(rows.nth(place)).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    title = page.locator(f'.report-row[data-article="{published}"] .name').inner_text()
    page.keyboard.type(title.split()[0])
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/desk\?q="))
    page.wait_for_load_state()
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator(".avatar").first).to_be_visible()
    page.locator(f'.report-row[data-article="{published}"] .name').press("Enter")
    page.wait_for_url(f"**/desk/{published}")
    expect(page.get_by_label("Works on it")).to_have_value("desk")


def test_a_lexicon_is_taken_in_from_a_file_and_says_what_would_change(
    page: Page, service: Service, tmp_path: Path
) -> None:
    page.get_by_role("link", name="Lexicon").click()
    page.wait_for_load_state()
    page.get_by_role("link", name="Spanish").click()
    page.wait_for_load_state()
    file = tmp_path / "words.csv"
    file.write_text('word,spoken\r\nMuxía,Mushía\r\n"Foz, Lugo","Foth, ""Lugo"""\r\n', encoding="utf-8")
    page.locator("#csv-in").set_input_files(file)
    expect(page.locator("#impact")).to_contain_text("Entries changed: 2.")
    page.get_by_role("button", name="Save").click()
    row = page.locator('tr[data-entry="Muxía"]')
    expect(row).to_contain_text("desk")
    expect(row.locator("[data-uses-of]")).to_have_text("0")
    with service.editor() as editor:
        kept = editor.get("/api/lexicons/es").json()["words"]
    assert (kept["Muxía"], kept["Foz, Lugo"]) == ("Mushía", 'Foth, "Lugo"')
    page.wait_for_load_state()
    page.get_by_role("searchbox").fill("mux")
    expect(page.locator("#terms tbody tr:visible")).to_have_count(1)
    with page.expect_download() as exported:
        page.get_by_role("button", name="Export CSV").click()
    text = Path(exported.value.path()).read_text(encoding="utf-8")
    assert '"Foz, Lugo","Foth, ""Lugo"""' in text
    row.get_by_role("button", name="Remove").click()
    page.keyboard.press("Control+s")
    expect(row).to_have_count(0)


def test_an_expression_that_could_take_too_long_is_refused_where_the_editor_looks(page: Page) -> None:
    page.get_by_role("link", name="Lexicon").click()
    page.wait_for_load_state()
    page.get_by_role("button", name="Add entry").click()
    row = page.locator("tr:has([name=entry])")
    row.locator("[name=entry]").fill("/Lug[oó]/")
    row.locator("[name=value]").fill("Loo-go")
    expect(page.locator("#impact")).to_contain_text("Entries changed: 1.")
    page.locator("#terms").evaluate("table => { table.style.marginBottom = '200vh'; scrollTo(0, innerHeight) }")
    row.locator("[name=entry]").fill("/(a+)+$/")
    expect(page.locator("#said")).to_contain_text("repeat fewer parts")
    expect(page.locator("#said")).to_be_in_viewport()
    expect(page.locator("#impact")).to_be_empty()
