"""Front matter above pages, and prose that only looks like front matter."""

from collections.abc import Iterator

import pytest

from podcaster.adapters.trafilatura import TrafilaturaReader
from podcaster.article.parsing import read_article

TEXT = (
    "The ferry company has published its timetable for the summer, which brings back the evening crossing that"
    " the islands lost two years ago."
)


@pytest.fixture(scope="module")
def pages() -> Iterator[TrafilaturaReader]:
    with TrafilaturaReader() as reader:
        yield reader


@pytest.mark.parametrize(
    "matter",
    [
        "---\nlayout: post\ntitle: The ferry is back\ndate: 2024-05-02\nauthor: Ada Berg\n---\n",
        '+++\ntitle = "The ferry is back"\ndate = 2024-05-02\nauthors = ["Ada Berg"]\n+++\n',
    ],
)
@pytest.mark.parametrize("page", ["<p>{0}</p><p>{0}</p>", "<!doctype html><html><body><p>{0}</p></body></html>"])
def test_front_matter_above_a_page_names_its_report(pages: TrafilaturaReader, matter: str, page: str) -> None:
    article = read_article((matter + page.format(TEXT)).encode(), pages=pages, name="draft.html")
    assert (article.title, article.authors) == ("The ferry is back", ("Ada Berg",))
    assert article.published is not None
    assert article.published.date().isoformat() == "2024-05-02"
    assert {block.text for block in article.body} == {TEXT}


@pytest.mark.parametrize(
    "prose",
    [
        "The first rule stands alone: nobody sails at night.",
        "Captain: We wait for the tide.\n\nMate: Then we wait long.",
        'He said: "We wait", and: nobody [spoke.',
    ],
)
def test_prose_between_two_rules_is_read(pages: TrafilaturaReader, prose: str) -> None:
    article = read_article(f"---\n\n{prose}\n\n---\n\n{TEXT}\n".encode(), pages=pages, name="draft.md")
    whole = " ".join((article.title, *(block.text for block in article.body)))
    assert all(line in whole.replace("“", '"').replace("”", '"') for line in prose.split("\n\n"))


@pytest.mark.parametrize("matter", ["weight: 5\nparent: Islands", "toc: true\nnav_order: 3", "sidebar_label: Ferry."])
def test_keys_of_other_programs_are_front_matter(pages: TrafilaturaReader, matter: str) -> None:
    article = read_article(f"---\n{matter}\n---\n\n# The ferry is back\n\n{TEXT}\n".encode(), pages=pages, name="a.md")
    assert article.title == "The ferry is back"
    assert [block.text for block in article.body] == [TEXT]


@pytest.mark.parametrize("title", ["*The ferry* is back", "The __ferry__ is back", "The `ferry` is back"])
def test_marks_of_emphasis_in_a_title_are_not_read(pages: TrafilaturaReader, title: str) -> None:
    article = read_article(f'---\ntitle: "{title}"\n---\n\n{TEXT}\n'.encode(), pages=pages, name="a.md")
    assert article.title == "The ferry is back"
