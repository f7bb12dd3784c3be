"""The files in voices/: an editor who makes a mistake in one is told where it is and how to mend it."""

import tomllib
from pathlib import Path

import pytest
from gtts.lang import tts_langs
from hypothesis import given
from hypothesis import strategies as st

from podcaster import language as languages
from podcaster.errors import SettingsWrong
from podcaster.speech.catalogue import Catalogue
from podcaster.speech.toml_lines import toml_lines
from podcaster.units import LanguageTag
from support.paths import VOICES

EN = LanguageTag("en")
RIGHT = """# English
language = "en"
name = "English"

[[voices]]
name = "one"
engine = "espeak"
engine_voice = "en"

[[voices]]
name = "two"
engine = "espeak"
engine_voice = "en-US"
rate_wpm = 170

[phrases]
opening = "From {show}, {date}."
opening_undated = "From {show}."
byline = "By {authors}."
draft = "A draft."
key_points = "Key points"
report = "The report"
closing = "That was {show}."
"""


def refusal(tmp_path: Path, text: str) -> str:
    (tmp_path / "en.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsWrong) as refused:
        Catalogue(tmp_path).phrases(EN)
    return str(refused.value)


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("rate_wpm = 170", "rate_wpm = 900", "line 14: voices.2.rate_wpm"),
        ("rate_wpm = 170", "rate_wmp = 170", "line 14: voices.2.rate_wmp is no key (did you mean rate_wpm?)"),
        ('engine_voice = "en"\n', "\n", "line 5: voices.1.engine_voice"),
        ('name = "English"\n', "\n", "line 1: name"),
        ('language = "en"', 'language = "es"', "line 2: language is 'es'"),
        ('byline = "By {authors}."', 'byline = "By {author}."', "line 19: byline needs {authors}"),
        ('report = "The report"\n', "\n", "line 16: report is missing"),
        ("[phrases]", "[phrases", "line 16"),
    ],
)
def test_a_fault_is_named_with_its_file_its_line_and_what_to_do(
    tmp_path: Path, right: str, wrong: str, told: str
) -> None:
    message = refusal(tmp_path, RIGHT.replace(right, wrong))

    assert str(tmp_path / "en.toml") in message
    assert told in message
    assert "Correct the file" in message


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    message = refusal(tmp_path, RIGHT.replace("rate_wpm = 170", "rate_wpm = 1\npitch = 200"))

    assert "line 14: voices.2.rate_wpm" in message
    assert "line 15: voices.2.pitch" in message


@given(
    tables=st.lists(
        st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), st.integers(0, 9), min_size=1), max_size=4
    ),
    blank=st.integers(0, 2),
)
def test_every_key_is_found_in_the_line_that_it_stands_in(tables: list[dict[str, int]], blank: int) -> None:
    told = [
        line for table in tables for line in ["[[voices]]", *(f"{key} = {table[key]}" for key in table), *[""] * blank]
    ]
    text = "\n".join(told)
    found = toml_lines(text)

    assert tomllib.loads(text).get("voices", []) == tables
    for place, table in enumerate(tables):
        assert told[found["voices", place] - 1] == "[[voices]]"
        for key, number in table.items():
            assert told[found["voices", place, key] - 1] == f"{key} = {number}"


@pytest.mark.parametrize(
    ("asked", "spoken_by"),
    [
        ("en-US", "en-US-espeak"),
        ("en-GB", "en-GB-rp-espeak"),
        ("es-ES", "es-espeak"),
        ("es-MX", "es-latin-espeak"),
        ("pt-PT", "pt-espeak"),
        ("pt-BR", "pt-BR-espeak"),
        ("fr-FR", "fr-espeak"),
        ("fr-CA", "fr-for-CA-espeak"),
        ("zh-CN", "zh-espeak"),
        ("zh-TW", "zh-TW-espeak"),
        ("yue", "yue-espeak"),
    ],
)
def test_a_region_is_spoken_by_a_voice_of_its_own(asked: str, spoken_by: str) -> None:
    voices = Catalogue(VOICES).voices(Catalogue(VOICES).nearest(languages.parse(asked)))

    assert next(voice.name for voice in voices if voice.engine == "espeak") == spoken_by


def test_at_least_forty_languages_can_be_spoken_without_a_download() -> None:
    catalogue = Catalogue(VOICES)
    spoken = {
        languages.base(each)
        for each in catalogue.languages
        if any(voice.engine == "espeak" for voice in catalogue.voices(each))
    }

    assert len(spoken) >= 40


def test_every_voice_of_gtts_is_one_that_gtts_knows() -> None:
    catalogue = Catalogue(VOICES)
    asked = {
        voice.engine_voice for each in catalogue.languages for voice in catalogue.voices(each) if voice.engine == "gtts"
    }

    assert asked <= set(tts_langs())


def test_the_better_an_engine_is_heard_the_earlier_it_is_asked() -> None:
    catalogue = Catalogue(VOICES)
    order = ["hibari", "festival", "kokoro", "piper", "gtts", "espeak"]
    for each in catalogue.languages:
        engines = [order.index(voice.engine) for voice in catalogue.voices(each)]
        assert engines == sorted(engines), each
