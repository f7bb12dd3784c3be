"""Killed with SIGKILL in every stage and round every write that counts, it carries on and publishes each episode once."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import feedparser
import pytest

from podcaster.adapters.blobs import open_blobs
from podcaster.adapters.database import open_library
from podcaster.model import RenderState
from support.paths import SUPPORT
from support.quick_voices import quick_voices
from support.waiting import PATIENCE_S

WORKER = SUPPORT / "deadly_worker.py"
PLACES = [
    ("library", "put_article", 1),
    ("library", "open_render", 1),
    ("library", "set_render_state", 1),
    ("library", "note_language", 1),
    ("library", "note_language", 3),
    ("blobs", "get_many", 2),
    ("blobs", "put", 1),
    ("blobs", "put", 4),
    ("blobs", "put", 20),
    ("blobs", "put", 32),
    ("blobs", "put", 40),
    ("blobs", "put", 44),
    ("library", "publish", 1),
    ("library", "publish", 2),
    ("library", "swap_feed", 1),
    ("library", "swap_feed", 2),
    ("blobs", "delete", 1),
    ("library", "set_render_state", 2),
]

pytestmark = pytest.mark.faults


def run(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PODCASTER_DATA": str(data),
        "PODCASTER_LANGUAGES": "en,es",
        "PODCASTER_PUBLISH_DRAFTS": "true",
        "PODCASTER_VOICES": str(quick_voices()),
    }
    command = [sys.executable, WORKER, *arguments]
    return subprocess.run(
        command, env=environment, cwd=data.parent, capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(("port", "method", "call"), PLACES)
def test_a_killed_worker_publishes_each_episode_exactly_once(
    tmp_path: Path, port: str, method: str, call: int, when: str
) -> None:
    data = tmp_path / "a data folder"
    data.mkdir()
    killed = run(data, port, method, str(call), when)
    assert killed.returncode in {-signal.SIGKILL, 0}, killed.stderr
    again = run(data, "-")
    assert again.returncode == 0, again.stderr
    assert again.stdout == "finished\n"
    check_what_is_published(data)


def test_the_places_are_reached_at_all(tmp_path: Path) -> None:
    """The negative control: without a kill nothing is killed, and with one the process is."""
    (tmp_path / "a").mkdir()
    assert run(tmp_path / "a", "library", "publish", "1", "before").returncode == -signal.SIGKILL
    assert run(tmp_path / "a", "-").returncode == 0


def check_what_is_published(data: Path) -> None:
    library, blobs = open_library(f"sqlite:///{data / 'podcaster.sqlite'}"), open_blobs(data / "blobs")
    try:
        (article,) = library.articles()
        assert {render.state for render in library.renders(article.article.id)} == {RenderState.DONE}
        episodes = [each.episode for each in library.episodes()]
        assert sorted(episode.language for episode in episodes) == ["en", "es"]
        assert library.generation() == 2
        for episode in episodes:
            name = f"media/{episode.article}/{episode.language}/{episode.revision}.mp3"
            assert blobs.size(name) == episode.enclosure_bytes
            feed = feedparser.parse(blobs.get(library.feeds()[episode.language].blob))
            assert not feed.bozo
            assert [entry.id for entry in feed.entries] == [episode.guid]
        assert list(blobs.names("work/")) == []
    finally:
        library.close()
