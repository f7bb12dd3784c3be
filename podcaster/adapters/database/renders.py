"""The library's renders, a row for each and a row for each of its languages."""

from collections.abc import Sequence
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, Row, Select, func, select, update

from podcaster.adapters.database.articles import unknown_article
from podcaster.adapters.database.connected import Connected
from podcaster.adapters.database.schema import articles, render_languages, renders, utc
from podcaster.errors import Conflict, RenderUnknown, StorageFailed
from podcaster.model import LanguageReport, Render, RenderState
from podcaster.units import ArticleId, LanguageTag, RenderId

_FINAL: Final = [state.value for state in RenderState if state.final]
_REPORTS: Final = TypeAdapter(LanguageReport)


class Renders(Connected):
    """Requests to render, and how far they have got."""

    def open_render(
        self, render: Render, *, idempotency_key: str | None = None, fingerprint: str = ""
    ) -> tuple[Render, bool]:
        """Record a new render, or find the one that the key made."""
        insert = self._insert(renders).values(
            id=render.id,
            article=render.article,
            state=render.state.value,
            requested=utc(render.requested),
            idempotency_key=idempotency_key,
            fingerprint=fingerprint,
        )
        with self._writes() as connection:
            if connection.scalar(select(articles.c.id).where(articles.c.id == render.article)) is None:
                raise unknown_article(render.article)
            if connection.scalar(insert.on_conflict_do_nothing().returning(renders.c.id)) is None:
                return _made_before(connection, render, idempotency_key, fingerprint), False
            for place, (language, report) in enumerate(render.languages.items()):
                values = {"render": render.id, "language": language, "place": place, "record": _packed(report)}
                connection.execute(render_languages.insert().values(values))
        return render, True

    def render(self, render: RenderId) -> Render:
        """One render."""
        with self._reads() as connection:
            found = _all(connection, select(renders).where(renders.c.id == render))
        if not found:
            raise _unknown(render)
        return found[0]

    def renders(self, article: ArticleId) -> Sequence[Render]:
        """All renders of a report, newest first."""
        query = select(renders).where(renders.c.article == article)
        with self._reads() as connection:
            return _all(connection, query.order_by(renders.c.requested.desc(), renders.c.id.desc()))

    def unfinished_renders(self) -> Sequence[Render]:
        """Renders whose state is not final, oldest first."""
        unfinished = [state.value for state in RenderState if not state.final]
        query = select(renders).where(renders.c.state.in_(unfinished))
        with self._reads() as connection:
            return _all(connection, query.order_by(renders.c.requested, renders.c.id))

    def note_language(self, render: RenderId, language: LanguageTag, report: LanguageReport) -> None:
        """Record how far one language has got, in a row of its own: two languages never overwrite one another."""
        last = select(func.count()).where(render_languages.c.render == render).scalar_subquery()
        insert = self._insert(render_languages).values(
            render=render, language=language, place=last, record=_packed(report)
        )
        keys = [render_languages.c.render, render_languages.c.language]
        with self._writes() as connection:
            # The lock keeps the state from becoming final in between; readers of the lock do not wait for each other.
            state = connection.scalar(select(renders.c.state).where(renders.c.id == render).with_for_update(read=True))
            if state is None:
                raise _unknown(render)
            if not RenderState(state).final:
                connection.execute(
                    insert.on_conflict_do_update(index_elements=keys, set_={"record": insert.excluded.record})
                )

    def set_render_state(self, render: RenderId, state: RenderState) -> bool:
        """Move a render on, unless its state is final."""
        change = update(renders).where(renders.c.id == render, renders.c.state.not_in(_FINAL)).values(state=state.value)
        with self._writes() as connection:
            if connection.execute(change).rowcount:
                return True
            if connection.scalar(select(renders.c.id).where(renders.c.id == render)) is None:
                raise _unknown(render)
            return False


def _made_before(connection: Connection, render: Render, key: str | None, fingerprint: str) -> Render:
    made = connection.execute(select(renders).where(renders.c.idempotency_key == key)).one_or_none()
    if key is None or made is None:
        raise Conflict(f"There is a render {render.id!r} already.", "Give the new one another id.")
    if made.fingerprint != fingerprint:
        raise Conflict(f"The Idempotency-Key {key!r} stands for another request.", "Send a new key with a new request.")
    return _all(connection, select(renders).where(renders.c.id == made.id))[0]


def _all(connection: Connection, query: Select[Any]) -> list[Render]:
    rows = connection.execute(query).all()
    reports: dict[str, dict[LanguageTag, LanguageReport]] = {row.id: {} for row in rows}
    of_these = render_languages.c.render.in_(reports)
    by_place = (render_languages.c.place, render_languages.c.language)
    for row in connection.execute(select(render_languages).where(of_these).order_by(*by_place)):
        reports[row.render][LanguageTag(row.language)] = _unpacked(row.record)
    return [_render(row, reports[row.id]) for row in rows]


def _render(row: Row[Any], languages: dict[LanguageTag, LanguageReport]) -> Render:
    return Render(
        id=RenderId(row.id),
        article=ArticleId(row.article),
        state=RenderState(row.state),
        requested=row.requested,
        languages=languages,
    )


def _packed(report: LanguageReport) -> str:
    return _REPORTS.dump_json(report).decode()


def _unpacked(record: str) -> LanguageReport:
    try:
        return _REPORTS.validate_json(record)
    except ValidationError as error:
        raise StorageFailed("A stored report on a render cannot be read.", "Render the report again.") from error


def _unknown(render: RenderId) -> RenderUnknown:
    return RenderUnknown(f"There is no render {render!r}.", "podcaster articles show lists a report's renders.")
