"""Files over HTTP: the bytes that were asked for, of the file that was asked for, and no descriptor left behind."""

import asyncio
import gc
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from podcaster.adapters.blobs import open_blobs
from podcaster.errors import StorageFailed
from podcaster.ports import BlobStore
from podcaster.web.http.asgi import Message
from podcaster.web.media.episode_files import MediaFiles
from support.small_service import SmallService, client, revision_of, served, small_service

LONG = 700_000


def name_of(place: int, ending: str = ".mp3") -> str:
    return f"media/a-report/es/{revision_of(place)}{ending}"


def bytes_of(place: int, size: int = LONG) -> bytes:
    return place.to_bytes(2, "big") * (size // 2)


class Bucket:
    """The blobs of a folder as a bucket gives them: no files, and every read is counted."""

    def __init__(self, blobs: BlobStore) -> None:
        self.blobs = blobs
        self.reads = 0

    def local_path(self, name: str) -> None:
        return None

    def size(self, name: str) -> int | None:
        return self.blobs.size(name)

    def get_range(self, name: str, start: int, length: int) -> bytes:
        self.reads += 1
        return self.blobs.get_range(name, start, length)


class Listener:
    """One request to the raw handler, by a client that reads as slowly as the test wants."""

    def __init__(self, path: str, *, method: str = "GET", headers: Sequence[tuple[bytes, bytes]] = ()) -> None:
        self.scope = {"type": "http", "method": method, "path": f"/{path}", "headers": list(headers)}
        self.status = 0
        self.body = b""
        self.started, self.gone, self.reads_on = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self.reads_on.set()

    async def receive(self) -> Message:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        self.status = message.get("status", self.status)
        self.started.set()
        await self.reads_on.wait()
        self.body += message.get("body", b"")


def descriptors() -> int:
    gc.collect()
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


@pytest.fixture
def blobs(tmp_path: Path) -> BlobStore:
    return open_blobs(tmp_path / "blobs")


def test_a_slow_download_ends_with_the_file_it_began_with(blobs: BlobStore) -> None:
    """Meanwhile so many others were opened that its own was let go of."""
    for place in range(300):
        blobs.put(name_of(place), bytes_of(place, LONG if place == 0 else 2_000))

    async def story() -> bytes:
        files, slow = MediaFiles(blobs), Listener(name_of(0))
        slow.reads_on.clear()
        download = asyncio.create_task(files(slow.scope, slow.receive, slow.send))
        await slow.started.wait()
        for place in range(1, 300):
            quick = Listener(name_of(place))
            await files(quick.scope, quick.receive, quick.send)
            assert quick.body == bytes_of(place, 2_000)
        slow.reads_on.set()
        await download
        files.close()
        return slow.body

    before = descriptors()
    assert asyncio.run(story()) == bytes_of(0)
    assert descriptors() == before


def test_a_crowd_at_a_cold_file_leaves_no_descriptor_behind(blobs: BlobStore) -> None:
    blobs.put(name_of(1), bytes_of(1))

    async def story() -> None:
        files = MediaFiles(blobs)
        crowd = [Listener(name_of(1)) for _ in range(60)]
        await asyncio.gather(*(files(each.scope, each.receive, each.send) for each in crowd))
        assert {each.body for each in crowd} == {bytes_of(1)}
        files.close()

    before = descriptors()
    asyncio.run(story())
    assert descriptors() == before


def test_a_bucket_gives_what_a_folder_gives_and_is_not_read_for_nobody(blobs: BlobStore) -> None:
    blobs.put(name_of(2), bytes_of(2, 3_000_000))
    bucket = Bucket(blobs)

    async def story() -> None:
        files = MediaFiles(bucket)  # type: ignore[arg-type]
        part = Listener(name_of(2), headers=[(b"range", b"bytes=262100-600000")])
        await files(part.scope, part.receive, part.send)
        assert (part.status, part.body) == (206, bytes_of(2, 3_000_000)[262_100:600_001])
        bucket.reads = 0
        leaver = Listener(name_of(2))
        leaver.gone.set()
        await files(leaver.scope, leaver.receive, leaver.send)
        assert bucket.reads < 6

    asyncio.run(story())


def test_a_crowd_costs_a_bucket_one_read_a_piece(blobs: BlobStore) -> None:
    blobs.put(name_of(4), bytes_of(4, 600_000))
    bucket = Bucket(blobs)

    async def story() -> None:
        files = MediaFiles(bucket)  # type: ignore[arg-type]
        for _ in range(20):
            listener = Listener(name_of(4))
            await files(listener.scope, listener.receive, listener.send)
            assert listener.body == bytes_of(4, 600_000)

    asyncio.run(story())
    assert bucket.reads == 3


def test_many_tiny_ranges_take_no_more_memory_than_few_long_ones(blobs: BlobStore) -> None:
    blobs.put(name_of(5), bytes_of(5))

    async def story() -> int:
        files = MediaFiles(blobs)
        before = sys.getallocatedblocks()
        for place in range(40_000):
            listener = Listener(name_of(5), headers=[(b"range", b"bytes=%d-%d" % (place, place))])
            await files(listener.scope, listener.receive, listener.send)
        gc.collect()
        return sys.getallocatedblocks() - before

    assert asyncio.run(story()) < 100_000


def test_a_store_that_fails_half_way_ends_the_download_and_nothing_else(blobs: BlobStore) -> None:
    blobs.put(name_of(3), bytes_of(3, 1_000_000))

    class Failing(Bucket):
        def get_range(self, name: str, start: int, length: int) -> bytes:
            if self.reads == 2:
                raise StorageFailed("The bucket is away.", "Wait.")
            return super().get_range(name, start, length)

    async def story() -> None:
        files = MediaFiles(Failing(blobs))  # type: ignore[arg-type]
        listener = Listener(name_of(3))
        await files(listener.scope, listener.receive, listener.send)
        assert (listener.status, len(listener.body)) == (200, 2 * 256 * 1024)

    asyncio.run(story())


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SmallService, str]]:
    with small_service(tmp_path_factory.mktemp("media")) as made, served(made.services) as url:
        made.blobs.put(name_of(1), bytes_of(1))
        yield made, url


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, LONG + 5), st.integers(0, LONG + 5))
def test_every_range_over_http_is_the_slice(serving: tuple[SmallService, str], one: int, other: int) -> None:
    first, last = sorted((one, other))
    with client(serving[1]) as web:
        answer = web.get(f"/{name_of(1)}", headers={"range": f"bytes={first}-{last}"})
    if first >= LONG:
        assert (answer.status_code, answer.headers["content-range"]) == (416, f"bytes */{LONG}")
    else:
        assert answer.status_code == 206
        assert answer.content == bytes_of(1)[first : last + 1]
        assert answer.headers["content-range"] == f"bytes {first}-{min(last, LONG - 1)}/{LONG}"
        assert int(answer.headers["content-length"]) == len(answer.content)


def test_a_range_is_of_get_alone(serving: tuple[SmallService, str]) -> None:
    with client(serving[1]) as web:
        head = web.head(f"/{name_of(1)}", headers={"range": "bytes=0-9"})
    assert (head.status_code, head.headers["content-length"]) == (200, str(LONG))


@pytest.mark.parametrize(
    ("ending", "kind"),
    [
        (".mp3", "audio/mpeg"),
        (".m4a", "audio/mp4"),
        (".opus", "audio/ogg"),
        (".vtt", "text/vtt; charset=utf-8"),
        (".srt", "application/x-subrip; charset=utf-8"),
        (".json", "application/json"),
        (".chapters.json", "application/json+chapters"),
        (".html", "text/html; charset=utf-8"),
    ],
)
def test_every_file_says_what_it_is_and_may_be_read_from_everywhere(
    serving: tuple[SmallService, str], ending: str, kind: str
) -> None:
    made, url = serving
    made.blobs.put(name_of(7, ending), b"1234")
    with client(url) as web:
        answer = web.get(f"/{name_of(7, ending)}", headers={"origin": "https://player.example"})
        asked = web.options(f"/{name_of(7, ending)}")
        posted = web.post(f"/{name_of(7, ending)}")
    assert answer.headers["content-type"] == kind
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert ("sandbox" in answer.headers.get("content-security-policy", "")) == (ending == ".html")
    assert (asked.status_code, "content-length" in asked.headers) == (204, False)
    assert (posted.status_code, posted.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert posted.json()["code"] == "method-unfit"


@pytest.mark.parametrize(
    "path",
    [
        "/media/a-report/es/0000000000000007.script.json",
        "/media/a-report/es/../../../library.sqlite",
        "/media/%2e%2e/es/0000000000000007.mp3",
        "/media/a-report/es/0000000000000007.mp3/",
        "/media/a-report/es/0000000000000007.MP3",
        "/media/a-report%00/es/0000000000000007.mp3",
        "/media/a-report/es/000000000000000g.mp3",
        "/media/" + "a" * 5_000 + "/es/0000000000000007.mp3",
        "/media/",
    ],
)
def test_nothing_else_can_be_fetched(serving: tuple[SmallService, str], path: str) -> None:
    made, url = serving
    made.blobs.put(name_of(7, ".script.json"), b"{}")
    with client(url) as web:
        answer = web.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_a_file_that_is_deleted_is_gone_though_it_was_open(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    made.blobs.put(name_of(8), b"1234")
    with client(url) as web:
        assert web.get(f"/{name_of(8)}").status_code == 200
        made.blobs.delete(name_of(8))
        assert web.get(f"/{name_of(8)}").status_code == 404


def test_a_file_that_got_shorter_is_not_taken_for_whole(serving: tuple[SmallService, str]) -> None:
    made, url = serving
    made.blobs.put(name_of(9), bytes_of(9))
    with client(url) as web:
        assert web.get(f"/{name_of(9)}", headers={"range": "bytes=0-9"}).status_code == 206  # so that it is open
        path = made.blobs.local_path(name_of(9))
        assert path is not None
        os.truncate(path, 300_000)
        with pytest.raises(httpx.RemoteProtocolError):
            web.get(f"/{name_of(9)}")
        assert web.get("/healthz").status_code == 200
