"""What close pairs leave undone is put in order by rule: pronouns, agreement, articles, questions."""

import pytest

from podcaster.adapters.apertium import ApertiumTranslator
from podcaster.translation.post_editing.agreement import agreeing, with_article
from podcaster.translation.post_editing.fluency import post_edited
from podcaster.translation.post_editing.galician_clitics import with_clitics_in_front
from podcaster.translation.post_editing.lexicon import WordClasses
from podcaster.translation.post_editing.place_names import bare, elided, in_plural, placed
from podcaster.translation.post_editing.punctuation import punctuated
from podcaster.translation.post_editing.subject_pronouns import without_subject_pronouns
from podcaster.units import LanguageTag
from support.requirements import missing

ES, CA, GL, FR = (LanguageTag(tag) for tag in ("es", "ca", "gl", "fr"))


@pytest.mark.parametrize(
    ("language", "text", "right"),
    [
        (ES, "Él renunció un día después.", "Renunció un día después."),
        (ES, "El barco que ella vio no era suyo.", "El barco que vio no era suyo."),
        (ES, '"Yo no lo sé", dijo él.', '"No lo sé", dijo.'),
        (ES, "Hablaron con él y para ella.", "Hablaron con él y para ella."),
        (ES, "Él quería ir y ella no.", "Él quería ir y ella no."),
        (
            ES,
            "Su hermano y yo fuimos, pero ellos y sus hijos no.",
            "Su hermano y yo fuimos, pero ellos y sus hijos no.",
        ),
        (ES, "Sabe más que él.", "Sabe más que él."),
        (ES, "El Salvador exporta café.", "El Salvador exporta café."),
        (CA, "Ell és el director i jo no precís res.", "És el director i jo no precís res."),
        (CA, "“Sí”, va dir ella.", "“Sí”, va dir."),
        (GL, "El é o director, e eles están fóra.", "É o director, e están fóra."),
        (FR, "Il est là.", "Il est là."),
    ],
)
def test_a_subject_pronoun_goes_where_the_verb_says_it(language: LanguageTag, text: str, right: str) -> None:
    assert without_subject_pronouns(text, language) == right


LEXICON = WordClasses(
    {
        "transbordador": (("n", "m", "sg"), ("adj", "m", "sg")),
        "mesa": (("n", "f", "sg"),),
        "rescate": (("n", "m", "sg"), ("vblex", "prs", "p3", "sg")),
        "cambio": (("n", "m", "sg"), ("vblex", "pri", "p1", "sg")),
        "tope": (("n", "m", "sg"),),
        "agua": (("n", "f", "sg"), ("vblex", "pri", "p3", "sg")),
        "datos": (("n", "m", "pl"),),
        "robadas": (("vblex", "pp", "f", "pl"),),
        "roto": (("vblex", "pp", "m", "sg"),),
        "bueno": (("adj", "m", "sg"),),
        "científicos": (("n", "m", "pl"),),
        "empresas": (("n", "f", "pl"),),
        "miles": (("n", "m", "pl"),),
        "otros": (("prn", "m", "pl"), ("n", "m", "pl")),
        "encontraron": (("vblex", "ifi", "p3", "pl"),),
    }
)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("La transbordador llegó a la tope.", "El transbordador llegó al tope."),
        ("Un mesa de este mesa.", "Una mesa de esta mesa."),
        ("La cambio mañana, por la cambio.", "La cambio mañana, por el cambio."),
        ("En lo tope, lo bueno es eso.", "En el tope, lo bueno es eso."),
        ("El agua del agua.", "El agua del agua."),
        ("Los datos fueron robadas.", "Los datos fueron robados."),
        ("La mesa roto se vendió.", "La mesa rota se vendió."),
    ],
)
def test_an_article_an_adjective_and_a_participle_agree_with_their_noun(text: str, right: str) -> None:
    assert agreeing(text, ES, LEXICON) == right


@pytest.mark.parametrize(
    ("text", "source", "right"),
    [
        (
            "Científicos encontraron hielo en él.",
            "Scientists have found ice in it.",
            "Los científicos encontraron hielo en él.",
        ),
        ("Empresas de agua lo hicieron.", "Water companies did it.", "Las empresas de agua lo hicieron."),
        ("Miles de personas lo hicieron.", "Thousands of people did it.", "Miles de personas lo hicieron."),
        ("Científicos y datos", "Scientists and data", "Científicos y datos"),
        ("Otros datos lo hicieron así.", "Other data did it so.", "Otros datos lo hicieron así."),
    ],
)
def test_a_bare_plural_subject_gets_its_article(text: str, source: str, right: str) -> None:
    assert with_article(text, source, ES, LEXICON) == right


@pytest.mark.parametrize(
    ("language", "text", "right"),
    [
        (ES, "Cómo funciona?", "¿Cómo funciona?"),
        (ES, "Vivienda: por qué es tan cara?", "Vivienda: ¿por qué es tan cara?"),
        (ES, 'Dijo: "Quién paga?" Nadie lo sabe.', 'Dijo: "¿Quién paga?" Nadie lo sabe.'),
        (ES, "¿Ya? Sí! Lo sé.", "¿Ya? ¡Sí! Lo sé."),
        (ES, "Lo que debe hacer?", "¿Qué debe hacer?"),
        (ES, "Lo que debe hacer.", "Lo que debe hacer."),
        (CA, "El que ha de fer?", "Què ha de fer?"),
    ],
)
def test_a_question_is_written_as_its_language_writes_it(language: LanguageTag, text: str, right: str) -> None:
    assert punctuated(text, language) == right


@pytest.mark.parametrize(
    ("language", "text", "portuguese", "right"),
    [
        (
            ES,
            "A Estrasburgo, nació a Londres.",
            "Em Estrasburgo, nasceu em Londres.",
            "En Estrasburgo, nació en Londres.",
        ),
        (ES, "Fue a Londres.", "Foi a Londres.", "Fue a Londres."),
        (ES, "De Londres fue a París.", "De Londres foi para Paris.", "De Londres fue a París."),
        (
            ES,
            "Trabaja a la oficina y al norte.",
            "Trabalha na oficina e no norte.",
            "Trabaja en la oficina y en el norte.",
        ),
        (ES, "Llegó a Londres.", "Chegou em Londres.", "Llegó a Londres."),
        (ES, "Va al puerto.", "Vai ao porto.", "Va al puerto."),
        (ES, "Empezó a ciegas.", "Começou no ciclo.", "Empezó a ciegas."),
        (GL, "Naceu a Londres.", "Nasceu em Londres.", "Naceu en Londres."),
        (CA, "Va néixer a Londres.", "Nasceu em Londres.", "Va néixer a Londres."),
    ],
)
def test_what_is_in_a_place_is_not_said_to_go_there(
    language: LanguageTag, text: str, portuguese: str, right: str
) -> None:
    assert placed(text, portuguese, language) == right


@pytest.mark.parametrize(
    ("language", "text", "english", "right"),
    [
        (ES, "La Ford, fundada por la Ford Motor", "Ford, founded by Ford Motor", "Ford, fundada por Ford Motor"),
        (ES, "Vio la Thames", "He saw the Thames", "Vio la Thames"),
        (ES, "La BBC y el Chelsea", "BBC and Chelsea", "La BBC y el Chelsea"),
        (ES, "En el Arizona y en el Times", "In Arizona and in the Times", "En Arizona y en el Times"),
        (CA, "Al Arizona i al Times", "In Arizona and in the Times", "A Arizona i al Times"),
        (GL, "No Arizona e no Times", "In Arizona and in the Times", "En Arizona e no Times"),
        (ES, "Agradeció la Ferrero", "He thanked Ferrero", "Agradeció a Ferrero"),
        (CA, "La Ford va dir", "Ford said", "Ford va dir"),
        (CA, "En Leeds, un forn en Leeds", "In Leeds, a bakery at Leeds", "A Leeds, un forn a Leeds"),
        (CA, "Confia en Leeds", "He has trust in Leeds", "Confia en Leeds"),
        (GL, "A Ford, fundador da Northgate", "Ford, founder of Northgate", "Ford, fundador de Northgate"),
    ],
)
def test_a_company_has_an_article_only_where_english_has_one(
    language: LanguageTag, text: str, english: str, right: str
) -> None:
    names = ["Ford Motor", "Ford", "Leeds", "Thames", "BBC", "Chelsea", "Ferrero", "Northgate", "Arizona", "Times"]
    assert bare(text, english, names, language) == right


def test_catalan_elides_before_a_name_and_spanish_does_not() -> None:
    assert (
        elided("L'advocat de Ellwood, de Harrogate i de aspirants", CA)
        == "L'advocat d'Ellwood, de Harrogate i d'aspirants"
    )
    assert elided("de iode, de UE", CA) == "de iode, de UE"
    assert elided("de Ellwood", ES) == "de Ellwood"


@pytest.mark.parametrize(
    ("language", "text", "right"),
    [
        (ES, "El EE. UU. y la lectura del EE. UU.", "EE. UU. y la lectura de EE. UU."),
        (CA, "El EUA i la lectura del EUA, en EUA", "Els EUA i la lectura dels EUA, en EUA"),
        (GL, "O EE. UU. e a lectura do EE. UU.", "Os EE. UU. e a lectura dos EE. UU."),
    ],
)
def test_the_united_states_are_a_plural(language: LanguageTag, text: str, right: str) -> None:
    assert in_plural(text, language) == right


def test_the_dictionary_of_a_pair_tells_gender_and_number() -> None:
    apertium = ApertiumTranslator()
    if not apertium.serves(CA, ES):
        missing("Apertium is not installed")
    found = apertium.analyses(["mesa", "País", "zzyzx", "no word"], ES)
    assert found == {"mesa": (("n", "f", "sg"),), "país": (("n", "m", "sg"),)}
    assert apertium.analyses(["mesa"], LanguageTag("ja")) == {}
    texts = ["La país de de la mesas rota.", "Ella dijo que sí?"]
    assert post_edited(texts, ["", ""], ES, apertium) == ["El país de la mesas rota.", "¿Dijo que sí?"]
    assert post_edited(texts[1:], [""], ES, object()) == ["¿Dijo que sí?"]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Díxoo cando o banco reúnese.", "Díxoo cando o banco se reúne."),
        ("Pagan se os prezos mantéñanse.", "Pagan se os prezos se manteñan."),
        ("Di que transfórmanse.", "Di que se transforman."),
        ("Porque o banco reuniuse.", "Porque o banco se reuniu."),
        ("O banco reúnese.", "O banco reúnese."),
        ("Se o banco o tivese.", "Se o banco o tivese."),
        ("Cando chegou, o banco reúnese.", "Cando chegou, o banco reúnese."),
        ("O que paga reúnese.", "O que paga reúnese."),
    ],
)
def test_galician_conjunctions_draw_the_clitic_in_front_of_the_verb(text: str, right: str) -> None:
    verb = (("vblex", "pri", "p3", "sg"),)
    verbs = dict.fromkeys(["reúne", "manteñan", "transforman", "reuniu", "tive", "chegou", "paga", "pagan"], verb)
    assert with_clitics_in_front(text, GL, WordClasses(verbs)) == right
    assert with_clitics_in_front(text, ES, WordClasses(verbs)) == text
