"""References from the library into the blob store."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from podcaster.adapters.database.repository import Repository
from podcaster.adapters.database.tables.feeds import feed_pages
from podcaster.adapters.database.tables.library import article_cards, episodes, feeds
from podcaster.adapters.database.tables.readings import readings
from podcaster.ports.retention import PublishedRevision, ReadRevision
from podcaster.units import ArticleId, LanguageTag, Revision


class StoredReferenceRepository(Repository):
    """Fills `ports.StoredReferences`."""

    def snapshots(self) -> frozenset[str]:
        """Blobs of feeds and archive pages."""
        with self._reading() as connection:
            current = connection.execute(select(feeds.c.blob)).scalars().all()
            pages = connection.execute(select(feed_pages.c.blob)).scalars().all()
        return frozenset([*current, *pages])

    def revisions(self) -> Sequence[PublishedRevision]:
        """The last revision of every episode."""
        query = select(
            episodes.c.article, episodes.c.language, episodes.c.revision, episodes.c.changed, episodes.c.live
        )
        with self._reading() as connection:
            return [
                PublishedRevision(
                    article=ArticleId(row.article),
                    language=LanguageTag(row.language),
                    revision=Revision(row.revision),
                    changed=row.changed,
                    live=row.live,
                )
                for row in connection.execute(query)
            ]

    def read_revisions(self) -> Sequence[ReadRevision]:
        """Every reading."""
        query = select(readings.c.article, readings.c.language, readings.c.revision, readings.c.record)
        with self._reading() as connection:
            return [
                ReadRevision(
                    article=ArticleId(row.article),
                    language=LanguageTag(row.language),
                    of=Revision(row.revision),
                    revision=Revision(json.loads(row.record)["revision"]),
                )
                for row in connection.execute(query)
            ]

    def removed_articles(self) -> Mapping[ArticleId, datetime]:
        """Removed reports."""
        query = select(article_cards.c.article, article_cards.c.removed).where(article_cards.c.removed.is_not(None))
        with self._reading() as connection:
            return {ArticleId(row.article): row.removed for row in connection.execute(query)}
