"""Clips as they are kept: named by what went into them, and able to tell that they are whole."""

import hashlib
import json
import struct
import zlib
from dataclasses import dataclass
from typing import Self

from podcaster.audio.encoder import FRAME_BYTES
from podcaster.errors import ClipMissing
from podcaster.model import Clip, SpokenWord
from podcaster.units import ContentKey, Milliseconds

CHAIN_VERSION = 2
"""Part of every clip's key: grows when `recording` would make something else of the same speech."""
_HEAD = struct.Struct(">4sHHIII")
"""Magic, version, number of words, number of frames, voice start and end in ms; then the CRC-32 of everything else, the
frames, the words."""
_WORD = struct.Struct(">II")
"""Place in the spoken form, start in ms."""
_CRC = struct.Struct(">I")
_CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))
FRAMES_START = _HEAD.size + _CRC.size
"""Offset of the frames in a blob, in bytes."""
_MAGIC = b"PCLP"
_VERSIONS = (1, 2)
"""Clips of the first have no words, and zero where their number stands."""


@dataclass(frozen=True, slots=True)
class StoredFrames:
    """Location of a clip's MP3 frames: all that splicing needs, in a tenth of a `Clip`'s memory."""

    key: ContentKey
    name: str
    """The blob's."""
    frames: int
    blob_bytes: int
    """Length of the whole blob; another length means a damaged file."""

    @classmethod
    def of(cls, key: ContentKey, blob: bytes) -> Self:
        """The frames in a blob.

        Raises:
            ClipMissing: a byte of the blob is not what was written, or some are not there.
        """
        clip, _ = unpack(key, blob)
        return cls(key=key, name=blob_name(key), frames=clip.frames, blob_bytes=len(blob))

    @property
    def length(self) -> int:
        """Bytes of MP3."""
        return self.frames * FRAME_BYTES


def content_key(**inputs: str | float | None) -> ContentKey:
    """The name of whatever is made of these inputs: SHA-256 over their canonical JSON."""
    return ContentKey(hashlib.sha256(_CANONICAL.encode(inputs).encode("utf-8", "surrogatepass")).hexdigest())


def blob_name(key: ContentKey) -> str:
    """The blob name of a clip."""
    return f"clips/{key[:2]}/{key}"


def pack(clip: Clip, frames: bytes) -> bytes:
    """A clip as one blob."""
    head = _HEAD.pack(_MAGIC, _VERSIONS[-1], len(clip.words), clip.frames, clip.voice_start_ms, clip.voice_end_ms)
    body = b"".join((frames, *(_WORD.pack(*word) for word in clip.words)))
    return b"".join((head, _CRC.pack(zlib.crc32(body, zlib.crc32(head))), body))


def unpack(key: ContentKey, blob: bytes) -> tuple[Clip, memoryview]:
    """A clip and its MP3 frames, which are a view into the blob.

    Raises:
        ClipMissing: a byte of the blob is not what was written, or some are not there.
    """
    view = memoryview(blob)
    body = view[FRAMES_START:]
    if len(view) < FRAMES_START:
        raise _damaged(key)
    magic, version, words, count, voice_start, voice_end = _HEAD.unpack_from(view)
    frames, behind = body[: count * FRAME_BYTES], body[count * FRAME_BYTES :]
    if magic != _MAGIC or version not in _VERSIONS or len(body) != count * FRAME_BYTES + words * _WORD.size:
        raise _damaged(key)
    _check(key, view)
    clip = Clip(
        key=key,
        frames=count,
        voice_start_ms=Milliseconds(voice_start),
        voice_end_ms=Milliseconds(voice_end),
        words=tuple(map(SpokenWord._make, _WORD.iter_unpack(behind))),
    )
    return clip, frames


def frames_of(clip: Clip, blob: bytes) -> memoryview:
    """The MP3 frames of a clip that `unpack` found whole before: a view into the blob, whose checksum is not made again.

    Raises:
        ClipMissing: the blob has another length by now.
    """
    body = memoryview(blob)[FRAMES_START:]
    length = clip.frames * FRAME_BYTES
    if len(body) != length + len(clip.words) * _WORD.size:
        raise _damaged(clip.key)
    return body[:length]


def whole_frames_of(clip: Clip, blob: bytes) -> memoryview:
    """The same, and the checksum is made again.

    Raises:
        ClipMissing: a byte of the blob is not what was written, or it is another recording of the line by now.
    """
    frames = frames_of(clip, blob)
    _, _, words, count, voice_start, voice_end = _HEAD.unpack_from(blob)
    if (words, count, voice_start, voice_end) != (len(clip.words), clip.frames, clip.voice_start_ms, clip.voice_end_ms):
        raise _damaged(clip.key)
    _check(clip.key, memoryview(blob))
    return frames


def _check(key: ContentKey, blob: memoryview) -> None:
    (crc,) = _CRC.unpack_from(blob, _HEAD.size)
    if zlib.crc32(blob[FRAMES_START:], zlib.crc32(blob[: _HEAD.size])) != crc:
        raise _damaged(key)


def _damaged(key: ContentKey) -> ClipMissing:
    return ClipMissing(f"The stored clip {key} is damaged.", "Render the report again: the clip is made anew.")
