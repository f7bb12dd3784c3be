"""Blobs in a bucket (S3, Google Cloud Storage, Azure) or in memory, through obstore."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Final

import obstore
from obstore.exceptions import BaseError
from obstore.store import ObjectStore, from_url

from podcaster.adapters.blobs.naming import check, missing
from podcaster.errors import SettingsWrong, StorageFailed
from podcaster.ports import is_blob_name

_AT_ONCE: Final = 16
"""Requests that `get_many` keeps going."""


def open_bucket(address: str) -> "BucketStore":
    """The bucket at `s3://`, `gs://`, `az://` or `memory://`; nothing is asked of it yet.

    Raises:
        SettingsWrong: not such an address.
    """
    try:
        return BucketStore(_connect(address), address)
    except (BaseError, ValueError) as error:
        raise SettingsWrong(
            f"{address} is no address of a store ({_first_line(error)}).", "Give a folder, or s3://, gs:// or az://."
        ) from error


class BucketStore:
    """Blobs in a bucket, under the prefix that its address may have."""

    def __init__(self, remote: ObjectStore, address: str) -> None:
        self._remote = remote
        self._address = address

    def get(self, name: str) -> bytes:
        """All bytes of a blob."""
        data = self._get(name)
        if data is None:
            raise missing(name)
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
            raise missing(name)
        end = min(start + length, size)
        if start >= end:
            return b""
        with self._said_plainly():
            return bytes(obstore.get_range(self._remote, name, start=start, end=end))

    def put(self, name: str, data: bytes | Iterable[bytes]) -> None:
        """Upload, a long blob in parts; it appears when the last part is there."""
        check(name)
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
        if prefix and not is_blob_name(prefix.removesuffix("/")):
            return
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


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
