"""Clips as they are kept: named by what went into them, and able to tell that they are whole."""

import hashlib
import json
import struct
import zlib

from podcaster.audio.encoder import FRAME_BYTES
from podcaster.errors import ClipMissing
from podcaster.model import Clip
from podcaster.units import ContentKey, Milliseconds

CHAIN_VERSION = 1
"""Part of every clip's key: grows when `recording` would make other samples of the same speech."""
_HEAD = struct.Struct(">4sHHIII")
"""Magic, version, zero, frames, voice start and end in ms; the CRC-32 of head and frames follows, then the frames."""
_CRC = struct.Struct(">I")
_MAGIC = b"PCLP"
_VERSION = 1


def content_key(**inputs: str | float | None) -> ContentKey:
    """The name of whatever is made of these inputs: SHA-256 over their canonical JSON."""
    canonical = json.dumps(inputs, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return ContentKey(hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest())


def blob_name(key: ContentKey) -> str:
    """Where a clip is kept."""
    return f"clips/{key[:2]}/{key}"


def pack(clip: Clip, frames: bytes) -> bytes:
    """A clip as one blob."""
    head = _HEAD.pack(_MAGIC, _VERSION, 0, clip.frames, clip.voice_start_ms, clip.voice_end_ms)
    return b"".join((head, _CRC.pack(zlib.crc32(frames, zlib.crc32(head))), frames))


def unpack(key: ContentKey, blob: bytes) -> tuple[Clip, memoryview]:
    """A clip and its MP3 frames, which are a view into the blob.

    Raises:
        ClipMissing: a byte of the blob is not what was written, or some are not there.
    """
    view = memoryview(blob)
    frames = view[_HEAD.size + _CRC.size :]
    if len(view) < _HEAD.size + _CRC.size:
        raise _damaged(key)
    magic, version, _, count, voice_start, voice_end = _HEAD.unpack_from(view)
    (crc,) = _CRC.unpack_from(view, _HEAD.size)
    if (magic, version, count * FRAME_BYTES) != (_MAGIC, _VERSION, len(frames)):
        raise _damaged(key)
    if zlib.crc32(frames, zlib.crc32(view[: _HEAD.size])) != crc:
        raise _damaged(key)
    clip = Clip(key=key, frames=count, voice_start_ms=Milliseconds(voice_start), voice_end_ms=Milliseconds(voice_end))
    return clip, frames


def frames_of(clip: Clip, blob: bytes) -> memoryview:
    """The MP3 frames of a clip that `unpack` found whole before: a view into the blob, whose checksum is not made again.

    Raises:
        ClipMissing: the blob has another length by now.
    """
    frames = memoryview(blob)[_HEAD.size + _CRC.size :]
    if len(frames) != clip.frames * FRAME_BYTES:
        raise _damaged(clip.key)
    return frames


def _damaged(key: ContentKey) -> ClipMissing:
    return ClipMissing(f"The stored clip {key} is damaged.", "Render the report again: the clip is made anew.")
