"""The skill package: Amazon's rules for manifests and interaction models, file by file."""

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from ask_sdk_core.serialize import DefaultSerializer
from ask_smapi_model.v1.skill.account_linking import AccountLinkingRequest
from ask_smapi_model.v1.skill.interaction_model import InteractionModelData
from ask_smapi_model.v1.skill.manifest import SkillManifestEnvelope
from PIL import Image

from podcaster.alexa.conversation import INTENTS
from podcaster.alexa.words import LOCALES, words_for
from podcaster.units import LanguageTag
from support.command_line import podcaster
from support.paths import REPOSITORY

SECRET = "only-amazon-and-we-know-this-one-0"
REQUIRED = {"Cancel", "Fallback", "Help", "NavigateHome", "Pause", "Resume", "Stop"}
NOT_IN_INVOCATIONS = {
    "alexa", "amazon", "echo", "computer", "skill", "app", "launch", "ask", "tell", "load", "begin", "enable", "open", "start", "play",
    "to", "from", "by", "in", "using", "with", "on", "for", "the", "a", "an",
}  # fmt: skip
SAMPLE = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f\u0900-\u097f\u064b-\u0652ー]|[ .'\-]|\{(?:topic|language|code)\})+")


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Every file that the command writes, by its path."""
    out = tmp_path_factory.mktemp("package") / "a folder"
    settings = {
        "PODCASTER_DATA": out.parent / "data",
        "PODCASTER_BASE_URL": "https://podcasts.example",
        "PODCASTER_SHOW_IMAGE": "https://podcasts.example/cover.jpg",
        "PODCASTER_ALEXA_CLIENT_ID": "alexa",
        "PODCASTER_ALEXA_CLIENT_SECRET": SECRET,
        "PODCASTER_ALEXA_VENDOR_ID": "M1VENDOR",
    }
    said = podcaster(REPOSITORY, "alexa", "package", "--out", out, check=True, **settings)
    assert said.stdout == f"{len(LOCALES) + 7} files in {out}\n"
    files = {str(file.relative_to(out)): file.read_bytes() for file in out.rglob("*") if file.is_file()}
    assert not any(SECRET.encode() in data for data in files.values())
    return {name: json.loads(data) if name.endswith(".json") else data for name, data in files.items()}


def model(package: dict[str, Any], locale: str) -> dict[str, Any]:
    found: dict[str, Any] = package[f"interactionModels/custom/{locale}.json"]["interactionModel"]["languageModel"]
    return found


def test_the_package_is_whole(package: dict[str, Any]) -> None:
    models = {f"interactionModels/custom/{locale}.json" for locale in LOCALES}
    icons = {f"{folder}assets/images/icon-{side}.png" for folder in ("", "flash-briefing/") for side in (108, 512)}
    assert set(package) == {"skill.json", "flash-briefing/skill.json", "accountLinking.json", *models, *icons}
    assert len(LOCALES) == 17


@pytest.mark.parametrize("name", ["skill.json", "flash-briefing/skill.json"])
def test_manifests_are_what_amazons_own_types_know(package: dict[str, Any], name: str) -> None:
    serializer = DefaultSerializer()
    read = serializer.deserialize(json.dumps(package[name]), SkillManifestEnvelope)
    assert serializer.serialize(read) == package[name], "no field is lost"


@pytest.mark.parametrize("locale", LOCALES)
def test_models_are_what_amazons_own_types_know(package: dict[str, Any], locale: str) -> None:
    serializer = DefaultSerializer()
    written = package[f"interactionModels/custom/{locale}.json"]
    assert serializer.serialize(serializer.deserialize(json.dumps(written), InteractionModelData)) == written


def test_the_manifest_offers_every_locale_and_an_audio_player(package: dict[str, Any]) -> None:
    manifest = package["skill.json"]["manifest"]
    assert set(manifest["publishingInformation"]["locales"]) == set(LOCALES)
    assert manifest["apis"]["custom"]["interfaces"] == [{"type": "AUDIO_PLAYER"}]
    assert manifest["apis"]["custom"]["endpoint"]["uri"] == "https://podcasts.example/alexa"
    for locale, store in manifest["publishingInformation"]["locales"].items():
        assert 2 <= len(store["name"]) <= 50
        assert 0 < len(store["summary"]) <= 160
        assert 0 < len(store["description"]) <= 4000
        assert words_for(LanguageTag(locale)).invocation in store["examplePhrases"][0]


@pytest.mark.parametrize("folder", ["", "flash-briefing/"])
def test_every_locale_has_icons_of_the_sizes_that_the_store_asks_for_and_a_privacy_page(
    package: dict[str, Any], folder: str
) -> None:
    manifest = package[f"{folder}skill.json"]["manifest"]
    stores = manifest["publishingInformation"]["locales"]
    for store in stores.values():
        for key, side in (("smallIconUri", 108), ("largeIconUri", 512)):
            path = store[key].removeprefix("file://")
            with Image.open(io.BytesIO(package[f"{folder}{path}"])) as icon:
                assert (icon.format, icon.size) == ("PNG", (side, side))
                assert len(icon.getcolors(100_000) or ()) > 2, "something is drawn on it"
    privacy = manifest["privacyAndCompliance"]["locales"]
    assert privacy == {locale: {"privacyPolicyUrl": "https://podcasts.example/privacy"} for locale in stores}


def test_accounts_are_linked_at_our_addresses_and_need_not_be(package: dict[str, Any]) -> None:
    serializer, written = DefaultSerializer(), package["accountLinking.json"]
    assert serializer.serialize(serializer.deserialize(json.dumps(written), AccountLinkingRequest)) == written
    asked = written["accountLinkingRequest"]
    assert (asked["type"], asked["accessTokenScheme"], asked["clientId"]) == ("AUTH_CODE", "HTTP_BASIC", "alexa")
    assert asked["authorizationUrl"] == "https://podcasts.example/oauth/authorize"
    assert asked["accessTokenUrl"] == "https://podcasts.example/oauth/token"
    assert asked["skipOnEnablement"] is True


def test_the_briefing_is_offered_where_its_language_is_rendered(package: dict[str, Any]) -> None:
    feeds = package["flash-briefing/skill.json"]["manifest"]["apis"]["flashBriefing"]["locales"]
    assert set(feeds) == {locale for locale in LOCALES if locale[:2] in {"en", "es", "pt"}}
    for locale, of in feeds.items():
        (feed,) = of["feeds"]
        assert (
            feed["url"]
            == f"https://podcasts.example/alexa/briefing/{'pt-BR' if locale == 'pt-BR' else locale[:2]}.json"
        )
        assert of["customErrorMessage"]


@pytest.mark.parametrize("locale", LOCALES)
def test_a_skill_is_called_by_two_words_that_mean_nothing_else_to_alexa(package: dict[str, Any], locale: str) -> None:
    name = model(package, locale)["invocationName"]
    assert name == name.lower()
    assert 2 <= len(name) <= 50
    assert len(name.split()) >= 2
    assert not set(name.split()) & NOT_IN_INVOCATIONS
    assert all(each.isalpha() or each in " .'" or "\u0900" <= each <= "\u097f" or each == "ー" for each in name)


@pytest.mark.parametrize("locale", LOCALES)
def test_intents_are_those_that_are_answered_with_enough_to_say_and_nothing_said_twice(
    package: dict[str, Any], locale: str
) -> None:
    intents = model(package, locale)["intents"]
    assert {each["name"] for each in intents} == set(INTENTS)
    assert {f"AMAZON.{name}Intent" for name in REQUIRED} <= set(INTENTS)
    said = [sample.casefold() for intent in intents for sample in intent["samples"]]
    assert len(said) == len(set(said))
    for intent in intents:
        if not intent["name"].startswith("AMAZON."):
            assert len(intent["samples"]) >= 6, intent["name"]
        named = {slot["name"] for slot in intent.get("slots", [])}
        assert named == set(re.findall(r"\{(\w+)\}", " ".join(intent["samples"])))
        for sample in intent["samples"]:
            assert SAMPLE.fullmatch(sample), sample
            assert re.sub(r"\{\w+\}", "", sample).strip(), "more than a slot"
            assert sample.count("{") <= 1


@pytest.mark.parametrize("locale", LOCALES)
def test_slots_have_enough_values_and_each_name_stands_for_one(package: dict[str, Any], locale: str) -> None:
    types = {each["name"]: each["values"] for each in model(package, locale)["types"]}
    assert len(types["TOPIC"]) > 200
    assert len(types["LANGUAGE"]) > 30
    for values in types.values():
        ids = [each["id"] for each in values]
        names = [name.casefold() for each in values for name in (each["name"]["value"], *each["name"]["synonyms"])]
        assert len(ids) == len(set(ids))
        assert len(names) == len(set(names))
        for name in names:
            assert not re.search(r"[^\w\s.'\-\u0300-\u036f\u0900-\u097f]", name), name
            assert len(name) <= 140


def test_every_language_says_everything() -> None:
    english = words_for(LanguageTag("en"))
    for language in set(LOCALES.values()):
        words = words_for(LanguageTag(language))
        assert set(words.speech) == set(english.speech)
        assert set(words.utterances) == set(english.utterances)
        assert set(words.topics) == set(english.topics)
        for occasion, text in words.speech.items():
            fields = set(re.findall(r"\{(\w+)\}", text))
            assert fields == set(re.findall(r"\{(\w+)\}", english.speech[occasion])), (language, occasion)
        if language != "en":
            assert not set(words.speech.values()) & set(english.speech.values()), language


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    said = podcaster(REPOSITORY, "alexa", "package", "--out", tmp_path / "taken", PODCASTER_DATA=tmp_path / "data")
    assert said.returncode == 1
    assert "https alone" in said.stderr
    assert "--out" in said.stderr
