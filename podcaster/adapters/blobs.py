"""The BlobStore port: a folder on this machine, or a bucket through obstore.

A folder is read and written with the operating system's own calls: 10 µs for a small blob where obstore's LocalStore
takes 170 µs, the bytes are on the disk before the name appears, and what a killed process leaves lies in one place.
"""

import errno
import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Final
from uuid import uuid4

import obstore
from obstore.exceptions import BaseError
from obstore.store import ObjectStore, from_url

from podcaster.errors import BlobMissing, InputRefused, SettingsWrong, StorageFailed, StorageFull
from podcaster.ports import BlobStore, is_blob_name

_ASIDE: Final = ".aside"
"""Folder of blobs that are being written; no blob's name begins with a dot."""
_ABANDONED_AFTER_S: Final = 3600
_AT_ONCE: Final = 16
"""Requests to a bucket that `get_many` keeps going."""
_TRIES: Final = 20
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NOTHING_THERE: Final = (FileNotFoundError, NotADirectoryError, IsADirectoryError)


def open_store(place: str | Path, *, made_again: Sequence[str] = ()) -> BlobStore:
    """The store at a folder, or at `file://`, `s3://`, `gs://`, `az://`, or `memory://` for tests.

    A bucket's credentials come from the environment, under the names that its own tools use (`AWS_ACCESS_KEY_ID`).
    `made_again` are prefixes of names in a folder whose blobs can be made again and are checked by their readers: `put`
    does not wait until the disk has them (about 2 ms each), so a power cut may empty them. A killed process never does.

    Raises:
        SettingsWrong: not such an address.
        StorageFailed: the folder cannot be made.
    """
    address = str(place)
    if address.startswith("file://"):
        return _open_folder(Path(address.removeprefix("file://")), made_again)
    if "://" not in address:
        return _open_folder(Path(place), made_again)
    try:
        return BucketStore(_connect(address), address)
    except (BaseError, ValueError) as error:
        raise SettingsWrong(
            f"{address} is no address of a store ({_first_line(error)}).", "Give a folder, or s3://, gs:// or az://."
        ) from error


def _open_folder(folder: Path, made_again: Sequence[str]) -> "FolderStore":
    with _said_plainly(folder):
        aside = folder / _ASIDE
        aside.mkdir(parents=True, exist_ok=True)
        _clear(aside)
    return FolderStore(folder, made_again=made_again)


def _connect(address: str) -> ObjectStore:
    if address.startswith("memory:"):
        return from_url(address)
    if address.startswith(("http:", "https:")):
        raise ValueError("a web server keeps nothing")
    return from_url(
        address,
        retry_config={"max_retries": 3, "retry_timeout": timedelta(seconds=30)},
        client_options={"connect_timeout": "5s", "timeout": "60s"},
    )


def _clear(aside: Path) -> None:
    """Remove what killed processes were writing; a living one touches its file at least once an hour."""
    oldest = time.time() - _ABANDONED_AFTER_S
    for left in aside.iterdir():
        with suppress(FileNotFoundError):
            if left.stat().st_mtime < oldest:
                left.unlink()


class FolderStore:
    """Blobs as plain files below a folder that `open_store` has prepared."""

    def __init__(self, folder: Path, *, made_again: Sequence[str] = ()) -> None:
        self._folder = str(folder.absolute())
        self._made_again = tuple(made_again)

    def get(self, name: str) -> bytes:
        """All bytes of a blob."""
        data = self._read(name)
        if data is None:
            raise _missing(name)
        return data

    def get_many(self, names: Sequence[str]) -> Mapping[str, bytes]:
        """The blobs among `names` that exist."""
        found = ((name, self._read(name)) for name in names)
        return {name: data for name, data in found if data is not None}

    def get_range(self, name: str, start: int, length: int) -> bytes:
        """`length` bytes from `start`, fewer at the end."""
        file = self._open(name)
        if file is None:
            raise _missing(name)
        with _said_plainly(name):
            try:
                return os.pread(file, length, start)
            finally:
                os.close(file)

    def put(self, name: str, data: bytes | Iterable[bytes]) -> None:
        """Write aside, wait until the disk has it unless it can be made again, rename."""
        _check(name)
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

    def _open(self, name: str) -> int | None:
        if not is_blob_name(name):
            return None
        with suppress(*_NOTHING_THERE), _said_plainly(name, *_NOTHING_THERE):
            return os.open(f"{self._folder}/{name}", os.O_RDONLY | os.O_CLOEXEC)
        return None

    def _read(self, name: str) -> bytes | None:
        file = self._open(name)
        if file is None:
            return None
        with (
            suppress(IsADirectoryError),
            _said_plainly(name, IsADirectoryError),
            os.fdopen(file, "rb", buffering=0) as opened,
        ):
            return opened.read()
        return None

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
                with suppress(FileNotFoundError):
                    os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120 # the same
            os.replace(aside, target)  # noqa: PTH105 # the same
        return None


class BucketStore:
    """Blobs in a bucket, under the prefix that its address may have."""

    def __init__(self, remote: ObjectStore, address: str) -> None:
        self._remote = remote
        self._address = address

    def get(self, name: str) -> bytes:
        """All bytes of a blob."""
        data = self._get(name)
        if data is None:
            raise _missing(name)
        return data

    def get_many(self, names: Sequence[str]) -> Mapping[str, bytes]:
        """The blobs among `names` that exist, several requests at a time."""
        with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
            found = zip(names, pool.map(self._get, names), strict=True)
            return {name: data for name, data in found if data is not None}

    def get_range(self, name: str, start: int, length: int) -> bytes:
        """`length` bytes from `start`, fewer at the end."""
        size = self.size(name)
        if size is None:
            raise _missing(name)
        end = min(start + length, size)
        if start >= end:
            return b""
        with self._said_plainly():
            return bytes(obstore.get_range(self._remote, name, start=start, end=end))

    def put(self, name: str, data: bytes | Iterable[bytes]) -> None:
        """Upload, a long blob in parts; it appears when the last part is there."""
        _check(name)
        with self._said_plainly():
            obstore.put(self._remote, name, data)

    def size(self, name: str) -> int | None:
        """Length in bytes."""
        if not is_blob_name(name):
            return None
        with suppress(FileNotFoundError), self._said_plainly():
            return int(obstore.head(self._remote, name)["size"])
        return None

    def names(self, prefix: str) -> Iterator[str]:
        """Every name under a prefix."""
        with self._said_plainly():
            for page in obstore.list(self._remote, prefix):
                yield from (entry["path"] for entry in page)

    def delete(self, name: str) -> None:
        """Remove a blob."""
        if is_blob_name(name):
            with suppress(FileNotFoundError), self._said_plainly():
                obstore.delete(self._remote, name)

    def local_path(self, name: str) -> Path | None:  # noqa: ARG002 # the port's signature
        """None: nothing of a bucket lies here."""
        return None

    def _get(self, name: str) -> bytes | None:
        if not is_blob_name(name):
            return None
        with suppress(FileNotFoundError), self._said_plainly():
            return bytes(obstore.get(self._remote, name).bytes())
        return None

    @contextmanager
    def _said_plainly(self) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError:
            raise
        except (BaseError, OSError) as error:
            raise StorageFailed(
                f"{self._address} cannot be used ({_first_line(error)}).",
                "Check PODCASTER_STORAGE_URL, the credentials in the environment and the network.",
            ) from error


def _check(name: str) -> None:
    if not is_blob_name(name):
        raise InputRefused(f"{name!r} cannot name a blob.", "Use letters, digits, '.', '_', '-' and '/' between parts.")


def _missing(name: str) -> BlobMissing:
    return BlobMissing(f"The store holds no {name!r}.", "Render the report again.")


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


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
