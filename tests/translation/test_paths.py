"""Translation paths: the best measured path that is installed is taken, and a draft is what the figure says."""

import tomllib
from collections.abc import Sequence

import pytest

from podcaster.errors import NoTranslationPath, SettingsWrong
from podcaster.testing.translators import PseudoTranslator
from podcaster.translation.paths import PathTranslator, path_translators, paths_of
from podcaster.translation.script_translation import choose, other_ways
from podcaster.units import LanguageTag
from support.paths import VOICES

EN, ES, BR, PT, GL = (LanguageTag(tag) for tag in ("en", "es", "pt-BR", "pt", "gl"))
SHIPPED = VOICES / "translation_paths.toml"
TABLE = {
    "measured_on": "a set",
    "draft_below": 0.85,
    "best_chrf": {"en-es": 60.0, "en-pt": 70.0},
    "paths": [
        {"from": "en", "to": "es", "steps": ["rules en es"], "chrf": 40},
        {"from": "en", "to": "es", "steps": ["neural en pt-BR", "rules pt es"], "chrf": 55},
        {"from": "en", "to": "pt-BR", "steps": ["neural en pt-BR"], "chrf": 69},
        {"from": "en", "to": "gl", "steps": ["rules en gl"]},
    ],
}


class Engine(PseudoTranslator):
    """Serves the pairs it is given, and notes its pair behind each sentence."""

    def __init__(self, name: str, *pairs: str) -> None:
        self.name = name
        self._pairs = pairs

    def serves(self, source: LanguageTag, target: LanguageTag) -> bool:
        return f"{source}-{target}" in self._pairs

    def translate(self, sentences: Sequence[str], source: LanguageTag, target: LanguageTag) -> Sequence[str]:
        return [f"{sentence} {source}-{target}" for sentence in sentences]


NEURAL, RULES = Engine("neural", "en-pt-BR"), Engine("rules", "en-es", "pt-es", "en-gl")


def translators(*engines: Engine) -> Sequence[PathTranslator]:
    return path_translators(paths_of(TABLE), {engine.name: engine for engine in engines})


def test_the_best_path_whose_engines_are_here_is_taken() -> None:
    both = choose(translators(NEURAL, RULES), EN, ES)
    assert both.name == "neural+rules"
    assert list(both.translate(["A port."], EN, ES)) == ["A port. en-pt-BR pt-es"]
    assert choose(translators(RULES), EN, ES).name == "rules"
    with pytest.raises(NoTranslationPath):
        choose(translators(NEURAL), EN, ES)


def test_a_draft_is_what_falls_short_of_the_best_public_model() -> None:
    by_name = {str(each.path): each.draft for each in translators(NEURAL, RULES)}
    assert by_name == {
        "en → pt-BR (neural), chrF 69.0 on a set": False,
        "en → pt-BR (neural) → es (rules), chrF 55.0 on a set": False,
        "en → es (rules), chrF 40.0 on a set, draft": True,
        "en → gl (rules), draft": True,
    }


def test_a_path_serves_its_regional_form_and_those_of_its_language() -> None:
    every = translators(NEURAL, RULES)
    assert choose(every, LanguageTag("en-GB"), LanguageTag("es-419")).name == "neural+rules"
    assert choose(every, EN, BR).name == "neural"
    with pytest.raises(NoTranslationPath):
        choose(every, EN, PT)


def test_a_version_is_that_of_every_step() -> None:
    assert choose(translators(NEURAL, RULES), EN, ES).version(EN, ES) == "1 > 1 > none > paths-2"


def test_other_ways_are_behind_the_chosen_one_and_say_something_else() -> None:
    every = translators(NEURAL, RULES)
    best = choose(every, EN, ES)
    assert [way.name for way in other_ways([*every, *every], best, EN, ES)] == ["rules"]


def test_entries_that_are_wrong_are_all_named() -> None:
    with pytest.raises(SettingsWrong, match=r"(?s)nonsense.*no language"):
        paths_of(
            {
                "paths": [
                    {"from": "en", "to": "es", "steps": ["nonsense"]},
                    {"from": "no language", "to": "es", "steps": ["rules en es"]},
                ]
            }
        )


def test_the_table_that_ships_is_right_and_has_two_ways_to_each_demo_language() -> None:
    paths = paths_of(tomllib.loads(SHIPPED.read_text(encoding="utf-8")))
    for target in (ES, BR, LanguageTag("ca"), GL):
        ways = [path for path in paths if path.source == EN and path.target == target]
        assert [path.draft for path in ways] == [target != BR, True], "only what a neural model wrote last is no draft"
        assert ways[0].steps[0].engine == "bergamot"
