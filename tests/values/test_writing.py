"""Money, parts of a hundred, addresses and days are written as the target language writes them."""

import pytest

from podcaster.units import LanguageTag
from podcaster.values.parsing import read
from podcaster.values.preparation import prepared
from podcaster.values.signs import codes
from podcaster.values.writing import rewritten, settled

EN, ES = LanguageTag("en"), LanguageTag("es")


@pytest.mark.parametrize(
    ("language", "source", "forms"),
    [
        ("es", "A fee of $7 a day", ["7 dólares"]),
        ("es", "From $2,150.50 to $3m", ["2.150,50 dólares", "3 millones de dólares"]),
        ("es", "A plan of $6bn", ["6.000 millones de dólares"]),
        ("pt-BR", "A plan of $6bn", ["6 bilhões de dólares"]),
        ("de", "A plan of €1bn", ["1 Milliarde Euro"]),
        ("fr", "A plan of €6bn", ["6 milliards d’euros"]),
        ("zh", "A plan of $6bn", ["60亿美元"]),
        ("es", "A fall of 4 per cent", ["4 por ciento"]),
        ("es", "Ask us@example.org or @valley_news.", ["us@example.org", "@valley_news"]),
        ("es", "Since 6 < 8 ± 1 of 3.5×10⁴", ["<", "±", "3,5×10⁴"]),
        ("es", "Some 4,300 tonnes of sand", []),
        ("es", "Grants of $1.2bn–$1.7bn or $3–4m", ["1.200 a 1.700 millones de dólares", "3 a 4 millones de dólares"]),
        ("de", "Grants of $1.2bn–$1.7bn", ["1,2 bis 1,7 Milliarden Dollar"]),
        ("zh", "Grants of $3–4bn", ["30亿至40亿美元"]),
        ("ja", "Grants of $3–4bn", ["30億～40億米ドル"]),
        ("ru", "Grants of $3–4bn", ["3–4 миллиарда долларов"]),
        ("pl", "A plan of €1.5bn", ["1,5 miliarda euro"]),
        ("ar", "A plan of €6bn", ["6 مليار يورو"]),
        ("de", "A loan of ₹600 crore", ["6 Milliarden Rupien"]),
        ("es", "Off by ±4% at ≥ 9% of them", ["±4 por ciento", "≥", "9 por ciento"]),
        ("es", "It is 6‰, not 6-per-cent.", ["6 ‰", "6 por ciento"]),
        ("es", "A wall of 20 ft", []),
        ("es", "At 7.15 a.m. x² ≠ 9.", ["7:15", "x²", "≠"]),
        ("es", "At 1,300.5 m/s for $70/MWh", ["1.300,5 m/s", "70 dólares/MWh"]),
        ("es", "A rise (+2.5%) for lake_guard in 3 A/B tests", ["+2,5 por ciento", "lake_guard"]),
        ("es", "Version 3.1.4 of Section 7.3", ["3.1.4", "7.3"]),
    ],
)
def test_what_no_engine_sees_has_its_form_in_the_target_language(language: str, source: str, forms: list[str]) -> None:
    assert [each.form for each in settled(source, EN, LanguageTag(language))] == forms


def test_signs_of_an_engine_s_own_format_are_kept_from_it() -> None:
    assert [each.form for each in codes(r"Gate #4 opens 2 + 3 times @ x^y or a*b, says \n, not C:\dam.csv.")] == (
        ["#4", "+", "@", "x^y", "a*b", r"\n"]
    )
    assert prepared("The {old} dam", EN) == "The (old) dam"


def test_days_in_figures_reach_engines_with_their_month_in_words() -> None:
    assert prepared("It broke on 14/08/2019.", EN) == "It broke on 14 August 2019."
    assert prepared("The ﬁrst oﬃcer", EN) == "The first officer"
    assert prepared("Shut by 12/31 and on 25.11.22, at 12 ug/m3.", EN) == (
        "Shut by 31 December and on 25 November 2022, at 12 µg/m³."
    )
    assert prepared("A $9-a-barrel levy on №3, or 10−5 of it", EN) == "A $9 a barrel levy on number 3, or 10^-5 of it"
    assert prepared("It rose y/y where p < .04.", EN) == "It rose year on year where p < 0.04."


def test_figures_that_an_engine_copied_get_the_signs_of_their_language() -> None:
    copied = "La zanja tomó 4,300 toneladas y 1.5 kilómetros."
    assert rewritten("The trench took 4,300 tonnes and 1.5 kilometres.", copied, EN, ES) == (
        "La zanja tomó 4.300 toneladas y 1,5 kilómetros."
    )
    right = "La zanja tomó 4.300 toneladas."
    assert rewritten("The trench took 4,300 tonnes.", right, EN, ES) == right


def test_portuguese_writes_parts_of_a_hundred_with_the_sign() -> None:
    copied = "Entre 30 e 43 por cento vieram, um por cento saiu."
    right = "Entre 30 e 43% vieram, um por cento saiu."
    assert rewritten("Between 30 and 43 percent came, one percent left.", copied, EN, LanguageTag("pt-BR")) == right
    assert rewritten("Between 30 and 43 percent came.", copied, EN, LanguageTag("gl")) == copied


@pytest.mark.parametrize("language", ["pt-BR", "ca", "gl", "de", "es"])
def test_a_month_of_another_language_is_an_ordinary_word(language: str) -> None:
    assert "2026" in [value.text.removeprefix("May ") for value in read("Vigo Forum May 2026", LanguageTag(language))]
