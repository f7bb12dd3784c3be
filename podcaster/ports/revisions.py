"""The desk's port to stored revisions of an episode, and what differs between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from podcaster.episode.script_comparison import LineComparison
from podcaster.units import ArticleId, LanguageTag, Revision


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRevision:
    """A revision of an episode whose script is stored."""

    revision: Revision
    stored: datetime
    newest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTake:
    """A line as one revision says it."""

    revision: Revision
    stored: datetime
    """When the revision was stored."""
    index: int
    """In that revision."""
    text: str
    spoken: str
    clip: str


class RevisionDesk(Protocol):
    """Lists and compares stored revisions; changes nothing."""

    def revisions(self, article: ArticleId, language: LanguageTag) -> Sequence[StoredRevision]:
        """The stored revisions of an episode, the newest first.

        Raises:
            EpisodeUnknown: nothing was rendered in this language.
        """

    def compare(
        self, article: ArticleId, language: LanguageTag, revision: Revision, *, against: Revision | None
    ) -> Sequence[LineComparison]:
        """The lines of a revision beside those of `against`, or of the newest, in the order of the latter.

        Raises:
            EpisodeUnknown: nothing was rendered in this language, or a revision is not stored.
        """

    def takes(self, article: ArticleId, language: LanguageTag, index: int) -> Sequence[LineTake]:
        """The different ways in which a line of the newest revision was said, the present one first.

        Raises:
            EpisodeUnknown: nothing was rendered in this language.
            LineUnknown: the newest script has no such line.
        """

    def sound(self, article: ArticleId, language: LanguageTag, revision: Revision, index: int) -> bytes:
        """An MP3 of a line of a revision.

        Raises:
            EpisodeUnknown: nothing was rendered in this language, or the revision is not stored.
            LineUnknown: the revision has no such line.
            ClipMissing: its sound is gone.
        """
