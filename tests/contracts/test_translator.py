"""The promise of every Translator, over Firefox models, Apertium, a path of both and the fake that we ship."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from podcaster.adapters.apertium import ApertiumTranslator
from podcaster.adapters.bergamot import BergamotTranslator
from podcaster.errors import NoTranslationPath
from podcaster.testing.translators import PseudoTranslator
from podcaster.translation.paths import path_translators, paths_of
from podcaster.translation.script_translation import choose
from podcaster.translation.translator import Translator
from podcaster.units import LanguageTag
from support.requirements import missing

EN, ES = LanguageTag("en"), LanguageTag("es")
PATHS = Path(__file__).parents[2] / "voices" / "translation_paths.toml"
TARGETS = [LanguageTag(tag) for tag in ("es", "ca", "gl", "pt")]


def apertium() -> ApertiumTranslator:
    translator = ApertiumTranslator()
    if not translator.serves(EN, ES):
        missing("Apertium is not installed")
    return translator


@pytest.fixture(scope="module")
def by_path() -> Iterator[Sequence[Translator]]:
    """The paths that ship, those of the neural model first."""
    bergamot = BergamotTranslator(workers=2)
    paths = path_translators(
        paths_of(tomllib.loads(PATHS.read_text(encoding="utf-8"))), {"bergamot": bergamot, "apertium": apertium()}
    )
    found = [path for path in paths if path.path.steps[0].engine == "bergamot"]
    if not all(path.serves(path.path.source, path.path.target) for path in found):
        missing("A path that ships is not installed")
    yield found
    bergamot.close()


@pytest.fixture(params=["pseudo", "apertium", "path"])
def translator(request: pytest.FixtureRequest) -> Translator:
    if request.param == "path":
        return Paths(request.getfixturevalue("by_path"))
    return PseudoTranslator() if request.param == "pseudo" else apertium()


class Paths(PseudoTranslator):
    """The paths that ship as one translator of all their pairs."""

    name = "paths"

    def __init__(self, paths: Sequence[Translator]) -> None:
        self._paths = paths

    def mask(self, index: int) -> str:
        return self._paths[0].mask(index)

    def translate(self, sentences: Sequence[str], source: LanguageTag, target: LanguageTag) -> Sequence[str]:
        return choose(self._paths, source, target).translate(sentences, source, target)


def test_every_sentence_has_its_translation_in_its_place(translator: Translator) -> None:
    sentences = [f"The port number {place} is open again." for place in range(200)]
    done = translator.translate(sentences, EN, ES)
    assert [re.findall(r"\d+", text) for text in done] == [[str(place)] for place in range(200)]


@pytest.mark.parametrize("target", TARGETS)
def test_masks_come_back_unharmed_wherever_they_stand(translator: Translator, target: LanguageTag) -> None:
    masks = [translator.mask(place) for place in range(40)]
    assert len(set(masks)) == 40
    shapes = [
        "{} said that {} is closed.",
        "The growth of {} in {} was low.",
        "“{},” said {}; ({}) agreed.",
        "{}, {} and {}-{} talks.",
    ]
    left = iter(masks * 4)
    sentences = [shape.format(*(next(left) for _ in range(shape.count("{}")))) for shape in shapes * 5]
    for source, done in zip(sentences, translator.translate(sentences, EN, target), strict=True):
        for mask in masks:
            assert len(re.findall(rf"\b{mask}\b", source)) == len(re.findall(rf"\b{mask}\b", done)), done


def test_nothing_and_almost_nothing_are_translated_too(translator: Translator) -> None:
    assert list(translator.translate([], EN, ES)) == []
    done = translator.translate(["", "…", "A port.", " "], EN, ES)
    assert len(done) == 4
    assert done[2]


def test_signs_that_mean_something_to_an_engine_are_text(translator: Translator) -> None:
    sentences = ["-f /etc/passwd", "^port/port<n>$ {a} [b] @c #d *e \\ ~f", "One\n\ntwo three", "<b>bold</b>"]
    done = translator.translate(sentences, EN, ES)
    assert len(done) == len(sentences)
    assert all("\n" not in text for text in done if translator.name != "pseudo")
    assert not any(re.search(r"(?<!\w)[*@#]\w", text) for text in done if translator.name != "pseudo")


def test_two_threads_get_their_own_answers(translator: Translator) -> None:
    with ThreadPoolExecutor(2) as crowd:
        both = list(
            crowd.map(lambda text: translator.translate([text] * 3, EN, ES), ["The red house.", "The green tree."])
        )
    assert both == [
        translator.translate(["The red house."] * 3, EN, ES),
        translator.translate(["The green tree."] * 3, EN, ES),
    ]


def test_a_plus_before_a_number_is_kept() -> None:
    assert "(+3 " in apertium().translate(["The index rose (+3 points)."], EN, ES)[0]


def test_a_pair_that_is_not_served_is_refused() -> None:
    assert not apertium().serves(EN, LanguageTag("ja"))
    with pytest.raises(NoTranslationPath):
        apertium().translate(["A port."], EN, LanguageTag("ja"))
    assert not ApertiumTranslator(modes=[Path("/nowhere")]).serves(EN, ES)


def test_the_version_changes_with_the_data_and_not_with_the_day() -> None:
    translator = apertium()
    assert translator.version(EN, ES) == apertium().version(EN, ES)
    assert translator.version(EN, ES) != translator.version(EN, LanguageTag("pt"))
