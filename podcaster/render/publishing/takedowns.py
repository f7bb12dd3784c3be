"""Takes the files of withdrawn and removed episodes down, and puts them back when they are published again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from podcaster.errors import EpisodeUnknown
from podcaster.feed.addresses import files_key, takedown_mark
from podcaster.feed.websub_ping import FeedPing
from podcaster.ports import BlobStore, Clock, Library
from podcaster.units import ArticleId, LanguageTag

MARKS: Final = "gone/"
MEDIA: Final = "media/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Takedowns:
    """One mark for each episode that is not published: an empty blob, which the service and nginx look for.

    It covers every file of every revision and reading, so that a takedown is one write. The library decides; the mark follows it.
    """

    library: Library
    blobs: BlobStore
    clock: Clock
    caches: Sequence[str] = ()
    """URLs that purge a CDN."""

    def settle(self, article: ArticleId, language: LanguageTag) -> bool:
        """Set or remove the mark as the library says; whether anything changed.

        Looks again after each change: of two processes that publish and withdraw at once, the last one sees what holds.
        """
        changed = False
        while (live := self._is_live(article, language)) == self._is_marked(article, language):
            name = takedown_mark(article, language)
            if live:
                self.blobs.delete(name)
            else:
                self.blobs.put(name, b"")
            changed = True
        if changed:
            # Both ways: a cache may hold the files, or the answer that they are gone.
            self._purge(article, language)
        return changed

    def settle_article(self, article: ArticleId) -> None:
        """Settle every language that a report has files in."""
        languages = {name.split("/")[2] for name in self.blobs.names(f"{MEDIA}{article}/")}
        for language in sorted(languages):
            self.settle(article, LanguageTag(language))

    def _purge(self, article: ArticleId, language: LanguageTag) -> None:
        now = self.clock()
        key = files_key(article, language)
        self.library.add_pings([FeedPing(hub=url, feed=key, since=now, changed=now, due=now) for url in self.caches])

    def _is_live(self, article: ArticleId, language: LanguageTag) -> bool:
        try:
            self.library.episode(article, language)
        except EpisodeUnknown:
            return False
        return True

    def _is_marked(self, article: ArticleId, language: LanguageTag) -> bool:
        return self.blobs.size(takedown_mark(article, language)) is not None
