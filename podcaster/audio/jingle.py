"""A few seconds of music at the start or the end of an episode: a clip like any other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from podcaster.speech.synthesizer import Speech

LONGEST_SECONDS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Jingle:
    """A jingle file, read on first use."""

    digest: str
    """SHA-256 of its file, and what reads it: part of its clip's key."""
    sound: Callable[[], Speech]
    """One channel, faded at both ends.

    Raises:
        SettingsWrong: the file holds no sound, or more than 30 seconds of it.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Jingles:
    """Jingles before and after an episode."""

    opening: Jingle | None = None
    closing: Jingle | None = None
