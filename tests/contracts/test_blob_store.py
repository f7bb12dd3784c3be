"""The promise of `ports.BlobStore`, over a folder, obstore and the shipped fake."""

import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from podcaster.adapters.blobs import open_store
from podcaster.errors import BlobMissing, InputRefused, SettingsWrong, StorageFailed, StorageFull
from podcaster.ports import BlobStore, is_blob_name
from podcaster.testing.stores import FullBlobStore, MemoryBlobStore, kill_at

NOT_NAMES = [
    "",
    "/",
    "/etc/passwd",
    "a//b",
    "a/",
    "../a",
    "a/../b",
    ".",
    "a/.",
    ".aside/x",
    "a b",
    "a\0b",
    "ä",
    "a\\b",
    "a\n",
]


@pytest.fixture(params=["folder", "folder, nothing waited for", "memory", "fake"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> BlobStore:
    if request.param == "fake":
        return MemoryBlobStore()
    if request.param == "memory":
        return open_store("memory://")
    return open_store(tmp_path / "blobs", made_again=("",) if "nothing" in request.param else ())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "blobs"


class TestEveryStore:
    def test_gives_back_what_was_put(self, store: BlobStore) -> None:
        store.put("clips/ab/x.bin", b"voice")
        assert store.get("clips/ab/x.bin") == b"voice"
        assert store.size("clips/ab/x.bin") == 5

    def test_holds_the_newest_bytes_under_a_name(self, store: BlobStore) -> None:
        store.put("feeds/es.xml", b"a longer one")
        store.put("feeds/es.xml", b"new")
        assert store.get("feeds/es.xml") == b"new"

    def test_keeps_an_empty_blob(self, store: BlobStore) -> None:
        store.put("empty", b"")
        assert store.get("empty") == b""
        assert store.size("empty") == 0

    def test_takes_pieces_for_a_whole(self, store: BlobStore) -> None:
        pieces = [b"ID3", b"", *(bytes([n % 256]) * 192 for n in range(40_000))]
        store.put("media/long.mp3", iter(pieces))
        assert store.get("media/long.mp3") == b"".join(pieces)

    def test_keeps_nothing_of_pieces_that_end_in_an_error(self, store: BlobStore) -> None:
        def pieces() -> Iterator[bytes]:
            yield b"half"
            raise BlobMissing("A clip is gone.", "Make it again.")

        store.put("media/a.mp3", b"before")
        for name in ("media/a.mp3", "media/b.mp3"):
            with pytest.raises(BlobMissing, match="A clip is gone"):
                store.put(name, pieces())
        assert store.get("media/a.mp3") == b"before"
        assert list(store.names("media/")) == ["media/a.mp3"]

    def test_says_what_is_missing(self, store: BlobStore) -> None:
        with pytest.raises(BlobMissing, match="no/such"):
            store.get("no/such")
        with pytest.raises(BlobMissing):
            store.get_range("no/such", 0, 1)
        assert store.size("no/such") is None
        assert store.local_path("no/such") is None

    def test_reads_many_and_leaves_out_the_missing(self, store: BlobStore) -> None:
        for n in range(200):
            store.put(f"clips/{n:03}/x", str(n).encode())
        wanted = [f"clips/{n:03}/x" for n in range(0, 400, 2)]
        assert store.get_many(wanted) == {
            name: str(n).encode() for n, name in zip(range(0, 200, 2), wanted, strict=False)
        }
        assert store.get_many([]) == {}

    @given(start=st.integers(0, 12), length=st.integers(0, 12))
    def test_a_range_is_a_slice(self, start: int, length: int) -> None:
        data = b"0123456789"
        for store in self._stores():
            assert store.get_range("digits", start, length) == data[start : start + length]

    def test_names_what_lies_under_a_prefix(self, store: BlobStore) -> None:
        for name in ("work/r1/es.json", "work/r1/deep/er.json", "work/r10/es.json", "work-other/x", "top"):
            store.put(name, b"x")
        assert sorted(store.names("work/r1/")) == ["work/r1/deep/er.json", "work/r1/es.json"]
        assert list(store.names("nothing/")) == []
        assert "top" in set(store.names(""))
        assert list(store.names("../")) == []

    def test_deletes_once_and_minds_no_second_time(self, store: BlobStore) -> None:
        store.put("work/r1/es.json", b"x")
        store.put("work/r2/es.json", b"y")
        store.delete("work/r1/es.json")
        store.delete("work/r1/es.json")
        assert list(store.names("work/")) == ["work/r2/es.json"]
        store.put("work/r1/es.json", b"again")
        assert store.get("work/r1/es.json") == b"again"

    def test_can_be_emptied_while_it_is_listed(self, store: BlobStore) -> None:
        for n in range(30):
            store.put(f"work/r1/{n}", b"x")
        for name in store.names("work/r1/"):
            store.delete(name)
        assert list(store.names("work/")) == []

    @pytest.mark.parametrize("name", NOT_NAMES)
    def test_a_name_that_leaves_the_store_names_nothing(self, store: BlobStore, name: str) -> None:
        assert not is_blob_name(name)
        with pytest.raises(InputRefused):
            store.put(name, b"x")
        with pytest.raises(BlobMissing):
            store.get(name)
        assert store.get_many([name]) == {}
        assert store.size(name) is None
        assert store.local_path(name) is None
        store.delete(name)

    def test_a_folder_of_blobs_is_no_blob(self, store: BlobStore) -> None:
        store.put("media/es/a.mp3", b"x")
        with pytest.raises(BlobMissing):
            store.get("media/es")
        with pytest.raises(BlobMissing):
            store.get_range("media/es", 0, 1)
        with pytest.raises(BlobMissing):
            store.get("media/es/a.mp3/b")
        assert store.get_many(["media/es", "media"]) == {}
        assert store.size("media") is None
        store.delete("media")
        assert store.get("media/es/a.mp3") == b"x"

    def test_serves_many_threads_and_tears_nothing(self, store: BlobStore) -> None:
        versions = [bytes([n]) * 100_000 for n in range(4)]
        store.put("feeds/es.xml", versions[0])
        seen: list[bytes] = []

        def read() -> None:
            seen.extend(store.get("feeds/es.xml") for _ in range(100))

        def write(data: bytes) -> None:
            for _ in range(10):
                store.put("feeds/es.xml", data)

        threads = [threading.Thread(target=read) for _ in range(2)]
        threads += [threading.Thread(target=write, args=(data,)) for data in versions]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(seen) == 200
        assert set(seen) <= set(versions)

    @staticmethod
    def _stores() -> list[BlobStore]:
        if not _RANGES:
            _RANGES.extend([MemoryBlobStore(), open_store("memory://")])
            for store in _RANGES:
                store.put("digits", b"0123456789")
        return _RANGES


_RANGES: list[BlobStore] = []


class TestAFolder:
    def test_shows_a_blob_as_a_plain_file_for_serving(self, folder: Path) -> None:
        store = open_store(folder)
        store.put("media/a.mp3", b"ID3")
        path = store.local_path("media/a.mp3")
        assert path is not None
        assert path.is_absolute()
        assert path.read_bytes() == b"ID3"

    def test_gives_ranges_of_a_file(self, folder: Path) -> None:
        store = open_store(f"file://{folder}")
        store.put("digits", b"0123456789")
        assert [store.get_range("digits", *at) for at in ((0, 4), (8, 9), (10, 1), (3, 0))] == [
            b"0123",
            b"89",
            b"",
            b"",
        ]

    def test_is_found_again_by_the_next_process(self, folder: Path) -> None:
        open_store(folder).put("a/b", b"kept")
        assert open_store(folder).get("a/b") == b"kept"

    def test_leaves_no_empty_folders_behind(self, folder: Path) -> None:
        store = open_store(folder)
        store.put("work/r1/es/x.json", b"x")
        store.delete("work/r1/es/x.json")
        assert sorted(path.name for path in folder.iterdir()) == [".aside"]

    def test_survives_writers_and_deleters_of_one_folder(self, folder: Path) -> None:
        store = open_store(folder)

        def rewrite(name: str) -> None:
            for _ in range(150):
                store.put(name, b"x")
                store.delete(name)

        threads = [threading.Thread(target=rewrite, args=(f"work/r1/{n}",)) for n in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert list(store.names("")) == []

    @pytest.mark.faults
    @pytest.mark.parametrize("kill_after_pieces", [0, 1, 3])
    def test_a_killed_writer_leaves_the_old_bytes(self, folder: Path, kill_after_pieces: int) -> None:
        store = open_store(folder)
        store.put("media/a.mp3", b"before")
        writer = f"""
import os, signal
from podcaster.adapters.blobs import open_store
def pieces():
    for n in range(4):
        if n == {kill_after_pieces}:
            os.kill(os.getpid(), signal.SIGKILL)
        yield b"x" * 100_000
for name in ("media/a.mp3",):
    open_store({str(folder)!r}).put(name, pieces())
"""
        assert subprocess.run([sys.executable, "-c", writer], check=False).returncode == -signal.SIGKILL
        assert store.get("media/a.mp3") == b"before"
        assert list(store.names("")) == ["media/a.mp3"]

    def test_clears_what_killed_writers_left_an_hour_ago(self, folder: Path) -> None:
        open_store(folder)
        old, young = folder / ".aside" / "old", folder / ".aside" / "young"
        old.write_bytes(b"half")
        young.write_bytes(b"half")
        os.utime(old, (0, 0))
        assert list(open_store(folder).names("")) == []
        assert [path.name for path in (folder / ".aside").iterdir()] == ["young"]

    @pytest.mark.faults
    def test_a_full_disk_is_said_and_takes_nothing_away(self, folder: Path) -> None:
        store = open_store(folder)
        store.put("media/a.mp3", b"before")
        assert _with_file_size_limit(100_000, lambda: store.put("media/a.mp3", b"x" * 200_000)) is StorageFull
        assert _with_file_size_limit(100_000, lambda: store.put("new/b.mp3", iter([b"x" * 90_000] * 3))) is StorageFull
        assert store.get("media/a.mp3") == b"before"
        assert list(store.names("")) == ["media/a.mp3"]
        assert list((folder / ".aside").iterdir()) == []

    @pytest.mark.faults
    @pytest.mark.skipif(os.geteuid() != 0, reason="mounting needs root; the file size limit is tested for everybody")
    def test_a_full_file_system_is_said_and_takes_nothing_away(self, tmp_path: Path) -> None:
        mount = tmp_path / "small"
        mount.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "none", mount], check=False)
        if mounted.returncode:
            pytest.skip("no mounts in this container; the file size limit is tested everywhere")
        try:
            store = open_store(mount)
            store.put("media/a.mp3", b"a" * 1_000_000)
            with pytest.raises(StorageFull, match=r"no room to store media/b\.mp3"):
                store.put("media/b.mp3", b"b" * 1_500_000)
            assert list(store.names("")) == ["media/a.mp3"]
            store.put("media/c.mp3", b"c" * 500_000)
            assert store.size("media/a.mp3") == 1_000_000
        finally:
            subprocess.run(["umount", mount], check=True)

    def test_a_folder_that_cannot_be_made_is_said_with_the_remedy(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_bytes(b"")
        with pytest.raises(StorageFailed, match="PODCASTER_STORAGE_URL"):
            open_store(tmp_path / "file" / "blobs")

    def test_a_name_below_a_blob_is_said_to_be_unusable(self, folder: Path) -> None:
        store = open_store(folder)
        store.put("a", b"x")
        with pytest.raises(StorageFailed):
            store.put("a/b", b"y")
        assert store.get("a") == b"x"
        assert list((folder / ".aside").iterdir()) == []


class TestAnAddress:
    @pytest.mark.parametrize("address", ["ftp://host/x", "http://host/x", "s3://", "az://container"])
    def test_of_no_store_is_refused_with_the_remedy(self, address: str) -> None:
        with pytest.raises(SettingsWrong, match="Give a folder"):
            open_store(address)

    def test_of_a_bucket_that_does_not_answer_is_said(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name, value in {
            "AWS_ENDPOINT": "http://127.0.0.1:1",
            "AWS_ALLOW_HTTP": "true",
            "AWS_ACCESS_KEY_ID": "x",
            "AWS_SECRET_ACCESS_KEY": "x",
            "AWS_REGION": "eu-west-1",
        }.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(StorageFailed, match="PODCASTER_STORAGE_URL"):
            open_store("s3://bucket/prefix").get("a")


class TestTheFaultyOnes:
    def test_a_full_store_keeps_what_it_has(self) -> None:
        store = FullBlobStore(2)
        store.put("a", b"1")
        for _ in range(2):
            with pytest.raises(StorageFull):
                store.put("b", b"2")
        store.free()
        store.put("b", b"2")
        assert store.get_many(["a", "b"]) == {"a": b"1", "b": b"2"}

    @pytest.mark.parametrize(("after", "kept"), [(False, ["a"]), (True, ["a", "b"])])
    def test_a_killing_store_dies_at_the_call_it_was_told(self, folder: Path, *, after: bool, kept: list[str]) -> None:
        child = os.fork()
        if child == 0:
            store = kill_at(open_store(folder), 3, after=after)
            store.put("a", b"1")
            store.get("a")
            store.put("b", b"2")
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        assert sorted(open_store(folder).names("")) == kept


def _with_file_size_limit(limit: int, act: Callable[[], None]) -> type[BaseException] | None:
    """What an act raises in this process while no file may grow over `limit` bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        act()
    except StorageFailed as error:
        return type(error)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    return None
