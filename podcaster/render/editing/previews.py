"""Reports that editors see before they are added, kept for a day."""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from podcaster.article.correction import article_digest
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
    clock: Clock
    new_id: Callable[[], str]

    def read(self, source: Submission) -> Preview:
        """Read a report and keep what was read; previews older than a day are dropped."""
        article = self.reader(source)
        self._drop_old()
        preview = self.new_id()
        stood = self._digest(article)
        kept = {"article": to_record(article), "stood": stood}
        self.blobs.put(_name(preview), json.dumps(kept, ensure_ascii=False).encode())
        return Preview(id=preview, article=article, known=bool(stood))

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
        try:
            kept = json.loads(self.blobs.get(_name(preview)))
        except BlobMissing:
            raise PreviewUnknown(
                "The preview is gone: previews are kept for a day.", "Read the report again, then add it."
            ) from None
        return self.newsroom.add(
            # A preview that an earlier version has kept is the report alone.
            from_record(kept.get("article", kept)),
            correction,
            languages=languages,
            idempotency_key=idempotency_key,
            hold=hold,
            stood=kept.get("stood"),
        )

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
