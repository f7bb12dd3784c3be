"""Editors' decisions in the library."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from types import EllipsisType
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from podcaster.adapters.database.records import columns_of, record_of
from podcaster.adapters.database.repositories.changes import difference, note
from podcaster.adapters.database.repository import Repository
from podcaster.adapters.database.tables.approvals import approvals
from podcaster.adapters.database.tables.library import editors_tables, wordings
from podcaster.errors import Conflict, Outdated
from podcaster.model import Wording
from podcaster.model.changes import Action
from podcaster.model.reviews import Approval, Review
from podcaster.ports import EditorsTable
from podcaster.units import ArticleId, ContentKey, LanguageTag

_ASKED_TOGETHER = 500
"""Digests in one query: SQLite takes a bounded number of values."""


class EditRepository(Repository):
    """Fills `ports.Edits`."""

    def put_wording(self, wording: Wording, *, before: Wording | EllipsisType | None = ...) -> None:
        """Keep a wording."""
        with self._writing() as connection:
            self._replace(connection, (wording.article, wording.language, wording.source), wording, before)

    def put_wordings(
        self,
        article: ArticleId,
        language: LanguageTag,
        wanted: Mapping[str, Wording | None],
        *,
        before: Mapping[str, Wording],
    ) -> None:
        """Keep and forget wordings."""
        with self._writing() as connection:
            for source, wording in wanted.items():
                self._replace(connection, (article, language, source), wording, before.get(source))

    def drop_wording(
        self, article: ArticleId, language: LanguageTag, source: str, *, before: Wording | EllipsisType | None = ...
    ) -> bool:
        """Forget a wording."""
        with self._writing() as connection:
            return self._replace(connection, (article, language, source), None, before)

    def _replace(
        self,
        connection: Connection,
        place: tuple[ArticleId, LanguageTag, str],
        wording: Wording | None,
        before: Wording | EllipsisType | None,
    ) -> bool:
        """Put a wording, or none, in place of the one that stands there, if that is `before`; whether there was one."""
        article, language, source = place
        row = connection.execute(delete(wordings).where(_place(*place)).returning(wordings)).one_or_none()
        stood = None if row is None else record_of(Wording, row)
        if before is not ... and stood != before:
            raise Outdated("Somebody else changed the line meanwhile.", "Read the script again, then change it.")
        if _said(stood) != _said(wording):
            note(
                connection, self._clock(), Action.LINE_WORDED, article=article, language=language, subject=source,
                before=_said(stood), after=_said(wording),
            )  # fmt: skip
        if wording is not None:
            connection.execute(insert(wordings).values(**columns_of(wording, digest=_digest(wording.source))))
        return stood is not None

    def wordings(self, article: ArticleId, language: LanguageTag) -> Mapping[str, Wording]:
        """One report's wordings."""
        query = select(wordings).where(wordings.c.article == article, wordings.c.language == language)
        with self._reading() as connection:
            return {row.source: record_of(Wording, row) for row in connection.execute(query)}

    def recordings(self) -> Mapping[ContentKey, Collection[ArticleId]]:
        """Every wording's recording, with the reports."""
        query = select(wordings.c.recording, wordings.c.article).where(wordings.c.recording.is_not(None)).distinct()
        named: dict[ContentKey, set[ArticleId]] = {}
        with self._reading() as connection:
            for key, article in connection.execute(query):
                named.setdefault(ContentKey(key), set()).add(ArticleId(article))
        return named

    def wordings_elsewhere(
        self, sources: Sequence[str], language: LanguageTag, *, other_than: ArticleId
    ) -> Mapping[str, Wording]:
        """The newest wording of each sentence in other reports."""
        digests = [_digest(source) for source in dict.fromkeys(sources)]
        found: list[Wording] = []
        with self._reading() as connection:
            for start in range(0, len(digests), _ASKED_TOGETHER):
                query = select(wordings).where(
                    wordings.c.language == language,
                    wordings.c.digest.in_(digests[start : start + _ASKED_TOGETHER]),
                    wordings.c.article != other_than,
                )
                found += [record_of(Wording, row) for row in connection.execute(query)]
        return {each.source: each for each in sorted(found, key=lambda wording: (wording.changed, wording.article))}

    def approval(self, article: ArticleId, language: LanguageTag) -> Approval | None:
        """The lines of a translation that an editor has approved."""
        query = select(approvals).where(approvals.c.article == article, approvals.c.language == language)
        with self._reading() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        review = Review(editor=row.editor, at=row.at)
        return Approval(article=article, language=language, review=review, lines=frozenset(json.loads(row.lines)))

    def put_approval(self, approval: Approval) -> None:
        """Keep an approval."""
        article, language, review = approval.article, approval.language, approval.review
        with self._writing() as connection:
            connection.execute(delete(approvals).where(_approved(article, language)))
            connection.execute(
                insert(approvals).values(
                    article=article, language=language, lines=json.dumps(sorted(approval.lines)),
                    editor=review.editor, at=review.at,
                )
            )  # fmt: skip
            note(connection, self._clock(), Action.TRANSLATION_APPROVED, article=article, language=language)

    def drop_approval(self, article: ArticleId, language: LanguageTag) -> bool:
        """Forget an approval."""
        with self._writing() as connection:
            gone = connection.execute(delete(approvals).where(_approved(article, language))).rowcount > 0
            if gone:
                note(connection, self._clock(), Action.TRANSLATION_UNAPPROVED, article=article, language=language)
            return gone

    def editors_table(self, name: str) -> EditorsTable | None:
        """A table that an editor has put."""
        with self._reading() as connection:
            row = connection.execute(select(editors_tables).where(editors_tables.c.name == name)).one_or_none()
        return None if row is None else record_of(EditorsTable, row, content=json.loads(row.record))

    def put_editors_table(
        self, table: EditorsTable, *, before: EditorsTable | None, stood: Mapping[str, Any] | None = None
    ) -> None:
        """Replace a table if it is still the one before."""
        values = {"record": _record(table.content), "changed": table.changed, "editor": table.editor}
        outdated = Outdated(f"Somebody else changed {table.name} meanwhile.", "Read it again, then make your change.")
        try:
            with self._writing() as connection:
                self._note_table(connection, table, before.content if before else stood or {})
                if before is None:
                    connection.execute(insert(editors_tables).values(name=table.name, **values))
                    return
                same = (editors_tables.c.name == table.name) & (editors_tables.c.record == _record(before.content))
                if connection.execute(update(editors_tables).where(same).values(**values)).rowcount == 0:
                    raise outdated
        except Conflict as error:
            raise outdated from error

    def _note_table(self, connection: Connection, table: EditorsTable, stood: Mapping[str, Any]) -> None:
        """Only the entries that are others; a table may have thousands."""
        was, became = difference(_entries(stood), _entries(table.content))
        if was or became:
            note(connection, self._clock(), Action.TABLE_CHANGED, subject=table.name, before=was, after=became)


def _entries(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """A table is one mapping under one name: `terms` or `words`."""
    return {entry: said for entries in content.values() for entry, said in entries.items()}


def _said(wording: Wording | None) -> Mapping[str, object] | None:
    if wording is None:
        return None
    own = {"recording": wording.recording} if wording.recording else {}
    return {"text": wording.text, "spoken": wording.spoken, **own}


def _digest(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()


def _record(content: Mapping[str, object]) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def _place(article: ArticleId, language: LanguageTag, source: str) -> ColumnElement[bool]:
    at = wordings.c
    return (at.article == article) & (at.language == language) & (at.digest == _digest(source))


def _approved(article: ArticleId, language: LanguageTag) -> ColumnElement[bool]:
    return (approvals.c.article == article) & (approvals.c.language == language)
