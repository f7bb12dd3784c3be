"""Pages and the embedded player say how voice and translation were made, and name nobody."""

from pathlib import Path

import pytest

from podcaster.episode.notes import ENGLISH
from podcaster.model.reviews import Review
from support.examples import NOW
from support.small_service import client, served, small_service


@pytest.mark.parametrize("path", ["/episodes/{article}/{language}", "/embed/{article}?lang={language}"])
def test_pages_say_how_voice_and_translation_were_made(tmp_path: Path, path: str) -> None:
    with small_service(tmp_path) as made, served(made.services) as url, client(url) as web:
        episode = made.publish(translator="argos", review=Review(editor="a-key-of-anas", at=NOW))
        page = web.get(path.format(article=episode.article, language=episode.language)).text
    assert ENGLISH.synthetic_voice in page
    assert ENGLISH.reviewed_translation in page
    assert "a-key-of-anas" not in page
