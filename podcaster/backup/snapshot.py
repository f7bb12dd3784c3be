"""A snapshot: which objects make up the library and its blobs at one moment.

A backup is a blob store of its own: `objects/ab/SHA-256` holds bytes under their hash, so that no two snapshots hold the
same bytes twice; `snapshots/TIME.json.gz` names the objects of one moment and is written last.
"""

import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Final

from podcaster.errors import BlobMissing, InputRefused, StorageFailed
from podcaster.ports import BlobStore

OBJECTS: Final = "objects/"
SNAPSHOTS: Final = "snapshots/"
_FORMAT: Final = 1
_ENDING: Final = ".json.gz"


@dataclass(frozen=True, slots=True)
class SavedBlob:
    """A blob of the library's store, and the object that holds its bytes."""

    digest: str
    """SHA-256 of its bytes, in hexadecimal."""
    length: int
    """Bytes."""
    stored: str
    """When it was stored, ISO 8601: with the length, shows that it was not written again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Everything that a restore needs, by digest."""

    id: str
    """Time of the snapshot in UTC, `20260504T063000Z`; sorts by age."""
    made_by: str
    """Version of podcaster."""
    schema: str
    """The library's newest migration."""
    base_url: str
    """Stands in the feeds' addresses; restored under another one, feeds are written anew."""
    tables: Mapping[str, Sequence[str]]
    """Digests of each table's chunks, in order."""
    blobs: Mapping[str, SavedBlob]
    """By name."""

    def objects(self) -> Iterator[str]:
        """Digests of all objects, some more than once."""
        for chunks in self.tables.values():
            yield from chunks
        for blob in self.blobs.values():
            yield blob.digest


def snapshot_id(moment: datetime) -> str:
    """The name of a snapshot of this moment."""
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%S.%fZ")


def digest_of(data: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def object_name(digest: str) -> str:
    """The name of an object in the backup."""
    return f"{OBJECTS}{digest[:2]}/{digest}"


def snapshot_ids(backup: BlobStore) -> Sequence[str]:
    """The snapshots of a backup, the oldest first."""
    names = (name.removeprefix(SNAPSHOTS) for name in backup.names(SNAPSHOTS))
    return sorted(name.removesuffix(_ENDING) for name in names if name.endswith(_ENDING))


def write_snapshot(backup: BlobStore, snapshot: Snapshot) -> None:
    """Write a snapshot down, whose objects are all there."""
    record = json.dumps({"format": _FORMAT, **asdict(snapshot)}, ensure_ascii=False, separators=(",", ":"))
    backup.put(_name(snapshot.id), gzip.compress(record.encode(), mtime=0))


def read_snapshot(backup: BlobStore, id_: str) -> Snapshot:
    """A snapshot of a backup.

    Raises:
        BlobMissing: there is no such snapshot.
        StorageFailed: it is damaged.
        InputRefused: a newer podcaster wrote it.
    """
    data = backup.get(_name(id_))
    try:
        record = json.loads(gzip.decompress(data))
        if record.pop("format") != _FORMAT:
            raise InputRefused(f"Snapshot {id_} was written by a newer podcaster.", "Restore with that one.")
        blobs = {name: SavedBlob(**blob) for name, blob in record.pop("blobs").items()}
        return Snapshot(**record, blobs=blobs)
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise StorageFailed(f"Snapshot {id_} is damaged.", "Restore an earlier one: --snapshot.") from error


def read_object(backup: BlobStore, digest: str) -> bytes:
    """The bytes of an object, checked.

    Raises:
        StorageFailed: it is not there, or its bytes are not those that were backed up.
    """
    try:
        data = backup.get(object_name(digest))
    except BlobMissing as error:
        raise StorageFailed(
            f"{object_name(digest)} is missing from the backup.", "Restore an earlier --snapshot."
        ) from error
    if digest_of(data) != digest:
        raise StorageFailed(
            f"{object_name(digest)} is damaged.", "Delete it and back up again, or restore an earlier --snapshot."
        )
    return data


def delete_snapshot(backup: BlobStore, id_: str) -> None:
    """Forget a snapshot; its objects stay."""
    backup.delete(_name(id_))


def _name(id_: str) -> str:
    return f"{SNAPSHOTS}{id_}{_ENDING}"
