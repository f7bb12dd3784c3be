"""The sentence store: translations and clips, kept under the hash of everything that went into them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from podcaster.audio.stored_clips import blob_name, pack, unpack, whole_frames_of
from podcaster.errors import ClipMissing
from podcaster.model import Clip
from podcaster.ports import BlobStore
from podcaster.render.pipeline.clip_cache import ClipCache
from podcaster.units import ContentKey

TRANSLATIONS = "translations/"
_BATCH = 64
"""Clips read at a time: about 5 MB."""


@dataclass(frozen=True, slots=True)
class SentenceStore:
    """Translations and clips in a blob store; fills `translation.memory.Memory`."""

    blobs: BlobStore
    known: ClipCache = field(default_factory=ClipCache)
    """Clips known to be whole; shared between the stores of several renders."""

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
        """The clips that are here and whole; a damaged one counts as missing and is made again.

        A blob that was found whole in this process, and that nobody has written to since, is not read again for it.
        """
        names = {blob_name(key): key for key in keys}
        stamps = {names[name]: stamp for name, stamp in self.blobs.stamps(list(names)).items()}
        found = dict(self.known.recall(stamps))
        read = [clip for clip, _ in self._stored([key for key in names.values() if key not in found])]
        self.known.remember(read, stamps)
        return found | {clip.key: clip for clip in read}

    def audio(self, clips: Sequence[Clip]) -> Mapping[ContentKey, memoryview]:
        """The MP3 frames of known clips: views into what is read, since an hour of them is 28 MB.

        Every byte is checked, whatever is known of the clip. One that is gone or damaged by now is left out.
        """
        wanted = {blob_name(clip.key): clip for clip in clips}
        found = self.blobs.get_many(list(wanted))
        frames: dict[ContentKey, memoryview] = {}
        for name, blob in found.items():
            clip = wanted[name]
            try:
                frames[clip.key] = whole_frames_of(clip, blob)
            except ClipMissing:
                self.known.forget(clip.key)
        return frames

    def both(self, keys: Sequence[ContentKey]) -> tuple[Mapping[ContentKey, Clip], Mapping[ContentKey, memoryview]]:
        """Clips and their frames, read once."""
        found = list(self._stored(keys))
        return {clip.key: clip for clip, _ in found}, {clip.key: frames for clip, frames in found}

    def keep(self, clip: Clip, frames: bytes) -> None:
        """Keep a clip."""
        name = blob_name(clip.key)
        self.blobs.put(name, pack(clip, frames))
        for stamp in self.blobs.stamps([name]).values():
            self.known.remember([clip], {clip.key: stamp})

    def _stored(self, keys: Sequence[ContentKey]) -> Iterator[tuple[Clip, memoryview]]:
        wanted = list(dict.fromkeys(keys))
        for start in range(0, len(wanted), _BATCH):
            names = {blob_name(key): key for key in wanted[start : start + _BATCH]}
            for name, blob in self.blobs.get_many(list(names)).items():
                with suppress(ClipMissing):
                    yield unpack(names[name], blob)


def _translation_name(key: ContentKey) -> str:
    return f"{TRANSLATIONS}{key[:2]}/{key}"
