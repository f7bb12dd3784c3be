"""Episodes that are to be published at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from podcaster.units import ArticleId, LanguageTag


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledEpisode:
    """An editor's decision: what is held back of this report and language is published then."""

    article: ArticleId
    language: LanguageTag
    at: datetime
    editor: str
    """Name of the API key it came with."""
    error: str = ""
    """Why it was not published when it was due; empty: nothing has failed."""


class Schedules(Protocol):
    """Stores scheduled publications."""

    def put_schedule(self, scheduled: ScheduledEpisode) -> None:
        """Keep when an episode is to be published, in place of an earlier time."""

    def drop_schedule(self, article: ArticleId, language: LanguageTag, *, at: datetime | None = None) -> bool:
        """Forget it, where `at` is given only if that is still the time; whether there was one."""

    def fail_schedule(self, scheduled: ScheduledEpisode, error: str) -> bool:
        """Note why an episode was not published, if it is still scheduled for that time; whether that is another reason."""

    def schedules(
        self, *, article: ArticleId | None = None, until: datetime | None = None
    ) -> Sequence[ScheduledEpisode]:
        """Scheduled episodes, of one report or all, up to a time; earliest first."""
