"""English words that a model copies: at the start of a sentence they are asked for again, elsewhere they are flagged."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from podcaster.adapters.apertium import ApertiumTranslator
from podcaster.adapters.bergamot import BergamotTranslator
from podcaster.model import Check, Line, LineKind, Script
from podcaster.translation.paths import path_translators, paths_of
from podcaster.translation.post_editing.english_words import translated_first_words, with_english_flagged
from podcaster.units import ArticleId, LanguageTag, Milliseconds
from support.requirements import missing

EN, PT, ES = (LanguageTag(tag) for tag in ("en", "pt-BR", "es"))
TABLE = {
    "paths": [
        {"from": "en", "to": "pt-BR", "steps": ["bergamot en pt-BR"]},
        {"from": "en", "to": "es", "steps": ["bergamot en pt-BR", "apertium pt es"]},
    ]
}


@pytest.mark.parametrize(
    ("sentence", "answer", "again", "right"),
    [
        ("Lobbyists like it.", "Lobbyists gosta.", "os lobistas gostam.", "Os lobistas gostam."),
        ("“Lobbyists like it.”", "“Lobbyists gosta.”", "“os lobistas gostam.”", "“Os lobistas gostam.”"),
        ("Rainy days came.", "Rainy dias vieram.", "dias de chuva vieram.", "Dias de chuva vieram."),
        ("Lobbyists like it.", "Lobbyists gosta.", "lobbyists gostam.", "Lobbyists gosta."),
        ("Waters said so.", "Waters disse.", "águas disse.", "Waters disse."),
        ("Marlow likes it.", "Marlow gosta.", "marlow gosta.", "Marlow gosta."),
        ("Rivers Marlow likes it.", "Rivers gosta.", "rios gosta.", "Rivers gosta."),
    ],
)
def test_a_common_word_that_begins_a_sentence_is_asked_for_in_small_letters(
    sentence: str, answer: str, again: str, right: str
) -> None:
    assert translated_first_words([sentence], [answer], lambda asked: [again] * len(asked)) == [right]


@dataclass
class Dictionary:
    """A translator with a dictionary that lacks some words."""

    without: frozenset[str]

    def lacking(self, texts: Sequence[str], language: LanguageTag) -> Sequence[tuple[str, ...]] | None:
        return [(text,) if text in self.without else () for text in texts] if language == PT else None


def flagged(source: str, text: str, translator: object, *checks: Check) -> list[str]:
    length = Check(name="length", passed=True, detail="")
    line = Line(
        index=0,
        kind=LineKind.PARAGRAPH,
        source=source,
        text=text,
        spoken=text,
        pause_ms=Milliseconds(0),
        checks=(length, *checks),
    )
    script = Script(
        article=ArticleId("report"),
        source_language=EN,
        language=PT,
        title="",
        topics=(),
        lines=(line,),
        translator="any",
    )
    changed = with_english_flagged(script, translator)
    return [check.detail for check in changed.lines[0].checks if check.name == "unknown"]


HATCHET = Dictionary(frozenset({"hatchet", "podcast", "vermute"}))


@pytest.mark.parametrize(
    ("source", "text", "details"),
    [
        ("They buried the hatchet.", "Enterraram o hatchet.", ["in no dictionary: hatchet"]),
        ("They buried the axe.", "Enterraram o hatchet.", []),
        ("They heard the podcast.", "Ouviram o podcast.", []),
        ("The central hatchet-man", "O central", []),
        ("They met Hatchet.", "Conheceram Hatchet.", []),
        ("See hatchet.example or @hatchet", "Veja hatchet.example ou @hatchet", []),
    ],
)
def test_an_english_word_that_is_left_in_portuguese_is_flagged(source: str, text: str, details: list[str]) -> None:
    assert flagged(source, text, HATCHET) == details


def test_an_editors_line_and_one_that_was_looked_up_get_no_other_flag() -> None:
    words = ("The hatchet", "O hatchet", HATCHET)
    assert flagged(*words, Check(name="editor", passed=True, detail="")) == []
    assert flagged(*words, Check(name="unknown", passed=False, detail="seen")) == ["seen"]
    assert flagged(*words[:2], object()) == []


def test_the_shipped_path_to_portuguese_has_a_dictionary_and_leaves_no_first_word() -> None:
    rules, model = ApertiumTranslator(), BergamotTranslator(workers=1)
    if not (rules.serves(PT, ES) and model.serves(EN, PT)):
        missing("A close pair or the neural model is not installed")
    to_portuguese, to_spanish = path_translators(paths_of(TABLE), {"bergamot": model, "apertium": rules})
    assert to_portuguese.lacking(["casa", "hatchet"], PT) == [(), ("hatchet",)]
    assert to_spanish.lacking(["hatchet"], ES) is None
    (answer,) = to_portuguese.translate(["Voters do not forgive it."], EN, PT)
    assert answer.startswith("Os eleitores")
    model.close()
