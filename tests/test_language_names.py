"""Languages are called and written as the Unicode CLDR has it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from babel import Locale, localedata

from podcaster import language as languages
from podcaster.units import LanguageTag

TABLE = Path(languages.__file__).with_name("language_names.toml")
OPENING = "# What languages are called in their own words: Unicode CLDR, as babel has it; tests/test_language_names.py writes it anew.\n"


def cldr_names() -> dict[str, str]:
    tags = sorted(tag for tag in localedata.locale_identifiers() if "_" not in tag)
    return {tag: name for tag in tags if (name := Locale.parse(tag).get_display_name())}


def test_every_language_is_called_by_its_own_name() -> None:
    known = cldr_names()
    if os.environ.get("PODCASTER_REWRITE_GOLDEN"):
        TABLE.write_text(OPENING + "".join(f'{tag} = "{name}"\n' for tag, name in known.items()), encoding="utf-8")
        languages.own_names.cache_clear()
    assert {tag: languages.name(LanguageTag(tag)) for tag in known} == known


@pytest.mark.parametrize(
    ("tag", "shown_in", "called"),
    [
        ("es", None, "español"),
        ("pt-BR", None, "português (Brasil)"),
        ("es", "en", "Spanish"),
        ("es", "es", "español"),
        ("tlh", None, "tlh"),
        ("es", "tlh", "es"),
    ],
)
def test_a_language_has_a_name_in_another_and_its_tag_where_nobody_knows_one(
    tag: str, shown_in: str | None, called: str
) -> None:
    assert languages.name(LanguageTag(tag), LanguageTag(shown_in) if shown_in else None) == called


def test_every_language_is_written_the_way_it_is_read() -> None:
    for each in localedata.locale_identifiers():
        tag = LanguageTag(each.replace("_", "-"))
        written = Locale.parse(each).text_direction.replace("ttb", "ltr")  # HTML knows no lines from top to bottom
        assert languages.direction(tag) == written, tag
    assert languages.direction(LanguageTag("tlh")) == "ltr"
    assert languages.direction(LanguageTag("no tag at all")) == "ltr"


def test_names_and_directions_take_no_locale_into_memory() -> None:
    """Babel keeps about a megabyte for every language that it is asked about, and a page names all that a show has."""
    program = (
        "import sys; from podcaster import language; from podcaster.units import LanguageTag;"
        "print(language.name(LanguageTag('uk')), language.direction(LanguageTag('uk')), 'babel' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["українська", "ltr", "False"]


@pytest.mark.parametrize(("tag", "shown"), [("en", "11,877"), ("es", "11.877"), ("pt-BR", "11.877")])
def test_a_figure_has_the_separator_of_the_language(tag: str, shown: str) -> None:
    assert languages.figure(11_877, LanguageTag(tag)) == shown
