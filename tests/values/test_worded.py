"""Words in place of signs, for models that translate whole sentences."""

import pytest

from podcaster.units import LanguageTag
from podcaster.values.comparing import faults
from podcaster.values.worded import worded
from podcaster.values.writing import rewritten

EN, ES = LanguageTag("en"), LanguageTag("es")


@pytest.mark.parametrize(
    ("written", "given"),
    [
        ("It cost ￡5 and ₸400.", "It cost 5 pounds and 400 tenge."),
        ("It costs $5-7bn or €5m–€10m.", "It costs 5 to 7 billion dollars or 5 million euros to 10 million euros."),
        ("It lost -$5m.", "It lost minus 5 million dollars."),
        ("CHF 5m/EUR 4.8m was paid.", "5 million Swiss francs/4.8 million euros was paid."),
        ("A fund of ₹5 lakh crore.", "A fund of 5 trillion rupees."),
        ("It held 6 µg/m³.", "It held 6 micrograms per cubic metre."),
        ("It runs at 120 km/h.", "It runs at 120 kilometres per hour."),
        ("It carried 320 m³/s in 3 A/B tests.", "It carried 320 cubic metres per second in 3 A/B tests."),
        (
            "A hen was £2 7s 6d, an egg 1s 3d or 15p.",
            "A hen was 2 pounds, 7 shillings and 6 pence, an egg 1 shilling and 3 pence or 15 pence.",
        ),
        ("Debt of €2,715bn on 1.3m km²", "Debt of 2,715 billion euros on 1.3 million km²"),
        ("Mix 3 tsp salt; gold is $60/10 g.", "Mix 3 teaspoons of salt; gold is 60 dollars per 10 g."),
        ("Power at $70/MWh and ore at $9/ton", "Power at 70 dollars per megawatt-hour and ore at 9 dollars per ton"),
        ("Rents of €30/month at 21/23 Mill Lane", "Rents of 30 euros per month at 21-23 Mill Lane"),
        ("In 11/2022, 14 300 people came.", "In November 2022, 14,300 people came."),
        ("No. 5 and § 7 apply.", "Number 5 and section 7 apply."),
        ("They met at 2:15 p.m. local time.", "They met at 14:15 local time."),
        ("It ends at 12:05 a.m. We left at 6.30pm.", "It ends at 0:05. We left at 18:30."),
        ("They drew 2–2, after 1–0 in 2020–2021.", "They drew 2-2, after 1–0 in 2020–2021."),
        ("Lows of −6 °C, or 4–6 °C.", "Lows of minus 6 °C, or 4–6 °C."),
        ("Mr Grant has 3 sons.", "Mr. Grant has 3 sons."),
    ],
)
def test_a_model_is_given_words_for_signs_that_it_would_lose(written: str, given: str) -> None:
    assert worded(written, EN) == given


@pytest.mark.parametrize(
    ("source", "right", "wrong"),
    [
        ("It held 6 µg of it.", "Tenía 6 microgramos.", "Tenía 6 g."),
        ("They won 21–19.", "Ganaron 21–19.", "Ganaron 21–29."),
        ("It fell 0.5 percentage points.", "Cayó 0,5 puntos porcentuales.", "Cayó 5 puntos porcentuales."),
        ("The host is 192.168.0.1.", "El servidor es 192.168.0.1.", "El servidor es 19.216.801."),
        ("It kept 1⁄2 of it.", "Guardó 1/2 de ello.", "Guardó 1 de ello."),
        ("It costs ₴50m.", "Cuesta 50 millones de hryvnias.", "Cuesta 50 millones de euros."),
        ("It came in 11/2022.", "Llegó en noviembre de 2022.", "Llegó en octubre de 2022."),
    ],
)
def test_a_value_that_is_lost_is_found(source: str, right: str, wrong: str) -> None:
    assert not faults(source, right, EN, ES)
    assert faults(source, wrong, EN, ES)


def test_a_number_that_an_engine_grouped_by_spaces_gets_the_signs_of_its_language() -> None:
    source, target = "It counted 1,234,567 votes.", "Contó 1 234 567 votos."

    assert rewritten(source, target, EN, ES) == "Contó 1.234.567 votos."
