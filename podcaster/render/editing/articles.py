"""Corrects and removes reports on behalf of editors."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from podcaster.article.correction import article_digest
from podcaster.errors import Outdated
from podcaster.model import Article
from podcaster.ports import BlobStore, Clock, Library, StoredArticle
from podcaster.render.publishing.feed_publisher import FeedPublisher
from podcaster.render.publishing.publication import held_prefix
from podcaster.render.publishing.takedowns import Takedowns
from podcaster.units import ArticleId, RenderId


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleEditing:
    """Fills `ports.ArticleEditor`."""

    library: Library
    blobs: BlobStore
    feed_publisher: FeedPublisher
    stop: Callable[[RenderId], object]
    """Ends a render that is cancelled already."""
    clock: Clock
    caches: Sequence[str] = ()
    """URLs that purge a CDN."""

    def correct(
        self, article: ArticleId, change: Mapping[str, object], *, expected: Collection[str] | None
    ) -> StoredArticle:
        """Correct a report where its source is wrong."""
        self.library.correct_article(article, change, before=self._seen(article, expected))
        return self.library.article(article)

    def remove(self, article: ArticleId, *, expected: Collection[str] | None) -> None:
        """Take a report away; what is behind the transaction is made up for when the service starts."""
        removed = self.library.remove_article(article, self.clock(), before=self._seen(article, expected))
        for render in removed.renders:
            self.stop(render)
        takedowns = Takedowns(library=self.library, blobs=self.blobs, clock=self.clock, caches=self.caches)
        takedowns.settle_article(article)
        self.feed_publisher.update_feeds(*removed.episodes)
        for name in list(self.blobs.names(held_prefix(article))):
            self.blobs.delete(name)

    def _seen(self, article: ArticleId, expected: Collection[str] | None) -> Article | None:
        """The version of the report that the editor saw; None: not checked."""
        if expected is None:
            return None
        kept = self.library.article(article).article
        if article_digest(kept) not in expected:
            raise Outdated("Somebody else changed the report meanwhile.", "Read it again, then make your change.")
        return kept
