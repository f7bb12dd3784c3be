"""The editors' desk in a real browser: from a pasted report to a published episode whose one wrong line was put right."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from support import documents
from support.chromium import until_page
from support.desk_page import FULL, REPORT, SLOW, added, dragged, entered_desk, handed_in, line_of, rendered, understood
from support.paths import VOICES
from support.running_service import Service, running_service
from support.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("desk") / "a folder"
    with running_service(folder, scope="publish", PODCASTER_PUBLISH_DRAFTS="false") as made:
        yield made


@pytest.fixture
def page(chromium: Browser, service: Service) -> Iterator[Page]:
    """A page at the desk with the key entered; whatever its script complains of fails the test."""
    with entered_desk(chromium, service) as page:
        yield page


def test_an_editor_pastes_a_report_puts_a_line_right_hears_it_and_publishes_it(page: Page, service: Service) -> None:
    handed_in(page, REPORT)
    page.keyboard.press("?")
    expect(page.get_by_text("Next or previous line")).to_be_visible()
    page.keyboard.press("Escape")
    feed = page.request.get("/feeds/es.xml").text()
    assert "<item>" not in feed
    line = line_of(page, FULL)
    line.focus()
    page.keyboard.press("Enter")
    line.get_by_label("Text", exact=True).fill("Los barcos van llenos por la mañana.")
    page.keyboard.press("Control+Enter")
    expect(line.locator(".pending")).to_contain_text("Los barcos van llenos por la mañana.")
    page.get_by_role("button", name="Render again").click()
    expect(line_of(page, FULL).locator(".text")).to_have_text("Los barcos van llenos por la mañana.")
    rendered(page)
    with page.expect_response(lambda answer: "/media/" in answer.url) as heard:
        line_of(page, FULL).get_by_role("button", name="Play", exact=True).click()
    assert heard.value.status in {200, 206}
    start, end = (json.loads(line_of(page, FULL).get_attribute("data-line") or "")[each] for each in ("start", "end"))
    until_page(page, f"audio.paused && audio.currentTime >= {end} && audio.currentTime < {end} + 1")
    assert start < end
    if pictures := os.environ.get("DESK_PICTURES"):
        page.screenshot(path=Path(pictures) / "desk.png", full_page=True)
        page.emulate_media(color_scheme="dark")
        page.screenshot(path=Path(pictures) / "desk-dark.png", full_page=True)
    page.get_by_role("button", name="Preview and publish").click()
    preview = page.get_by_role("dialog", name="What listeners will get")
    expect(preview.locator(".preview-notes")).to_contain_text("Los barcos van llenos por la mañana.")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_role("button", name="Withdraw")).to_be_visible(timeout=SLOW)
    published(service, "<item>")
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_role("button", name="Preview and publish")).to_be_visible(timeout=SLOW)
    if pictures:
        page.goto("/desk")
        page.screenshot(path=Path(pictures) / "desk-list.png", full_page=True)


def published(service: Service, text: str) -> None:
    """Until the feed holds this."""
    with service.client() as client:
        until(lambda: text in client.get("/feeds/es.xml").text)


def test_two_editors_at_one_line_see_both_texts_and_none_is_lost(page: Page, service: Service) -> None:
    handed_in(page, REPORT.replace("Vigo", "Porto"))
    line = line_of(page, FULL)
    line.get_by_role("button", name="Edit").click()
    line.get_by_label("Text", exact=True).fill("Lo mío.")
    article = page.locator("#report").get_attribute("data-article")
    place = f"/api/articles/{article}/scripts/es/lines/{line.get_attribute('data-index')}"
    with service.editor() as other:
        assert other.patch(place, json={"text": "Lo de otra persona."}).status_code == 200
        page.keyboard.press("Control+Enter")
        expect(line.get_by_role("alert")).to_contain_text("Somebody else has changed this line.")
        expect(line.locator(".theirs")).to_have_text("Theirs: Lo de otra persona.")
        expect(line.locator(".yours")).to_have_text("Yours: Lo mío.")
        kept = other.get(f"/api/articles/{article}/scripts/es").json()["lines"]
        assert "Lo de otra persona." in {each.get("wording", {}).get("text") for each in kept}
        line.get_by_role("button", name="Keep mine").click()
        expect(line.locator(".pending")).to_contain_text("Lo mío.")
        kept = other.get(f"/api/articles/{article}/scripts/es").json()["lines"]
        assert "Lo mío." in {each.get("wording", {}).get("text") for each in kept}


def test_a_render_that_ends_meanwhile_leaves_a_half_written_line_alone(page: Page) -> None:
    handed_in(page, REPORT.replace("Vigo", "Sines"))
    line = line_of(page, FULL)
    line.get_by_role("button", name="Edit").click()
    line.get_by_label("Text", exact=True).fill("A medias")
    page.get_by_role("button", name="Render again").click()
    expect(page.locator("#stage")).to_contain_text("done")
    expect(line.get_by_label("Text", exact=True)).to_have_value("A medias")
    line.get_by_label("Text", exact=True).focus()
    with page.expect_navigation():
        page.keyboard.press("Escape")


def test_the_keyboard_alone_goes_from_line_to_line_and_leaves_an_edit_without_a_trace(page: Page) -> None:
    handed_in(page, REPORT.replace("Vigo", "Faro"))
    page.locator("h1").click()
    for key, place in [("j", 0), ("j", 1), ("ArrowDown", 2), ("k", 1), ("ArrowUp", 0)]:
        page.keyboard.press(key)
        expect(page.locator(".pair[data-index]").nth(place)).to_be_focused()
    line = line_of(page, FULL)
    line.focus()
    page.keyboard.press("Enter")
    line.get_by_label("Text", exact=True).fill("j k p")
    page.keyboard.press("Escape")
    expect(line).to_be_focused()
    expect(line.locator(".editing")).to_have_count(0)
    expect(line.locator(".pending")).to_be_hidden()


def test_a_line_takes_another_paths_wording_with_one_press_and_doubtful_lines_come_first(
    chromium: Browser, tmp_path: Path
) -> None:
    idiom = "It is a bit of a long shot, and they all put up with it so far."
    pictures = Path(os.environ.get("DESK_PICTURES", tmp_path))
    with (
        running_service(tmp_path / "paths", scope="publish", PODCASTER_VOICES=str(VOICES)) as service,
        entered_desk(chromium, service) as page,
    ):
        handed_in(page, REPORT.replace("A vote is planned for the autumn.", idiom))
        page.get_by_label("Sort").select_option("most doubtful first")
        estimates = page.locator(".pair[data-estimate]").evaluate_all(
            "all => all.map(each => Number(each.dataset.estimate))"
        )
        assert len(estimates) == 3
        assert estimates == sorted(estimates)
        expect(page.locator(".pair[data-index]").first).to_have_attribute("data-estimate", f"{estimates[0]:.2f}")
        line = line_of(page, idiom)
        before = line.locator(".text").inner_text()
        line.get_by_role("button", name="Other translations").click()
        wording = line.locator(".versions li div").first.evaluate("each => each.firstChild.textContent")
        assert wording != before
        page.screenshot(path=pictures / "desk-versions.png", full_page=True)
        line.get_by_role("button", name="Use this").first.click()
        expect(line.locator(".pending")).to_contain_text(wording)
        page.get_by_role("button", name="Render again").click()
        expect(line_of(page, idiom).locator(".text")).to_have_text(wording)
        rendered(page)
        page.screenshot(path=pictures / "desk-version-taken.png", full_page=True)


def test_a_term_that_is_selected_is_settled_and_the_next_render_follows_it(page: Page, service: Service) -> None:
    handed_in(page, REPORT.replace("Vigo", "Braga"))
    source = line_of(page, "The working group").locator(".source")
    source.evaluate("each => getSelection().setBaseAndExtent(each.firstChild, 4, each.firstChild, 17)")
    page.get_by_role("button", name="Glossary").click()
    expect(page.get_by_label("Term")).to_have_value("working group")
    page.get_by_label("Translation; leave empty").fill("comité de obras")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("Saved. It applies")
    with service.editor() as other:
        assert other.get("/api/glossaries/en-es").json()["terms"]["working group"] == "comité de obras"
    page.get_by_role("button", name="Render again").click()
    expect(line_of(page, "The working group").locator(".text")).to_contain_text("comité de obras")


def test_how_a_line_and_a_word_are_said_is_put_right_without_touching_the_text(page: Page, service: Service) -> None:
    handed_in(page, REPORT.replace("Vigo", "Muxía"))
    line = line_of(page, "A harbour for Muxía")
    shown = line.locator(".text")
    word = shown.inner_text()
    shown.evaluate("""each => {
        const at = each.textContent.indexOf("Muxía");
        getSelection().setBaseAndExtent(each.firstChild, at, each.firstChild, at + 5);
    }""")
    page.keyboard.press("x")
    expect(page.get_by_label("Word")).to_have_value("Muxía")
    page.get_by_label("Pronunciation").fill("Mushía")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("Saved. It applies")
    full = line_of(page, FULL)
    full.get_by_role("button", name="Edit").click()
    full.get_by_label("Spoken form").fill("Los barcos van hasta arriba.")
    page.keyboard.press("Control+Enter")
    expect(full.locator(".pending")).to_contain_text("Los barcos van hasta arriba.")
    page.get_by_role("button", name="Render again").click()
    expect(line_of(page, FULL).locator(".spoken")).to_contain_text("Los barcos van hasta arriba.")
    rendered(page)
    expect(line_of(page, "A harbour for Muxía").locator(".spoken")).to_contain_text("Mushía")
    expect(line_of(page, "A harbour for Muxía").locator(".text")).to_have_text(word)


def test_whoever_listens_to_the_whole_has_the_line_that_is_heard_before_them(page: Page) -> None:
    ferries = "\n\n".join(f"The ferry number {number} is full in the morning." for number in range(30))
    handed_in(page, f"{REPORT.replace('Vigo', 'Cascais')}\n\n{ferries}\n")
    line = line_of(page, "The ferry number 20 ")
    page.locator("h1").click()
    expect(line).not_to_be_in_viewport()
    start = json.loads(line.get_attribute("data-line") or "")["start"]
    page.evaluate("start => { audio.currentTime = start; return audio.play() }", start)
    expect(line).to_have_class(re.compile("sounding"))
    expect(line).to_be_in_viewport()
    expect(page.locator(".sounding")).to_have_count(1)


def test_a_render_is_stopped_at_the_desk(page: Page, service: Service) -> None:
    ferries = "\n\n".join(f"The ferry number {number} to Setúbal is full in the morning." for number in range(600))
    understood(page, f"# A harbour for Setúbal\n\n{ferries}\n")
    added(page)
    page.locator("h1").click()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    page.keyboard.press("s")
    expect(page.get_by_role("button", name="Render again")).to_be_enabled()
    article = page.locator("#report").get_attribute("data-article")
    with service.editor() as editor:
        assert [each["state"] for each in editor.get(f"/api/articles/{article}").json()["renders"]] == ["cancelled"]


def test_a_line_that_an_editor_worded_elsewhere_is_taken_with_one_click(page: Page, service: Service) -> None:
    vote = "A vote is planned for the autumn."
    handed_in(page, REPORT.replace("Vigo", "Aveiro"))
    article = page.locator("#report").get_attribute("data-article")
    index = line_of(page, vote).get_attribute("data-index")
    with service.editor() as other:
        other.patch(f"/api/articles/{article}/scripts/es/lines/{index}", json={"text": "Se vota en otoño."})
    handed_in(page, REPORT.replace("Vigo", "Ovar"))
    line = line_of(page, vote)
    expect(line.locator(".offer q")).to_have_text("Se vota en otoño.")
    line.get_by_role("button", name="Use this").click()
    expect(line.locator(".pending")).to_contain_text("Se vota en otoño.")


def test_a_file_that_is_dropped_is_handed_in_as_its_own_bytes(page: Page) -> None:
    text = REPORT.replace("Vigo", "Nazaré")
    page.goto("/desk/new")
    page.wait_for_load_state()
    dropped = page.evaluate_handle(
        """text => {
            const held = new DataTransfer();
            held.items.add(new File([text], "report.md", { type: "" }));
            return held;
        }""",
        text,
    )
    with page.expect_request("**/api/previews*") as sent:
        page.dispatch_event("#hand-in", "drop", {"dataTransfer": dropped})
    assert sent.value.headers["content-type"] == "text/markdown"
    assert sent.value.url.endswith("?name=report.md")
    expect(page.get_by_label("Title")).to_have_value("A harbour for Nazaré")
    added(page)
    rendered(page)
    expect(page.locator("h1")).to_have_text("A harbour for Nazaré")


def test_a_book_is_one_report_or_one_per_chapter_as_the_editor_says(page: Page, tmp_path: Path) -> None:
    book = tmp_path / "storm.epub"
    book.write_bytes(documents.epub())
    page.goto("/desk/new")
    page.wait_for_load_state()
    page.locator("#files").set_input_files(book)
    expect(page.get_by_text("A book with 2 chapters")).to_be_visible()
    expect(page.get_by_role("radio", name="One report", exact=True)).to_be_checked()
    titles = page.get_by_label("Title").filter(visible=True)
    expect(titles).to_have_count(1)
    page.get_by_role("radio", name="One report per chapter").check()
    expect(page.get_by_role("button", name="Add 2 reports")).to_be_enabled()
    assert [each.input_value() for each in titles.all()] == ["The storm", "The letter"]
    expect(page.get_by_text("storm.epub, chapter 2")).to_be_visible()
    page.get_by_role("radio", name="One report", exact=True).check()
    expect(page.get_by_role("button", name="Add report")).to_be_enabled()
    expect(titles).to_have_value(documents.TITLE)
    page.get_by_role("radio", name="One report per chapter").check()
    page.get_by_role("button", name="Add 2 reports").click()
    page.wait_for_url("**/desk?state=work")
    page.goto("/desk")
    expect(page.get_by_role("link", name="The storm")).to_be_visible()
    expect(page.get_by_role("link", name="The letter")).to_be_visible()


def test_documents_that_are_dragged_from_a_folder_are_read(page: Page, tmp_path: Path) -> None:
    pdf, word, book = tmp_path / "columns.pdf", tmp_path / "report.docx", tmp_path / "storm.epub"
    pdf.write_bytes(documents.several_columns(2).pdf)
    word.write_bytes(documents.word())
    book.write_bytes(documents.epub())
    page.goto("/desk/new")
    page.wait_for_load_state()
    dragged(page, "#hand-in", [pdf, word, book])
    expect(page.get_by_role("button", name="Add 3 reports")).to_be_enabled()
    expect(page.locator("[data-error]").filter(visible=True)).to_have_count(0)
    expect(page.get_by_text("A book with 2 chapters")).to_be_visible()


def test_a_link_is_followed_where_a_render_ends_while_the_next_page_loads(page: Page) -> None:
    handed_in(page, REPORT.replace("Vigo", "Sines"))
    watched: list[Route] = []
    asked: list[Route] = []

    def with_work(route: Route) -> None:
        answer = route.fetch()
        body = answer.text().replace('"report-row" data', '"report-row" data-render="under-way" data', 1)
        route.fulfill(response=answer, body=body)

    page.route("**/desk", with_work)
    page.route("**/api/renders/under-way/events", lambda route: watched.append(route))  # noqa: PLW0108 # it marks its handlers
    page.route("**/desk/new", lambda route: asked.append(route))  # noqa: PLW0108 # the same
    page.goto("/desk")
    page.locator('a[href="/desk/new"]').first.click(no_wait_after=True)
    page.wait_for_timeout(500)
    watched[0].fulfill(
        content_type="text/event-stream", body='event: progress\ndata: {"state": "done", "languages": {}}\n\n'
    )
    page.wait_for_timeout(500)
    asked[0].continue_()

    expect(page).to_have_url(re.compile("/desk/new$"))
    expect(page.locator("#hand-in")).to_be_visible()


def test_the_cost_is_shown_before_a_render_and_follows_what_is_worded(page: Page) -> None:
    handed_in(page, REPORT.replace("Vigo", "Lagos"))
    expect(page.locator("#cost")).to_contain_text("0 lines to translate, 0 to speak")
    line = line_of(page, FULL)
    line.get_by_role("button", name="Edit").click()
    line.get_by_label("Text", exact=True).fill("Los barcos van llenos.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#cost")).to_contain_text("0 lines to translate, 1 to speak")
    page.keyboard.press("r")
    expect(line_of(page, FULL).locator(".text")).to_have_text("Los barcos van llenos.")


def test_a_draft_that_is_held_back_says_so_and_goes_out_at_its_time(page: Page, service: Service) -> None:
    handed_in(page, REPORT.replace("Vigo", "Olhão"))
    expect(page.get_by_text("nobody can hear this until")).to_be_visible()
    page.get_by_role("button", name="Preview and publish").click()
    page.get_by_label("Publish at").fill("2090-05-04T06:00")
    page.get_by_role("button", name="Schedule", exact=True).click()
    expect(page.get_by_text("Scheduled for")).to_be_visible()
    article = page.locator("#report").get_attribute("data-article")
    with service.editor() as other:
        kept = other.get(f"/api/articles/{article}").json()["scheduled"]
        assert [(each["language"], each["at"][:4]) for each in kept] == [("es", "2090")]
        assert other.put(f"/api/articles/{article}/episodes/es", json={"at": "2000-01-01T00:00:00Z"}).status_code == 422
        assert other.put(f"/api/articles/{article}/episodes/es", json={"at": "2090-01-01T00:00:00"}).status_code == 422
    page.get_by_role("button", name="Cancel schedule").click()
    expect(page.get_by_text("Scheduled for")).to_have_count(0)


def test_a_term_says_where_else_it_would_change_something(page: Page) -> None:
    for place in ("Peniche", "Viana"):
        handed_in(page, REPORT.replace("Vigo", place))
    page.locator("h1").click()
    page.keyboard.press("g")
    page.get_by_label("Term").fill("planned for the autumn")
    expect(page.locator("#uses")).to_contain_text("A harbour for Peniche (1)")


def test_logging_out_leaves_nothing_to_see(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Access key")).to_be_visible()
    assert page.context.cookies() == []
