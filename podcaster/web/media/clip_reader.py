"""Clips on their way out: some of their frames at a time, joined in memory, from files that stay open a while."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from podcaster.audio.stored import FRAMES_START, StoredFrames
from podcaster.errors import ClipMissing
from podcaster.ports import BlobStore
from podcaster.web.media.open_files import OpenFile, OpenFiles

_PIECE_BYTES = 256 * 1024
_MOST_OPEN = 256


class ClipSlice(NamedTuple):
    """Bytes `start` to `end` of a clip's frames, the end not included."""

    clip: StoredFrames
    start: int
    end: int

    @property
    def length(self) -> int:
        """Bytes."""
        return self.end - self.start


def batches(cuts: Iterable[ClipSlice]) -> Iterator[Sequence[ClipSlice]]:
    """What is read and sent at a time: up to 256 KB of them, or one that is longer."""
    piece: list[ClipSlice] = []
    length = 0
    for cut in cuts:
        if piece and length + cut.length > _PIECE_BYTES:
            yield piece
            piece, length = [], 0
        piece.append(cut)
        length += cut.length
    if piece:
        yield piece


class ClipReader:
    """Reads clips for one event loop."""

    def __init__(self, blobs: BlobStore) -> None:
        self._blobs = blobs
        self._files = OpenFiles(blobs, most=_MOST_OPEN)

    async def read(self, cuts: Sequence[ClipSlice]) -> bytes | bytearray:
        """The bytes of some cuts, joined. Waits for no disk on the loop: what is not open and in memory is read off it.

        Raises:
            ClipMissing: a clip is not there any more, or of another length than it was.
            StorageFailed: the disk does not give it.
        """
        at_once = self._read_at_once(cuts)
        if at_once is not None:
            return at_once
        held = {name: self._files.held(name) for name in {cut.clip.name for cut in cuts}}
        files = await asyncio.to_thread(self._opened, held)
        if files is None:
            return await asyncio.to_thread(self._of_blobs, cuts)
        for name, file in files.items():
            self._files.keep(name, file)
        return await asyncio.to_thread(_read, cuts, files)

    def close(self) -> None:
        """Let go of every file."""
        self._files.close()

    def _read_at_once(self, cuts: Sequence[ClipSlice]) -> bytearray | None:
        """None where a file is not open, or not in memory, or not what it was."""
        room = bytearray(sum(cut.length for cut in cuts))
        view, place = memoryview(room), 0
        for cut in cuts:
            name, behind = cut.clip.name, place + cut.length
            file = self._files.held(name)
            if file is None or file.size != cut.clip.blob_bytes:
                return None
            if not file.read_at_once(FRAMES_START + cut.start, view[place:behind]):
                return None
            self._files.keep(name, file)
            place = behind
        return room

    def _opened(self, held: Mapping[str, OpenFile | None]) -> dict[str, OpenFile] | None:
        """All of them, open; None where one is no file here."""
        files: dict[str, OpenFile] = {}
        for name, file in held.items():
            opened = file or self._files.opened(name)
            if opened is None:
                return None
            files[name] = opened
        return files

    def _of_blobs(self, cuts: Sequence[ClipSlice]) -> bytes:
        found = self._blobs.get_many([*{cut.clip.name for cut in cuts}])
        for cut in cuts:
            if len(found.get(cut.clip.name, b"")) != cut.clip.blob_bytes:
                raise _lost(cut)
        return b"".join(
            memoryview(found[cut.clip.name])[FRAMES_START + cut.start : FRAMES_START + cut.end] for cut in cuts
        )


def _read(cuts: Sequence[ClipSlice], files: Mapping[str, OpenFile]) -> bytes:
    found: list[bytes] = []
    for cut in cuts:
        file = files[cut.clip.name]
        part = file.read(FRAMES_START + cut.start, cut.length)
        if file.size != cut.clip.blob_bytes or len(part) != cut.length:
            raise _lost(cut)
        found.append(part)
    return b"".join(found)


def _lost(cut: ClipSlice) -> ClipMissing:
    return ClipMissing(f"The stored clip {cut.clip.key} is not what it was.", "Render the report again.")
