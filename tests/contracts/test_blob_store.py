"""The promise of the BlobStore, over a folder, a bucket in memory and one that is reached by S3's protocol."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from podcaster.adapters.blobs import open_blobs
from podcaster.errors import BlobMissing
from podcaster.ports import BlobStore
from support.s3_server import BUCKET, s3_server

FULL = """
import resource, signal, sys
from podcaster.adapters.blobs import open_blobs
from podcaster.errors import StorageFull
store = open_blobs(sys.argv[1])
store.put("a/b", b"whole")
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
for data in (b"x" * 5000, iter([b"x" * 900] * 5)):
    try:
        store.put("a/b", data)
    except StorageFull as error:
        print(error.code, store.get("a/b"), list(store.names("a/")))
"""
KILLED = """
import itertools, sys
from podcaster.adapters.blobs import open_blobs
store = open_blobs(sys.argv[1])
for turn in itertools.count():
    store.put("a/b", bytes([65 + turn % 26]) * 3_000_000)
    print(turn, flush=True)
"""


@pytest.fixture(params=["folder", "memory", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[BlobStore]:
    if request.param == "s3":
        with s3_server() as bucket:
            for name, value in bucket.environment().items():
                monkeypatch.setenv(name, value)
            yield open_blobs(f"s3://{BUCKET}/service")
        return
    yield open_blobs(tmp_path / "a folder" / "店" if request.param == "folder" else "memory:///")


def test_a_blob_comes_back_as_it_was(store: BlobStore) -> None:
    store.put("clips/ab/cd", b"0123456789")
    assert store.get("clips/ab/cd") == b"0123456789"
    assert store.size("clips/ab/cd") == 10
    assert store.get_range("clips/ab/cd", 3, 4) == b"3456"
    store.put("clips/ab/cd", iter([b"ab", b"", b"cd"]))
    assert store.get("clips/ab/cd") == b"abcd"


def test_many_blobs_come_at_once_without_those_that_are_missing(store: BlobStore) -> None:
    store.put("a", b"1")
    store.put("b/c", b"2")
    assert store.get_many(["a", "b/c", "none", "b"]) == {"a": b"1", "b/c": b"2"}


def test_a_stamp_tells_a_blob_from_an_earlier_one_of_the_same_length(store: BlobStore) -> None:
    """A bucket may have no stamps: then everything is read."""
    store.put("a", b"1")
    store.put("b/c", b"2")
    before = store.stamps(["a", "b/c", "none", "../b"])
    assert before == store.stamps(["a", "b/c"])
    assert set(before) in ({"a", "b/c"}, set())
    store.put("a", b"3")
    after = store.stamps(["a", "b/c"])
    assert {name for name in before if before[name] != after[name]} <= {"a"}
    assert not before or before["a"] != after["a"]


def test_what_is_not_there_is_missing(store: BlobStore) -> None:
    with pytest.raises(BlobMissing):
        store.get("none")
    assert store.size("none") is None
    assert store.local_path("none") is None
    store.delete("none")


def test_names_are_listed_below_a_folder(store: BlobStore) -> None:
    for name in ("a/b", "a/c/d", "ab/e"):
        store.put(name, b"")
    assert sorted(store.names("a/")) == ["a/b", "a/c/d"]
    store.delete("a/b")
    assert list(store.names("a/")) == ["a/c/d"]


@given(
    name=st.one_of(st.sampled_from(["..", "a/../b", "/etc/passwd", "a//b", "", ".", "a/./b", "a\0b", "a b"]), st.text())
)
def test_no_name_leads_out_of_the_folder(name: str) -> None:
    store = open_blobs("memory:///")
    if all(sign.isascii() and (sign.isalnum() or sign in "._-") for part in name.split("/") for sign in part) and all(
        part.strip(".") for part in name.split("/")
    ):
        return
    with pytest.raises(BlobMissing):
        store.put(name, b"")


def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", FULL, tmp_path], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["storage-full b'whole' ['a/b']"] * 2


def test_a_writer_that_is_killed_leaves_whole_blobs(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", KILLED, tmp_path], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        for _ in range(5):
            writer.stdout.readline()
        writer.send_signal(signal.SIGKILL)
    store = open_blobs(tmp_path)
    blob = store.get("a/b")
    assert blob == blob[:1] * 3_000_000
    assert list(store.names("a/")) == ["a/b"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    from podcaster.errors import StorageFailed

    with pytest.raises(StorageFailed, match="file"):
        open_blobs(tmp_path / "file" / "folder")
