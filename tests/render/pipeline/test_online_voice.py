"""The online voice in a whole installation: a render while it is down, and the next one when it is back."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from podcaster.model import LanguageReport, Render, RenderState
from podcaster.ports import RenderJob
from podcaster.settings import Settings
from podcaster.units import LanguageTag, RenderId
from podcaster.wiring import Container
from support.examples import NOW, article_of

EN = LanguageTag("en")


@pytest.fixture
def container(tmp_path: Path) -> Iterator[Container]:
    """The online voice is allowed, and nobody answers where it is asked."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        nobody = f"http://127.0.0.1:{free.getsockname()[1]}"
    container = Container(
        Settings(data=tmp_path, network_voices=True, gtts_endpoint=nobody, gtts_calls_per_minute=6_000)
    )
    container.__dict__["synthesizers"] = {
        name: engine for name, engine in container.synthesizers.items() if name != "hibari"
    }
    yield container
    container.close()


def test_a_queued_render_is_done_by_the_next_voice_and_its_answer_warns_once(container: Container) -> None:
    article = article_of()
    render = RenderId("r1")
    container.library.put_article(article, NOW)
    queued = LanguageReport(state=RenderState.QUEUED)
    container.library.open_render(
        Render(id=render, article=article.id, state=RenderState.QUEUED, requested=NOW, languages={EN: queued})
    )
    job = RenderJob(render=render, article=article.id, languages=(EN,))
    container.stages.begin(job)
    for stage in (
        container.stages.translate,
        container.stages.speak,
        container.stages.speak,
        container.stages.assemble,
    ):
        stage(job, EN)
    container.stages.publish(job, EN)
    report = container.library.render(render).languages[EN]
    assert report.state is RenderState.DONE
    (warning,) = [each for each in report.warnings if "speaks in its place" in each]
    assert warning.startswith("en-gtts could not speak this, en-US-espeak")
    assert container.library.episode(article.id, EN).episode.voice == "en-US-espeak"
