"""Figures of the library."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Row, func, select

from podcaster.adapters.database.repository import Repository
from podcaster.adapters.database.tables.downloads import downloads
from podcaster.adapters.database.tables.library import (
    article_cards,
    episodes,
    listeners,
    renders,
    scheduled_episodes,
    sources,
)
from podcaster.model import RenderState
from podcaster.ports.library_counts import LibraryFigures, QueueFigures
from podcaster.units import LanguageTag

_OVERDUE = timedelta(minutes=1)
_UNFINISHED = (RenderState.QUEUED.value, RenderState.RUNNING.value)


class SqlFiguresRepository(Repository):
    """Fills `ports.figures.FiguresRepository`."""

    def figures(self) -> LibraryFigures:
        """Eight queries on indexes or small tables."""
        queue = (
            select(
                renders.c.urgent,
                renders.c.state,
                func.count().label("number"),
                func.min(renders.c.requested).label("oldest"),
            )
            .where(renders.c.state.in_(_UNFINISHED))
            .group_by(renders.c.urgent, renders.c.state)
        )
        live = (
            select(episodes.c.language, func.count().label("number"))
            .where(episodes.c.live)
            .group_by(episodes.c.language)
        )
        counted = select(
            downloads.c.language, downloads.c.app, func.sum(downloads.c.downloads).label("number")
        ).group_by(downloads.c.language, downloads.c.app)
        with self._reading() as connection:
            waiting = connection.execute(queue).all()
            return LibraryFigures(
                urgent=_queue([row for row in waiting if row.urgent]),
                background=_queue([row for row in waiting if not row.urgent]),
                reports=connection.execute(
                    select(func.count()).select_from(article_cards).where(article_cards.c.removed.is_(None))
                ).scalar_one(),
                episodes={LanguageTag(row.language): row.number for row in connection.execute(live)},
                listeners=connection.execute(select(func.count()).select_from(listeners)).scalar_one(),
                downloads={
                    (LanguageTag(row.language), row.app): int(row.number) for row in connection.execute(counted)
                },
                failing_sources=connection.execute(
                    select(func.count()).select_from(sources).where(sources.c.failures > 0)
                ).scalar_one(),
                overdue_schedules=connection.execute(
                    select(func.count())
                    .select_from(scheduled_episodes)
                    .where(scheduled_episodes.c.at < self._clock() - _OVERDUE)
                ).scalar_one(),
            )


def _queue(rows: list[Row[Any]]) -> QueueFigures:
    by_state = {row.state: row for row in rows}
    waiting, running = (by_state.get(state) for state in _UNFINISHED)
    return QueueFigures(
        waiting=waiting.number if waiting else 0,
        running=running.number if running else 0,
        oldest_waiting=waiting.oldest if waiting else None,
    )
