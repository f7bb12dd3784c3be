"""Argos packages through their genuine files: found, loaded, batched, joined through a third language."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from podcaster.adapters.argos import ArgosPackages, ArgosTranslator
from podcaster.adapters.argos.tokenizers import SentencePieces
from podcaster.adapters.fetch import GuardedFetcher
from podcaster.errors import NoTranslationPath
from podcaster.script.sentences import split
from podcaster.units import LanguageTag
from support.argos_package import make_package
from support.models.invented import sentences, translation
from support.paths import SUPPORT
from support.waiting import until

EN, ES, FR = LanguageTag("en"), LanguageTag("es"), LanguageTag("fr")
QAA = LanguageTag("qaa")
MODEL = SUPPORT / "models" / "en-qaa.argosmodel"
SENTENCES = ["The port is open.", "Prices rose in the north.", "", "Nobody asked why."]


@pytest.fixture(scope="module")
def argos(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ArgosTranslator]:
    folder = tmp_path_factory.mktemp("packages")
    make_package(folder, "en", "es")
    make_package(folder, "es", "fr", seed=2)
    (folder / "half-unpacked").mkdir()
    translator = ArgosTranslator(folder)
    yield translator
    translator.close()


def test_installed_packages_serve_their_pair_and_those_they_lead_to(argos: ArgosTranslator) -> None:
    assert argos.serves(EN, ES)
    assert argos.serves(LanguageTag("en-GB"), ES)
    assert argos.serves(EN, FR)
    assert not argos.serves(FR, EN)
    with pytest.raises(NoTranslationPath):
        argos.translate(["A port."], FR, EN)


@pytest.mark.parametrize("target", [ES, FR])
def test_each_sentence_has_one_answer_in_its_place(argos: ArgosTranslator, target: LanguageTag) -> None:
    together = argos.translate(SENTENCES, EN, target)
    assert len(together) == len(SENTENCES)
    assert together[2] == ""
    assert all(text for place, text in enumerate(together) if place != 2)
    assert not any("▁" in text for text in together)


def test_a_pivot_gives_what_its_two_steps_give(argos: ArgosTranslator) -> None:
    assert list(argos.translate(SENTENCES[:2], EN, FR)) == list(
        argos.translate(argos.translate(SENTENCES[:2], EN, ES), ES, FR)
    )


def test_two_threads_get_the_answers_that_one_gets(argos: ArgosTranslator) -> None:
    alone = argos.translate(SENTENCES, EN, ES)
    with ThreadPoolExecutor(2) as crowd:
        assert list(crowd.map(lambda _: argos.translate(SENTENCES, EN, ES), range(4))) == [alone] * 4


def test_the_version_names_every_package_and_setting(argos: ArgosTranslator) -> None:
    assert argos.version(EN, FR) == "en-es-1.0+es-fr-1.0;beam=4;penalty=0.2;default"
    assert len({argos.mask(place) for place in range(200)}) == 200


def test_without_packages_nothing_heavy_is_imported(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from podcaster.adapters.argos import ArgosTranslator; "
        "assert not ArgosTranslator(Path(sys.argv[1])).serves('en', 'es'); "
        "print(sorted({'torch', 'stanza', 'spacy', 'minisbd', 'ctranslate2', 'argostranslate'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, tmp_path / "none"], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_translations_are_argostranslates_own(tmp_path: Path) -> None:
    """The same package, sentences and beam give the same words, though ours go through in large batches."""
    ArgosPackages(tmp_path / "packages", GuardedFetcher(), invented=True).install(str(MODEL), lambda _, __: None)
    known, unseen = sentences()
    paragraphs = [" ".join(unseen[place : place + 4]) for place in range(0, len(unseen), 4)] + known[:40]
    asked = [sentence for paragraph in paragraphs for sentence in split(paragraph, EN)]
    theirs = subprocess.run(
        [sys.executable, SUPPORT / "argos_translate.py", "en", "qaa"],
        input=json.dumps(paragraphs),
        env={**os.environ, "ARGOS_PACKAGES_DIR": str(tmp_path / "packages"), "XDG_DATA_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert theirs.returncode == 0, theirs.stderr
    ours = iter(ArgosTranslator(tmp_path / "packages", invented=True).translate(asked, EN, QAA))
    assert [" ".join(next(ours) for _ in split(paragraph, EN)) for paragraph in paragraphs] == json.loads(theirs.stdout)
    assert json.loads(theirs.stdout)[-40:] == [translation(sentence) for sentence in known[:40]]


def test_an_underscore_stays_an_underscore() -> None:
    assert SentencePieces(None).joined(["▁a", "_", "b", "▁c"]) == "a_b c"


def test_a_service_that_translates_nothing_keeps_no_model(tmp_path: Path) -> None:
    make_package(tmp_path, "en", "es")
    translator = ArgosTranslator(tmp_path, idle_seconds=0.05)
    translator.translate(["The port is open."], EN, ES)
    until(lambda: not translator._loaded)
    assert translator.translate(["The port is open."], EN, ES)
    translator.close()


def test_five_languages_at_once_hold_one_model(tmp_path: Path) -> None:
    targets = [LanguageTag(tag) for tag in ("es", "fr", "de", "it", "pt")]
    for place, target in enumerate(targets):
        make_package(tmp_path, "en", target, seed=place)
    translator = ArgosTranslator(tmp_path)
    with ThreadPoolExecutor(5) as crowd:
        made = list(crowd.map(lambda target: translator.translate(SENTENCES, EN, target), targets * 2))
    assert made[:5] == made[5:]
    assert len(translator._loaded) == 1
    translator.close()


def test_a_newer_version_is_used_at_once(tmp_path: Path) -> None:
    first = make_package(tmp_path, "en", "es")
    translator = ArgosTranslator(tmp_path)
    before = translator.translate(SENTENCES, EN, ES), translator.version(EN, ES)
    make_package(tmp_path / "aside", "en", "es", seed=5).rename(tmp_path / "translate-en_es-1_1")
    metadata = tmp_path / "translate-en_es-1_1" / "metadata.json"
    metadata.write_text(metadata.read_text().replace("1.0", "1.1"))
    shutil.rmtree(first)
    assert translator.translate(SENTENCES, EN, ES) != before[0]
    assert translator.version(EN, ES) != before[1]
    translator.close()
