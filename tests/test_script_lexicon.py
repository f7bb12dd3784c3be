"""The lexicon: whole words, in their spoken form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from podcaster.errors import SettingsWrong
from podcaster.script.lexicon import Lexicon
from podcaster.units import LanguageTag

ES = LanguageTag("es")


def lexicon(**words: str) -> Lexicon:
    return Lexicon.from_table(ES, {"words": words})


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Biden habló.", "Baiden habló."),
        ("«Biden»", "«Baiden»"),
        ("Bidenomics", "Bidenomics"),
        ("BIDEN y biden", "BIDEN y biden"),
        ("Peru y Perú", "Pe y Perú"),
        ("Xi Jinping y Xi", "Shi Yinpín y Shi"),
    ],
)
def test_whole_words_with_their_case_and_accents_are_replaced(written: str, spoken: str) -> None:
    entries = {"Biden": "Baiden", "Peru": "Pe", "Xi": "Shi", "Xi Jinping": "Shi Yinpín"}

    assert lexicon(**entries).apply(written) == spoken


def test_words_that_stand_for_one_another_change_places_once() -> None:
    assert lexicon(uno="dos", dos="uno").apply("uno dos") == "dos uno"


@given(st.text(max_size=50))
def test_an_empty_lexicon_changes_nothing(text: str) -> None:
    assert lexicon().apply(text) == text


@given(
    st.dictionaries(st.text(min_size=1).filter(str.strip), st.text(min_size=1).filter(str.strip), max_size=5), st.text()
)
def test_any_written_form_is_taken_literally(words: dict[str, str], text: str) -> None:
    Lexicon.from_table(ES, {"words": words}).apply(text)


def test_every_fault_of_a_table_is_named_at_once() -> None:
    with pytest.raises(SettingsWrong) as refused:
        Lexicon.from_table(ES, {"words": {"Biden": 3, " ": "x", "Perú": ""}, "word": {}})

    assert all(part in str(refused.value) for part in ("'Biden'", "' '", "'Perú'", "'word'", "es"))


def test_a_table_of_words_is_needed_where_words_are_named() -> None:
    with pytest.raises(SettingsWrong, match="not a table"):
        Lexicon.from_table(ES, {"words": ["Biden"]})
