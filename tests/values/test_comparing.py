"""Values are compared by each language's own writing: what means the same passes, and nothing else does."""

import pytest

from podcaster.units import LanguageTag
from podcaster.values.comparing import faults

EN = LanguageTag("en")


def compared(source: str, target: str, language: str) -> tuple[str, ...]:
    return faults(source, target, EN, LanguageTag(language))


@pytest.mark.parametrize(
    ("language", "source", "target"),
    [
        ("es", "In 2019, 300 boats sailed.", "En 2019, 300 barcos zarparon."),
        ("es", "It fell 2.5 percent.", "Bajó un 2,5 por ciento."),
        ("es", "A fee of $7", "Una tasa de 7 dólares"),
        ("es", "Some 18,000 goats", "Unas 18.000 cabras"),
        ("es", "Some 18,000 goats", "Unas dieciocho mil cabras"),
        ("es", "On 14/08/2019", "El 14 de agosto de 2019"),
        ("es", "The boats of his/her family", "Los barcos de su familia"),
        ("es", "A plan of $6bn", "Un plan de 6.000 millones de dólares"),
        ("es", "A plan of $6bn", "Un plan de 6 mil millones de dólares"),
        ("es", "Some €20-25bn", "Entre 20.000 y 25.000 millones de euros"),
        ("es", "Some €20-25bn", "De 20 a 25 mil millones de euros"),
        ("es", "In the 19th century", "En el siglo XIX"),
        ("es", "For the 4th time", "Por cuarta vez"),
        ("es", "At 4:45 pm", "A las 16:45"),
        ("es", "At 4 pm", "A las 4 de la tarde"),
        ("es", "He kept 6 hens", "Tenía seis gallinas"),
        ("es", "It was -7 degrees", "Hacía menos 7 grados"),
        ("es", "Since 6 < 8", "Porque 6 es menor que 8"),
        ("es", "A wall of 20 ft", "Un muro de 20 pies"),
        ("es", "In the 1980s", "En los años ochenta"),
        ("es", "A week of 3/4", "Tres cuartos de semana"),
        ("es", "A 10-per-cent rise", "Un aumento del 10 por ciento"),
        ("es", "It is 6‰.", "Es el 6 ‰."),
        ("de", "It is 6‰.", "Es sind 6 Promille."),
        ("pl", "A million people", "Milion osób"),
        ("pl", "A plan of $2.5bn", "Plan 2,5 miliarda dolarów"),
        ("ar", "A plan of €6bn", "خطة 6 مليار يورو"),
        ("cs", "A plan of €6bn", "Plán 6 miliard eur"),
        ("it", "A billion people", "Un miliardo di persone"),
        ("de", "Some 18,000 goats", "Etwa 18.000 Ziegen"),
        ("de", "1.4m hens", "1,4 Millionen Hennen"),
        ("de", "2,300 hens", "zweitausenddreihundert Hennen"),
        ("fr", "Some 18,000 goats", "Environ 18 000 chèvres"),
        ("pt", "A plan of $6bn", "Um plano de 6 mil milhões de dólares"),
        ("pt-BR", "Fourteen schools, 16 boats, nineteen goats", "Quatorze escolas, dezesseis barcos, dezenove cabras"),
        ("pt", "A 1-0 defeat at home", "Uma derrota por 1-0 em casa"),
        ("es", "They lost a match 2-1", "Perdieron un partido por 2-1"),
        ("pt", "Some 117 goats", "Umas cento e dezassete cabras"),
        ("pt-BR", "A plan of $6bn", "Um plano de US$ 6 bilhões"),
        ("zh", "Some 18,000 goats", "约1.8万只山羊"),
        ("zh", "A plan of $6bn", "60亿美元的计划"),
        ("zh", "It fell 2.5 percent.", "下降百分之二点五。"),
        ("ru", "Some 18,000 goats", "Около 18 000 коз"),
        ("gl", "Some 18,000 goats", "Unhas dezaoito mil cabras"),
        ("ja", "Some 13,000 homes", "約１万３千戸"),
        ("ja", "On 14 August 2019", "令和元年8月14日"),
        ("zh", "On 14 August 2019", "二〇一九年八月十四日"),
        ("zh", "A fee of 6 million yuan", "６００万元的费用"),
        ("zh", "Some 120 million", "约1亿2000万"),
        ("th", "A fee of 700 baht", "ค่าธรรมเนียม ๗๐๐ บาท"),
        ("es", "Version 3.1.4 is out.", "Sale la versión 3.1.4."),
        ("es", "Section 7.3 holds.", "Vale la sección 7.3."),
        ("es", "Where p < .04", "Donde p < 0,04"),
        ("es", "Growth in FY23/24", "Crecimiento en FY23/24"),
        ("es", "At least 40 boats sank.", "Al menos 40 barcos se hundieron."),
        ("es", "At least 40 boats sank.", "Por lo menos 40 barcos se hundieron."),
        ("es", "About 40 boats sank.", "Más o menos 40 barcos se hundieron."),
        ("pt-BR", "At least 40 boats sank.", "Pelo menos 40 barcos afundaram."),
        ("pt-BR", "At least 40 boats sank.", "Ao menos 40 barcos afundaram."),
        ("gl", "At least 40 boats sank.", "Polo menos 40 barcos afundiron."),
        ("ca", "At least 40 boats sank.", "Al menys 40 vaixells es van enfonsar."),
        ("fr", "At least 40 boats sank.", "Au moins 40 bateaux ont coulé."),
        ("es", "It was at least -7 degrees", "Hacía al menos menos 7 grados"),
        ("es", "A billion people", "Mil millones de personas"),
        ("ca", "A billion people", "Mil milions de persones"),
        ("pt-BR", "A billion people", "Um bilhão de pessoas"),
        ("de", "A billion people", "Eine Milliarde Menschen"),
        ("fr", "A million people", "Un million de personnes"),
        ("ru", "A million people", "Миллион человек"),
        ("es", "Half a million people", "Medio millón de personas"),
        ("es", "A trillion dollars were lost.", "Se perdió un billón de dólares."),
        ("es", "It cost $1 trillion.", "Costó un billón de dólares."),
    ],
)
def test_what_means_the_same_passes(language: str, source: str, target: str) -> None:
    assert compared(source, target, language) == ()


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("It fell 2.5 percent.", "Bajó un 25 por ciento."),
        ("It was -7 degrees.", "Hacía 7 grados."),
        ("Version 3.1.4 is out.", "Sale la versión 314."),
        ("Where p < .04", "Donde p < 04"),
        ("Some 2,600 goats", "Unas 2,600 cabras"),
        ("A fee of $7", "Una tasa de 7"),
        ("A fee of $7", "Una tasa de 7 euros"),
        ("Since 6 < 8", "Porque 6 8"),
        ("So x² is large", "Así que x2 es grande"),
        ("Pumps and/or valves", "Bombas y, o válvulas"),
        ("It is 6‰.", "Es 6."),
        ("Fe³⁺ ions", "Iones de Fe³"),
        ("Some 6 million", "Unos 6 mil millones"),
        ("A plan of $6bn", "Un plan de 6 billones de dólares"),
        ("On 14 August 2019", "El 14 de agosto de 2018"),
        ("On 14 August 2019", "El 14 de octubre de 2019"),
        ("It is 6 percent.", "Son 6."),
        ("From 20-25 men", "De 20-26 hombres"),
        ("Some 10^8 drops", "Unas 108 gotas"),
        ("Forty-two thousand men", "42 hombres"),
        ("Write to us@example.org.", "Escríbanos a us arroba example."),
        ("Open plan_b.pdf.", "Abra plan_c.pdf."),
        ("A week of 3/4", "Una semana de 3"),
        ("Some 6 km", "Unas 6 millas"),
        ("At 4:45 pm", "A las 5:45"),
        ("Some 0.5 of it", "Un 0,05 de ello"),
        ("There were goats.", "Había 14 cabras."),
        ("A billion people", "Un billón de personas"),
        ("A trillion people", "Mil millones de personas"),
        ("It cost $1 trillion.", "Costó un billón de euros."),
        ("At least -7 degrees.", "Al menos 7 grados."),
    ],
)
def test_what_means_something_else_is_named(source: str, target: str) -> None:
    assert compared(source, target, "es")
