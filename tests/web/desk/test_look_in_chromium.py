"""What needs a look, in a real browser: flagged lines one after the other, the rest folded."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from support.examples import NOW, article_of, episode_of
from support.small_service import KEYS, SmallService, served, small_service
from support.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]
HEARD = {"name": "heard", "passed": False, "detail": "heard differently: “La puerta de Wicked está abierta.”"}
LINES = (
    ("byline", "Por Ana Sousa.", []),
    ("paragraph", "La puerta de Vigo está abierta.", [HEARD]),
    ("paragraph", "Hay barcos.", []),
    ("paragraph", "Hay trenes.", []),
    ("paragraph", "Tiene puertas.", [{"name": "numbers", "passed": False, "detail": "3 is lost"}]),
)


@pytest.fixture
def made(tmp_path: Path) -> Iterator[SmallService]:
    with small_service(tmp_path) as made:
        report = article_of("A doubtful report")
        made.library.put_article(report, NOW)
        episode = made.publish(episode_of(article=report.id, guid="urn:uuid:doubtful"))
        lines = [
            {"index": at, "kind": kind, "source": text, "text": text, "spoken": text, "start": at + 0.1, "end": at + 1.0,
             "clip": "c", "checks": checks}
            for at, (kind, text, checks) in enumerate(LINES)
        ]  # fmt: skip
        script = {"article": report.id, "language": "es", "lines": lines}
        made.blobs.put(f"media/{report.id}/es/{episode.revision}.script.json", json.dumps(script).encode())
        yield made


@pytest.fixture
def page(chromium: Browser, made: SmallService) -> Iterator[Page]:
    with served(made.services) as url:
        context = chromium.new_context(base_url=url, locale="en")
        page = context.new_page()
        page.goto("/desk")
        page.get_by_label("Access key").fill(KEYS["publish"])
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Inbox")).to_be_visible()
        page.goto(f"/desk/{article_of('A doubtful report').id}?language=es")
        page.wait_for_load_state()
        yield page
        context.close()


def test_flagged_lines_come_first_and_looking_at_the_last_one_settles_the_report(
    page: Page, made: SmallService
) -> None:
    look = page.get_by_role("region", name="Needs a look")
    expect(look).to_contain_text("2 lines need a look")
    expect(look).to_contain_text("The other 3 lines passed every check.")
    shown = page.locator(".pair[data-index]:visible")
    expect(shown).to_have_count(2)
    page.get_by_role("button", name="2 lines that passed every check").click()
    expect(shown).to_have_count(4)
    page.locator("h1").click()
    page.keyboard.press("1")
    expect(shown).to_have_count(2)
    shown.first.focus()
    page.keyboard.press("e")
    expect(shown.nth(1)).to_be_focused()
    expect(look).to_contain_text("1 line needs a look")
    page.reload()
    expect(look).to_contain_text("1 line needs a look")
    report = article_of("A doubtful report").id
    assert made.library.desk_notes([report]) == {}
    shown.nth(1).get_by_role("button", name="Looks right").click()
    expect(look).to_contain_text("Every flagged line has been looked at.")
    until(lambda: report in made.library.desk_notes([report]))
    page.reload()
    expect(look).to_have_count(0)


def test_a_misheard_name_is_marked_and_its_entry_one_press_away(page: Page) -> None:
    line = page.locator(".pair.flagged").first
    expect(line.locator("mark")).to_have_text("Vigo")
    expect(line.locator(".flag")).to_contain_text("heard differently: “Wicked”")
    line.get_by_role("button", name="Say it like … Vigo").click()
    entry = page.get_by_role("dialog", name="Lexicon")
    expect(entry.get_by_label("Word")).to_have_value("Vigo")
    expect(entry.get_by_label("Pronunciation")).to_be_focused()
    for name in ("Hear current", "Hear it", "How is it heard?"):
        expect(entry.get_by_role("button", name=name)).to_be_visible()
    page.keyboard.type("Bigo")
    page.keyboard.press("Enter")
    expect(entry).to_be_hidden()
    expect(page.get_by_role("region", name="Needs a look")).to_contain_text("1 line needs a look")
    expect(page.locator(".pair.flagged").nth(1)).to_be_focused()
    page.keyboard.press("e")
    expect(page.get_by_role("button", name="Render again")).to_be_focused()
