"""Behind the engines: known slips put right, words that a close pair lacks found elsewhere, carried names kept."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from podcaster.adapters.apertium import ApertiumTranslator
from podcaster.adapters.bergamot import BergamotTranslator
from podcaster.errors import SettingsWrong
from podcaster.translation.copied_names import Carried
from podcaster.translation.paths import PathTranslator, path_translators, paths_of
from podcaster.translation.post_editing.corrections import Corrections, Slip, Slips, WholeWords, needles
from podcaster.translation.post_editing.unknown_words import UnknownWords, replaced
from podcaster.translation.script_translation import choose
from podcaster.translation.translator import Marked
from podcaster.units import LanguageTag
from support.requirements import missing

EN, PT, ES, CA, GL = (LanguageTag(tag) for tag in ("en", "pt", "es", "ca", "gl"))
VOICES = Path(__file__).parents[2] / "voices"


def table(name: str) -> dict[str, object]:
    return tomllib.loads((VOICES / f"{name}.toml").read_text(encoding="utf-8"))


SHIPPED = Corrections.of(table("translation_corrections"))


def test_every_shipped_pattern_is_one() -> None:
    assert Corrections.of(table("translation_corrections"), trusted=True) == SHIPPED


@pytest.mark.parametrize(
    ("said", "reworded"),
    [
        ("A cidade tem se tornado rica", "A cidade se tem tornado rica"),
        ("foi entregue ao juiz", "foi entregado ao juiz"),
        ("foram entregues ao juiz", "foram entregados ao juiz"),
        ("Mesmo uma hora", "Até mesmo uma hora"),
        ("Mesmo assim", "Mesmo assim"),
        ("Ela está com fome", "Ela tem fome"),
        ("a lidar com os impactos", "a enfrentar os impactos"),
    ],
)
def test_portuguese_is_reworded_as_close_pairs_know_it(said: str, reworded: str) -> None:
    assert SHIPPED.reworded(PT, said) == reworded


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("desalas", ("desalas",)),
        (r"(\d,\d+) (mill|bill)ón", ("ón",)),
        ("Ações? altas|(?<!não )quedas", (" altas", "quedas")),
        (r"(?<!x)abc|def", ("abc", "def")),
        (r"ab{2}cde\.[xyz]f(?-i:IA)", ("cde",)),
        ("a|bcd", ()),
        (r"^(?!.*olive).*\boil", ("oil",)),
        ("(?-i:IA)", ()),
    ],
)
def test_each_match_of_a_pattern_has_one_of_its_needles(pattern: str, found: tuple[str, ...]) -> None:
    assert needles(pattern) == found


@given(st.lists(st.sampled_from(["Ab", "bc", "cab", " ", "ñé", "q", "ÑÉ", "x"]), max_size=12).map("".join))
def test_a_slip_is_looked_for_wherever_its_pattern_stands(text: str) -> None:
    wrong = [WholeWords.of(each) for each in ("ab", "bcab|ñéq", "cab", "x", "abbc", "éñ")]
    slips = Slips(tuple(Slip(source=None, wrong=each, right=f"{place}") for place, each in enumerate(wrong)))

    expected = text
    for place, each in enumerate(wrong):
        expected = each.pattern.sub(f"{place}", expected)
    assert slips.put_right("", text) == expected


def test_a_slip_may_be_in_what_one_before_it_wrote() -> None:
    slips = Slips(
        (
            Slip(source=None, wrong=WholeWords.of("bcd"), right="no"),
            Slip(source=None, wrong=WholeWords.of("abc"), right="bcd"),
            Slip(source=None, wrong=WholeWords.of("bcd|xyz"), right="efg"),
        )
    )

    assert slips.put_right("", "Abc.") == "Efg."


@pytest.mark.parametrize(
    ("pair", "source", "said", "right"),
    [
        ((PT, ES), "Dessas áreas verdes", "Desalas áreas veáis", "De esas áreas verdes"),
        ((PT, ES), "Ele veio", "Desalas", "Desalas"),
        ((PT, ES), "A IA e o IBA", "La IBA", "La IA"),
        ((PT, CA), "Isto é um porto", "És a dir un port", "Això és un port"),
        ((PT, CA), "Isto é, um porto", "És a dir, un port", "És a dir, un port"),
        ((CA, ES), "“Sí”, va dir", "“Sí”, va dir", "“Sí”, dijo"),
        ((CA, ES), "gasos pol·luents", "gases pol·luents", "gases contaminantes"),
        ((CA, ES), "coure xilè", "cocer chileno", "cobre chileno"),
        ((CA, ES), "el gener", "El enero", "En enero"),
        (
            (EN, ES),
            "Gusts of 35 knots, 15p, 2 MWh",
            "35 nosotros, 15 pence, 2 megawatt-horas",
            "35 nudos, 15 peniques, 2 megavatios hora",
        ),
        ((EN, CA), "4 µg at 12 knots", "4 microgramas a 12 nosaltres", "4 micrograms a 12 nusos"),
        ((EN, GL), "At $9/MWh", "por megawatt-hora", "por megavatio hora"),
        (
            (EN, ES),
            "₺90 or ₦3bn, 1 lira",
            "90 lira o 3 mil millones de naira, 1 lira",
            "90 liras o 3 mil millones de nairas, 1 lira",
        ),
        ((PT, CA), "8% a menos", "8% a menys", "8% menys"),
        ((PT, CA), "a menos que chova", "la menys que plogui", "a menys que plogui"),
        ((PT, CA), "dois cabos", "dos caps", "dos cables"),
        ((PT, CA), "22 são agora novos", "22 sa ara nous", "22 són ara nous"),
        ((PT, CA), "O estado paga pelas mesas", "L'estat pagada per les taules", "L'estat paga per les taules"),
        ((EN, PT), "the 1,000th stamp", "o 1.000o selo", "o 1.000º selo"),
        ((EN, PT), "canal tolls", "as portas do canal", "os pedágios do canal"),
        ((EN, PT), "the old locks of the canal", "as fechaduras", "as eclusas"),
        ((EN, PT), "She will be tried", "Ela será tentada", "Ela será julgada"),
        ((PT, ES), "A tabela abaixo", "La mesa abajo", "La tabla abajo"),
        ((PT, ES), "Uma mesa", "Una mesa", "Una mesa"),
        ((PT, ES), "caiu para 9,8%", "cayó para 9,8%", "cayó al 9,8%"),
        ((PT, ES), "caíram 12%", "cayeron 12%", "cayeron un 12%"),
        ((PT, ES), "por usar o telefone", "para utilizar el teléfono", "por utilizar el teléfono"),
        ((PT, ES), "nove aviões", "nuevo aviones", "nueve aviones"),
        ((PT, ES), "um novo conselho de nove", "un nuevo consejo de nueve", "un nuevo consejo de nueve"),
        (
            (PT, ES),
            "da Coreia do Norte e do Japão",
            "de la Corea del Norte y del Japón",
            "de Corea del Norte y de Japón",
        ),
        ((PT, ES), "Um novo cabo", "Un nueve jefe", "Un nuevo cable"),
        ((PT, ES), "O chefe do cabo", "El jefe del cabo", "El jefe del cabo"),
        ((EN, CA), "", "en el port per a veure dilluns en 2019", "al port per veure dilluns el 2019"),
        ((EN, CA), "", "en el qual va venir el dilluns", "en el qual va venir dilluns"),
        ((EN, ES), "", "el dólar del EE. UU. y el EE. UU. y a EE. UU.", "el dólar de EE. UU. y EE. UU. y a EE. UU."),
        ((EN, PT), "Mr Grant left", "O senhor deputado Grant saiu", "O senhor Grant saiu"),
        ((EN, PT), "Mr Grant, an MP, left", "O senhor deputado Grant saiu", "O senhor deputado Grant saiu"),
        ((EN, PT), "Oil rose", "O óleo subiu", "O petróleo subiu"),
        ((EN, PT), "Olive oil rose", "O óleo subiu", "O óleo subiu"),
        ((EN, PT), "Companies borrow to build", "Empresas emprestam", "Empresas tomam emprestado"),
        ((EN, PT), "Banks lend, firms borrow", "Bancos emprestam", "Bancos emprestam"),
        ((EN, PT), "It holds rates as Ford cuts jobs", "Mantém como a Ford corta", "Mantém enquanto a Ford corta"),
        ((EN, PT), "known as Ford Motors", "conhecida como Ford Motors", "conhecida como Ford Motors"),
        ((EN, PT), "He is expected to win", "Ele é esperado para ganhar", "Ele deve ganhar"),
        ((ES, GL), "en los tres meses", "no tres meses", "nos tres meses"),
        ((ES, GL), "las cinco carreras", "do cinco carreiras", "das cinco carreiras"),
        ((ES, GL), "el 4 de febrero", "no 4 de febreiro", "no 4 de febreiro"),
        ((EN, PT), "the second-largest union", "a segunda maior união", "o segundo maior sindicato"),
        ((EN, PT), "Wages are growing", "Os salários estão a crescer", "Os salários estão crescendo"),
        ((EN, PT), "She sided with the rest", "Ela se afastou da maioria", "Ela ficou do lado da maioria"),
        ((EN, PT), "in the car park", "no parque de estacionamento", "no estacionamento"),
        ((EN, ES), "Policymakers met", "los formuladores de políticas", "los responsables políticos"),
        ((EN, ES), "a post online", "en un post", "en una publicación"),
        ((EN, ES), "by the end of 2027", "hasta el final de 2027", "para el final de 2027"),
        ((EN, ES), "Open until the end of 2027", "hasta el final de 2027", "hasta el final de 2027"),
        ((EN, ES), "compulsory layoffs", "dimisiones obligatorias", "despidos obligatorios"),
        ((EN, ES), "His resignation", "Su dimisión", "Su dimisión"),
        ((EN, ES), "Shops were hit by the strike", "fueron conseguidas", "fueron afectadas"),
        ((EN, ES), "jailed for a year", "tomado por un año", "encarcelado por un año"),
        ((PT, ES), "dez minutos", "debe minutos", "diez minutos"),
        ((PT, ES), "até cinco metros", "incluso cinco metros", "hasta cinco metros"),
        ((PT, ES), "Sua presidente", "Suda presidente", "Su presidente"),
        ((PT, ES), "pagasse-lhes", "que el gobierno los pagara", "que el gobierno les pagara"),
        ((PT, ES), "41% disseram", "y 41% dijeron", "y el 41% dijeron"),
        ((PT, ES), "marcada para 16 de março", "para 16 de marzo", "para el 16 de marzo"),
        ((PT, ES), "acusou os ministros", "acusó los ministros", "acusó a los ministros"),
        ((PT, ES), "mais dois padeiros", "más dos panaderos", "dos panaderos más"),
        ((PT, ES), "nos Pennines", "nos Pennines", "en los Pennines"),
        ((CA, ES), "els fills dels quals van", "los hijos de los cuales van", "cuyos hijos van"),
        ((PT, CA), "cujos filhos vão", "els fills van dels quals", "els fills dels quals van"),
        ((PT, CA), "havia falado com ela", "hi havia parlat amb ella", "havia parlat amb ella"),
        ((PT, CA), "havia muita gente", "hi havia molta gent", "hi havia molta gent"),
        ((PT, CA), "os filhos vão para lá", "els fills va per a allà", "els fills van per a allà"),
        ((PT, CA), "que inclui a China e a UE", "que inclou a Xina i a UE", "que inclou la Xina i la UE"),
        ((PT, CA), "eclusas", "les panys", "les rescloses"),
        ((PT, CA), "Não é nada", "No és nada", "No és res"),
        ((EN, PT), "a vote of no confidence", "um voto de não confiança", "um voto de desconfiança"),
        ((EN, PT), "at the heart of the row", "No coração da fileira", "No coração da disputa"),
        ((EN, PT), "five in a row", "a fileira", "a fileira"),
        ((EN, PT), "It closed 1.7% lower", "Fechou 1,7% menor", "Fechou em queda de 1,7%"),
        ((EN, PT), "Shares fell 2% as the dollar rose", "caíram 2% como o dólar", "caíram 2% enquanto o dólar"),
        ((EN, PT), "Sales rose as expected", "subiram como esperado", "subiram como esperado"),
        ((EN, PT), "within two weeks", "dentro de duas semanas", "em duas semanas"),
        ((EN, PT), "over a 100 feet high", "de 100 metros de altura", "de 100 pés de altura"),
        ((EN, PT), "100 feet (30 metres)", "100 pés (30 metros)", "100 pés (30 metros)"),
        ((EN, PT), "11 million pounds", "11 milhões de euros", "11 milhões de libras"),
        ((EN, PT), "11 million pounds or euros", "11 milhões de euros", "11 milhões de euros"),
        ((EN, PT), "a 650 pound pig", "um porco de 650 quilos", "um porco de 650 libras"),
        ((EN, PT), "70km/h", "70km / h", "70km/h"),
        ((EN, PT), "He told @AshbyFire", "Disse a -AshbyFire", "Disse a @AshbyFire"),
        ((EN, PT), "His time as Lord Protector is over", "como Lorde Protetor", "como Lorde Protetor"),
        ((EN, PT), "plunged 11%", "mergulhou 11%", "caiu 11%"),
        ((PT, ES), "O coração", "El coro", "El corazón"),
        ((PT, ES), "O coro", "El coro", "El coro"),
        ((PT, ES), "a cabeça", "una lesión en el jefe", "una lesión en la cabeza"),
        ((PT, ES), "o chefe", "el ninguno del banco", "el jefe del banco"),
        ((PT, ES), "Ele trouxe a carta", "Llevó la carta", "Trajo la carta"),
        ((PT, ES), "Ele levou o que ela trouxe", "Llevó lo que", "Llevó lo que"),
        ((PT, ES), "para ajudar os hospitais", "para ayudar los hospitales", "para ayudar a los hospitales"),
        ((PT, ES), "tinha mudado", "tenía mudado", "había cambiado"),
        ((PT, CA), "há cinco anos", "hi hafa cinc anys", "fa cinc anys"),
        ((PT, CA), "havia morrido", "que hi havia mort", "que havia mort"),
        ((PT, CA), "A mais antiga", "De més antiga", "La més antiga"),
        ((ES, GL), "en los próximos años", "no próximos anos", "nos próximos anos"),
        ((ES, GL), "en relación a otras", "en relación a outras", "en relación a outras"),
        ((PT, GL), "tabela", "unha mesa, de acordo coa axencia", "unha táboa, segundo a axencia"),
    ],
)
def test_a_known_slip_is_put_right_where_its_source_says_so(
    pair: tuple[LanguageTag, LanguageTag], source: str, said: str, right: str
) -> None:
    assert SHIPPED.slips(*pair).put_right(source, said) == right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("A represa pode falhar se a chuva não parar.", "A represa pode falhar se a chuva não cessa."),
        ("Se chover amanhã, sai.", "Se chove amanhã, sai."),
        ("Se o tempo estiver bom", "Se o tempo está bom"),
        ("Quer se envolver no comércio para se lavar.", "Quer se envolver no comércio para se lavar."),
        ("Ele iria concorrer e vão pagar.", "Ele ia concorrer e vão pagar."),
        ("a decisão da Suprema Corte dos EUA", "a decisão do Supremo Tribunal dos Estados Unidos"),
        ("tanto o rei quanto o povo", "tanto o rei como o povo"),
        ("quando o comitê se reunir", "quando o comitê se reúne"),
        ("quando for possível", "quando é possível"),
        ("deixando a Inglaterra e a Espanha fora", "deixando Inglaterra e Espanha fora"),
        ("de Portugal a Espanha", "de Portugal até Espanha"),
        ("O economista-chefe chega tarde demais", "O economista chefe chega muito tarde"),
        ("às segundas e sextas-feiras", "às segundas-feiras e sextas-feiras"),
        ("O juiz disse a ela", "O juiz lhe disse"),
        ("Está pronto para fornecer", "Está disposto a fornecer"),
    ],
)
def test_portuguese_is_reworded_to_what_its_neighbours_have(text: str, right: str) -> None:
    assert SHIPPED.reworded(PT, text) == right
    assert SHIPPED.reworded(ES, text) == text


def test_a_table_with_a_wrong_entry_is_refused() -> None:
    with pytest.raises(SettingsWrong):
        Corrections.of({"slips": {"pt-es": [{"right": "x"}]}})
    with pytest.raises(SettingsWrong):
        Corrections.of({"slips": {"pt-es": [{"wrong": "(", "right": "x"}]}})
    with pytest.raises(SettingsWrong):
        Corrections.of({"rewordings": {"pt": [{"source": "[", "wrong": "a", "right": "x"}]}})


def test_the_version_changes_with_the_table() -> None:
    assert SHIPPED.version == Corrections.of(table("translation_corrections")).version
    assert SHIPPED.version != Corrections.of({}).version


def test_names_that_were_carried_over_are_masked_and_come_back() -> None:
    source = "On Monday, Jimmy Carter told Carter's aides at the BBC that A was No 1."
    text = "Na segunda-feira, Jimmy Carter disse aos assessores de Carter na BBC que a A era o No 1."
    carried = Carried.of(text, source)
    masked = carried.masked("Zorb{}t".format)
    assert masked == "Na segunda-feira, Zorb0t disse aos assessores de Zorb1t na Zorb2t que a Zorb3t era o Zorb4t 1."
    assert carried.unmasked(masked, "Zorb{}t".format) == text


def test_small_words_that_begin_both_sentences_are_no_names() -> None:
    assert Carried.of("A casa é minha.", "A house is mine.").spans == ()
    assert Carried.of("O Chile paga.", "Chile pays.", but=["Chile"]).spans == ()
    assert Carried.of("A Sainsbury paga.", "Sainsbury's pays.").names == ["Sainsbury"]
    assert Carried.of("No entanto, chove.", "No rain fell.").spans == ()


def engines() -> tuple[ApertiumTranslator, BergamotTranslator]:
    rules, model = ApertiumTranslator(), BergamotTranslator(workers=1)
    if not (rules.serves(PT, CA) and rules.serves(CA, ES) and model.serves(PT, EN)):
        missing("A close pair or the neural model is not installed")
    return rules, model


def test_words_that_a_pair_lacks_are_found_as_cognates_and_by_way_of_english() -> None:
    rules, model = engines()
    (marked,) = rules.marked(["Os camundongos viram a desnuclearização e a plumagem de Zorbat."], PT, CA)
    assert {"camundongos", "Zorbat"} <= set(marked.unknown)
    assert "*" not in marked.text
    elsewhere = UnknownWords(SHIPPED, {"bergamot": model}, rules, PT, CA)
    found = elsewhere.translated(marked.unknown)
    assert found["camundongos"] == "ratolins"
    assert found["desnuclearização"] == "desnuclearització"
    assert "Zorbat" not in found
    assert "camundongos" not in replaced(marked, found)
    assert elsewhere.unknown(["Els ratolins van córrer sense cap dousaram."]) == [("dousaram",)]
    model.close()


def test_an_unknown_word_inside_another_is_left_alone() -> None:
    assert replaced(Marked(text="um hat-trick", unknown=("hat",)), {"hat": "sombrero"}) == "um hat-trick"


def test_a_word_that_nothing_knows_stays_for_an_editor() -> None:
    assert replaced(Marked(text="La qwrtz roja", unknown=("qwrtz",)), {}) == "La qwrtz roja"


def test_a_whole_path_speaks_its_language_and_begins_small() -> None:
    rules, model = engines()
    paths = path_translators(paths_of(table("translation_paths")), {"bergamot": model, "apertium": rules}, SHIPPED)
    spanish = choose(paths, EN, ES)
    assert isinstance(spanish, PathTranslator)
    done = spanish.translate(["Water is cold.", "“We wait,” said Jimmy Carter on Monday."], EN, ES)
    assert done[0] == "El agua está fría."
    assert "Jimmy Carter" in done[1]
    assert "lunes" in done[1]
    assert "dijo" in done[1]
    assert spanish.unknown(["El agua está fría.", "La campainha suena."], EN, ES) == [(), ("campainha",)]
    (trip,) = spanish.returned(["The port is open."], EN, ES)
    assert trip.back.casefold().startswith("the ")
    model.close()
