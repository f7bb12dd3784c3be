"""Reports in the library."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, insert, or_, select, update

from podcaster.adapters.database.article_index import card_values, filtered, standing
from podcaster.adapters.database.repositories.changes import difference, note
from podcaster.adapters.database.repository import Repository
from podcaster.adapters.database.tables.library import article_cards, articles, episodes, render_languages, renders
from podcaster.article.correction import article_digest, corrected, correction_of
from podcaster.article.identity import address_digest
from podcaster.article.serialisation import from_record, to_record
from podcaster.errors import ArticleUnknown, Outdated
from podcaster.model import Article
from podcaster.model.changes import Action
from podcaster.ports.editing.articles import ArticleFilter, LanguageStatus, StoredArticle
from podcaster.units import ArticleId, LanguageTag

_EVERY = ArticleFilter()


class ArticleRepository(Repository):
    """Fills the articles' part of `ports.Library`."""

    def put_article(self, article: Article, now: datetime) -> bool:
        """Add or replace."""
        with self._writing() as connection:
            return self._put(connection, article, now)

    def add_article(
        self, article: Article, correction: Mapping[str, object], now: datetime, *, stood: str | None
    ) -> None:
        """Add or replace, and correct."""
        with self._writing() as connection:
            row = connection.execute(_query().where(articles.c.id == article.id).with_for_update()).one_or_none()
            kept = json.loads(row.corrections) if row is not None else {}
            stands = "" if row is None or row.removed is not None else article_digest(stored(row).article)
            wanted = article_digest(corrected(article, correction_of(article, kept, correction)))
            if stood is not None and stands not in {stood, wanted}:
                raise Outdated("Somebody else changed the report meanwhile.", "Read it again, then add it.")
            self._put(connection, article, now)
            if correction:
                self._correct(connection, article.id, correction, before=None)

    def correct_article(self, article: ArticleId, change: Mapping[str, object], *, before: Article | None) -> None:
        """Keep a correction."""
        with self._writing() as connection:
            self._correct(connection, article, change, before=before)

    def article(self, article: ArticleId) -> StoredArticle:
        """One report."""
        with self._reading() as connection:
            return stored(there(connection, article))

    def is_removed(self, article: ArticleId) -> bool:
        """Whether an editor took it away."""
        query = select(article_cards.c.removed).where(article_cards.c.article == article)
        with self._reading() as connection:
            return connection.execute(query).scalar() is not None

    def article_at(self, url: str) -> ArticleId | None:
        """The report at an address: its id ends in the address's digest, unless it kept an older one."""
        ids = select(article_cards.c.article).where(article_cards.c.article.endswith(address_digest(url)))
        with self._reading() as connection:
            # The ids stand in an index of their own; the whole of every report is much to look through.
            query = _query().where(articles.c.id.in_(connection.execute(ids).scalars().all()))
            found = [stored(row).article for row in connection.execute(query)]
        return next((each.id for each in found if each.url == url), None)

    def articles(
        self, *, limit: int = 50, after: ArticleId | None = None, wanted: ArticleFilter = _EVERY
    ) -> Sequence[StoredArticle]:
        """A page of reports."""
        card = article_cards.c
        query = filtered(_query().where(card.removed.is_(None)), wanted)
        query = query.order_by(card.added.desc(), card.article.desc()).limit(limit)
        with self._reading() as connection:
            if after is not None:
                added = connection.execute(select(card.added).where(card.article == after)).scalar()
                if added is None:
                    raise unknown(after)
                query = query.where(or_(card.added < added, and_(card.added == added, card.article < after)))
            return [stored(row) for row in connection.execute(query)]

    def standings(self, which: Sequence[ArticleId]) -> Mapping[ArticleId, Mapping[LanguageTag, LanguageStatus]]:
        """States of the languages of some reports."""
        published = select(episodes.c.article, episodes.c.language).where(
            episodes.c.article.in_(which), episodes.c.live
        )
        made = (
            select(renders.c.article, render_languages.c.language, render_languages.c.record)
            .join(render_languages, render_languages.c.render == renders.c.id)
            .where(renders.c.article.in_(which))
            .order_by(renders.c.requested, renders.c.id.desc())
        )
        with self._reading() as connection:
            live = {(row.article, row.language) for row in connection.execute(published)}
            newest = {(row.article, row.language): row.record for row in connection.execute(made)}
        found: dict[ArticleId, dict[LanguageTag, LanguageStatus]] = {each: {} for each in which}
        for article, language in sorted({*live, *newest}):
            stands = standing(newest.get((article, language)), live=(article, language) in live)
            found[ArticleId(article)][LanguageTag(language)] = stands
        return found

    def _put(self, connection: Connection, article: Article, now: datetime) -> bool:
        record = json.dumps(to_record(article), ensure_ascii=False, sort_keys=True)
        row = connection.execute(_query().where(articles.c.id == article.id).with_for_update()).one_or_none()
        if row is None:
            connection.execute(insert(articles).values(id=article.id, record=record, added=now, changed=now))
            card = {"article": article.id, "added": now, "corrections": "{}", **card_values(article)}
            connection.execute(insert(article_cards).values(card))
            self._noted(connection, Action.ARTICLE_ADDED, article, None)
            return True
        if row.removed is not None:
            _change_card(connection, article.id, removed=None)
            note(connection, self._clock(), Action.ARTICLE_RESTORED, article=article.id)
        if row.record == record:
            return row.removed is not None
        changed = update(articles).where(articles.c.id == article.id).values(record=record, changed=now)
        connection.execute(changed)
        _change_card(connection, article.id, **card_values(corrected(article, json.loads(row.corrections))))
        self._noted(connection, Action.ARTICLE_CHANGED, article, from_record(json.loads(row.record)))
        return True

    def _correct(
        self, connection: Connection, article: ArticleId, change: Mapping[str, object], *, before: Article | None
    ) -> None:
        row = there(connection, article, to_change=True)
        kept, own = json.loads(row.corrections), from_record(json.loads(row.record))
        now = corrected(own, kept)
        if before is not None and before != now:
            raise Outdated("Somebody else changed the report meanwhile.", "Read it again, then make your change.")
        wanted = correction_of(own, kept, change)
        if wanted == kept:
            return
        then = corrected(own, wanted)
        _change_card(connection, article, corrections=json.dumps(wanted, ensure_ascii=False), **card_values(then))
        was, became = difference(to_record(now), to_record(then))
        note(connection, self._clock(), Action.ARTICLE_CORRECTED, article=article, before=was, after=became)

    def _noted(self, connection: Connection, action: Action, article: Article, before: Article | None) -> None:
        """A report's text is not in the log: which parts of it are others, and how long it is."""
        was, became = difference(_outline(before), _outline(article))
        note(connection, self._clock(), action, article=article.id, before=was if before else None, after=became)


def unknown(article: ArticleId) -> ArticleUnknown:
    """The error for an id that no report has."""
    return ArticleUnknown(
        f"There is no report {article[:80]!r}.", "`podcaster articles list` shows those that are there."
    )


def _query() -> Select[tuple[Any, ...]]:
    return select(articles, article_cards.c.corrections, article_cards.c.removed).join(
        article_cards, article_cards.c.article == articles.c.id
    )


def there(connection: Connection, article: ArticleId, *, to_change: bool = False) -> Row[tuple[Any, ...]]:
    """The row of a report that was not removed; `to_change` locks it."""
    query = _query().where(articles.c.id == article, article_cards.c.removed.is_(None))
    row = connection.execute(query.with_for_update() if to_change else query).one_or_none()
    if row is None:
        raise unknown(article)
    return row


def _change_card(connection: Connection, article: ArticleId, **values: object) -> None:
    connection.execute(update(article_cards).where(article_cards.c.article == article).values(**values))


def _outline(article: Article | None) -> Mapping[str, object]:
    if article is None:
        return {}
    record = to_record(article)
    return {
        **{name: value for name, value in record.items() if name not in {"id", "body", "left_aside"}},
        "blocks": len(article.body),
    }


def stored(row: Row[tuple[Any, ...]]) -> StoredArticle:
    """A report as the tables have it, with its corrections."""
    corrections = json.loads(row.corrections)
    own = from_record(json.loads(row.record))
    return StoredArticle(
        article=corrected(own, corrections), added=row.added, changed=row.changed, corrections=corrections
    )
