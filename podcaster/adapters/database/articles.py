"""The library's reports."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, or_, select

from podcaster.adapters.database.connected import Connected, pack, unpack
from podcaster.adapters.database.schema import articles, utc
from podcaster.article.record import from_record, to_record
from podcaster.errors import ArticleUnknown
from podcaster.model import Article
from podcaster.ports import StoredArticle
from podcaster.units import ArticleId


class Articles(Connected):
    """Reports by id."""

    def put_article(self, article: Article, now: datetime) -> bool:
        """Add or replace a report; `added` stays what it was."""
        moment = utc(now)
        insert = self._insert(articles).values(
            id=article.id, record=pack(to_record(article)), added=moment, changed=moment
        )
        replace = insert.on_conflict_do_update(
            index_elements=[articles.c.id],
            set_={"record": insert.excluded.record, "changed": insert.excluded.changed},
            where=articles.c.record != insert.excluded.record,
        )
        with self._writes() as connection:
            return connection.scalar(replace.returning(articles.c.id)) is not None

    def article(self, article: ArticleId) -> StoredArticle:
        """One report."""
        with self._reads() as connection:
            row = connection.execute(select(articles).where(articles.c.id == article)).one_or_none()
        if row is None:
            raise unknown_article(article)
        return _stored(row)

    def articles(self, *, limit: int = 50, after: ArticleId | None = None) -> Sequence[StoredArticle]:
        """Reports, newest first."""
        query = select(articles).order_by(articles.c.added.desc(), articles.c.id).limit(limit)
        if after is not None:
            last = select(articles.c.added).where(articles.c.id == after).scalar_subquery()
            query = query.where(
                or_(articles.c.added < last, (articles.c.added == last) & (articles.c.id > after)),
            )
        with self._reads() as connection:
            return [_stored(row) for row in connection.execute(query)]


def unknown_article(article: ArticleId) -> ArticleUnknown:
    """The error for an id that no report has."""
    return ArticleUnknown(f"There is no report {article!r}.", "podcaster articles list shows them all.")


def _stored(row: Row[Any]) -> StoredArticle:
    return StoredArticle(article=unpack(row.record, from_record), added=row.added, changed=row.changed)
