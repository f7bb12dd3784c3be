"""Plain text and Markdown: paragraphs, lists, front matter, HTML inside."""

import textwrap

import pytest

from podcaster.adapters.trafilatura import TrafilaturaReader
from podcaster.article.paragraphs import paragraphs_of
from podcaster.article.parsing import read_article
from podcaster.model import Article, BlockKind

PAGES = TrafilaturaReader()
TEXT = "The bakery on the square has opened its second oven, and the queue before it is shorter than it has been for years."


def read(text: str, name: str = "a.txt") -> Article:
    return read_article(text.encode(), pages=PAGES, name=name)


def texts(article: Article) -> list[str]:
    return [block.text for block in article.body]


def test_wrapped_lines_are_one_paragraph() -> None:
    wrapped = (
        "The second oven\n\nThe bakery on the square has opened its second\noven, and the queue before it is shorter"
        " than it\nhas been for years.\n\nNobody complains."
    )
    assert texts(read(wrapped)) == [TEXT, "Nobody complains."]


def test_wrapped_paragraphs_are_told_apart_by_the_room_that_a_last_line_leaves() -> None:
    first = (
        f"{TEXT} The baker says that he has waited for it since the spring, when the old one went cold in the night."
    )
    second = (
        f"Nobody else on the square has an oven at all. {TEXT} That is what the queue is for, says the baker's wife."
    )
    lines = [*textwrap.wrap(first, 72), *textwrap.wrap(second, 72), "So it stays."]
    assert [each.text for each in paragraphs_of("\n".join(lines))] == [first, second, "So it stays."]


def test_lines_that_were_not_wrapped_stay_paragraphs() -> None:
    assert texts(read(f"The second oven\n{TEXT}\n{TEXT[:-1]} indeed.")) == [TEXT, f"{TEXT[:-1]} indeed."]


@pytest.mark.parametrize(
    ("lines", "word"),
    [
        ("The baker says that this is impor-\ntant to him and to all of his neighbours.", "important"),
        ("It was a long-term plan of the baker, a long-\nterm one, which nobody had believed in.", "a long-term one"),
        ("Am Donnerstag öffnete die Bäckerei Ein-\nund Ausgang auf der anderen Seite.", "Ein- und Ausgang"),
        ("The contract runs through the years 2019-\n2024 and cannot be ended before that.", "2019-2024"),
    ],
)
def test_a_hyphen_at_a_line_s_end_is_judged(lines: str, word: str) -> None:
    assert word in paragraphs_of(lines)[0].text


@pytest.mark.parametrize("sign", ["\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\r", "\x1e"])
def test_every_sign_that_ends_a_line_parts_words(sign: str) -> None:
    joined = " ".join(texts(read(f"The second oven\n\n{TEXT} It is lit at four{sign}and cleaned at noon, as ever.")))
    assert "four and cleaned" in joined


@pytest.mark.parametrize(
    "sentence",
    [
        "12. März war der Tag der Eröffnung.",
        "3. Oktober 2023 war ein Feiertag.",
        "–5 Grad zeigte das Thermometer am Morgen.",
        "1. Mai war Ruhetag.",
        "2019. So lange ist das her.",
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_a_number_or_a_sign_that_begins_a_sentence_is_read(sentence: str, name: str) -> None:
    title = "Der zweite Ofen" if name == "a.txt" else "# Der zweite Ofen"
    body = f"{title}\n\nDie Bäckerei am Platz hat ihren zweiten Ofen in Betrieb genommen, und die Schlange ist kürzer.\n\n{sentence}\n"
    assert texts(read(body, name))[-1] == sentence


def test_lists_stay_lists() -> None:
    article = read(f"The second oven\n\n{TEXT}\n\n1. Bread\n2. Rolls\n\n- salt\n- flour\n")
    assert [(block.kind, block.text) for block in article.body[1:]] == [
        (BlockKind.ITEM, "Bread"), (BlockKind.ITEM, "Rolls"), (BlockKind.ITEM, "salt"), (BlockKind.ITEM, "flour"),
    ]  # fmt: skip


def test_a_line_that_hangs_below_an_item_is_part_of_it() -> None:
    article = read(f"The second oven\n\n{TEXT}\n\n* bread that is baked\n  on Fridays\n* rolls\n")
    assert [block.text for block in article.body[1:]] == ["bread that is baked on Fridays", "rolls"]


def test_html_in_markdown_is_read() -> None:
    box = '<div class="box">\nIt cost 40,000 crowns.<br>\nThe bank lent half.\n</div>'
    source = f"# The second oven\n\n{TEXT}\n\n{box}\n\nThe price was <del>60</del> <b>40</b>.\n"
    assert texts(read(source, "a.md")) == [TEXT, "It cost 40,000 crowns. The bank lent half.", "The price was 40."]


def test_notes_and_code_in_markdown_stand_aside() -> None:
    article = read(
        f"# The second oven\n\n{TEXT} It rains.[^1]\n\n[^1]: Says the almanac.\n\n```\noven = 2\n```\n\nSo it does.\n",
        "a.md",
    )
    assert texts(article) == [f"{TEXT} It rains.", "So it does."]
    assert {"Says the almanac.", "oven = 2"} <= set(article.left_aside)


@pytest.mark.parametrize(
    "matter",
    [
        '---\ntitle: "The second oven"\ndate: 2024-05-02\nauthor: Ada Berg\n---\n',
        '+++\ntitle = "The second oven"\ndate = 2024-05-02\nauthors = ["Ada Berg"]\n+++\n',
        '{\n "title": "The second oven",\n "date": "2024-05-02",\n "author": {"name": "Ada Berg"}\n}\n',
        "Title: The second oven\nAuthor: Ada Berg\nDate: 2 May 2024\n",
        "% The second oven\n% Ada Berg\n% 2 May 2024\n",
    ],
    ids=["YAML", "TOML", "JSON", "lines", "Pandoc"],
)
def test_front_matter_is_understood_in_the_forms_in_use(matter: str) -> None:
    article = read(f"{matter}\n{TEXT}\n", "a.md")
    assert (article.title, article.authors, texts(article)) == ("The second oven", ("Ada Berg",), [TEXT])
    assert article.published
    assert article.published.date().isoformat() == "2024-05-02"


def test_a_picture_s_address_in_front_matter_is_completed() -> None:
    matter = "---\ntitle: The second oven\nurl: https://example.org/news/oven\nimage: /img/oven.png\n---\n"
    assert read(matter + TEXT, "a.md").image == "https://example.org/img/oven.png"
    assert read("---\ntitle: The second oven\nimage: /img/oven.png\n---\n" + TEXT, "a.md").image is None


@pytest.mark.parametrize("ending", ["...", "---", " ..."])
def test_a_value_that_ends_like_a_fence_does_not_end_the_front_matter(ending: str) -> None:
    matter = f"---\ntitle: The second oven\nsummary: The queue is shorter in July{ending}\nauthor: Ana Ruiz\n---\n"
    article = read(f"{matter}\n{TEXT}\n", "a.md")
    assert (article.title, article.authors, texts(article)) == ("The second oven", ("Ana Ruiz",), [TEXT])


def test_paragraphs_that_indents_alone_part_are_paragraphs() -> None:
    first = ["   The ferry company has published its timetable", "for the summer, which brings back the crossing."]
    second = ["   Shopkeepers on the quay expect a better season", "than the last one, and so do the islands."]
    found = paragraphs_of("\n".join([*first, *second]))
    assert [each.text for each in found] == [" ".join(each.strip() for each in lines) for lines in (first, second)]


@pytest.mark.parametrize(
    "lines",
    [
        (
            "The company said on Monday that the ovens - all of them",
            "- would be lit again by the end of the coming month, and",
            "the neighbours were glad of it.",
        ),
        (
            "Die Firma sagte am Montag, dass die Öfen – alle sieben",
            "– bis zum Ende des Monats wieder brennen, und auf dem",
            "ganzen Platz freute man sich.",
        ),
    ],
)
def test_a_dash_at_a_wrapped_line_s_beginning_is_no_list_mark(lines: tuple[str, ...]) -> None:
    assert " ".join(lines) in texts(read("\n\n".join(("The oven", "\n".join(lines), TEXT))))


@pytest.mark.parametrize(("name", "mark"), [("a.txt", ""), ("a.md", "# ")])
def test_moves_of_a_game_keep_their_numbers(name: str, mark: str) -> None:
    moves = ["1. d4 Nf6", "2. c4 e6", "3. Nc3 Bb4", "4. O-O O-O-O+"]
    article = read("\n\n".join((f"{mark}The game", TEXT, "\n".join(moves))), name)
    assert " ".join(moves) in " ".join(texts(article))
