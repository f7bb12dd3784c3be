"""A process that ends hands a render back behind the lines that it is speaking; they are not spoken again."""

from dataclasses import replace
from pathlib import Path

import pytest

from podcaster.ports import RenderJob, WorkHandedBack
from podcaster.settings import Settings
from podcaster.units import LanguageTag, RenderId
from podcaster.wiring import Container
from support.examples import NOW, article_of, render_of
from support.quick_voices import quick_voices

EN = LanguageTag("en")


def test_what_was_spoken_until_a_process_ends_is_not_spoken_again(tmp_path: Path) -> None:
    container = Container(Settings(data=tmp_path, languages=("en",), voices=quick_voices(), workers=1, proof="off"))
    article = article_of()
    container.library.put_article(article, NOW)
    container.library.open_render(render_of(article))
    job = RenderJob(render=RenderId("r1"), article=article.id, languages=(EN,), urgent=True)
    stages = replace(container.stages, ending=lambda: any(container.blobs.names("clips/")))
    stages.begin(job)
    stages.translate(job, EN)
    with pytest.raises(WorkHandedBack):
        stages.speak(job, EN)
    container.stages.speak(job, EN)
    report = container.library.render(RenderId("r1")).languages[EN]
    assert report.reused >= 1
    assert report.spoken + report.reused == report.lines
    container.close()
