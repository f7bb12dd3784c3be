"""A report rendered and published while one waits for it, without a queue: the demo, and `podcaster articles add --wait`."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from podcaster.errors import PodcasterError
from podcaster.model import Article, LanguageReport
from podcaster.ports import BlobStore, Clock, Library
from podcaster.render.pipeline.episode_builder import build_episode, store_episode
from podcaster.render.pipeline.outcome import LanguageOutcome, done_report, failed_report
from podcaster.render.pipeline.progress import Progress, unwatched
from podcaster.render.pipeline.render_context import RenderContext
from podcaster.render.pipeline.rendering import speak, translate
from podcaster.render.pipeline.thread_pool import always_wanted
from podcaster.render.publishing.publication import Publication
from podcaster.units import LanguageTag


@dataclass(frozen=True, slots=True, kw_only=True)
class SynchronousRender:
    """From an article to the feeds in one call."""

    library: Library
    blobs: BlobStore
    context: RenderContext
    publication: Publication
    clock: Clock

    def publish(
        self,
        article: Article,
        languages: Sequence[LanguageTag],
        progress: Progress = unwatched,
        unwanted: Callable[[], bool] = always_wanted,
    ) -> Sequence[LanguageOutcome]:
        """Render into every language at once and publish; one that fails does not stop the others.

        Raises:
            Abandoned: `unwanted` said so; what was spoken until then is kept.
        """
        self.library.put_article(article, self.clock())
        article = self.library.article(article.id).article
        with ThreadPoolExecutor(len(languages)) as desks:
            return list(desks.map(lambda language: self._outcome(article, language, progress, unwanted), languages))

    def _outcome(
        self, article: Article, language: LanguageTag, progress: Progress, unwanted: Callable[[], bool]
    ) -> LanguageOutcome:
        try:
            return LanguageOutcome(language=language, report=self._published(article, language, progress, unwanted))
        except PodcasterError as error:
            return LanguageOutcome(language=language, report=failed_report(error), error=error)

    def _published(
        self, article: Article, language: LanguageTag, progress: Progress, unwanted: Callable[[], bool]
    ) -> LanguageReport:
        started = time.monotonic()
        progress(language, "translate", 0, 0)
        text = translate(article, language, self.context)
        sound = speak(text.script, self.context, progress, unwanted)
        published = article.published or self.library.article(article.id).added
        edition = build_episode(article, sound.rendition, self.context, published=published)
        store_episode(self.blobs, edition)
        warnings = self.publication.offer(edition.episode)
        return done_report(text, sound, seconds=time.monotonic() - started, warnings=warnings)
