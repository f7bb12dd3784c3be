"""Figures of a library: its contents, and what waits in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from podcaster.units import LanguageTag


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFigures:
    """Renders of one queue that have not ended."""

    waiting: int = 0
    running: int = 0
    oldest_waiting: datetime | None = None
    """When the one that waits longest was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryFigures:
    """Numbers of one moment."""

    urgent: QueueFigures
    background: QueueFigures
    reports: int
    episodes: Mapping[LanguageTag, int]
    """Published, by language."""
    listeners: int
    downloads: Mapping[tuple[LanguageTag, str], int]
    """Since the beginning, by language and app."""
    failing_sources: int
    """Watched sources whose last poll failed."""
    overdue_schedules: int
    """Scheduled publications that are a minute late or more."""


class FiguresRepository(Protocol):
    """Reads figures with few and cheap queries."""

    def figures(self) -> LibraryFigures:
        """The figures of now."""
