"""Editors' decisions: wordings of lines, glossaries and lexicons."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import EllipsisType
from typing import Any, Protocol

from podcaster.model import Episode, Wording
from podcaster.model.reviews import Approval
from podcaster.ports.publishing.schedules import ScheduledEpisode
from podcaster.units import ArticleId, ContentKey, LanguageTag


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorsTable:
    """A glossary or a lexicon as an editor left it: it stands in place of the file in voices/."""

    name: str
    """Path below voices/ without the extension: `glossaries/en-es`, `lexicons/es`, `lexicons/es/energy`."""
    content: Mapping[str, Any]
    changed: datetime
    editor: str
    """Name of the API key it came with."""


class Edits(Protocol):
    """Stores editors' decisions."""

    def put_wording(self, wording: Wording, *, before: Wording | EllipsisType | None = ...) -> None:
        """Keep an editor's wording in place of an earlier one of the same sentence, language and report.

        Raises:
            Outdated: `before` is given, and another wording stands there by now.
        """

    def put_wordings(
        self,
        article: ArticleId,
        language: LanguageTag,
        wanted: Mapping[str, Wording | None],
        *,
        before: Mapping[str, Wording],
    ) -> None:
        """Keep wordings by their source sentence, and forget those that are None: all of them, or none.

        Raises:
            Outdated: another wording than in `before` stands for one of the sentences by now.
        """

    def drop_wording(
        self, article: ArticleId, language: LanguageTag, source: str, *, before: Wording | EllipsisType | None = ...
    ) -> bool:
        """Go back to what the engines make of a sentence; whether there was a wording.

        Raises:
            Outdated: `before` is given, and another wording stands there by now.
        """

    def wordings(self, article: ArticleId, language: LanguageTag) -> Mapping[str, Wording]:
        """A report's wordings in one language, by the source sentence."""

    def recordings(self) -> Mapping[ContentKey, Collection[ArticleId]]:
        """Every recording that a wording names, with its reports."""

    def wordings_elsewhere(
        self, sources: Sequence[str], language: LanguageTag, *, other_than: ArticleId
    ) -> Mapping[str, Wording]:
        """The newest wordings of the same sentences in other reports."""

    def approval(self, article: ArticleId, language: LanguageTag) -> Approval | None:
        """The lines of a translation that an editor has approved; None: none was."""

    def put_approval(self, approval: Approval) -> None:
        """Keep an approval in place of an earlier one of the same report and language."""

    def drop_approval(self, article: ArticleId, language: LanguageTag) -> bool:
        """Forget an approval; whether there was one."""

    def editors_table(self, name: str) -> EditorsTable | None:
        """A table that an editor has put; None where the file in voices/ stands."""

    def put_editors_table(
        self, table: EditorsTable, *, before: EditorsTable | None, stood: Mapping[str, Any] | None = None
    ) -> None:
        """Keep a table whole, in place of the one `before`; `stood` is what the file in voices/ says where there is none.

        Raises:
            Outdated: another one stands there by now.
        """


class LineEditor(Protocol):
    """Edits lines, terms and words. Documents are plain JSON values."""

    def script(self, article: ArticleId, language: LanguageTag) -> Mapping[str, Any]:
        """The newest script.json, published or held back.

        Each line has its `etag`, an editor's `wording`, and what is `offered`: a wording of the same sentence elsewhere.
        `etag` covers all lines; `translation` has the state and the review that the next render will announce.

        Raises:
            EpisodeUnknown: nothing was rendered in this language.
        """

    def reword(
        self,
        article: ArticleId,
        language: LanguageTag,
        index: int,
        change: Mapping[str, str | None],
        *,
        editor: str,
        expected: Collection[str] | None,
    ) -> Mapping[str, Any]:
        """Keep `text` or `spoken` of one line under its source sentence; null goes back to the engines'. The line as it is now.

        Raises:
            EpisodeUnknown: nothing was rendered in this language.
            LineUnknown: the script has no such line.
            LineFixed: the line is podcaster's own, or its text is the report's.
            Outdated: the line's etag is none of the `expected` ones.
        """

    def record(
        self, article: ArticleId, language: LanguageTag, recordings: Mapping[int, ContentKey | None], *, editor: str
    ) -> Sequence[int]:
        """Keep editors' own recordings of lines in place of the voice; None for the voice again. The lines' numbers.

        Raises:
            EpisodeUnknown: nothing was rendered in this language.
            LineUnknown: the script has no such line.
            LineFixed: the line is podcaster's own.
        """

    def approve(
        self, article: ArticleId, language: LanguageTag, *, editor: str, expected: Collection[str] | None
    ) -> Mapping[str, Any]:
        """Record that an editor has reviewed every line as it stands; the script's `translation`.

        Raises:
            EpisodeUnknown: nothing was rendered in this language.
            InputRefused: the language is the report's own.
            Outdated: the script's etag is none of the `expected` ones.
        """

    def unapprove(self, article: ArticleId, language: LanguageTag) -> Mapping[str, Any]:
        """Forget the approval; lines that an editor worded stay reviewed. The script's `translation`.

        Raises:
            EpisodeUnknown: nothing was rendered in this language.
        """

    def table(self, name: str) -> tuple[Mapping[str, Any], str]:
        """A glossary or a lexicon as it stands, and its etag."""

    def put_table(self, name: str, content: Mapping[str, Any], *, editor: str, expected: Collection[str] | None) -> str:
        """Replace a glossary or a lexicon; the new etag.

        Raises:
            InputRefused: names every entry that is wrong.
            Outdated: its etag is none of the `expected` ones.
        """


class Publishing(Protocol):
    """Publishes, schedules and withdraws rendered episodes."""

    def newest(self, article: ArticleId, language: LanguageTag) -> Episode:
        """The episode that was made last, held back or published.

        Raises:
            EpisodeUnknown: none was made.
        """

    def release(self, article: ArticleId, language: LanguageTag) -> Episode:
        """Publish what is held back; what is published already stays.

        Raises:
            EpisodeUnknown: there is neither.
        """

    def withdraw(self, article: ArticleId, language: LanguageTag) -> None:
        """Take an episode out of the feeds and hold it back.

        Raises:
            EpisodeUnknown: it is not published in this language.
        """

    def schedule(self, article: ArticleId, language: LanguageTag, at: datetime, *, editor: str) -> ScheduledEpisode:
        """Schedule a held episode, replacing an earlier time.

        Raises:
            EpisodeUnknown: nothing was made in this language.
            InputRefused: the time is past.
        """

    def unschedule(self, article: ArticleId, language: LanguageTag) -> None:
        """Leave it held back.

        Raises:
            EpisodeUnknown: it is not scheduled.
        """

    def scheduled(self, article: ArticleId) -> Sequence[ScheduledEpisode]:
        """The scheduled episodes of a report."""


class WordSearch(Protocol):
    """Finds a term or a word in rendered scripts."""

    def uses(
        self, entry: str, language: LanguageTag, *, source: LanguageTag | None = None, topic: str = ""
    ) -> Mapping[str, Any]:
        """Reports and lines that a new entry would change, as a JSON value: a term of reports in `source`, else a word.

        With a topic's slug, those of its reports alone.
        """

    def impact(
        self, entries: Sequence[str], language: LanguageTag, *, source: LanguageTag | None = None, topic: str = ""
    ) -> Mapping[str, Any]:
        """Lines with each of some entries, and the reports and lines with any of them, as a JSON value.

        Raises:
            InputRefused: an entry is a wrong expression.
        """
