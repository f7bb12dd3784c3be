"""A report rendered into several languages at once, while the caller waits: without a queue or stages."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from podcaster.errors import PodcasterError
from podcaster.model import Article
from podcaster.render.pipeline.episode_builder import BuiltEpisode, build_episode
from podcaster.render.pipeline.outcome import LanguageOutcome, done_report, failed_report
from podcaster.render.pipeline.progress import Progress, unwatched
from podcaster.render.pipeline.render_context import RenderContext
from podcaster.render.pipeline.rendering import speak, translate
from podcaster.render.pipeline.thread_pool import always_wanted
from podcaster.units import LanguageTag


def render_languages(
    article: Article,
    languages: Sequence[LanguageTag],
    context: RenderContext,
    *,
    published: datetime,
    keep: Callable[[BuiltEpisode], Sequence[str]],
    progress: Progress = unwatched,
    unwanted: Callable[[], bool] = always_wanted,
) -> Sequence[LanguageOutcome]:
    """Render into every language; one that fails does not stop the others.

    Args:
        article: The report.
        languages: What to render it into.
        context: Engines, stores and words.
        published: Publication time, for a report that has none of its own.
        keep: Stores or publishes an episode, and gives back warnings.
        progress: Told how far each language is.
        unwanted: Whether to stop.

    Raises:
        Abandoned: `unwanted` said so; what was spoken until then is kept.
    """

    def rendered(language: LanguageTag) -> LanguageOutcome:
        started = time.monotonic()
        try:
            progress(language, "translate", 0, 0)
            text = translate(article, language, context)
            sound = speak(text.script, context, progress, unwanted)
            episode = build_episode(article, sound.rendition, context, published=article.published or published)
            warnings = keep(episode)
        except PodcasterError as error:
            return LanguageOutcome(language=language, report=failed_report(error), error=error)
        report = done_report(text, sound, seconds=time.monotonic() - started, warnings=warnings)
        return LanguageOutcome(language=language, report=report)

    with ThreadPoolExecutor(len(languages)) as threads:
        return list(threads.map(rendered, languages))
