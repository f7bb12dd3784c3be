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
    """What a worker needs to be told to read a published episode otherwise: small, plain, the same after JSON."""

    article: ArticleId
    language: LanguageTag
    revision: Revision
    """Of the episode that is published: it is read word for word."""
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
    """What the library keeps of them."""

    def publish_reading(self, episode: Episode, reading: Reading, *, of: Revision, now: datetime) -> bool:
        """Offer `episode` to those who want this reading; False where nothing changed, or `of` is published no longer.

        `episode` is the published one of the revision `of` with other sound; it counts only while that is published.
        """

    def readings(self, reading: Reading, *, limit: int = 1000) -> Sequence[ReadEpisode]:
        """What is there in a reading, made last first."""

    def readers(self) -> Sequence[Preferences]:
        """What those want who want another reading than the show's; equal wishes once, in no order."""

    def readers_changed(self) -> datetime | None:
        """When one of them came, or last changed something; None: there is nobody."""

    def secret(self, name: str, fresh: bytes) -> bytes:
        """The secret of a name, at most 32 bytes: `fresh` where there was none yet. The same for every process, for ever."""
