"""Boilerplate: whole lines in fifteen languages, never a sentence, and judged by where it stands."""

import pytest

from podcaster.article.block_roles import sort_blocks
from podcaster.article.boilerplate import byline_names, is_boilerplate, opens_other_reports
from podcaster.model import Block, BlockKind

LONG = "The harbour board met on Tuesday evening and decided, by five votes to two, that the second berth will be built next year."


def paragraph(text: str) -> Block:
    return Block(kind=BlockKind.PARAGRAPH, text=text)


@pytest.mark.parametrize(
    "line",
    [
        "Share this article", "Teilen", "Compartir", "Comparteix", "Partilhar", "Partager", "Condividi", "Delen",
        "Udostępnij", "Поделиться", "Dela",
        "分享", "साझा करें", "شارك", "Séguenos", "Read more »", "3 min read", "Lesezeit: 4 Minuten",
        "© 2024 Harbour Board. All rights reserved.",
        "Foto: Ada Berg", "Tags: boats, ports", "12 Kommentare", "Sign up for our newsletter and never miss a report.",
        "Unsubscribe | View in browser", "Share · Print · Email",
    ],
)  # fmt: skip
def test_buttons_and_notices_are_known_in_each_language(line: str) -> None:
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "Share prices in the port fell by a tenth.", "Copyright law was changed in the spring.",
        "Tagsüber fährt sie stündlich.", "Home prices doubled.", "Share | The price of a berth",
        "Menu costs explain the rest, economists say.", "Print runs were cut in half.",
        "Filed under Chapter 7 in March, the yard closed.",
        "Tweets alone move no ships.", "Comments by the board were few.", "Photo archives show the old pier.",
        "Source: the board shows it.",
        "Themen des Abends waren Lärm und Licht.", "Teilen ist leichter als Bauen.", "Publicidad y precios son dos cosas.",
    ],
)  # fmt: skip
def test_a_sentence_is_read_however_it_begins(line: str) -> None:
    assert not is_boilerplate(line)
    assert not opens_other_reports(line)


def test_other_reports_end_the_text_and_a_section_of_that_name_does_not() -> None:
    teaser = [
        Block(kind=BlockKind.HEADING, text="Related articles"),
        paragraph("Another pier"),
        paragraph("Read more »"),
    ]
    assert [each.text for each in sort_blocks([paragraph(LONG), *teaser]).body] == [LONG]
    section = [Block(kind=BlockKind.HEADING, text="See also"), paragraph(LONG), paragraph(LONG[:-1] + " indeed.")]
    assert len(sort_blocks([paragraph(LONG), *section]).body) == 4


def test_every_text_is_read_or_listed() -> None:
    blocks = [
        paragraph(text) for text in ("By Ada Berg", "2 May 2024", LONG, "Share", "Related articles", "Another pier")
    ]
    found = sort_blocks(blocks)
    assert sorted([*(each.text for each in found.body), *found.points, *found.aside]) == sorted(
        each.text for each in blocks
    )


@pytest.mark.parametrize(
    "line", ["By Ada Berg", "Von Ada Berg", "Por Ada Berg", "Door Ada Berg", "Автор: Ada Berg", "作者：Ada Berg"]
)
def test_bylines_are_known(line: str) -> None:
    assert byline_names(line) == "Ada Berg"
