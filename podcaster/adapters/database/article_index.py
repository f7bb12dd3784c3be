"""The article index: one narrow row beside each report, so that a long list reads no texts."""

import json

from sqlalchemy import ColumnElement, Select, case, exists, literal, select

from podcaster.adapters.database.tables.library import article_cards, episodes, render_languages, renders
from podcaster.feed.section import section_slug
from podcaster.model import Article
from podcaster.ports.editing.articles import ArticleFilter, LanguageStatus
from podcaster.units import LanguageTag

_MARK = "\n"
"""Round every topic; it stands in none."""


def card_values(article: Article) -> dict[str, str]:
    """Index columns of a report: the case-folded title, topics by feed name."""
    topics = [section_slug(topic) for topic in article.topics]
    return {
        "title": article.title.casefold(),
        "language": article.language,
        "topics": _MARK.join(["", *topics, ""]) if topics else "",
    }


def filtered(query: Select[tuple[object, ...]], wanted: ArticleFilter) -> Select[tuple[object, ...]]:
    """Restrict a query on the index table by a filter."""
    card = article_cards.c
    if wanted.title:
        query = query.where(card.title.contains(wanted.title.casefold(), autoescape=True))
    if wanted.topic:
        query = query.where(card.topics.contains(f"{_MARK}{section_slug(wanted.topic)}{_MARK}", autoescape=True))
    if wanted.language:
        query = query.where(card.language == wanted.language)
    if wanted.since:
        query = query.where(card.added >= wanted.since)
    for language, standing in wanted.states:
        query = query.where(_standing(language) == standing.value)
    return query


def standing(record: str | None, *, live: bool) -> LanguageStatus:
    """State of a language, from the newest render that has it and from the feeds."""
    state = json.loads(record)["state"] if record else ""
    if state in {LanguageStatus.QUEUED, LanguageStatus.RUNNING, LanguageStatus.FAILED}:
        return LanguageStatus(state)
    if live:
        return LanguageStatus.PUBLISHED
    return LanguageStatus.HELD if state == "done" else LanguageStatus.MISSING


def _standing(language: LanguageTag) -> ColumnElement[str]:
    """The same as `standing`, in SQL: a language's record begins with its state."""
    newest = (
        select(render_languages.c.record)
        .join(renders, renders.c.id == render_languages.c.render)
        .where(renders.c.article == article_cards.c.article, render_languages.c.language == language)
        .order_by(renders.c.requested.desc(), renders.c.id)
        .limit(1)
        .scalar_subquery()
    )
    live = exists().where(
        episodes.c.article == article_cards.c.article, episodes.c.language == language, episodes.c.live
    )

    def begins(state: str) -> ColumnElement[bool]:
        return newest.startswith(json.dumps({"state": state})[:-1], autoescape=True)

    unsettled = [
        (begins(each.value), literal(each.value))
        for each in (LanguageStatus.QUEUED, LanguageStatus.RUNNING, LanguageStatus.FAILED)
    ]
    return case(
        *unsettled,
        (live, literal(LanguageStatus.PUBLISHED.value)),
        (begins("done"), literal(LanguageStatus.HELD.value)),
        else_=literal(LanguageStatus.MISSING.value),
    )
