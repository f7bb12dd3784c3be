"""Reports that editors see before they are added, kept for a day."""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from podcaster.article.correction import article_digest
from podcaster.article.document import EPUB
from podcaster.article.serialisation import from_record, to_record
from podcaster.errors import ArticleUnknown, BlobMissing, PreviewUnknown
from podcaster.model import Article, Render
from podcaster.ports import BlobStore, Clock, Library, Newsroom, Preview, Submission
from podcaster.units import LanguageTag

_PREFIX: Final = "previews/"
_KEPT: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Previews:
    """Fills `ports.PreviewDesk`."""

    library: Library
    blobs: BlobStore
    newsroom: Newsroom
    reader: Callable[[Submission], Article]
    fetched: Callable[[Submission], Submission]
    """Fills in the bytes of a URL."""
    chapters: Callable[[Submission], int]
    clock: Clock
    new_id: Callable[[], str]

    def read(self, source: Submission) -> Preview:
        """Read a report and keep what was read, and an EPUB's bytes; previews older than a day are dropped."""
        source = self.fetched(source)
        self._drop_old()
        read = self._kept(source)
        chapters = self.chapters(source)
        if chapters:
            self.blobs.put(_book(read.id), source.body)
        return replace(read, chapters=chapters)

    def read_chapter(self, preview: str, chapter: int) -> Preview:
        """Read one chapter of an EPUB whose bytes are kept."""
        kept = self._stored(preview)
        try:
            book = self.blobs.get(_book(preview))
        except BlobMissing:
            raise PreviewUnknown("The preview is of no EPUB.", "Read an EPUB, then its chapters.") from None
        return self._kept(Submission(body=book, media_type=EPUB, name=kept["name"], url=kept["url"]).chapter(chapter))

    def add(
        self,
        preview: str,
        correction: Mapping[str, object],
        *,
        languages: Sequence[LanguageTag] | None = None,
        idempotency_key: str | None = None,
        hold: bool = False,
    ) -> Render:
        """Add a report as it was read."""
        kept = self._stored(preview)
        return self.newsroom.add(
            # A preview that an earlier version has kept is the report alone.
            from_record(kept.get("article", kept)),
            correction,
            languages=languages,
            idempotency_key=idempotency_key,
            hold=hold,
            stood=kept.get("stood"),
        )

    def _kept(self, source: Submission) -> Preview:
        article = self.reader(source)
        preview = self.new_id()
        stood = self._digest(article)
        kept = {"article": to_record(article), "stood": stood, "name": source.name, "url": source.url}
        self.blobs.put(_name(preview), json.dumps(kept, ensure_ascii=False).encode())
        return Preview(id=preview, article=article, known=bool(stood))

    def _stored(self, preview: str) -> dict[str, Any]:
        try:
            kept: dict[str, Any] = json.loads(self.blobs.get(_name(preview)))
        except BlobMissing:
            raise PreviewUnknown(
                "The preview is gone: previews are kept for a day.", "Read the report again, then add it."
            ) from None
        return kept

    def _digest(self, article: Article) -> str:
        """Digest of the report that this one will replace; empty if there is none."""
        with suppress(ArticleUnknown):
            return article_digest(self.library.article(article.id).article)
        return ""

    def _drop_old(self) -> None:
        oldest = self.clock() - _KEPT
        for name in [blob.name for blob in self.blobs.listed(_PREFIX) if blob.stored < oldest]:
            self.blobs.delete(name)


def _name(preview: str) -> str:
    return f"{_PREFIX}{preview}.json"


def _book(preview: str) -> str:
    return f"{_PREFIX}{preview}.epub"
