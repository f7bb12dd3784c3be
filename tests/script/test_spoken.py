"""The spoken form: what a voice is given for what is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from podcaster.model import LineKind
from podcaster.script.lexicon import Lexicon
from podcaster.script.spoken import spoken_form
from podcaster.script.spoken.wording import roman, words
from podcaster.units import LanguageTag
from support.paths import GOLDEN

EXPECTED = GOLDEN / "spoken"
"""A file a language: written, tabulator, spoken."""

ROWS = [
    pytest.param(LanguageTag(file.stem), *row.split("\t"), id=f"{file.stem}: {row.partition(chr(9))[0]}")
    for file in sorted(EXPECTED.glob("*.tsv"))
    for row in file.read_text(encoding="utf-8").splitlines()
]
LANGUAGES = words("en es ca gl pt pt-BR fr de it nl pl sv eu ru zh zh-TW ar hi th tlh")
PIECES = [
    "$",
    "€",
    "5.4",
    "bn",
    "%",
    "10",
    "-",
    "–",
    "/",
    "&",
    "[1]",
    "U.S.",
    "IV",
    "Q3",
    "’90s",
    "March",
    "a",
    "и",
    "№",
]
EN = LanguageTag("en")


@pytest.mark.parametrize(("language", "written", "spoken"), ROWS)
def test_signs_and_figures_are_said_as_people_say_them(language: LanguageTag, written: str, spoken: str) -> None:
    assert spoken_form(written, LineKind.PARAGRAPH, language) == spoken


@pytest.mark.parametrize(
    ("language", "headline", "spoken"),
    [
        ("en", "US/CHINA: Will talks resume?", "US and China: Will talks resume?"),
        ("en", "US/CHINA/NORTH KOREA: A summit", "US, China, and North Korea: A summit."),
        ("en", "CHINA: POWER CUTS HIT THE EU AND THE US", "China: Power cuts hit the EU and the US."),
        ("en", "QUEEN ANNE II MEETS PETER III", "Queen Anne the second meets Peter the third."),
        ("en", "€6BN FOR ROADS, 80 KM/H FOR LORRIES", "6 billion euros for roads, 80 kilometres an hour for lorries."),
        ("es", "EL REY LUIS II Y LA REINA ISABEL I", "El rey Luis segundo y la reina Isabel primera."),
        ("de", "KAISER OTTO III. IN ROM", "Kaiser Otto der Dritte in rom."),
        ("pt-BR", "R$ 6 MI PARA ESTRADAS", "6 milhões de reais para estradas."),
        ("en", "NATO AND THE U.S. DISAGREE", "NATO and the US disagree."),
        ("en", "US GDP", "US GDP."),
        ("en", "The IMF’s view", "The IMF’s view."),
        ("en", "Note: this is lower case", "Note: this is lower case."),
        ("es", "EE. UU./IRÁN: ¿habrá acuerdo?", "Estados Unidos e Irán: ¿habrá acuerdo?"),
        ("es", "CHINA/INDIA: Más comercio", "China e India: Más comercio."),
        ("es", "LA UE APRUEBA SANCIONES", "La UE aprueba sanciones."),
        ("ca", "EUA/XINA: Més converses", "Estats Units i Xina: Més converses."),
        ("gl", "EUA/CHINA: Máis conversas", "Estados Unidos e China: Máis conversas."),
        ("pt", "EUA/CHINA: Mais conversações", "Estados Unidos e China: Mais conversações."),
        ("fr", "ÉTATS-UNIS/CHINE : Reprise ?", "États-Unis et Chine: Reprise?"),
        ("ru", "США/КИТАЙ: Переговоры", "Сэ-Шэ-А и Китай: Переговоры."),
        ("zh", "美国/中国：会谈", "美国和中国：会谈。"),
    ],
)
def test_a_headline_is_read_and_not_shouted(language: str, headline: str, spoken: str) -> None:
    assert spoken_form(headline, LineKind.TITLE, LanguageTag(language)) == spoken


def test_only_headlines_lose_their_capitals() -> None:
    text = "THE SIGN SAID NO ENTRY."

    assert spoken_form(text, LineKind.QUOTE, EN) == text
    assert spoken_form(text, LineKind.HEADING, EN) == "The sign said no entry."


def test_the_lexicon_is_heard_in_running_text_and_in_shouted_headlines() -> None:
    lexicon = Lexicon.from_table(EN, {"words": {"Biden": "Byeden", "IMF": "I.M.F."}})

    assert spoken_form("Biden’s IMF plan", LineKind.PARAGRAPH, EN, lexicon) == "Byeden’s I.M.F. plan."
    assert spoken_form("BIDEN MEETS LEADERS", LineKind.TITLE, EN, lexicon) == "Byeden meets leaders."


@given(
    text=st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=10).map(" ".join)),
    kind=st.sampled_from(LineKind),
    language=st.sampled_from(LANGUAGES).map(LanguageTag),
)
def test_whatever_is_written_gives_one_line_and_never_nothing(text: str, kind: LineKind, language: LanguageTag) -> None:
    spoken = spoken_form(text, kind, language)

    assert spoken == " ".join(spoken.split())
    assert bool(spoken) == bool(text.split())


@given(st.lists(st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=8), min_size=1, max_size=8).map(" ".join))
def test_plain_words_are_left_alone(text: str) -> None:
    sentence = f"{text}."

    assert spoken_form(sentence, LineKind.PARAGRAPH, LanguageTag("eo")) == sentence


def test_an_ordinary_sentence_that_ends_in_a_note_still_ends_in_a_full_stop() -> None:
    assert spoken_form("It is so [4]", LineKind.KEY_POINT, EN) == "It is so."


def test_what_holds_nothing_to_say_is_passed_on_as_it_is() -> None:
    assert spoken_form("[1]", LineKind.PARAGRAPH, EN) == "[1]"


@pytest.mark.parametrize(
    ("numeral", "value"), [("I", 1), ("IV", 4), ("XIX", 19), ("XXXIX", 39), ("IIX", None), ("VX", None)]
)
def test_roman_numerals_have_one_proper_form(numeral: str, value: int | None) -> None:
    assert roman(numeral) == value
