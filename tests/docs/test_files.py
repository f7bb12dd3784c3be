"""docs/files.md names every file, kind, state, action and prefix that there is."""

import re

from podcaster.model import LineKind, RenderState
from podcaster.model.changes import Action, Channel
from podcaster.render.export.episode_folder import _FILES
from support.paths import REPOSITORY

PAGE = (REPOSITORY / "docs" / "files.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([^`]+)`", PAGE))
ACTION = re.compile(r"(article|render|episode|line|translation|table|source|backfill|key)\.[a-z0-9]+")
PREFIX = re.compile(r'(?:put\(f?|PREFIX[^=\n]*= |prefix\([^\n]*f)"([a-z-]+/)')


def test_every_word_of_the_files_and_events_is_explained() -> None:
    for words in (LineKind, RenderState, Action, Channel):
        assert {each.value for each in words} <= NAMED
    assert set(_FILES.values()) | {"episode.mp3", "episode.json"} <= NAMED


def test_no_action_is_explained_that_is_none() -> None:
    named = {each for each in NAMED if ACTION.fullmatch(each)}
    assert named - {"episode.mp3", "episode.json"} == {each.value for each in Action}


def test_every_prefix_of_the_library_is_explained() -> None:
    found = set()
    for module in (REPOSITORY / "podcaster" / "render").rglob("*.py"):
        found |= {*PREFIX.findall(module.read_text(encoding="utf-8"))}
    assert len(found) >= 4
    assert found <= NAMED
