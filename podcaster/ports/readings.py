"""Reports read in other voices and at other paces, and who wants that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from podcaster.listener.preferences import Preferences
from podcaster.model import Episode, Reading
from podcaster.units import ArticleId, LanguageTag, Revision


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingJob:
    """A reading to be made: small, plain, and the same after a round trip through JSON."""

    article: ArticleId
    language: LanguageTag
    revision: Revision
    """Revision of the published episode whose words are read."""
    reading: Reading

    @property
    def name(self) -> str:
        """The same for everybody who wants this."""
        return f"{self.revision}.{self.reading.key[:32]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEpisode:
    """A published episode with other sound."""

    episode: Episode
    made: datetime


class Readings(Protocol):
    """Stores readings and the listeners who want them."""

    def publish_reading(self, episode: Episode, reading: Reading, *, of: Revision, now: datetime) -> bool:
        """Offer `episode` to those who want this reading; False where nothing changed, or `of` is published no longer.

        `episode` is the published one of the revision `of` with other sound; it counts only while that is published.
        """

    def readings(self, reading: Reading, *, limit: int = 1000) -> Sequence[ReadEpisode]:
        """Finished readings of an episode, newest first."""

    def readers(self) -> Sequence[Preferences]:
        """Distinct wishes for another reading than the show's, in no order."""

    def readers_changed(self) -> datetime | None:
        """When a listener last wished for a reading or changed the wish; None: no one does."""

    def secret(self, name: str, fresh: bytes) -> bytes:
        """The secret of a name, at most 32 bytes: `fresh` where there was none yet. The same for every process, for ever."""
