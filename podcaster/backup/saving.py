"""Backs a library and its blobs up, incrementally."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from podcaster.backup.chunks import chunks
from podcaster.backup.needed_blobs import referenced
from podcaster.backup.snapshot import (
    OBJECTS,
    SavedBlob,
    Snapshot,
    delete_snapshot,
    digest_of,
    object_name,
    read_snapshot,
    snapshot_id,
    snapshot_ids,
    write_snapshot,
)
from podcaster.backup.transfer import Progress, counted, in_parallel, unwatched
from podcaster.errors import BlobMissing, StorageFailed
from podcaster.ports import BlobStore, Clock, StoredBlob
from podcaster.ports.backups import LibraryCopies, LibraryRows

NOT_SAVED: Final = ("work/", "workers/", "paused_workers", "maintenance/")
"""A render that was under way begins again; what workers tell of themselves, their pause, and marks of backups and restores
belong to now."""
OF_THE_MOMENT: Final = ("held/", "gone/")
"""Held episodes and marks of takedowns: that they are there says something, so they have to be of the rows' moment."""
_LAST: Final = "maintenance/backup.json"
"""In the library's own store, for figures and alerts."""
_TRIES: Final = 5
_NEW: Final = timedelta(days=1)
"""No backup takes longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A finished backup."""

    snapshot: str
    blobs: int
    bytes: int
    """Length of all objects, blobs and rows."""
    new_objects: int
    new_bytes: int
    """Objects that the backup did not hold yet."""
    missing: Sequence[str]
    """Blobs that the library names and that are in no store: they were gone before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saver:
    """Backs up while the service runs.

    Blobs are written before rows name them, and some are deleted behind that. So rows are read first and blobs afterwards; where
    a blob that the rows name was deleted in between, rows are read again: only what is new is copied then.
    """

    library: LibraryCopies
    blobs: BlobStore
    clock: Clock
    version: str
    base_url: str
    progress: Progress = unwatched

    def save(self, backup: BlobStore) -> Saved:
        """Add a snapshot to a backup. One that was cut off goes on with what it has copied.

        Raises:
            StorageFailed: there is no library, or the blobs are deleted faster than they can be copied.
        """
        objects = _Objects(backup)
        before = _newest(backup)
        missing: Sequence[str] = ()
        for _ in range(_TRIES):
            marks = self._marks()
            with self.library.reading() as rows:
                if self._marks() != marks:
                    continue
                taken = self._rows(rows, objects)
            blobs = self._copied(objects, before, marks)
            before |= blobs
            lost = sorted((taken.named | marks) - blobs.keys())
            if not lost or lost == missing:
                return self._written(backup, objects, taken, blobs, lost)
            missing = lost
        raise StorageFailed(
            "Files were deleted faster than they were copied.", "Back up again when the service is less busy."
        )

    def _marks(self) -> frozenset[str]:
        return frozenset(name for prefix in OF_THE_MOMENT for name in self.blobs.names(prefix))

    def _rows(self, rows: LibraryRows, objects: "_Objects") -> "_Rows":
        taken = _Rows(schema=rows.schema)
        tables = rows.tables()
        for place, table in enumerate(tables):
            self.progress("library", place, len(tables))

            def noted(table: str = table) -> object:
                for row in rows.rows(table):
                    taken.named.update(referenced(table, row))
                    yield row

            taken.tables[table] = [objects.keep(chunk) for chunk in chunks(noted())]  # type: ignore[arg-type] # a generator
        self.progress("library", len(tables), len(tables))
        return taken

    def _copied(
        self, objects: "_Objects", before: Mapping[str, SavedBlob], marks: frozenset[str]
    ) -> dict[str, SavedBlob]:
        """Every blob of the store, those that changed since the last snapshot read and copied."""
        listed = [blob for blob in self.blobs.listed("") if _wanted(blob, marks)]

        def copied(blob: StoredBlob) -> SavedBlob | None:
            known = before.get(blob.name)
            stored = blob.stored.isoformat()
            if known and (known.length, known.stored) == (blob.length, stored) and objects.has(known.digest):
                return known
            try:
                data = self.blobs.get(blob.name)
            except BlobMissing:  # deleted meanwhile: whether that matters, the rows say
                return None
            return SavedBlob(objects.keep(data), len(data), stored)

        results = counted([blob.length for blob in listed], in_parallel(listed, copied), "files", self.progress)
        return {blob.name: saved for blob, saved in zip(listed, results, strict=True) if saved}

    def _written(
        self,
        backup: BlobStore,
        objects: "_Objects",
        taken: "_Rows",
        blobs: Mapping[str, SavedBlob],
        missing: Sequence[str],
    ) -> Saved:
        snapshot = Snapshot(
            id=snapshot_id(self.clock()),
            made_by=self.version,
            schema=taken.schema,
            base_url=self.base_url,
            tables=taken.tables,
            blobs=blobs,
        )
        write_snapshot(backup, snapshot)
        self.blobs.put(_LAST, json.dumps({"snapshot": snapshot.id, "at": self.clock().isoformat()}).encode())
        total = sum(objects.length(digest) for digest in set(snapshot.objects()))
        return Saved(
            snapshot=snapshot.id,
            blobs=len(blobs),
            bytes=total,
            new_objects=len(objects.new),
            new_bytes=sum(objects.new.values()),
            missing=missing,
        )


def last_backup(blobs: BlobStore) -> datetime | None:
    """When the library in this store was last backed up."""
    try:
        return datetime.fromisoformat(json.loads(blobs.get(_LAST))["at"])
    except BlobMissing:
        return None


def forget(backup: BlobStore, keep: int, now: datetime) -> tuple[int, int]:
    """Drop all but the newest snapshots, then the objects that no snapshot names; how many snapshots and bytes.

    Objects of the last day stay: another machine may be writing them, for a snapshot that names them when it is whole.
    """
    ids = snapshot_ids(backup)
    dropped = ids[: max(0, len(ids) - keep)]
    if not dropped:
        return 0, 0
    wanted = {digest for id_ in ids[len(dropped) :] for digest in read_snapshot(backup, id_).objects()}
    for id_ in dropped:
        delete_snapshot(backup, id_)
    unused = [
        blob
        for blob in backup.listed(OBJECTS)
        if blob.name.rpartition("/")[2] not in wanted and now - blob.stored > _NEW
    ]
    list(in_parallel([blob.name for blob in unused], backup.delete))
    return len(dropped), sum(blob.length for blob in unused)


@dataclass
class _Rows:
    schema: str
    tables: dict[str, Sequence[str]] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)


class _Objects:
    """The objects of a backup: those that were there, and those that were added."""

    def __init__(self, backup: BlobStore) -> None:
        self._backup = backup
        self._lengths = {blob.name.rpartition("/")[2]: blob.length for blob in backup.listed(OBJECTS)}
        self.new: dict[str, int] = {}

    def has(self, digest: str) -> bool:
        return digest in self._lengths

    def length(self, digest: str) -> int:
        return self._lengths[digest]

    def keep(self, data: bytes) -> str:
        """Store bytes unless they are there, whole; their digest."""
        digest = digest_of(data)
        if self._lengths.get(digest) != len(data):
            self._backup.put(object_name(digest), data)
            self._lengths[digest] = self.new[digest] = len(data)
        return digest


def _wanted(blob: StoredBlob, marks: frozenset[str]) -> bool:
    return not blob.name.startswith(NOT_SAVED) and (not blob.name.startswith(OF_THE_MOMENT) or blob.name in marks)


def _newest(backup: BlobStore) -> dict[str, SavedBlob]:
    """Blobs of the newest snapshot that can be read."""
    for id_ in reversed(snapshot_ids(backup)):
        try:
            return dict(read_snapshot(backup, id_).blobs)
        except StorageFailed:
            continue
    return {}
