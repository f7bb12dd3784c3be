"""The translation memory kept within bounds: what is forgotten is translated again when it is next needed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from podcaster.ports import BlobStore
from podcaster.render.pipeline.sentence_store import TRANSLATIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Pruned:
    """Translations found and removed."""

    found: int
    forgotten: int
    bytes_freed: int


def prune_memory(blobs: BlobStore, now: datetime, *, most_days: int, most_bytes: int, dry_run: bool = False) -> Pruned:
    """Delete translations that are older than `most_days`, then the oldest until the others have `most_bytes` at most.

    With `dry_run`, only count them.
    """
    newest_first = sorted(blobs.listed(TRANSLATIONS), key=lambda blob: (blob.stored, blob.name), reverse=True)
    oldest, kept, forgotten, freed = now - timedelta(days=most_days), 0, 0, 0
    for blob in newest_first:
        kept += blob.length
        if blob.stored < oldest or kept > most_bytes:
            if not dry_run:
                blobs.delete(blob.name)
            forgotten, freed = forgotten + 1, freed + blob.length
    return Pruned(found=len(newest_first), forgotten=forgotten, bytes_freed=freed)
