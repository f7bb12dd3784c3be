"""Editors' notes on reports: the assignee, and when the report was last reviewed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from podcaster.model.changes import Change
from podcaster.model.renders import LanguageReport
from podcaster.units import ArticleId, LanguageTag


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskNote:
    """A note on one report."""

    assignee: str = ""
    """Name of the key of the editor who works on it; empty: nobody."""
    reviewed: datetime | None = None
    """When an editor last looked at its flags."""


class DeskNotes(Protocol):
    """Stores notes, and answers questions about many reports at once."""

    def desk_notes(self, which: Sequence[ArticleId]) -> Mapping[ArticleId, DeskNote]:
        """The notes of some reports; those without one are left out."""

    def assign(self, article: ArticleId, editor: str) -> None:
        """Record who works on a report; an empty name for nobody.

        Raises:
            ArticleUnknown: no report has this id.
        """

    def review(self, article: ArticleId, at: datetime | None) -> None:
        """Record that an editor has looked at a report's flags; None: that somebody should look again.

        Raises:
            ArticleUnknown: no report has this id.
        """

    def newest_reports(self, which: Sequence[ArticleId]) -> Mapping[ArticleId, Mapping[LanguageTag, LanguageReport]]:
        """For each report and language, how far the newest render that has it has got."""

    def last_editors(self, which: Sequence[ArticleId]) -> Mapping[ArticleId, Change]:
        """For each report, the newest change that a person made."""
