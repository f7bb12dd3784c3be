"""A report rendered while one waits, and no longer than one does."""

from pathlib import Path

import pytest

from podcaster.ports import Submission
from podcaster.render.pipeline.thread_pool import Abandoned
from podcaster.settings import Settings
from podcaster.units import LanguageTag
from podcaster.wiring import Container
from support.quick_voices import quick_voices

EN = LanguageTag("en")
REPORT = b"# The ferry came back\n\nIt sails again. Many people took it. A ticket is cheap.\n"


def test_a_render_that_nobody_waits_for_any_more_ends_and_publishes_nothing(tmp_path: Path) -> None:
    here = Container(Settings(data=tmp_path, languages=("en",), voices=quick_voices()))
    article = here.read(Submission(body=REPORT, name="ferry.md", media_type="text/markdown", language=EN))
    with pytest.raises(Abandoned):
        here.synchronous_render.publish(article, [EN], unwanted=lambda: True)
    assert not here.library.episodes(article=article.id)
    here.close()
