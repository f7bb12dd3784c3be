"""Lexicon and glossary entries as regular expressions, and none that could hold a report up."""

import pytest

from podcaster.errors import SettingsWrong
from podcaster.script.entries import expression_of
from podcaster.script.lexicon import Lexicon
from podcaster.translation.glossary import Glossary
from podcaster.units import LanguageTag

EN, ZH = LanguageTag("en"), LanguageTag("zh")


@pytest.mark.parametrize(
    "entry",
    [
        "/(a+)+b/",
        r"/(\w|\s)+x/",
        r"/\w*\w*\w*x/",
        r"/\s+\s+x/",
        "/a{1,99}b{1,99}c{1,99}/",
        "/x*/",
        r"/(a)\1/",
        "/[/",
        f"/{'a' * 300}/",
    ],
)
def test_an_expression_that_is_wrong_or_could_take_too_long_is_refused(entry: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        expression_of(entry)
    with pytest.raises(SettingsWrong):
        Lexicon.from_table(EN, {"words": {entry: "x"}})
    with pytest.raises(SettingsWrong):
        Glossary.of("en-es", {"terms": {entry: "x"}})


def test_an_expression_says_every_form_of_a_word() -> None:
    lexicon = Lexicon.from_table(
        EN, {"words": {r"/Sørens(en|ens)\b/": r"Sur-ens\1", "Sørensen Hall": "the hall", "/[Vv]reta/": "/ˈvreːta/"}}
    )
    text = "Sørensens met in Sørensen Hall at Vreta."
    assert lexicon.apply(text) == "Sur-ensens met in the hall at Vreta."
    assert lexicon.pronounce(lexicon.apply(text)).endswith("at ⟦Vreta|ˈvreːta⟧.")


def test_a_group_that_the_expression_does_not_have_is_refused() -> None:
    with pytest.raises(SettingsWrong, match="group"):
        Lexicon.from_table(EN, {"words": {"/a(b)/": r"\2"}})


def test_a_word_of_unspaced_writing_is_found_between_its_neighbours() -> None:
    lexicon = Lexicon.from_table(ZH, {"words": {"重庆": "崇庆", "IMF": "I M F"}})
    assert lexicon.apply("他在重庆说IMF不会来。") == "他在崇庆说I M F不会来。"


def test_a_term_that_is_an_expression_settles_all_its_forms() -> None:
    glossary = Glossary.of("en-es", {"terms": {"/working groups?/": "grupo de trabajo", r"/Unit (\d+)/": r"Unidad \1"}})
    assert glossary.terms_in("Two working groups left Unit 7.") == {
        "working groups": "grupo de trabajo",
        "Unit 7": "Unidad 7",
    }
