"""Files that are being served: opened once, read by pread, closed when nobody reads them any more."""

import os

from cachetools import LRUCache

from podcaster.errors import BlobMissing, StorageFailed
from podcaster.ports import BlobStore

_MOST_OPEN = 256
_NO_WAIT: int = getattr(os, "RWF_NOWAIT", 0)
"""Linux' flag for reading what the page cache holds, or nothing; 0 elsewhere."""
_PROBE = (bytearray(1),)
"""Takes a byte that nobody looks at."""


class OpenFile:
    """An open file of known size, closed when the object is freed.

    Closing it earlier would hand its descriptor to another file, and a slow download would go on with that one's bytes.
    So each reader holds the object, and the last one's end closes it.
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
        """`length` bytes from `start`; fewer if the file has become shorter. May wait for a disk.

        Raises:
            StorageFailed: the disk cannot be read.
        """
        try:
            return os.pread(self.descriptor, length, start)
        except OSError as error:
            raise StorageFailed(f"A file cannot be read: {error.strerror}.", "Look at the disk's health.") from error

    def read_cached(self, start: int, room: memoryview) -> bool:
        """Fill `room` from `start` without waiting; False if the page cache does not hold all of it."""
        try:
            return _NO_WAIT != 0 and os.preadv(self.descriptor, [room], start, _NO_WAIT) == len(room)
        except OSError:
            return False

    def is_cached(self, start: int, length: int) -> bool:
        """Whether reading will not wait for a disk, judged by both ends of the part.

        A file system that cannot tell counts as fast.
        """
        try:
            os.preadv(self.descriptor, _PROBE, start, _NO_WAIT)
            os.preadv(self.descriptor, _PROBE, start + length - 1, _NO_WAIT)
        except BlockingIOError:
            return False
        except OSError:
            return True
        return True


class OpenFiles:
    """Keeps the most recently requested blobs open, for one event loop."""

    def __init__(self, blobs: BlobStore) -> None:
        self._blobs = blobs
        self._open: LRUCache[str, OpenFile] = LRUCache(_MOST_OPEN)

    def get(self, name: str) -> OpenFile | None:
        """A file that is open already and not deleted; waits for no disk."""
        file = self._open.get(name)
        if file is not None and file.deleted:
            del self._open[name]
            return None
        return file

    def keep(self, name: str, file: OpenFile) -> None:
        """Keep a file open, in place of the least recently requested one."""
        self._open[name] = file

    def open(self, name: str) -> OpenFile | None:
        """Open a blob's file; None if the store keeps no files. May wait for a disk; does not keep it.

        Raises:
            BlobMissing: no blob has this name.
            StorageFailed: the file cannot be opened.
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
        """Release every file."""
        self._open.clear()
