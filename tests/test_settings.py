"""Settings: where they come from, and what a person is told who wrote them wrongly."""

from pathlib import Path

import pytest

from podcaster.errors import SettingsWrong
from podcaster.settings import Settings, load
from podcaster.units import LanguageTag
from podcaster.wiring import Container


def test_without_any_setting_the_demo_languages_are_made_on_this_machine(tmp_path: Path) -> None:
    settings = load({}, tmp_path)
    assert settings.languages == ("en", "es", "pt-BR", "ca", "gl")
    assert settings.base_url == "http://127.0.0.1:8000"
    assert not settings.publish_drafts


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "podcaster.toml").write_text('languages = ["en"]\nport = 9000\n', encoding="utf-8")
    settings = load({"PODCASTER_LANGUAGES": "en, fr", "HOME": "/home/x"}, tmp_path)
    assert settings.languages == ("en", "fr")
    assert settings.port == 9000


def test_an_empty_variable_is_as_good_as_none(tmp_path: Path) -> None:
    assert load({"PODCASTER_PORT": ""}, tmp_path).port == 8000


def test_every_fault_is_named_at_once_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "podcaster.toml").write_text('languges = ["en"]\n', encoding="utf-8")
    with pytest.raises(SettingsWrong) as refused:
        load(
            {
                "PODCASTER_PORT": "eighty",
                "PODCASTER_BASE_ULR": "http://x",
                "PODCASTER_ALLOWED_NETWORKS": "10.1.0.0/16, office",
            },
            tmp_path,
        )
    message = str(refused.value)
    assert "did you mean languages?" in message
    assert "did you mean PODCASTER_BASE_URL?" in message
    assert "PODCASTER_PORT is 'eighty'" in message
    assert "PODCASTER_ALLOWED_NETWORKS is '10.1.0.0/16, office'" in message
    assert "\n" not in message


def test_a_settings_file_that_is_named_must_exist(tmp_path: Path) -> None:
    with pytest.raises(SettingsWrong, match="does not exist"):
        load({"PODCASTER_CONFIG": str(tmp_path / "none.toml")}, tmp_path)


def test_a_broken_file_names_its_line(tmp_path: Path) -> None:
    (tmp_path / "podcaster.toml").write_text("port = \n", encoding="utf-8")
    with pytest.raises(SettingsWrong, match="line 1"):
        load({}, tmp_path)


def test_a_slash_at_the_end_of_the_base_url_is_dropped(tmp_path: Path) -> None:
    assert load({"PODCASTER_BASE_URL": "https://pod.example/a/"}, tmp_path).base_url == "https://pod.example/a"


def test_a_show_has_its_title_in_each_language_from_a_table_or_the_environment(tmp_path: Path) -> None:
    (tmp_path / "podcaster.toml").write_text('show_title = "Notes"\n[show_titles]\nes = "Notas"\n', encoding="utf-8")

    def titles(environment: dict[str, str], *tags: str) -> list[str]:
        container = Container(load({**environment, "PODCASTER_DATA": str(tmp_path)}, tmp_path))
        return [container.show(LanguageTag(tag)).title for tag in tags]

    assert titles({}, "en", "es", "es-CO", "pt") == ["Notes", "Notas", "Notas", "Notes"]
    said = {"PODCASTER_SHOW_TITLES": "pt=Notas = tudo; zh-hans=笔记, 全部;"}
    assert titles(said, "es", "pt", "zh-Hans") == ["Notes", "Notas = tudo", "笔记, 全部"]


@pytest.mark.parametrize("wrong", ["es", "es=", "not a tag=Notas", "es=" + "n" * 201])
def test_a_title_without_a_language_or_words_is_named(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(SettingsWrong, match="PODCASTER_SHOW_TITLES is"):
        load({"PODCASTER_SHOW_TITLES": wrong}, tmp_path)


def test_settings_do_not_change_once_read() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings().port = 1  # type: ignore[misc]
