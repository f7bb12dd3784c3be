"""Files that are being served: opened once, read where a request asks, closed when nobody reads them any more."""

import os
from collections import OrderedDict

from podcaster.errors import BlobMissing, StorageFailed
from podcaster.ports import BlobStore

_MOST_OPEN = 256
_AT_ONCE: int = getattr(os, "RWF_NOWAIT", 0)
"""Linux' flag for reading what the page cache holds, or nothing; 0 elsewhere."""


class OpenFile:
    """An open file of known size. Its descriptor lives as long as the object.

    A descriptor that were closed under a slow download would soon stand for another file, and the download would go on
    with that one's bytes. So nobody closes it: whoever reads holds the object, and its last holder's end is its own.
    """

    __slots__ = ("descriptor", "size")

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.descriptor = -1
        self.descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        self.size = os.fstat(self.descriptor).st_size

    def __del__(self) -> None:
        if self.descriptor >= 0:
            os.close(self.descriptor)

    @property
    def deleted(self) -> bool:
        """Whether the file has no name any more."""
        return os.fstat(self.descriptor).st_nlink == 0

    def read(self, start: int, length: int) -> bytes:
        """`length` bytes from `start`; fewer where the file has become shorter.

        Raises:
            StorageFailed: the disk does not give them.
        """
        try:
            return os.pread(self.descriptor, length, start)
        except OSError as error:
            raise StorageFailed(f"A file cannot be read: {error.strerror}.", "Look at the disk's health.") from error

    def read_at_once(self, start: int, room: memoryview) -> bool:
        """Fill `room` from `start` with what the page cache holds; False where it does not hold all of that."""
        try:
            return _AT_ONCE != 0 and os.preadv(self.descriptor, [room], start, _AT_ONCE) == len(room)
        except OSError:
            return False

    def in_memory(self, start: int, length: int) -> bool:
        """Whether reading will not wait for a disk, judged by both ends of the part.

        A file system that cannot tell counts as one that is fast.
        """
        try:
            for place in (start, start + length - 1):
                os.preadv(self.descriptor, [bytearray(1)], place, _AT_ONCE)
        except BlockingIOError:
            return False
        except OSError:
            return True
        return True


class OpenFiles:
    """The blobs that were asked for last, open."""

    def __init__(self, blobs: BlobStore, *, most: int = _MOST_OPEN) -> None:
        self._blobs = blobs
        self._most = most
        self._open: OrderedDict[str, OpenFile] = OrderedDict()

    def held(self, name: str) -> OpenFile | None:
        """A file that is open already; does not wait for a disk."""
        file = self._open.get(name)
        if file is not None and file.deleted:
            del self._open[name]
            return None
        return file

    def keep(self, name: str, file: OpenFile) -> None:
        """Hold on to a file, and let go of the one that was not asked for the longest."""
        self._open[name] = file
        self._open.move_to_end(name)
        if len(self._open) > self._most:
            self._open.popitem(last=False)

    def opened(self, name: str) -> OpenFile | None:
        """Open a blob's file; None where the store keeps no files. May wait for a disk.

        Raises:
            BlobMissing: nothing has this name.
        """
        path = self._blobs.local_path(name)
        if path is None:
            return None
        try:
            return OpenFile(path)
        except FileNotFoundError as error:
            raise BlobMissing(f"There is no file {name}.", "Take its address from the feed.") from error
        except OSError as error:
            raise StorageFailed(f"{name} cannot be opened: {error.strerror}.", "Try again in a moment.") from error

    def close(self) -> None:
        """Let go of every file."""
        self._open.clear()
