"""Time, blobs and other machines."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

Clock = Callable[[], datetime]
"""Returns now, with a time zone."""


Stamp = tuple[int, ...]
"""A stamp that changes whenever the blob is rewritten; only to be compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredBlob:
    """A blob without its bytes."""

    name: str
    length: int
    """Bytes."""
    stored: datetime


class BlobStore(Protocol):
    """Named bytes that never change under their name: a folder, or a bucket.

    A name is relative, `/`-separated and made of letters, digits, `.`, `_` and `-`.
    """

    def get(self, name: str) -> bytes:
        """All bytes of a blob.

        Raises:
            BlobMissing: nothing has this name.
        """

    def get_many(self, names: Sequence[str]) -> Mapping[str, bytes]:
        """The blobs among `names` that exist; missing ones are left out."""

    def stamps(self, names: Sequence[str]) -> Mapping[str, Stamp]:
        """Stamps of the existing blobs among `names`; empty if a stamp would cost as much as reading."""

    def get_range(self, name: str, start: int, length: int) -> bytes:
        """`length` bytes from `start`, fewer at the end of the blob.

        Raises:
            BlobMissing: nothing has this name.
        """

    def put(self, name: str, data: bytes | Iterable[bytes | memoryview]) -> None:
        """Store whole or not at all: a reader sees the old bytes or the new, even after kill -9.

        Raises:
            StorageFull: no room; what was there is untouched.
        """

    def size(self, name: str) -> int | None:
        """Length in bytes; None where nothing has this name."""

    def names(self, prefix: str) -> Iterator[str]:
        """Every name under a prefix that ends in `/`, in no order."""

    def listed(self, prefix: str) -> Iterator[StoredBlob]:
        """Blobs under a prefix that ends in `/`, in no order, with length and storage time."""

    def delete(self, name: str) -> None:
        """Remove a blob; no error where there is none."""

    def local_path(self, name: str) -> Path | None:
        """Path of the blob as a plain file, for pread; None in a bucket or if it does not exist."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A successful response."""

    url: str
    """The address that answered, after redirects."""
    content_type: str
    """The media type in lower case without parameters; empty where the server gave none."""
    charset: str
    """From the Content-Type header; empty where it gave none."""
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Fetched):
    """A response of any status."""

    status: int
    etag: str = ""
    last_modified: str = ""
    """Both as the server wrote them."""
    retry_after: str = ""


class Fetcher(Protocol):
    """The one way by which podcaster asks other machines for something it was told to read."""

    def get(self, url: str, *, limit_bytes: int) -> Fetched:
        """Fetch a URL over http or https, following redirects, each of them checked.

        Raises:
            AddressRefused: another scheme, or a host at a private, loopback or link-local address.
            SourceTooLarge: the answer is longer than `limit_bytes`.
            SourceUnreachable: no answer in time, or an answer that is not 200.
        """

    def ask(self, url: str, *, limit_bytes: int, etag: str = "", last_modified: str = "") -> Answer:
        """Fetch a URL as `get` does, unless it is still what it was (RFC 9110 §13.1); every status is an answer.

        The body is empty where the status is not 200.

        Raises:
            AddressRefused, SourceTooLarge: as for `get`.
            SourceUnreachable: no answer in time.
        """

    def download(self, url: str, file: Path, *, limit_bytes: int, progress: "Downloaded") -> None:
        """Fetch something large into a file, going on where an earlier try was cut off (RFC 9110 §13.1.5, If-Range).

        The file is there when it is whole; until then its bytes stand beside it, in `.part`.

        Raises:
            AddressRefused, SourceTooLarge, SourceUnreachable: as for `get`; what has come so far is kept.
        """


Downloaded = Callable[[int, int | None], None]
"""Told the bytes that are here, and how many there will be, where the server says."""
