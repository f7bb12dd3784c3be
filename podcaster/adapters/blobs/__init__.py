"""Blobs in a folder or a bucket, by obstore."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

from podcaster.adapters.blobs.addresses import check_address, is_url
from podcaster.errors import BlobMissing, StorageFailed, StorageFull
from podcaster.errors.disk import FULL
from podcaster.ports import Stamp, StoredBlob

if TYPE_CHECKING:
    from obstore.store import ClientConfig, RetryConfig

_NAME = re.compile(r"(?!\.+(?:/|\Z))[A-Za-z0-9._-]+(?:/(?!\.+(?:/|\Z))[A-Za-z0-9._-]+)*")
"""No part is made of dots alone."""
_TOGETHER = 16
"""Requests to a bucket at the same time."""


def open_blobs(where: str | Path) -> "ObstoreBlobs":
    """The store in a folder, which is made where it is not there, or at a URL (`s3://…`, `gs://…`, `az://…`, `memory:///`).

    Raises:
        SettingsWrong: the URL is of no known kind, or carries what is not read.
        StorageFailed: the folder cannot be made, or the bucket's provider lacks a variable.
    """
    if isinstance(where, str) and is_url(where):
        check_address(where)
        with _explained(where):
            return ObstoreBlobs(from_url(where), None)
    folder = Path(where).absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageFailed(f"{folder} cannot be made: {error.strerror}.", "Correct PODCASTER_DATA.") from error
    return ObstoreBlobs(LocalStore(folder), folder)


def check_bucket(url: str) -> None:
    """Look into a bucket once, without the patience of a running service.

    A list, since a bucket that is not there answers a request for a file as one that lacks it.

    Raises:
        SettingsWrong: the URL is of no known kind, or carries what is not read.
        StorageFailed: it cannot be reached within some ten seconds, is not there, or does not let us in.
    """
    check_address(url)
    options: ClientConfig = {
        "timeout": timedelta(seconds=5),
        "connect_timeout": timedelta(seconds=3),
        "allow_http": os.environ.get("AWS_ALLOW_HTTP", "").lower()
        in {"1", "true"},  # not taken from there beside others
    }
    retries: RetryConfig = {"max_retries": 1, "retry_timeout": timedelta(seconds=10)}
    try:
        store = from_url(url, client_options=options, retry_config=retries)
        next(iter(obstore.list(store, "ready", chunk_size=1)), None)
    except (BaseError, OSError) as error:
        raise StorageFailed(
            f"{url} cannot be reached: {_why_unreachable(str(error))}.",
            "Correct PODCASTER_STORAGE_URL and the AWS_… variables: docs/storage.md.",
        ) from error


def _why_unreachable(said: str) -> str:
    """The cause in the operator's words, where it is known, else the library's first line."""
    endpoint = os.environ.get("AWS_ENDPOINT") or os.environ.get("AWS_ENDPOINT_URL", "")
    if "builder error" in said and endpoint.startswith("http://"):
        return f"{endpoint} is no https address, and AWS_ALLOW_HTTP is not true"
    causes = {
        "NoSuchBucket": "there is no such bucket",
        "InvalidAccessKeyId": "AWS_ACCESS_KEY_ID is not known there",
        "SignatureDoesNotMatch": "AWS_SECRET_ACCESS_KEY does not belong to AWS_ACCESS_KEY_ID",
        "AccessDenied": "the key may not list the bucket (s3:ListBucket)",
        "/latest/api/token": "AWS_ACCESS_KEY_ID is not set, and this machine has no role that stands for a key",
        "error sending request": f"nobody answers at {endpoint or 'the provider'}",
    }
    return next((cause for mark, cause in causes.items() if mark in said), said.partition("\n")[0][:300])


class ObstoreBlobs:
    """Fills `ports.BlobStore`. In a folder, a blob is a file: obstore writes aside and renames."""

    def __init__(self, store: ObjectStore, folder: Path | None) -> None:
        self._store = store
        self._folder = folder

    def get(self, name: str) -> bytes:
        """All bytes of a blob."""
        if self._folder is not None:
            return self._read(self._place(name))
        with _explained(name):
            return bytes(obstore.get(self._store, _checked(name)).bytes())

    def get_many(self, names: Sequence[str]) -> Mapping[str, bytes]:
        """From a folder one after the other, from a bucket many at a time."""
        if self._folder is not None:
            found = [self._found(name) for name in names]
        else:
            with ThreadPoolExecutor(_TOGETHER) as pool:
                found = list(pool.map(self._found, names))
        return {name: blob for name, blob in zip(names, found, strict=True) if blob is not None}

    def stamps(self, names: Sequence[str]) -> Mapping[str, Stamp]:
        """A file's number, length and times of change; a bucket is not asked."""
        if self._folder is None:
            return {}
        found: dict[str, Stamp] = {}
        for name in names:
            with suppress(OSError, BlobMissing):
                file = os.stat(self._place(name))  # noqa: PTH116 # asked for every clip of an episode, as below
                found[name] = (file.st_ino, file.st_size, file.st_mtime_ns, file.st_ctime_ns)
        return found

    def get_range(self, name: str, start: int, length: int) -> bytes:
        """Part of a blob."""
        with _explained(name):
            return bytes(obstore.get_range(self._store, _checked(name), start=start, length=length))

    def put(self, name: str, data: bytes | Iterable[bytes | memoryview]) -> None:
        """Store whole or not at all."""
        with _explained(name):
            obstore.put(self._store, _checked(name), data if isinstance(data, bytes) else iter(data))

    def size(self, name: str) -> int | None:
        """Length in bytes."""
        try:
            with _explained(name):
                return int(obstore.head(self._store, _checked(name))["size"])
        except BlobMissing:
            return None

    def names(self, prefix: str) -> Iterator[str]:
        """Every name under a prefix."""
        return (blob.name for blob in self.listed(prefix))

    def listed(self, prefix: str) -> Iterator[StoredBlob]:
        """Every blob under a prefix."""
        with _explained(prefix):
            entries = [entry for batch in obstore.list(self._store, prefix.rstrip("/")) for entry in batch]
        return (
            StoredBlob(name=entry["path"], length=int(entry["size"]), stored=entry["last_modified"])
            for entry in entries
            if entry["path"].startswith(prefix) and _NAME.fullmatch(entry["path"])
        )

    def delete(self, name: str) -> None:
        """Remove a blob."""
        try:
            with _explained(name):
                obstore.delete(self._store, _checked(name))
        except BlobMissing:
            return

    def local_path(self, name: str) -> Path | None:
        """Path of the blob's file."""
        if self._folder is None:
            return None
        place = self._place(name)
        # Asked with every request for audio: no Path and no exception where nothing is there.
        return Path(place) if os.access(place, os.F_OK) and os.path.isfile(place) else None  # noqa: PTH113

    def _found(self, name: str) -> bytes | None:
        try:
            return self.get(name)
        except BlobMissing:
            return None

    def _place(self, name: str) -> str:
        return f"{self._folder}/{_checked(name)}"

    @staticmethod
    def _read(file: str) -> bytes:
        try:
            with open(file, "rb", buffering=0) as whole:  # noqa: PTH123 # hundreds for an episode: a Path for each costs as much
                return whole.readall()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            raise _missing(file.rpartition("/")[2]) from None
        except OSError as error:
            raise StorageFailed(f"{file} cannot be read: {error.strerror}.", "Correct its permissions.") from error


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise _missing(name)
    return name


def _missing(name: str) -> BlobMissing:
    return BlobMissing(f"There is no stored file {name[:200]!r}.", "Render the report again.")


@contextmanager
def _explained(name: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise _missing(name) from None
    except (BaseError, OSError) as error:
        if _is_full(error):
            raise StorageFull(
                "The disk is full; nothing that was there is touched.",
                "Make room: the work goes on by itself, or render again.",
            ) from error
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise StorageFailed(
            f"The store failed at {name[:200]}: {reason}.", "Look at PODCASTER_STORAGE_URL and its permissions."
        ) from error


def _is_full(error: Exception) -> bool:
    text = str(error)
    return any(os.strerror(code) in text or f"os error {code})" in text for code in FULL)
