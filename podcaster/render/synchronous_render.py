"""A report rendered and published while one waits for it, without a queue: the demo, and `podcaster articles add --wait`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from podcaster.model import Article
from podcaster.ports import BlobStore, Clock, Library
from podcaster.render.pipeline.all_languages import render_languages
from podcaster.render.pipeline.episode_builder import BuiltEpisode, store_episode
from podcaster.render.pipeline.outcome import LanguageOutcome
from podcaster.render.pipeline.progress import Progress, unwatched
from podcaster.render.pipeline.render_context import RenderContext
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
        stored = self.library.article(article.id)
        return render_languages(
            stored.article,
            languages,
            self.context,
            published=stored.added,
            keep=self._publish,
            progress=progress,
            unwanted=unwanted,
        )

    def _publish(self, episode: BuiltEpisode) -> Sequence[str]:
        store_episode(self.blobs, episode)
        return self.publication.offer(episode.episode)
