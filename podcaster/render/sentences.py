"""The sentence store: translations and clips, kept under the hash of everything that went into them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from podcaster.audio.stored import blob_name, pack, unpack, whole_frames_of
from podcaster.errors import ClipMissing
from podcaster.model import Clip
from podcaster.ports import BlobStore
from podcaster.units import ContentKey

TRANSLATIONS = "translations/"
_BATCH = 64
"""Clips read at a time: about 5 MB."""


@dataclass(frozen=True, slots=True)
class SentenceStore:
    """Translations and clips in a blob store; fills `translation.memory.Memory`."""

    blobs: BlobStore

    def recall(self, keys: Sequence[ContentKey]) -> Mapping[ContentKey, str]:
        """The translations that are known."""
        names = {_translation_name(key): key for key in keys}
        found = self.blobs.get_many(list(names))
        return {names[name]: blob.decode("utf-8") for name, blob in found.items()}

    def remember(self, entries: Mapping[ContentKey, str]) -> None:
        """Keep translations."""
        for key, text in entries.items():
            self.blobs.put(_translation_name(key), text.encode("utf-8"))

    def clips(self, keys: Sequence[ContentKey]) -> Mapping[ContentKey, Clip]:
        """The clips that are here and whole; a damaged one counts as missing and is made again."""
        return {clip.key: clip for clip, _ in self._stored(keys)}

    def audio(self, clips: Sequence[Clip]) -> Mapping[ContentKey, memoryview]:
        """The MP3 frames of known clips: views into what is read, since an hour of them is 28 MB.

        One that is gone or damaged by now is left out.
        """
        wanted = {blob_name(clip.key): clip for clip in clips}
        found = self.blobs.get_many(list(wanted))
        frames: dict[ContentKey, memoryview] = {}
        for name, blob in found.items():
            with suppress(ClipMissing):
                frames[wanted[name].key] = whole_frames_of(wanted[name], blob)
        return frames

    def both(self, keys: Sequence[ContentKey]) -> tuple[Mapping[ContentKey, Clip], Mapping[ContentKey, memoryview]]:
        """Clips and their frames, read once."""
        found = list(self._stored(keys))
        return {clip.key: clip for clip, _ in found}, {clip.key: frames for clip, frames in found}

    def keep(self, clip: Clip, frames: bytes) -> None:
        """Keep a clip."""
        self.blobs.put(blob_name(clip.key), pack(clip, frames))

    def _stored(self, keys: Sequence[ContentKey]) -> Iterator[tuple[Clip, memoryview]]:
        wanted = list(dict.fromkeys(keys))
        for start in range(0, len(wanted), _BATCH):
            names = {blob_name(key): key for key in wanted[start : start + _BATCH]}
            for name, blob in self.blobs.get_many(list(names)).items():
                try:
                    yield unpack(names[name], blob)
                except ClipMissing:
                    continue


def _translation_name(key: ContentKey) -> str:
    return f"{TRANSLATIONS}{key[:2]}/{key}"
