"""Blobs as plain files: the operating system's own calls.

10 µs for a small blob where obstore's LocalStore takes 170 µs, the bytes are on the disk before the name appears, and
what a killed process leaves lies in one place.
"""

import errno
import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path
from typing import Final
from uuid import uuid4

from podcaster.adapters.blobs.naming import check, missing
from podcaster.errors import StorageFailed, StorageFull
from podcaster.ports import is_blob_name

_ASIDE: Final = ".aside"
"""Folder of blobs that are being written; no blob's name begins with a dot."""
_ABANDONED_AFTER_S: Final = 3600
_TRIES: Final = 20
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NOTHING_THERE: Final = (FileNotFoundError, NotADirectoryError, IsADirectoryError)


def open_folder(folder: Path, *, made_again: Sequence[str] = ()) -> "FolderStore":
    """Make the folder where there is none and clear what killed processes were writing in it.

    Raises:
        StorageFailed: it cannot be made.
    """
    with _said_plainly(folder):
        aside = folder / _ASIDE
        aside.mkdir(parents=True, exist_ok=True)
        _clear(aside)
    return FolderStore(folder, made_again=made_again)


class FolderStore:
    """Blobs as plain files below a folder that `open_folder` has prepared."""

    def __init__(self, folder: Path, *, made_again: Sequence[str] = ()) -> None:
        self._folder = str(folder.absolute())
        self._made_again = tuple(made_again)

    def get(self, name: str) -> bytes:
        """All bytes of a blob."""
        data = self._read(name)
        if data is None:
            raise missing(name)
        return data

    def get_many(self, names: Sequence[str]) -> Mapping[str, bytes]:
        """The blobs among `names` that exist."""
        found = ((name, self._read(name)) for name in names)
        return {name: data for name, data in found if data is not None}

    def get_range(self, name: str, start: int, length: int) -> bytes:
        """`length` bytes from `start`, fewer at the end."""
        file = self._open(name)
        if file is None:
            raise missing(name)
        with file, _said_plainly(name):
            return os.pread(file.fileno(), length, start)

    def put(self, name: str, data: bytes | Iterable[bytes]) -> None:
        """Write aside, wait until the disk has it unless it can be made again, rename."""
        check(name)
        aside = f"{self._folder}/{_ASIDE}/{uuid4().hex}"
        pieces = [data] if isinstance(data, bytes) else data
        try:
            self._write(aside, name, pieces)
            self._settle(aside, name)
        except BaseException:
            with suppress(OSError):
                os.unlink(aside)  # noqa: PTH108 # pathlib costs more than the call
            raise

    def size(self, name: str) -> int | None:
        """Length in bytes."""
        path = self.local_path(name)
        with suppress(*_NOTHING_THERE), _said_plainly(name, *_NOTHING_THERE):
            return path.stat().st_size if path else None
        return None

    def names(self, prefix: str) -> Iterator[str]:
        """Every name under a prefix."""
        if prefix and not is_blob_name(prefix.removesuffix("/")):
            return
        for folder, below, files in os.walk(f"{self._folder}/{prefix}", onerror=_unlistable):
            below[:] = [each for each in below if not each.startswith(".")]
            inside = os.path.relpath(folder, self._folder)
            names = (file if inside == "." else f"{inside}/{file}" for file in files)
            yield from (name for name in names if is_blob_name(name))

    def delete(self, name: str) -> None:
        """Remove a blob and the folders that it leaves empty."""
        if not is_blob_name(name):
            return
        path = Path(self._folder, name)
        with suppress(*_NOTHING_THERE), _said_plainly(name, *_NOTHING_THERE):
            path.unlink()
            with suppress(OSError):  # the first folder that still holds something ends it
                for folder in list(path.parents)[: name.count("/")]:
                    folder.rmdir()

    def local_path(self, name: str) -> Path | None:
        """Where the blob lies."""
        path = Path(self._folder, name)
        with _said_plainly(name):
            return path if is_blob_name(name) and path.is_file() else None

    def _open(self, name: str) -> FileIO | None:
        if not is_blob_name(name):
            return None
        with suppress(*_NOTHING_THERE), _said_plainly(name, *_NOTHING_THERE):
            return open(f"{self._folder}/{name}", "rb", buffering=0)  # noqa: PTH123 # pathlib costs more; the caller closes
        return None

    def _read(self, name: str) -> bytes | None:
        file = self._open(name)
        if file is None:
            return None
        with file, _said_plainly(name):
            return file.read()

    def _write(self, aside: str, name: str, pieces: Iterable[bytes]) -> None:
        with _said_plainly(name):
            file = open(aside, "xb", buffering=0)  # noqa: PTH123, SIM115 # closed below; the pieces' own errors pass unchanged
        with file:
            for piece in pieces:
                with _said_plainly(name):
                    _write_all(file.fileno(), piece)
            if not name.startswith(self._made_again):
                with _said_plainly(name):
                    os.fsync(file.fileno())

    def _settle(self, aside: str, name: str) -> None:
        target = f"{self._folder}/{name}"
        with _said_plainly(name):
            for _ in range(_TRIES):
                with suppress(FileNotFoundError):  # a delete may remove the emptied folder in between
                    return os.replace(aside, target)  # noqa: PTH105 # pathlib costs more than the call
                with suppress(FileNotFoundError, FileExistsError):
                    os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120 # the same
            os.replace(aside, target)  # noqa: PTH105 # the same
        return None


def _clear(aside: Path) -> None:
    """Remove what killed processes were writing; a living one touches its file at least once an hour."""
    oldest = time.time() - _ABANDONED_AFTER_S
    for left in aside.iterdir():
        with suppress(FileNotFoundError):
            if left.stat().st_mtime < oldest:
                left.unlink()


def _write_all(file: int, piece: bytes) -> None:
    rest = memoryview(piece)
    while rest:
        rest = rest[os.write(file, rest) :]


def _unlistable(error: OSError) -> None:
    if not isinstance(error, _NOTHING_THERE):
        raise _plain(error, error.filename)


@contextmanager
def _said_plainly(what: object, *passing: type[OSError]) -> Iterator[None]:
    try:
        yield
    except passing:
        raise
    except OSError as error:
        raise _plain(error, what) from error


def _plain(error: OSError, what: object) -> StorageFailed:
    if error.errno in _FULL:
        return StorageFull(f"There is no room to store {what}.", "Free some space in the data folder and try again.")
    return StorageFailed(
        f"{what} cannot be read or written ({error.strerror}).",
        "Give the user that runs podcaster access to the data folder, or set PODCASTER_STORAGE_URL to another.",
    )
