"""Clips joined without re-encoding, and the Info frame that says how long the whole is."""

import struct
from collections.abc import Callable, Iterator, Sequence

from podcaster.audio.encoder import FRAME_BYTES, FRAME_MS
from podcaster.errors import ClipMissing
from podcaster.model import Clip
from podcaster.units import ContentKey, Milliseconds

Frames = bytes | memoryview
"""MP3 frames, or a view of them."""
_HEADER = bytes.fromhex("fff384c4")
"""MPEG-2 Layer III, 64 kbit/s, 24,000 Hz, no padding, mono, no CRC (ISO/IEC 13818-3 §2.4.2.3)."""
_SIDE_INFORMATION = 9
"""Bytes of it in a mono frame of MPEG-2, where Xing's header begins behind."""
_FRAMES_BYTES_AND_TOC = 0b0111
_TOC_ENTRIES = 100


def splice(clips: Sequence[Clip], read: Callable[[ContentKey], Frames]) -> Iterator[Frames]:
    """Join clips into one MPEG audio stream without re-encoding.

    Frames pass through untouched, so the stream lasts exactly `24 * sum(c.frames for c in clips)` milliseconds
    and holds 192 bytes a frame.

    Raises:
        ClipMissing: `read` does not know a clip, or gives another length than the clip has; nothing has been yielded.
    """
    pieces = [read(clip.key) for clip in clips]
    for clip, piece in zip(clips, pieces, strict=True):
        if len(piece) != clip.frames * FRAME_BYTES:
            raise ClipMissing(f"The stored clip {clip.key} is not whole.", "Render the report again.")
    return iter(pieces)


def audio_bytes(clips: Sequence[Clip]) -> int:
    """Length of the spliced stream, without the Info frame."""
    return FRAME_BYTES * sum(clip.frames for clip in clips)


def duration_ms(clips: Sequence[Clip]) -> Milliseconds:
    """Duration of the spliced stream."""
    return Milliseconds(FRAME_MS * sum(clip.frames for clip in clips))


def info_frame(frames: int) -> bytes:
    """One silent frame with Xing's header: how many frames and bytes follow, and where each hundredth begins.

    There is no LAME part, which would make decoders cut samples off: clips hold their own silence. The byte count
    includes this frame, the frame count does not.
    """
    toc = bytes(256 * place // _TOC_ENTRIES for place in range(_TOC_ENTRIES))
    xing = struct.pack(">4sIII", b"Info", _FRAMES_BYTES_AND_TOC, frames, (frames + 1) * FRAME_BYTES) + toc
    return (_HEADER + bytes(_SIDE_INFORMATION) + xing).ljust(FRAME_BYTES, b"\0")
