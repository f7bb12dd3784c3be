"""Sentences: where a paragraph is cut, and that nothing is lost by cutting it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from podcaster.script import cldr
from podcaster.script.sentences import split
from podcaster.units import LanguageTag
from support.paths import GOLDEN

EXPECTED = GOLDEN / "sentences"
"""A file a language: paragraphs with an empty line between them, one sentence a line."""

PARAGRAPHS = [
    pytest.param(LanguageTag(file.stem), tuple(block.strip().split("\n")), id=f"{file.stem}-{place}")
    for file in sorted(EXPECTED.glob("*.txt"))
    for place, block in enumerate(file.read_text(encoding="utf-8").strip().split("\n\n"))
]
LANGUAGES = ["en", "es", "ca", "gl", "pt", "pt-BR", "fr", "de", "zh", "ja", "ar", "hi", "ka", "ru", "sw", "tlh"]
WORDS = [
    "U.S.",
    "Mr.",
    "i.e.",
    "J.",
    "22",
    "No.",
    "“soft.”",
    "…",
    "2.5",
    "«a»",
    "¿Qué?",
    "¡Ay!",
    "。",
    "「はい。」",
    "म।",
    "؟",
    "o",
]


def without_space(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(("language", "sentences"), PARAGRAPHS)
def test_a_paragraph_is_cut_where_a_reader_would_pause(language: LanguageTag, sentences: tuple[str, ...]) -> None:
    between = " " if cldr.spaced(language) else ""

    assert split(between.join(sentences), language) == sentences


@given(
    text=st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)),
    language=st.sampled_from(LANGUAGES).map(LanguageTag),
)
def test_cutting_loses_and_adds_nothing_but_white_space(text: str, language: LanguageTag) -> None:
    sentences = split(text, language)

    assert without_space("".join(sentences)) == without_space(text)
    assert all(sentence == " ".join(sentence.split()) != "" for sentence in sentences)


@given(text=st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join))
def test_no_sentence_is_made_of_signs_alone_beside_one_of_words(text: str) -> None:
    sentences = split(text, LanguageTag("en"))

    assert len(sentences) == 1 or all(any(map(str.isalnum, sentence)) for sentence in sentences)


@pytest.mark.parametrize("blank", ["", "  ", "\n\t\u00a0"])
def test_a_blank_paragraph_has_no_sentences(blank: str) -> None:
    assert split(blank, LanguageTag("en")) == ()
