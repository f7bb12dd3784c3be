"""The translation memory has an age and a size; what is published needs none of it."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from podcaster.adapters.blobs import open_blobs
from podcaster.render.pipeline.memory_pruning import prune_memory
from podcaster.render.pipeline.sentence_store import SentenceStore
from podcaster.units import ContentKey

NOW = datetime(2026, 5, 4, 6, 30, tzinfo=UTC)


def remembered(folder: Path, days_old: int) -> ContentKey:
    key = ContentKey(f"{days_old:064x}")
    SentenceStore(open_blobs(folder)).remember({key: "x" * 100})
    moment = (NOW - timedelta(days=days_old)).timestamp()
    os.utime(folder / "translations" / key[:2] / key, (moment, moment))
    return key


def test_what_is_too_old_goes_then_the_oldest_of_what_is_too_much(tmp_path: Path) -> None:
    blobs = open_blobs(tmp_path)
    keys = {days: remembered(tmp_path, days) for days in (1, 20, 30, 90, 400)}
    blobs.put("media/a/es/0.mp3", b"sound")
    pruned = prune_memory(blobs, NOW, most_days=60, most_bytes=250)
    assert (pruned.found, pruned.forgotten, pruned.bytes_freed) == (5, 3, 300)
    assert set(SentenceStore(blobs).recall(list(keys.values()))) == {keys[1], keys[20]}
    assert blobs.get("media/a/es/0.mp3") == b"sound"
    assert prune_memory(blobs, NOW, most_days=60, most_bytes=250).forgotten == 0
