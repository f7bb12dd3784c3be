"""The feeds as files for a web server in front: whole, never older, and each version with a second of its own."""

from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest

from podcaster.adapters.feed_files import SnapshotFolder
from podcaster.errors import StorageFailed
from podcaster.ports import FeedPointer
from support.examples import NOW


def pointer(generation: int, text: str, name: str = "es/by/ann") -> FeedPointer:
    digest = sha256(text.encode()).hexdigest()
    return FeedPointer(name=name, blob="feeds/x", digest=digest, generation=generation, changed=NOW)


def forms(text: str) -> dict[str, bytes]:
    return {"identity": text.encode(), "gzip": b"z" + text.encode()}


def test_what_is_shown_is_the_newest_whoever_writes_last(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as thread_pool:
        order = [3, 7, 1, 9, 2, 8, 9, 4]
        list(thread_pool.map(lambda at: SnapshotFolder(tmp_path).show(pointer(at, str(at)), forms(str(at))), order))
    shown = tmp_path / "feeds/es/by/ann.xml"
    assert (shown / "identity").read_bytes() == b"9"
    assert (shown / "gzip").read_bytes() == b"z9"


def test_versions_of_one_moment_have_different_seconds_and_the_same_bytes_the_same(tmp_path: Path) -> None:
    """A web server's tag is the second and the length."""
    seconds = []
    for generation, text in ((1, "a"), (2, "b"), (3, "b"), (4, "c")):
        SnapshotFolder(tmp_path).show(pointer(generation, text), forms(text))
        seconds.append(int((tmp_path / "feeds/es/by/ann.xml/identity").stat().st_mtime))
    first = int(NOW.timestamp())
    assert seconds == [first, first + 1, first + 1, first + 2]


def test_old_versions_do_not_pile_up(tmp_path: Path) -> None:
    for generation in range(1, 20):
        SnapshotFolder(tmp_path).show(pointer(generation, str(generation)), forms(str(generation)))
    assert len(list((tmp_path / "versions/es+by+ann").iterdir())) == 2


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "feeds").write_bytes(b"")
    with pytest.raises(StorageFailed, match="PODCASTER_SNAPSHOT"):
        SnapshotFolder(tmp_path).show(pointer(1, "a"), forms("a"))
