"""Renders in the library."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from types import MappingProxyType

from sqlalchemy import Connection, Row, Select, insert, select, update

from podcaster.adapters.database.repositories.articles import unknown
from podcaster.adapters.database.repositories.changes import note
from podcaster.adapters.database.repositories.render_deduplication import (
    FINAL,
    Contents,
    end,
    keep_contents,
    read,
    settle,
    written,
)
from podcaster.adapters.database.repository import Repository
from podcaster.adapters.database.tables.library import (
    article_cards,
    articles,
    joined_requests,
    render_languages,
    renders,
)
from podcaster.errors import Conflict, RenderUnknown
from podcaster.model import LanguageReport, Render, RenderState
from podcaster.model.changes import Action
from podcaster.units import ArticleId, LanguageTag, RenderId

_NO_CONTENTS: Contents = MappingProxyType({})


class RenderRepository(Repository):
    """Fills the renders' part of `ports.Library`."""

    def open_render(
        self,
        render: Render,
        *,
        idempotency_key: str | None = None,
        fingerprint: str = "",
        contents: Mapping[LanguageTag, str] = _NO_CONTENTS,
    ) -> tuple[Render, bool]:
        """Record a render, or find the one that the key made, or one under way that does the same."""
        joined: RenderId | None = None
        try:
            with self._writing() as connection:
                earlier = _by_key(connection, idempotency_key)
                if earlier is None:
                    _lock(connection, render.article)
                    joined, opened = settle(connection, render, contents, self._clock()) if contents else (None, render)
                    if joined is not None:
                        _note_joined(connection, joined, idempotency_key, fingerprint)
                    else:
                        _insert(connection, opened, idempotency_key, fingerprint)
                        keep_contents(connection, opened, contents)
                        note(
                            connection, self._clock(), Action.RENDER_REQUESTED, article=opened.article,
                            subject=opened.id, after={"languages": list(opened.languages)},
                        )  # fmt: skip
                        return opened, True
        except Conflict:
            earlier = joined = None
        if joined is not None:
            return self.render(joined), False
        with self._reading() as connection:
            earlier = earlier or _by_key(connection, idempotency_key)
        if earlier is None:
            raise unknown(render.article)
        return self.render(_same(earlier, fingerprint)), False

    def render_by_key(self, idempotency_key: str, fingerprint: str) -> Render | None:
        """The render that this key made."""
        with self._reading() as connection:
            earlier = _by_key(connection, idempotency_key)
        return None if earlier is None else self.render(_same(earlier, fingerprint))

    def render(self, render: RenderId) -> Render:
        """One render."""
        found = self._renders(_query().where(renders.c.id == render))
        if not found:
            raise _unknown(render)
        return found[0]

    def renders(self, article: ArticleId) -> Sequence[Render]:
        """All renders of a report."""
        return self._renders(_query(newest_first=True).where(renders.c.article == article))

    def unfinished_renders(self) -> Sequence[Render]:
        """Renders that are not final."""
        return self._renders(_query().where(renders.c.state.not_in(FINAL)))

    def note_language(self, render: RenderId, language: LanguageTag, report: LanguageReport) -> None:
        """Record how far a language has got."""
        place = (render_languages.c.render == render) & (render_languages.c.language == language)
        with self._writing() as connection:
            if not _is_final(connection, render):
                # A request that joins the render may have released the language since the report was read.
                stands = connection.execute(select(render_languages.c.record).where(place)).scalar()
                kept = report if stands is None else replace(report, held=read(stands).held)
                connection.execute(update(render_languages).where(place).values(record=written(kept)))

    def set_render_state(self, render: RenderId, state: RenderState) -> bool:
        """Move a render on."""
        with self._writing() as connection:
            if _is_final(connection, render):
                return False
            end(connection, render, state)
            if state is RenderState.CANCELLED:
                article = connection.execute(select(renders.c.article).where(renders.c.id == render)).scalar_one()
                note(connection, self._clock(), Action.RENDER_CANCELLED, article=ArticleId(article), subject=render)
            return True

    def _renders(self, query: Select[tuple[object, ...]]) -> Sequence[Render]:
        with self._reading() as connection:
            rows = connection.execute(query).all()
        return [_render(list(group)) for _, group in groupby(rows, key=lambda row: row.id)]


def _query(*, newest_first: bool = False) -> Select[tuple[object, ...]]:
    order = renders.c.requested.desc() if newest_first else renders.c.requested
    return (
        select(renders, render_languages.c.language, render_languages.c.record)
        .join(render_languages, render_languages.c.render == renders.c.id, isouter=True)
        .order_by(order, renders.c.id, render_languages.c.place)
    )


def _lock(connection: Connection, article: ArticleId) -> None:
    """Renders of one report are opened one after the other."""
    there = select(articles.c.id).join(article_cards, article_cards.c.article == articles.c.id)
    there = there.where(articles.c.id == article, article_cards.c.removed.is_(None)).with_for_update()
    if connection.execute(there).first() is None:
        raise unknown(article)


def _insert(connection: Connection, render: Render, key: str | None, fingerprint: str) -> None:
    row = {
        "id": render.id,
        "article": render.article,
        "state": render.state.value,
        "requested": render.requested,
        "urgent": render.urgent,
    }
    connection.execute(insert(renders).values(**row, idempotency_key=key, fingerprint=fingerprint))
    languages = [
        {"render": render.id, "language": language, "place": place, "record": written(report)}
        for place, (language, report) in enumerate(render.languages.items())
    ]
    if languages:
        connection.execute(insert(render_languages), languages)


def _note_joined(connection: Connection, render: RenderId, key: str | None, fingerprint: str) -> None:
    """Keeps the answer of a repeated request the same after the render that it joined has ended."""
    if key is not None:
        row = {"idempotency_key": key, "fingerprint": fingerprint, "render": render}
        connection.execute(insert(joined_requests).values(**row))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request that had a key, and the render that is its answer."""

    render: RenderId
    fingerprint: str


def _by_key(connection: Connection, key: str | None) -> _Asked | None:
    if key is None:
        return None
    made = select(renders.c.id, renders.c.fingerprint).where(renders.c.idempotency_key == key)
    joined = select(joined_requests.c.render, joined_requests.c.fingerprint)
    joined = joined.where(joined_requests.c.idempotency_key == key)
    found = connection.execute(made.union_all(joined)).first()
    return None if found is None else _Asked(RenderId(found[0]), found[1])


def _same(earlier: _Asked, fingerprint: str) -> RenderId:
    if earlier.fingerprint != fingerprint:
        raise Conflict("This Idempotency-Key stands for another request.", "Use a new key for a new request.")
    return earlier.render


def _is_final(connection: Connection, render: RenderId) -> bool:
    query = select(renders.c.state).where(renders.c.id == render).with_for_update()
    state = connection.execute(query).scalar()
    if state is None:
        raise _unknown(render)
    return state in FINAL


def _render(rows: Sequence[Row[tuple[object, ...]]]) -> Render:
    first = rows[0]
    return Render(
        id=RenderId(first.id),
        article=ArticleId(first.article),
        state=RenderState(first.state),
        requested=first.requested,
        urgent=first.urgent,
        languages=dict(_languages(rows)),
    )


def _languages(rows: Iterable[Row[tuple[object, ...]]]) -> Iterable[tuple[LanguageTag, LanguageReport]]:
    return ((LanguageTag(row.language), read(row.record)) for row in rows if row.language)


def _unknown(render: RenderId) -> RenderUnknown:
    return RenderUnknown(f"There is no render {render[:64]!r}.", "Look at the report's renders.")
