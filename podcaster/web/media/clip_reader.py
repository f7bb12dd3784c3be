"""Reads parts of clips and joins them in memory, from files that stay open for a while."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from podcaster.audio.stored_clips import FRAMES_START, StoredFrames
from podcaster.errors import ClipMissing
from podcaster.ports import BlobStore
from podcaster.web.media.open_files import OpenFile, OpenFiles

_BATCH_BYTES: Final = 256 * 1024


class ClipSlice(NamedTuple):
    """Bytes `start` to `end` of a clip's frames, the end not included."""

    clip: StoredFrames
    start: int
    end: int

    @property
    def length(self) -> int:
        """Bytes."""
        return self.end - self.start


def batches(slices: Iterable[ClipSlice]) -> Iterator[Sequence[ClipSlice]]:
    """Slices to read and send together: up to 256 KB, or a single longer one."""
    batch: list[ClipSlice] = []
    length = 0
    for each in slices:
        if batch and length + each.length > _BATCH_BYTES:
            yield batch
            batch, length = [], 0
        batch.append(each)
        length += each.length
    if batch:
        yield batch


class ClipReader:
    """Reads clips for one event loop."""

    def __init__(self, blobs: BlobStore) -> None:
        self._blobs = blobs
        self._files = OpenFiles(blobs)

    async def read(self, slices: Sequence[ClipSlice]) -> bytes | bytearray:
        """The bytes of some slices, joined. What is not open and in memory is read off the event loop.

        Raises:
            ClipMissing: a clip is gone, or of another length than it was.
            StorageFailed: the disk cannot be read.
        """
        cached = self._read_cached(slices)
        if cached is not None:
            return cached
        held = {name: self._files.get(name) for name in {each.clip.name for each in slices}}
        files = await asyncio.to_thread(self._open, held)
        if files is None:
            return await asyncio.to_thread(self._read_blobs, slices)
        for name, file in files.items():
            self._files.keep(name, file)
        return await asyncio.to_thread(_read_files, slices, files)

    def close(self) -> None:
        """Release every file."""
        self._files.close()

    def _read_cached(self, slices: Sequence[ClipSlice]) -> bytearray | None:
        """None if a file is not open, not in memory, or not of the length that it had."""
        room = bytearray(sum(each.length for each in slices))
        view, place = memoryview(room), 0
        for each in slices:
            end = place + each.length
            file = self._files.get(each.clip.name)
            if file is None or file.size != each.clip.blob_bytes:
                return None
            if not file.read_cached(FRAMES_START + each.start, view[place:end]):
                return None
            place = end
        return room

    def _open(self, held: Mapping[str, OpenFile | None]) -> dict[str, OpenFile] | None:
        """Open those that are not; None if the store keeps no files."""
        files: dict[str, OpenFile] = {}
        for name, file in held.items():
            opened = file or self._files.open(name)
            if opened is None:
                return None
            files[name] = opened
        return files

    def _read_blobs(self, slices: Sequence[ClipSlice]) -> bytes:
        found = self._blobs.get_many([*{each.clip.name for each in slices}])
        for each in slices:
            if len(found.get(each.clip.name, b"")) != each.clip.blob_bytes:
                raise _changed(each)
        return b"".join(
            memoryview(found[each.clip.name])[FRAMES_START + each.start : FRAMES_START + each.end] for each in slices
        )


def _read_files(slices: Sequence[ClipSlice], files: Mapping[str, OpenFile]) -> bytes:
    parts: list[bytes] = []
    for each in slices:
        file = files[each.clip.name]
        part = file.read(FRAMES_START + each.start, each.length)
        if file.size != each.clip.blob_bytes or len(part) != each.length:
            raise _changed(each)
        parts.append(part)
    return b"".join(parts)


def _changed(part: ClipSlice) -> ClipMissing:
    return ClipMissing(f"The stored clip {part.clip.key} is not what it was.", "Render the report again.")
