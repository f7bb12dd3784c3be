"""A process that ends hands a render back behind the lines that it is speaking; they are not spoken again."""

from dataclasses import replace
from pathlib import Path

import pytest

from podcaster.ports import RenderJob, WorkHandedBack
from podcaster.render.pipeline.rendering import translate
from podcaster.render.quick_voice import quick_cast
from podcaster.render.stages import RenderStages
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


def published_in_quick_voice(folder: Path) -> tuple[Container, RenderStages, RenderJob]:
    """A new report in its quick voice; the stages and the job that make the good one."""
    container = Container(Settings(data=folder, languages=("en",), workers=2, proof="off", quick_voice=True))
    article = article_of()
    container.library.put_article(article, NOW)
    container.library.open_render(render_of(article))
    job = RenderJob(render=RenderId("r1"), article=article.id, languages=(EN,), urgent=True)
    quick = container.stages.quick_voice
    assert quick is not None
    stages = replace(container.stages, quick_voice=replace(quick, worth_s=0.0))
    stages.begin(job)
    stages.translate(job, EN)
    stages.speak(job, EN)
    return container, stages, job


def test_a_new_report_is_heard_in_the_quick_voice_until_the_good_one_is_ready(tmp_path: Path) -> None:
    container, stages, job = published_in_quick_voice(tmp_path)
    first = container.library.episode(job.article, EN).episode
    assert first.voice.endswith("espeak")
    stages.speak(job, EN)  # a worker that takes over publishes nothing twice
    assert container.library.episode(job.article, EN).episode == first
    stages.assemble(job, EN)
    stages.publish(job, EN)
    good = container.library.episode(job.article, EN).episode
    assert (good.voice, good.guid) == ("en-US-hibari", first.guid)
    assert good.revision != first.revision
    assert container.library.render(RenderId("r1")).languages[EN].warnings == ()
    container.close()


def test_an_episode_withdrawn_in_the_quick_voice_comes_in_no_voice_by_itself(tmp_path: Path) -> None:
    container, stages, job = published_in_quick_voice(tmp_path)
    container.publication.withdraw(job.article, EN)
    stages.speak(job, EN)  # a worker that takes over
    stages.assemble(job, EN)
    stages.publish(job, EN)
    assert not container.library.episodes(article=job.article)
    assert container.publication.newest(job.article, EN).voice == "en-US-hibari"
    container.close()


def test_a_good_voice_that_is_quick_enough_is_waited_for(tmp_path: Path) -> None:
    container = Container(Settings(data=tmp_path, languages=("en",), proof="off", quick_voice=True))
    script = translate(article_of(), EN, container.context).script
    assert quick_cast(script, container.context, 60.0) is None
    assert quick_cast(script, container.context, 0.0) is not None
    container.close()
