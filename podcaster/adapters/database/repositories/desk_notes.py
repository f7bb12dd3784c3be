"""Editors' notes on reports, and what the desk's inbox asks of many reports at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from podcaster.adapters.database.repositories.articles import there
from podcaster.adapters.database.repositories.changes import change_of, note
from podcaster.adapters.database.repositories.render_deduplication import read
from podcaster.adapters.database.repository import Repository
from podcaster.adapters.database.tables.desk_notes import desk_notes
from podcaster.adapters.database.tables.library import changes, render_languages, renders
from podcaster.model import LanguageReport
from podcaster.model.changes import Action, Change, Channel
from podcaster.ports.editing.desk_notes import DeskNote
from podcaster.units import ArticleId, LanguageTag

_PEOPLE = (Channel.API.value, Channel.DESK.value, Channel.COMMAND.value)


class DeskNoteRepository(Repository):
    """Fills `ports.DeskNotes`."""

    def desk_notes(self, which: Sequence[ArticleId]) -> Mapping[ArticleId, DeskNote]:
        """The notes of some reports."""
        query = select(desk_notes).where(desk_notes.c.article.in_(which))
        with self._reading() as connection:
            return {
                ArticleId(row.article): DeskNote(assignee=row.assignee, reviewed=row.reviewed)
                for row in connection.execute(query)
            }

    def assign(self, article: ArticleId, editor: str) -> None:
        """Record who works on a report."""
        with self._writing() as connection:
            before = _locked(connection, article)
            if before.assignee == editor:
                return
            connection.execute(update(desk_notes).where(desk_notes.c.article == article).values(assignee=editor))
            note(
                connection, self._clock(), Action.ARTICLE_ASSIGNED, article=article,
                before={"assignee": before.assignee}, after={"assignee": editor},
            )  # fmt: skip

    def review(self, article: ArticleId, at: datetime | None) -> None:
        """Record that an editor has looked at a report's flags."""
        with self._writing() as connection:
            _locked(connection, article)
            connection.execute(update(desk_notes).where(desk_notes.c.article == article).values(reviewed=at))
            after = None if at is None else {"reviewed": at.isoformat()}
            note(connection, self._clock(), Action.ARTICLE_REVIEWED, article=article, after=after)

    def newest_reports(self, which: Sequence[ArticleId]) -> Mapping[ArticleId, Mapping[LanguageTag, LanguageReport]]:
        """The state of each language's newest render."""
        query = (
            select(renders.c.article, render_languages.c.language, render_languages.c.record)
            .join(render_languages, render_languages.c.render == renders.c.id)
            .where(renders.c.article.in_(which))
            .order_by(renders.c.requested, renders.c.id.desc())
        )
        with self._reading() as connection:
            newest = {(row.article, row.language): row.record for row in connection.execute(query)}
        found: dict[ArticleId, dict[LanguageTag, LanguageReport]] = {each: {} for each in which}
        for (article, language), record in newest.items():
            found[ArticleId(article)][LanguageTag(language)] = read(record)
        return found

    def last_editors(self, which: Sequence[ArticleId]) -> Mapping[ArticleId, Change]:
        """The newest change to each report that a person made."""
        row = changes.c
        newest = select(func.max(row.number)).where(row.article.in_(which), row.door.in_(_PEOPLE)).group_by(row.article)
        query = select(changes).where(row.number.in_(newest))
        with self._reading() as connection:
            return {ArticleId(each.article): change_of(each) for each in connection.execute(query)}


def _locked(connection: Connection, article: ArticleId) -> DeskNote:
    """The note on a report, whose row exists and is locked from then on."""
    there(connection, article, to_change=True)
    row = connection.execute(select(desk_notes).where(desk_notes.c.article == article)).one_or_none()
    if row is None:
        connection.execute(insert(desk_notes).values(article=article, assignee="", reviewed=None))
        return DeskNote()
    return DeskNote(assignee=row.assignee, reviewed=row.reviewed)
