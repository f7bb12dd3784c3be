"""Each model is asked which masks it copies; the best form is kept with it, and one that copies none gets the text itself."""

import re
from collections.abc import Sequence

import pytest

from podcaster.testing.translators import PseudoTranslator
from podcaster.translation.masks import FORMS, LEAST, MASKS, NONE, mask_of, probe
from podcaster.translation.post_editing.alignment import respelt
from podcaster.translation.protection import Protection
from podcaster.translation.sentence_job import SentenceJob
from podcaster.units import LanguageTag

EN, ES, JA = LanguageTag("en"), LanguageTag("es"), LanguageTag("ja")


class Choosy(PseudoTranslator):
    """Keeps the words that a pattern allows, and turns all others to small letters."""

    def __init__(self, keeps: str, form: str = "") -> None:
        self._keeps = re.compile(keeps)
        self._form = form

    def mask_form(self, source: LanguageTag, target: LanguageTag) -> str:
        return self._form

    def translate(self, sentences: Sequence[str], source: LanguageTag, target: LanguageTag) -> Sequence[str]:
        return [
            re.sub(r"\w+", lambda found: found[0] if self._keeps.fullmatch(found[0]) else found[0].lower(), sentence)
            for sentence in sentences
        ]


def test_forty_masks_of_each_form_differ() -> None:
    for mask in FORMS.values():
        assert len({mask(index) for index in range(200)}) == 200


@pytest.mark.parametrize("source", [EN, ES, JA])
@pytest.mark.parametrize(
    ("keeps", "form"),
    [(r".*", "syllables"), (r"[A-Z]+|\d+", "letters"), (r"[A-Z]\w+ick|[A-Z]\w*ck", "surname"), (r"ZX\d+", "code")],
)
def test_the_form_that_survives_best_is_found(source: LanguageTag, keeps: str, form: str) -> None:
    found = probe(lambda texts: Choosy(keeps).translate(texts, source, ES), source)
    assert (found.form, found.survived) == (form, MASKS)


def test_a_model_that_copies_too_few_masks_has_none() -> None:
    nothing = probe(lambda texts: ["" for _ in texts], EN)
    assert (nothing.form, nothing.survived) == (NONE, 0)
    few = probe(lambda texts: [text if place < LEAST - 1 else "" for place, text in enumerate(texts)], EN)
    assert (few.form, few.survived) == (NONE, LEAST - 1)


def translated(sentence: str, translator: Choosy, **targets: str) -> str:
    protection = Protection(targets, mask_of(translator, EN, ES), (EN, ES))
    job = SentenceJob(source=EN, target=ES, translator=translator, version="1", protection=protection)
    return job.run([sentence], Nothing()).sentences[0].text


class Nothing:
    """A memory that remembers nothing."""

    def recall(self, keys: Sequence[object]) -> dict[str, str]:
        return {}

    def remember(self, entries: object) -> None:
        pass


def test_names_are_masked_by_the_form_that_the_model_keeps() -> None:
    assert translated("The Port of Gatun.", Choosy(r"ZX\d+", "code"), Gatun="Gatún") == "The port of Gatún."
    assert mask_of(Choosy("", "code"), EN, ES) is FORMS["code"]
    assert mask_of(Choosy("", ""), EN, ES) is not None


def test_a_model_that_keeps_no_mask_gets_the_text_itself_and_is_respelt() -> None:
    assert mask_of(Choosy("", NONE), EN, ES) is None
    assert translated("We saw Gatun.", Choosy("Gatún", NONE), Gatun="Gatún") == "We saw Gatún."
    assert translated("We saw tolls fall.", Choosy("peajes", NONE), tolls="peajes") == "We saw peajes fall."


@pytest.mark.parametrize(
    ("text", "name", "right"),
    [
        ("Dijo Claudia Sheinbaun ayer.", "Claudia Sheinbaum", "Dijo Claudia Sheinbaum ayer."),
        ("El lago de Gatun es grande.", "Gatún", "El lago de Gatún es grande."),
        ("Nada se le parece aquí.", "Thrissur", "Nada se le parece aquí."),
        ("En Ure llueve.", "Uri", "En Ure llueve."),
    ],
)
def test_a_misspelt_name_is_put_right_where_one_resembles_it(text: str, name: str, right: str) -> None:
    assert respelt(text, name) == right
