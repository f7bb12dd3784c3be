"""The show's own words, and the files in voices/ that hold them."""

import tomllib
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import espeakng_loader
import pytest

from podcaster import language as languages
from podcaster.errors import SettingsWrong
from podcaster.script import cldr
from podcaster.script.lexicon import Lexicon
from podcaster.script.phrases import Phrases
from podcaster.speech.catalogue import Catalogue
from podcaster.units import LanguageTag
from support.paths import VOICES

FILES = [pytest.param(VOICES / f"{tag}.toml", id=tag) for tag in Catalogue(VOICES).languages]
LEXICONS = [pytest.param(file, id=file.stem) for file in sorted((VOICES / "lexicons").glob("*.toml"))]
ENGINE_VOICES = {file.name for file in (Path(espeakng_loader.get_data_path()) / "lang").rglob("*") if file.is_file()}
ENGINE_VARIANTS = {file.name for file in (Path(espeakng_loader.get_data_path()) / "voices" / "!v").iterdir()}
TABLE = {
    "opening": "From {show}, {date}.",
    "opening_undated": "From {show}.",
    "byline": "By {authors}.",
    "draft": "A draft.",
    "key_points": "Key points",
    "report": "The report",
    "closing": "That was {show}.",
}
EN = LanguageTag("en")


def phrases_of(file: Path) -> Phrases:
    return Phrases.from_table(LanguageTag(file.stem), tomllib.loads(file.read_text(encoding="utf-8"))["phrases"])


@pytest.mark.parametrize("file", FILES)
def test_every_language_has_phrases_that_can_be_filled_in(file: Path) -> None:
    phrases = phrases_of(file)
    opening = phrases.opening_line("Meridian {show}", datetime(2021, 3, 1, tzinfo=UTC))

    assert "Meridian {show}" in opening
    assert "2021" in opening
    assert not any(sign in opening for sign in ("..", "(", "\u202f"))
    assert "Meridian" in phrases.opening_line("Meridian", None)
    assert "Ana" in phrases.byline_line(["Ana", "Berta"])
    assert "Berta" in phrases.byline_line(["Ana", "Berta"])
    assert "Meridian" in phrases.closing_line("Meridian")


@pytest.mark.parametrize("file", FILES)
def test_every_language_is_named_and_has_a_voice_that_espeak_ships(file: Path) -> None:
    table = tomllib.loads(file.read_text(encoding="utf-8"))

    assert table["language"] == file.stem == languages.parse(file.stem)
    assert table["name"].strip()
    assert table["voices"]
    for voice in table["voices"]:
        name, _, variant = voice["engine_voice"].partition("+")
        assert voice["engine"] != "espeak" or (name in ENGINE_VOICES and variant in {"", *ENGINE_VARIANTS})
        assert 80 <= voice["rate_wpm"] <= 300
        assert 0 <= voice["pitch"] <= 99
        assert voice["licence"]


@pytest.mark.parametrize("language", ["en", "es", "ca", "gl", "pt"])
def test_each_language_of_the_demo_has_a_womans_and_a_mans_voice_without_a_network(language: str) -> None:
    table = tomllib.loads((VOICES / f"{language}.toml").read_text(encoding="utf-8"))
    embedded = [voice for voice in table["voices"] if voice["engine"] == "espeak"]
    assert {voice["gender"] for voice in embedded} == {"female", "male"}
    assert all("gain_db" in voice for voice in embedded)


def test_no_two_voices_have_one_name() -> None:
    catalogue = Catalogue(VOICES)
    names = [voice.name for language in catalogue.languages for voice in catalogue.voices(language)]

    assert len(names) == len(set(names))


@pytest.mark.parametrize("file", LEXICONS)
def test_every_lexicon_belongs_to_a_language_and_can_be_read(file: Path) -> None:
    assert (VOICES / file.name).exists()
    assert Lexicon.from_table(LanguageTag(file.stem), tomllib.loads(file.read_text(encoding="utf-8"))).words


def test_every_fault_of_a_table_is_named_at_once() -> None:
    table = TABLE | {
        "opening": "From {show}.",
        "byline": "By {",
        "draft": " ",
        "report": 3,
        "closing": "{show!r}",
        "x": "y",
    }
    del table["key_points"]

    with pytest.raises(SettingsWrong) as refused:
        Phrases.from_table(EN, table)

    message = str(refused.value)
    assert "voices/en.toml" in message
    assert "\n" not in message
    for fault in (
        "opening needs",
        "byline has",
        "draft is not",
        "report is not",
        "closing needs",
        "x is not",
        "key_points is",
    ):
        assert fault in message


def test_a_table_without_faults_gives_its_phrases() -> None:
    phrases = Phrases.from_table(EN, TABLE)

    assert phrases.byline_line(["Ana", "Bo", "Cy"]) == "By Ana, Bo, and Cy."
    assert phrases.opening_line("Meridian", None) == "From Meridian."


def test_the_date_is_that_of_the_place_where_the_report_was_published() -> None:
    late = datetime(2021, 3, 23, 23, 30, tzinfo=timezone(timedelta(hours=-5)))

    assert Phrases.from_table(EN, TABLE).opening_line("Meridian", late) == "From Meridian, March 23, 2021."


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("es", "1 de marzo de 2021"),
        ("pt-BR", "1 de março de 2021"),
        ("af", "1 Maart 2021"),
        ("hr", "1. ožujka 2021."),
        ("eu", "2021eko martxoaren 1a"),
        ("zh", "2021年3月1日"),
        ("ru", "1 марта 2021 г."),
    ],
)
def test_dates_are_written_as_the_language_writes_them(language: str, written: str) -> None:
    assert cldr.long_date(date(2021, 3, 1), LanguageTag(language)) == written


def test_basque_endings_follow_the_sound_of_the_number() -> None:
    days = [date(2022, 1, 2), date(2025, 1, 11), date(2030, 1, 31), date(1900, 1, 5), date(2000, 1, 5)]
    written = [cldr.long_date(day, LanguageTag("eu")).split() for day in days]

    assert [each[0] for each in written] == ["2022ko", "2025eko", "2030eko", "1900eko", "2000ko"]
    assert [each[-1] for each in written] == ["2a", "11", "31", "5a", "5a"]


def test_spanish_and_changes_before_its_own_sound() -> None:
    es = LanguageTag("es")

    assert cldr.joined(["Ana", "Inés"], es) == "Ana e Inés"
    assert cldr.joined(["plata", "oro"], es, "or") == "plata u oro"
    assert cldr.joined(["fuego", "hielo"], es) == "fuego y hielo"


def test_a_language_that_the_cldr_does_not_know_still_gets_lists_and_dates() -> None:
    assert cldr.joined(["A", "B"], LanguageTag("tlh"))
    assert "2021" in cldr.long_date(date(2021, 3, 1), LanguageTag("tlh"))
