"""A report is read and shown before it is added: nothing is kept of it but for a day, and corrections come with it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from podcaster.article.document import EPUB
from podcaster.errors import PreviewUnknown
from podcaster.ports import Submission
from podcaster.render.editing.previews import Previews
from podcaster.units import LanguageTag
from support import documents
from support.small_service import SmallService, client, served, small_service

REPORT = """# A harbour for Vigo

By Marta Reis
4 May 2026

The working group wants a second harbour. The ferries are full in the morning.

Share this article
"""


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SmallService, str]]:
    with small_service(tmp_path_factory.mktemp("previews")) as made, served(made.services) as url:
        yield made, url


@pytest.fixture
def editor(serving: tuple[SmallService, str]) -> Iterator[httpx.Client]:
    with client(serving[1], "edit") as editor:
        yield editor


def test_what_is_understood_is_said_before_anything_is_made(
    editor: httpx.Client, serving: tuple[SmallService, str]
) -> None:
    answer = editor.post("/api/previews", json={"markdown": REPORT})
    assert answer.status_code == 200, answer.text
    found = answer.json()
    report = found["report"]
    assert (report["title"], report["authors"], report["published"], report["language"]) == (
        "A harbour for Vigo", ["Marta Reis"], "2026-05-04", "en",
    )  # fmt: skip
    assert found["words"] > 15
    assert found["minutes"] == 1
    assert found["known"] is False
    made = serving[0]
    assert (made.newsroom.came, made.newsroom.added, made.library.articles()) == ([], [], [])


def test_a_report_is_added_as_it_was_read_with_an_editors_corrections(
    editor: httpx.Client, serving: tuple[SmallService, str]
) -> None:
    preview = editor.post("/api/previews", json={"markdown": REPORT}).json()["preview"]
    wanted = {"correction": {"title": "  A harbour\nfor Porto ", "authors": []}, "languages": ["es", "pt_br"]}
    answer = editor.post(f"/api/previews/{preview}", json=wanted)
    assert answer.status_code == 202, answer.text
    made = serving[0].newsroom
    article, correction = made.added[-1]
    assert article.title == "A harbour for Vigo"
    assert correction == {"title": "A harbour for Porto", "authors": []}
    assert made.languages[-1] == [LanguageTag("es"), LanguageTag("pt-BR")]
    assert made.holds[-1] is True  # a key that may only edit publishes nothing


def test_a_file_without_a_title_is_named_for_itself(editor: httpx.Client) -> None:
    text = "\n\n".join(
        f"Ferry {number} is full in the morning, and the town wants {number + 2} more." for number in range(9)
    )
    headers = {"content-type": "text/markdown"}
    answer = editor.post("/api/previews?name=ferry-report.md", content=text.encode(), headers=headers)
    assert answer.json()["report"]["title"] == "Ferry report"


def test_what_cannot_be_read_is_refused_with_what_to_do(editor: httpx.Client) -> None:
    answer = editor.post("/api/previews", content=b"\x89PNG\r\n", headers={"content-type": "text/plain"})
    assert (answer.status_code, answer.json()["code"]) == (415, "source-not-text")


def test_a_book_says_how_many_chapters_it_has_and_each_is_read_as_a_report(
    editor: httpx.Client, serving: tuple[SmallService, str]
) -> None:
    book = editor.post("/api/previews?name=storm.epub", content=documents.epub(), headers={"content-type": EPUB}).json()
    assert (book["chapters"], book["report"]["title"]) == (2, documents.TITLE)
    where = f"/api/previews/{book['preview']}/chapters"
    second = editor.post(f"{where}/2").json()
    assert (second["report"]["title"], second["chapters"], second["known"]) == ("The letter", 0, False)
    assert editor.post(f"/api/previews/{second['preview']}", json={}).status_code == 202
    assert serving[0].newsroom.added[-1][0].title == "The letter"
    absent = editor.post(f"{where}/3")
    assert (absent.status_code, "has no chapter 3" in absent.json()["detail"]) == (422, True)
    none = editor.post(f"/api/previews/{second['preview']}/chapters/1")
    assert (none.status_code, none.json()["code"]) == (404, "preview-unknown")


def test_the_chapters_of_a_book_at_an_address_have_addresses_of_their_own(tmp_path: Path) -> None:
    with small_service(tmp_path) as made:
        asked: list[str] = []

        def fetched(source: Submission) -> Submission:
            asked.append(source.url or "")
            return replace(source, body=source.body or documents.epub())

        previews = made.services.previews
        assert isinstance(previews, Previews)
        previews = replace(previews, fetched=fetched)
        book = previews.read(
            Submission(url="https://press.example/storm.epub", name="https://press.example/storm.epub")
        )
        read = [previews.read_chapter(book.id, chapter).article for chapter in (1, 2)]
        assert asked == ["https://press.example/storm.epub"]
        assert [each.url for each in read] == [f"https://press.example/storm.epub#{chapter}" for chapter in (1, 2)]
        assert len({each.id for each in read}) == 2


def test_a_preview_that_is_not_there_is_not_found(editor: httpx.Client) -> None:
    answer = editor.post(f"/api/previews/{'0' * 32}", json={})
    assert (answer.status_code, answer.json()["code"]) == (404, "preview-unknown")


def test_a_preview_is_forgotten_after_a_day(tmp_path: Path) -> None:
    with small_service(tmp_path) as made:
        previews = made.services.previews
        assert isinstance(previews, Previews)
        report = Submission(body=REPORT.encode(), media_type="text/markdown")
        old = previews.read(report)
        later = replace(previews, clock=lambda: datetime.now(UTC) + timedelta(days=1, minutes=1))
        fresh = later.read(report)
        with pytest.raises(PreviewUnknown):
            later.add(old.id, {})
        later.add(fresh.id, {})
