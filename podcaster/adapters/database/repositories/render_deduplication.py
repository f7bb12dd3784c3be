"""Deduplicates renders of a report: a new request joins a running render, runs beside it, or supersedes it."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from itertools import groupby

from pydantic import TypeAdapter
from sqlalchemy import Connection, insert, select, update

from podcaster.adapters.database.repositories.changes import note
from podcaster.adapters.database.tables.library import render_contents, render_languages, renders
from podcaster.model import LanguageReport, Render, RenderState
from podcaster.model.changes import Action
from podcaster.units import LanguageTag, RenderId

FINAL = [state.value for state in RenderState if state.final]
Contents = Mapping[LanguageTag, str]


def settle(connection: Connection, render: Render, contents: Contents, now: datetime) -> tuple[RenderId | None, Render]:
    """The render under way that does all of this already; else None, and the render with what it takes over.

    One that makes a shared language of something else is superseded, and what it had not finished is made here, too. So is
    one that nobody waits for where somebody waits now; where somebody waited for one, the render that takes its place is urgent.
    """
    languages, urgent = dict(render.languages), render.urgent
    query = (
        select(
            renders.c.id,
            renders.c.urgent,
            render_languages.c.language,
            render_languages.c.record,
            render_contents.c.digest,
        )
        .join(render_languages, render_languages.c.render == renders.c.id)
        .join(
            render_contents,
            (render_contents.c.render == renders.c.id) & (render_contents.c.language == render_languages.c.language),
            isouter=True,
        )
        .where(renders.c.article == render.article, renders.c.state.not_in(FINAL))
        .order_by(renders.c.requested, renders.c.id, render_languages.c.place)
    )
    for other, rows in groupby(connection.execute(query).all(), key=lambda row: str(row.id)):
        theirs = {LanguageTag(row.language): row for row in rows}
        first = bool(next(iter(theirs.values())).urgent)
        in_time = first or not render.urgent
        reports = {tag: read(row.record) for tag, row in theirs.items()}
        same = all(tag in theirs and theirs[tag].digest == contents[tag] for tag in render.languages)
        if in_time and same and not _held_back(render, reports):
            _release(connection, render, RenderId(other), reports)
            return RenderId(other), render
        if not theirs.keys() & render.languages.keys():
            continue
        for tag, report in reports.items():
            if not report.state.final:
                languages.setdefault(tag, LanguageReport(state=RenderState.QUEUED, held=report.held))
        end(connection, RenderId(other), RenderState.SUPERSEDED)
        note(
            connection,
            now,
            Action.RENDER_SUPERSEDED,
            article=render.article,
            subject=other,
            after={"render": render.id},
        )
        urgent = urgent or first
    return None, replace(render, languages=languages, urgent=urgent)


def _held_back(render: Render, reports: Mapping[LanguageTag, LanguageReport]) -> bool:
    """Whether a wanted language was finished and held already: releasing it would publish nothing any more."""
    wanted = (tag for tag, report in render.languages.items() if not report.held)
    return any(reports[tag].held and reports[tag].state.final for tag in wanted)


def _release(
    connection: Connection, render: Render, other: RenderId, reports: Mapping[LanguageTag, LanguageReport]
) -> None:
    """Publish languages that a held render makes, where somebody who may publish asks for them."""
    for tag, wanted in render.languages.items():
        if reports[tag].held and not wanted.held:
            place = (render_languages.c.render == other) & (render_languages.c.language == tag)
            record = written(replace(reports[tag], held=False))
            connection.execute(update(render_languages).where(place).values(record=record))


def keep_contents(connection: Connection, render: Render, contents: Contents) -> None:
    """Remember what each language of a render is made of."""
    rows = [
        {"render": render.id, "language": tag, "digest": contents[tag]} for tag in render.languages if tag in contents
    ]
    if rows:
        connection.execute(insert(render_contents), rows)


def end(connection: Connection, render: RenderId, state: RenderState) -> None:
    """Close a render; its languages that are not final end with it where it was stopped."""
    connection.execute(update(renders).where(renders.c.id == render).values(state=state.value))
    if state not in {RenderState.CANCELLED, RenderState.SUPERSEDED}:
        return
    rows = connection.execute(select(render_languages).where(render_languages.c.render == render)).all()
    for row in rows:
        report = read(row.record)
        if not report.state.final:
            stopped = written(replace(report, state=state, stage="", seconds_left=None))
            place = (render_languages.c.render == render) & (render_languages.c.language == row.language)
            connection.execute(update(render_languages).where(place).values(record=stopped))


def read(record: str) -> LanguageReport:
    """A language's report as it is kept."""
    return _reports().validate_json(record)


def written(report: LanguageReport) -> str:
    """A language's report, to be kept."""
    return json.dumps(_reports().dump_python(report, mode="json"), ensure_ascii=False)


@cache
def _reports() -> TypeAdapter[LanguageReport]:
    return TypeAdapter(LanguageReport)
