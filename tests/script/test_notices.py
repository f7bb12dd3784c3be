"""Notices of voice and translation: which are spoken, and where."""

import tomllib
from pathlib import Path

import pytest

from podcaster.episode.notes import ENGLISH
from podcaster.errors import SettingsWrong
from podcaster.model.reviews import TranslationState
from podcaster.script.notices import Disclosure, spoken_notices
from podcaster.script.phrases import Phrases
from podcaster.settings import Settings
from podcaster.speech.catalogue import Catalogue
from podcaster.speech.source_type import source_type
from podcaster.units import LanguageTag
from podcaster.wiring import Container
from support.paths import VOICES

TAGS = Catalogue(VOICES).languages


@pytest.mark.parametrize("disclosure", Disclosure)
def test_a_draft_is_announced_before_the_report_whatever_is_set(disclosure: Disclosure) -> None:
    assert ENGLISH.draft in spoken_notices(ENGLISH, TranslationState.DRAFT, disclosure).opening


@pytest.mark.parametrize("state", TranslationState)
def test_each_state_of_a_translation_has_words_of_its_own(state: TranslationState) -> None:
    notices = [spoken_notices(ENGLISH, each, Disclosure.OPENING).opening for each in TranslationState]

    assert len({tuple(each) for each in notices}) == len(TranslationState)
    assert spoken_notices(ENGLISH, state, Disclosure.OPENING).opening[-1] == ENGLISH.synthetic_voice
    assert ENGLISH.synthetic_voice in spoken_notices(ENGLISH, state, Disclosure.CLOSING).closing


@pytest.mark.parametrize("tag", TAGS)
def test_every_language_that_ships_says_all_of_it(tag: str) -> None:
    phrases = tomllib.loads((VOICES / f"{tag}.toml").read_text(encoding="utf-8"))["phrases"]
    said = [phrases[name] for name in (*Phrases.notices, "draft")]

    assert len(set(said)) == len(said)
    assert all(text[-1] in ".。।։۔" for text in said)


def test_a_folder_of_voices_from_before_has_the_notices_that_ship(tmp_path: Path) -> None:
    _without_notices(tmp_path, "es")

    phrases = Container(Settings(voices=tmp_path, data=tmp_path / "data")).phrases(LanguageTag("es"))

    assert phrases.synthetic_voice == "Este episodio está leído por una voz sintética."


def test_a_language_that_nobody_knows_has_to_bring_its_notices(tmp_path: Path) -> None:
    _without_notices(tmp_path, "tlh")

    with pytest.raises(SettingsWrong, match="synthetic_voice"):
        Container(Settings(voices=tmp_path, data=tmp_path / "data")).phrases(LanguageTag("tlh"))


def test_a_voice_by_rule_is_told_from_one_that_learned() -> None:
    assert source_type("espeak").endswith("/algorithmicMedia")
    assert source_type("kokoro").endswith("/trainedAlgorithmicMedia")


def _without_notices(folder: Path, tag: str) -> None:
    lines = (VOICES / "es.toml").read_text(encoding="utf-8").replace('language = "es"', f'language = "{tag}"')
    kept = [line for line in lines.splitlines() if not line.startswith(Phrases.notices)]
    (folder / f"{tag}.toml").write_text("\n".join(kept), encoding="utf-8")
