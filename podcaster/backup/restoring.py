"""Restores a library and its blobs from a backup."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from podcaster.backup.chunks import rows_of
from podcaster.backup.saving import NOT_SAVED, OF_THE_MOMENT
from podcaster.backup.snapshot import SavedBlob, Snapshot, digest_of, read_object, read_snapshot, snapshot_ids
from podcaster.backup.transfer import Progress, counted, in_parallel, unwatched
from podcaster.errors import BlobMissing, Conflict, NotThere, StorageFailed
from podcaster.ports import BlobStore
from podcaster.ports.backups import LibraryCopies, Row

_MARK: Final = "maintenance/restore.json"
"""Stands in the store from a restore's first byte to its last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """A finished restore."""

    snapshot: str
    made_by: str
    base_url: str
    """The base URL that the backup was made under."""
    blobs: int
    bytes: int
    copied_bytes: int
    """Bytes that were not there yet."""


def refuse_half_restored(blobs: BlobStore) -> None:
    """Called before a service starts.

    Raises:
        Conflict: a restore was interrupted.
    """
    try:
        under_way = json.loads(blobs.get(_MARK))
    except BlobMissing:
        return
    raise Conflict(
        f"A restore of snapshot {under_way['snapshot']} was interrupted.", "Run the same `podcaster restore` again."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Restorer:
    """Fills a library and its store from a backup; nothing else may use them meanwhile.

    Blobs come first, all rows in one step behind them: a restore that is cut off leaves the earlier library readable, and
    the next run goes on with what is missing.
    """

    library: LibraryCopies
    blobs: BlobStore
    progress: Progress = unwatched

    def restore(self, backup: BlobStore, wanted: str | None = None, *, replace: bool = False) -> Restored:
        """Restore a snapshot, the newest unless another is wanted.

        Raises:
            NotThere: the backup has no such snapshot, or none at all.
            Conflict: another program has the library open, or there is one already, or a blob, and `replace` is not said.
            StorageFailed: the backup is damaged; the library is as it was.
        """
        snapshot = _found(backup, wanted)
        users = self.library.used_by()
        if users:
            raise Conflict(f"The library is in use: {users}.", "Stop `podcaster serve` and every worker first.")
        self._refuse_what_is_there(snapshot, replace=replace)
        self.blobs.put(_MARK, json.dumps({"snapshot": snapshot.id}).encode())
        copied = self._copy_blobs(backup, snapshot)
        self.library.replace(snapshot.schema, self._tables(backup, snapshot))
        for name in list(self.blobs.names("")):
            if (name not in snapshot.blobs or name.startswith(NOT_SAVED)) and name != _MARK:
                self.blobs.delete(name)
        self.blobs.delete(_MARK)
        return Restored(
            snapshot=snapshot.id,
            made_by=snapshot.made_by,
            base_url=snapshot.base_url,
            blobs=len(snapshot.blobs),
            bytes=sum(blob.length for blob in snapshot.blobs.values()),
            copied_bytes=copied,
        )

    def _refuse_what_is_there(self, snapshot: Snapshot, *, replace: bool) -> None:
        try:
            goes_on = json.loads(self.blobs.get(_MARK))["snapshot"] == snapshot.id
        except BlobMissing:
            goes_on = False
        if replace or goes_on:
            return
        if not self.library.is_empty():
            raise Conflict("There is a library already.", "Name an empty PODCASTER_DATA, or replace it: --replace.")
        other = next((name for name in self.blobs.names("") if not name.startswith(NOT_SAVED)), None)
        if other is not None:
            raise Conflict(
                f"The store holds files already, such as {other}.",
                "Name an empty PODCASTER_DATA or PODCASTER_STORAGE_URL, or replace them: --replace.",
            )

    def _copy_blobs(self, backup: BlobStore, snapshot: Snapshot) -> int:
        """Held episodes one after the other, in the order of their times: the newest of a language counts."""
        there = {blob.name: blob.length for blob in self.blobs.listed("")}

        def copied(item: tuple[str, SavedBlob]) -> int:
            name, blob = item
            if there.get(name) == blob.length and digest_of(self.blobs.get(name)) == blob.digest:
                return 0
            self.blobs.put(name, read_object(backup, blob.digest))
            return blob.length

        # Earlier versions saved the workers' pause, too.
        parallel = [item for item in snapshot.blobs.items() if not item[0].startswith((*OF_THE_MOMENT, *NOT_SAVED))]
        held = [item for item in snapshot.blobs.items() if item[0].startswith(OF_THE_MOMENT)]
        held.sort(key=lambda item: (item[1].stored, item[0]))
        lengths = [blob.length for _, blob in parallel]
        total = sum(counted(lengths, in_parallel(parallel, copied), "files", self.progress))
        for name, blob in held:
            self.blobs.put(name, read_object(backup, blob.digest))
            total += blob.length
        return total

    def _tables(self, backup: BlobStore, snapshot: Snapshot) -> Iterator[tuple[str, Iterator[Row]]]:
        """Each table with its rows, which have to be read before the next table is."""
        done, total = 0, sum(len(digests) for digests in snapshot.tables.values())
        for table, digests in snapshot.tables.items():
            yield table, (row for digest in digests for row in rows_of(read_object(backup, digest)))
            done += len(digests)
            self.progress("library", done, total)


def _found(backup: BlobStore, wanted: str | None) -> Snapshot:
    ids = snapshot_ids(backup)
    if not ids:
        raise NotThere("There is no snapshot.", "Name the folder or bucket that `podcaster backup` wrote to.")
    if wanted is not None and wanted not in ids:
        raise NotThere(f"There is no snapshot {wanted}.", f"The newest is {ids[-1]}.")
    try:
        return read_snapshot(backup, wanted or ids[-1])
    except BlobMissing as error:
        raise StorageFailed("The snapshot was deleted meanwhile.", "Run the command again.") from error
