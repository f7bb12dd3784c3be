"""Reports in the library."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, and_, insert, or_, select, update

from podcaster.adapters.database.shelf import Shelf
from podcaster.adapters.database.tables import articles
from podcaster.article.identity import address_digest
from podcaster.article.record import from_record, to_record
from podcaster.errors import ArticleUnknown
from podcaster.model import Article
from podcaster.ports import StoredArticle
from podcaster.units import ArticleId


class ArticleShelf(Shelf):
    """Fills the articles' part of `ports.Library`."""

    def put_article(self, article: Article, now: datetime) -> bool:
        """Add or replace."""
        record = json.dumps(to_record(article), ensure_ascii=False, sort_keys=True)
        with self._writing() as connection:
            there = connection.execute(select(articles.c.record).where(articles.c.id == article.id)).scalar()
            if there == record:
                return False
            if there is None:
                connection.execute(insert(articles).values(id=article.id, record=record, added=now, changed=now))
            else:
                connection.execute(
                    update(articles).where(articles.c.id == article.id).values(record=record, changed=now)
                )
            return True

    def article(self, article: ArticleId) -> StoredArticle:
        """One report."""
        with self._reading() as connection:
            row = connection.execute(select(articles).where(articles.c.id == article)).one_or_none()
        if row is None:
            raise unknown(article)
        return _stored(row)

    def article_at(self, url: str) -> ArticleId | None:
        """The report at an address: its id ends in the address's digest, unless it kept an older one."""
        ids = select(articles.c.id).where(articles.c.id.endswith(address_digest(url)))
        with self._reading() as connection:
            # The ids stand in an index of their own; the whole of every report is much to look through.
            query = select(articles).where(articles.c.id.in_(connection.execute(ids).scalars().all()))
            found = [_stored(row).article for row in connection.execute(query)]
        return next((each.id for each in found if each.url == url), None)

    def articles(self, *, limit: int = 50, after: ArticleId | None = None) -> Sequence[StoredArticle]:
        """A page of reports."""
        query = select(articles).order_by(articles.c.added.desc(), articles.c.id.desc()).limit(limit)
        with self._reading() as connection:
            if after is not None:
                added = connection.execute(select(articles.c.added).where(articles.c.id == after)).scalar()
                if added is None:
                    raise unknown(after)
                behind = and_(articles.c.added == added, articles.c.id < after)
                query = query.where(or_(articles.c.added < added, behind))
            return [_stored(row) for row in connection.execute(query)]


def unknown(article: ArticleId) -> ArticleUnknown:
    """The error for an id that no report has."""
    return ArticleUnknown(
        f"There is no report {article[:80]!r}.", "`podcaster articles list` shows those that are there."
    )


def _stored(row: Row[tuple[object, ...]]) -> StoredArticle:
    return StoredArticle(article=from_record(json.loads(row.record)), added=row.added, changed=row.changed)
