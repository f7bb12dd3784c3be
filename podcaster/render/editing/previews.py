"""Reports that editors see before they are added, kept for a day."""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from podcaster.article.record import from_record, to_record
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
        self.blobs.put(_name(preview), json.dumps(to_record(article), ensure_ascii=False).encode())
        return Preview(id=preview, article=article, known=self._is_known(article))

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
            article = from_record(json.loads(self.blobs.get(_name(preview))))
        except BlobMissing:
            raise PreviewUnknown(
                "What was read is not here any more: it is kept for a day.", "Read the report again, then add it."
            ) from None
        return self.newsroom.add(article, correction, languages=languages, idempotency_key=idempotency_key, hold=hold)

    def _is_known(self, article: Article) -> bool:
        with suppress(ArticleUnknown):
            self.library.article(article.id)
            return True
        return False

    def _drop_old(self) -> None:
        oldest = self.clock() - _KEPT
        for name in [blob.name for blob in self.blobs.listed(_PREFIX) if blob.stored < oldest]:
            self.blobs.delete(name)


def _name(preview: str) -> str:
    return f"{_PREFIX}{preview}.json"
