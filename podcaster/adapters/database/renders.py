"""Renders in the library."""

import json
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import groupby

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, Select, insert, select, update

from podcaster.adapters.database.articles import unknown
from podcaster.adapters.database.shelf import Shelf
from podcaster.adapters.database.tables import articles, render_languages, renders
from podcaster.errors import Conflict, RenderUnknown
from podcaster.model import LanguageReport, Render, RenderState
from podcaster.units import ArticleId, LanguageTag, RenderId

_FINAL = [state.value for state in RenderState if state.final]


class RenderShelf(Shelf):
    """Fills the renders' part of `ports.Library`."""

    def open_render(
        self, render: Render, *, idempotency_key: str | None = None, fingerprint: str = ""
    ) -> tuple[Render, bool]:
        """Record a render, or find the one that the key made."""
        try:
            with self._writing() as connection:
                earlier = _by_key(connection, idempotency_key)
                if earlier is None:
                    _insert(connection, render, idempotency_key, fingerprint)
                    return render, True
        except Conflict:
            earlier = None
        with self._reading() as connection:
            earlier = earlier or _by_key(connection, idempotency_key)
        if earlier is None:
            raise unknown(render.article)
        if earlier.fingerprint != fingerprint:
            raise Conflict("This Idempotency-Key stands for another request.", "Use a new key for a new request.")
        return self.render(RenderId(earlier.id)), False

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
        return self._renders(_query().where(renders.c.state.not_in(_FINAL)))

    def note_language(self, render: RenderId, language: LanguageTag, report: LanguageReport) -> None:
        """Record how far a language has got."""
        place = (render_languages.c.render == render) & (render_languages.c.language == language)
        with self._writing() as connection:
            if not _is_final(connection, render):
                connection.execute(update(render_languages).where(place).values(record=_written(report)))

    def set_render_state(self, render: RenderId, state: RenderState) -> bool:
        """Move a render on."""
        with self._writing() as connection:
            if _is_final(connection, render):
                return False
            connection.execute(update(renders).where(renders.c.id == render).values(state=state.value))
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


def _insert(connection: Connection, render: Render, key: str | None, fingerprint: str) -> None:
    if connection.execute(select(articles.c.id).where(articles.c.id == render.article)).first() is None:
        raise unknown(render.article)
    row = {"id": render.id, "article": render.article, "state": render.state.value, "requested": render.requested}
    connection.execute(insert(renders).values(**row, idempotency_key=key, fingerprint=fingerprint))
    languages = [
        {"render": render.id, "language": language, "place": place, "record": _written(report)}
        for place, (language, report) in enumerate(render.languages.items())
    ]
    if languages:
        connection.execute(insert(render_languages), languages)


def _by_key(connection: Connection, key: str | None) -> Row[tuple[object, ...]] | None:
    return None if key is None else connection.execute(select(renders).where(renders.c.idempotency_key == key)).first()


def _is_final(connection: Connection, render: RenderId) -> bool:
    query = select(renders.c.state).where(renders.c.id == render).with_for_update()
    state = connection.execute(query).scalar()
    if state is None:
        raise _unknown(render)
    return state in _FINAL


def _render(rows: Sequence[Row[tuple[object, ...]]]) -> Render:
    first = rows[0]
    return Render(
        id=RenderId(first.id),
        article=ArticleId(first.article),
        state=RenderState(first.state),
        requested=first.requested,
        languages=dict(_languages(rows)),
    )


def _languages(rows: Iterable[Row[tuple[object, ...]]]) -> Iterable[tuple[LanguageTag, LanguageReport]]:
    return ((LanguageTag(row.language), _reports().validate_json(row.record)) for row in rows if row.language)


def _unknown(render: RenderId) -> RenderUnknown:
    return RenderUnknown(f"There is no render {render[:64]!r}.", "Look at the report's renders.")


def _written(report: LanguageReport) -> str:
    return json.dumps(_reports().dump_python(report, mode="json"), ensure_ascii=False)


@cache
def _reports() -> TypeAdapter[LanguageReport]:
    return TypeAdapter(LanguageReport)
