"""What is known of sound: when words are heard, in which forms an episode is kept."""

from dataclasses import dataclass
from enum import StrEnum

from podcaster.units import Milliseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenWord:
    """Where a word begins, in the spoken form of its line and in the clip."""

    place: int
    """In characters from the start of the spoken form."""
    start_ms: Milliseconds
    """From the start of the decoded clip."""


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
