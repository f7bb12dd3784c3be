"""Word times and audio formats."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from podcaster.units import Milliseconds


class SpokenWord(NamedTuple):
    """The start of a word in its line's spoken form and in the clip. An hour has ten thousand of them."""

    place: int
    """In characters from the start of the spoken form."""
    start_ms: Milliseconds
    """From the start of the decoded clip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedWords:
    """The parts of a text that are heard one after the other, each until the next begins; together they are the whole of it."""

    texts: tuple[str, ...] = ()
    times_ms: tuple[Milliseconds, ...] = ()
    """When each begins, from the start of the audio, and at last when the last one ends; empty where there are no texts."""


class AudioFormat(StrEnum):
    """A form of an episode's audio beside MP3; the value is the ending of its file."""

    AAC = ".m4a"
    """AAC-LC in MP4 (ISO/IEC 14496-3, -14)."""
    OPUS = ".opus"
    """Opus in Ogg (RFC 7845)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternateAudio:
    """An episode's audio in another form: the same sound at the same times."""

    format: AudioFormat
    length_bytes: int
    """Exact length of the file."""
