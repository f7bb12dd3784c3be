"""What an eye sees on a page is read, whatever its styles look like; what no eye sees is not, and words keep their gaps."""

from collections.abc import Iterator

import pytest

from podcaster.adapters.trafilatura import TrafilaturaReader
from podcaster.article.parsing import read_article

FIRST = (
    "The ferry company has published its timetable for the summer, which brings back the evening crossing that"
    " the islands lost two years ago."
)
SECOND = "Shopkeepers on the quay expect a better season than the last one, and the harbour master has asked for a second berth."
LINE = "The old pier keeps its lamps, which the fishermen light by hand on every evening of the winter."


@pytest.fixture(scope="module")
def pages() -> Iterator[TrafilaturaReader]:
    with TrafilaturaReader() as reader:
        yield reader


def read(pages: TrafilaturaReader, inside: str, *, head: str = "", before: str = "") -> list[str]:
    whole = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The ferry is back</title>{head}</head><body>'
        f"<article><h1>The ferry is back</h1>{before or f'<p>{FIRST}</p><p>{SECOND}</p>'}{inside}</article></body></html>"
    )
    return [block.text for block in read_article(whole.encode(), pages=pages).body]


@pytest.mark.parametrize(
    "style",
    [
        "-webkit-backface-visibility: hidden",
        "margin-top: -140px",
        "margin-left: -200px",
        "overflow: hidden; text-overflow: ellipsis",
        "background: linear-gradient(red, blue); -webkit-background-clip: text; color: transparent",
        "clip: rect(0px, 700px, 300px, 0px)",
        "opacity: 0; transform: translateY(24px)",
        "opacity: .05",
        "visibility: hidden; animation-name: none",
        "background-position: left -900px top -1200px",
    ],
)
@pytest.mark.parametrize("element", ["<p style='{}'>{}</p>", "<div style='{}'><p>{}</p></div>"])
def test_a_paragraph_is_read_whose_style_only_resembles_a_hidden_one_s(
    pages: TrafilaturaReader, style: str, element: str
) -> None:
    assert LINE in read(pages, element.format(style, LINE))


@pytest.mark.parametrize(
    "style",
    [
        "visibility: hidden",
        "opacity: 0",
        "position: absolute; left: -999px",
        "left: -9999px",
        "clip: rect(1px, 1px, 1px, 1px)",
        "clip-path: inset(50%)",
        "text-indent: -999px",
        "color: transparent",
        "font-size: 0px",
        "transform: scale(0)",
        "DISPLAY : NONE !important",
    ],
)
def test_words_that_a_style_hides_are_not_read(pages: TrafilaturaReader, style: str) -> None:
    assert "The pier is new." in read(pages, f'<p>The pier<span style="{style}"> (opens a map)</span> is new.</p>')


@pytest.mark.parametrize(
    ("style", "head"),
    [
        ("style='opacity:0'", ""),
        ("style='visibility:hidden'", ""),
        ("class='later'", "<style>.later{opacity:0;transition:opacity 1s} .later.seen{opacity:1}</style>"),
    ],
)
def test_paragraphs_are_read_that_a_script_shows_one_by_one(pages: TrafilaturaReader, style: str, head: str) -> None:
    faded = "".join(f"<p {style}>{each}</p>" for each in (FIRST, SECOND, LINE))
    assert read(pages, "", head=head, before=faded) == [FIRST, SECOND, LINE]


def test_a_menu_that_opens_over_the_page_is_not_read(pages: TrafilaturaReader) -> None:
    menu = "<style>.menu{position:absolute;opacity:0;visibility:hidden;transform:translateY(-40%)}</style>"
    found = read(pages, f'<div class="menu"><p>{LINE}</p></div>', head=menu)
    assert found == [FIRST, SECOND]


def test_a_caption_that_is_cut_to_a_line_is_left_aside(pages: TrafilaturaReader) -> None:
    cut = "overflow:hidden;text-overflow:ellipsis;white-space:nowrap"
    assert read(pages, f'<p style="{cut}"><a href="/x">A post shared by the harbour</a></p>') == [FIRST, SECOND]


def test_a_box_of_size_0_shows_what_has_a_size_again(pages: TrafilaturaReader) -> None:
    assert LINE in read(pages, f'<div style="font-size:0"><span style="font-size:17px">{LINE}</span></div>')


@pytest.mark.parametrize(
    ("sheet", "times"),
    [
        (".gone{display:none}", 0),
        ("/* .kept{} */ p.gone , .other { display : none }", 0),
        ("@import 'a.css'; .gone{display:none}", 0),
        ("@media print{.gone{display:none}}", 1),
        ("@media print{.x{color:red} .gone{display:none}} .other{display:none}", 1),
        ("/* .gone{display:none} */", 1),
        (".no-js .gone{display:none} .gone:hover{display:none}", 1),
        ("}}} .other{display:none", 1),
    ],
)
def test_a_sheet_hides_what_its_rules_name_on_every_screen(pages: TrafilaturaReader, sheet: str, times: int) -> None:
    found = read(pages, f'<p class="gone">{LINE}</p>', head=f"<style>{sheet}</style>")
    assert found.count(LINE) == times


def test_words_for_the_eye_alone_are_read_in_a_sentence(pages: TrafilaturaReader) -> None:
    price = '<span aria-hidden="true">€4.50</span><span class="sr-only">four euros fifty</span>'
    assert "A crossing costs €4.50 in summer." in read(pages, f"<p>A crossing costs {price} in summer.</p>")


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("Die Fähre legt um 7<sup>30</sup> Uhr ab.", "Die Fähre legt um 7:30 Uhr ab."),
        ("Sie fährt um 6<sup>45</sup> und um 18<sup>05</sup>.", "Sie fährt um 6:45 und um 18:05."),
        ("Von 7<sup>30</sup>–9<sup>15</sup> Uhr ist sie im Hafen.", "Von 7:30–9:15 Uhr ist sie im Hafen."),
        ("It leaves at 7<sup>42</sup> a.m. every day.", "It leaves at 7:42 a.m. every day."),
        ("The line has 7<sup>30</sup> ferries, and lost 24<sup>12</sup>.", "The line has 7 ferries, and lost 24."),
        ('It leaves at 7<sup><a href="#n30">30</a></sup> from the pier.', "It leaves at 7 from the pier."),
        (
            "*All* of the cabins and **most** of the decks are full.",
            "All of the cabins and most of the decks are full.",
        ),
        ("A deck is 5*3*2 metres, and 4 * 4 * 4 is the hold.", "A deck is 5*3*2 metres, and 4 * 4 * 4 is the hold."),
    ],
)
def test_raised_minutes_and_stars_are_judged(pages: TrafilaturaReader, markup: str, said: str) -> None:
    assert said in read(pages, f"<p>{markup}</p>")


@pytest.mark.parametrize("prefix", ["h", "xh", "doc-1"])
@pytest.mark.parametrize("declaration", ['<?xml version="1.0"?>\n', ""])
def test_xhtml_is_read_whatever_prefix_its_namespace_has(
    pages: TrafilaturaReader, prefix: str, declaration: str
) -> None:
    plain = f"<html xmlns:_='http://www.w3.org/1999/xhtml'><body><h1>The ferry is back</h1><p>{FIRST}</p><p>{LINE}<br/>Yes.</p>"
    whole = plain.replace("xmlns:_", f"xmlns:{prefix}") + "</body></html>"
    named = whole.replace("</", f"</{prefix}:").replace("<", f"<{prefix}:").replace(f"<{prefix}:/", "</")
    article = read_article((declaration + named).encode(), pages=pages)
    assert article.title == "The ferry is back"
    assert [block.text for block in article.body] == [FIRST, f"{LINE} Yes."]


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("<div>Out at six<div>back at nine</div>every day of the week.</div>", ["Out at six", "back at nine"]),
        ("<div>Out at six<hr><div><img src='a.png'></div>back at nine, every day.</div>", ["Out at six"]),
        ("<ul><li><div>Out at six</div><div>back at nine</div></li></ul>", ["Out at six", "back at nine"]),
        ("<ul><li><p>Out at six</p><p>back at nine</p></li></ul>", ["Out at six", "back at nine"]),
        (
            "<div><div class='initial'>T</div>he pier is new, and the lamps on it are old.</div>",
            ["The pier is new, and the lamps on it are old."],
        ),
    ],
)
def test_text_beside_a_paragraph_keeps_its_words_apart(pages: TrafilaturaReader, markup: str, said: list[str]) -> None:
    found = read(pages, markup)
    assert all(each in found for each in said), found
