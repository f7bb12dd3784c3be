"""The log of changes in the library; triggers of the database keep its rows as they were written."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, insert, select

from podcaster.adapters.database.repository import Repository
from podcaster.adapters.database.tables.library import changes
from podcaster.model.changes import Action, Actor, Change, Channel
from podcaster.ports.editing.changes import actor
from podcaster.units import ArticleId, LanguageTag

Values = Mapping[str, object]


class ChangeRepository(Repository):
    """Fills `ports.ChangeLog`."""

    def changes(
        self,
        *,
        article: ArticleId | None = None,
        editor: str | None = None,
        action: Action | None = None,
        since: datetime | None = None,
        before: int | None = None,
        limit: int = 50,
    ) -> Sequence[Change]:
        """Rows, the newest first."""
        row = changes.c
        wanted = [
            (row.article, article),
            (row.editor, editor),
            (row.action, None if action is None else action.value),
        ]
        query = select(changes).order_by(row.number.desc()).limit(limit)
        for column, value in wanted:
            query = query if value is None else query.where(column == value)
        query = query if since is None else query.where(row.at >= since)
        query = query if before is None else query.where(row.number < before)
        with self._reading() as connection:
            return [change_of(each) for each in connection.execute(query)]


def note(
    connection: Connection,
    at: datetime,
    action: Action,
    *,
    article: ArticleId | None = None,
    language: LanguageTag | None = None,
    subject: str = "",
    before: Values | None = None,
    after: Values | None = None,
) -> None:
    """Add a change to the log in its own transaction, with the current author."""
    who = actor()
    connection.execute(
        insert(changes).values(
            at=at,
            editor=who.name,
            door=who.channel.value,
            place=who.place,
            action=action.value,
            article=article,
            language=language,
            subject=subject,
            before=_written(before),
            after=_written(after),
        )
    )


def difference(before: Values, after: Values) -> tuple[Values, Values]:
    """Entries that differ between two mappings, as two mappings."""
    return (
        {name: value for name, value in before.items() if name not in after or after[name] != value},
        {name: value for name, value in after.items() if name not in before or before[name] != value},
    )


def _written(values: Values | None) -> str | None:
    return None if values is None else json.dumps(values, ensure_ascii=False)


def change_of(row: Row[tuple[object, ...]]) -> Change:
    """A row of the log as a change."""
    return Change(
        number=row.number,
        at=row.at,
        actor=Actor(name=row.editor, channel=Channel(row.door), place=row.place),
        action=Action(row.action),
        article=None if row.article is None else ArticleId(row.article),
        language=None if row.language is None else LanguageTag(row.language),
        subject=row.subject,
        before=None if row.before is None else json.loads(row.before),
        after=None if row.after is None else json.loads(row.after),
    )
