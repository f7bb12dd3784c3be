"""A woman's office is feminine wherever her report names it, in the languages that models make masculine."""

from dataclasses import replace

import pytest

from podcaster.model import Check, Line, LineKind, Script
from podcaster.translation.post_editing.feminine_forms import in_feminine, with_women
from podcaster.translation.post_editing.persons import women_of
from podcaster.units import ArticleId, LanguageTag, Milliseconds

ES, CA, GL, PT = (LanguageTag(tag) for tag in ("es", "ca", "gl", "pt-BR"))

REPORT = (
    "The mayor of Ashby, Ruth Marlow, won the vote.",
    "The minister for housing, Paula Grant, paid, said the president, John Reed.",
    "The chemist Yoko Abe says that she has found it.",
)


@pytest.mark.parametrize(
    ("language", "text", "right"),
    [
        (PT, "O prefeito de Ashby, Ruth Marlow, venceu.", "A prefeita de Ashby, Ruth Marlow, venceu."),
        (ES, "Habló el alcalde de Ashby, Ruth Marlow.", "Habló la alcaldesa de Ashby, Ruth Marlow."),
        (ES, "Lo dijo al alcalde Marlow.", "Lo dijo a la alcaldesa Marlow."),
        (CA, "L'alcalde d'Ashby, Ruth Marlow, va guanyar.", "L'alcaldessa d'Ashby, Ruth Marlow, va guanyar."),
        (CA, "El seu president-executiu, Paula Grant", "La seva presidenta executiva, Paula Grant"),
        (GL, "O químico Yoko Abe e o xefe do banco", "A química Yoko Abe e o xefe do banco"),
        (PT, "Paula Grant, um ex-professor de Ashby,", "Paula Grant, uma ex-professora de Ashby,"),
        (PT, "O diretor financeiro da empresa, Paula Grant,", "A diretora financeira da empresa, Paula Grant,"),
        (PT, "pelo líder da oposição, a Ministra Paula Grant", "pela líder da oposição, a Ministra Paula Grant"),
        (PT, "Grant, que assumirá como chefe, é visto como boa.", "Grant, que assumirá como chefe, é vista como boa."),
        (ES, "Grant, que empieza como gobernador", "Grant, que empieza como gobernadora"),
        (ES, "El juez Marlow y el alcalde Grant", "La jueza Marlow y la alcaldesa Grant"),
        (PT, "O presidente, John Reed, viu Paula Grant.", "O presidente, John Reed, viu Paula Grant."),
        (ES, "El alcalde habló con Ruth Marlow.", "El alcalde habló con Ruth Marlow."),
        (PT, "O carro de Ruth Marlow foi roubado.", "O carro de Ruth Marlow foi roubado."),
    ],
)
def test_an_office_beside_a_womans_name_is_feminine(language: LanguageTag, text: str, right: str) -> None:
    assert in_feminine(text, "", women_of(REPORT), language) == right


@pytest.mark.parametrize(
    ("source", "text", "right"),
    [
        ("Then the mayor left.", "Entonces el alcalde salió.", "Entonces la alcaldesa salió."),
        ("The mayor of Leeds left.", "El alcalde de Leeds salió.", "El alcalde de Leeds salió."),
        ("They accuse the mayor of hiding it.", "Acusan al alcalde de esconderlo.", "Acusan al alcalde de esconderlo."),
        ("They accuse the mayor of lying.", "Acusan al alcalde de mentir.", "Acusan a la alcaldesa de mentir."),
        ("Ashby's mayor left.", "El alcalde de Ashby salió.", "La alcaldesa de Ashby salió."),
        ("The former mayor left.", "El exalcalde salió.", "El exalcalde salió."),
        ("A mayor left.", "Un alcalde salió.", "Un alcalde salió."),
        ("The president left.", "El presidente salió.", "El presidente salió."),
        ("The judge said she knew.", "El juez dijo que sabía.", "La jueza dijo que sabía."),
        ("The judge said he knew she did.", "El juez dijo que sabía.", "El juez dijo que sabía."),
        ("The judge told the woman she had won.", "El juez dijo a la mujer", "El juez dijo a la mujer"),
        ("The judge told Paula Grant she won.", "El juez dijo a Paula Grant", "El juez dijo a Paula Grant"),
        ('"The judge said she knew," Grant said.', '"El juez sabía", dijo Grant.', '"La jueza sabía", dijo Grant.'),
    ],
)
def test_one_who_is_known_from_elsewhere_in_the_report_stays_a_woman(source: str, text: str, right: str) -> None:
    assert in_feminine(text, source, women_of(REPORT), ES) == right


def test_an_office_that_a_man_holds_too_stays_as_the_engine_said_it() -> None:
    women = women_of([*REPORT, "Mayor Tom Hill of Leeds came."])
    assert in_feminine("El alcalde salió.", "The mayor left.", women, ES) == "El alcalde salió."


def test_namesakes_are_told_apart_by_their_given_names() -> None:
    women = women_of(["Anna Hill and her brother Tom Hill came."])
    assert (
        in_feminine("O prefeito Hill e o prefeito Anna Hill", "", women, PT) == "O prefeito Hill e a prefeita Anna Hill"
    )


def test_a_script_keeps_an_editors_wording_and_its_title_follows_its_line() -> None:
    def line(source: str, text: str, kind: LineKind = LineKind.PARAGRAPH) -> Line:
        return Line(index=0, kind=kind, source=source, text=text, spoken=text, pause_ms=Milliseconds(0))

    editors = replace(line("The mayor left.", "El alcalde salió."), checks=(Check(name="editor", passed=True),))
    title = line("Mayor Ruth Marlow wins", "El alcalde Ruth Marlow gana", LineKind.TITLE)
    script = Script(
        article=ArticleId("report"),
        source_language=LanguageTag("en"),
        language=ES,
        title=title.text,
        topics=(),
        lines=(title, editors),
        translator="any",
    )
    changed = with_women(script)
    assert changed.title == changed.lines[0].spoken == "La alcaldesa Ruth Marlow gana"
    assert changed.lines[1] == editors
    assert with_women(replace(script, language=LanguageTag("fr"))).lines == script.lines
