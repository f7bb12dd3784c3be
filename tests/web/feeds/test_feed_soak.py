"""A feed that is republished all the while, read over connections that stay open: whole every time, and never an older one.

A thousand reads here; `./run soak` makes it 100,000.
"""

import os
import threading
import zlib
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from http.client import HTTPConnection
from pathlib import Path

from podcaster.adapters.feed_files import SnapshotFolder
from podcaster.ports import FeedPointer
from support.examples import NOW
from support.small_service import SmallService, served, small_service

READS = int(os.environ.get("PODCASTER_SOAK_READS", "1000"))
READERS = 4
_GENERATIONS = 3


class Press:
    """Publishes one version after the other until it is told to end, and knows every one."""

    def __init__(self, made: SmallService) -> None:
        self.made = made
        self.known: dict[str, int] = {}
        self.ended = threading.Event()

    def publish(self, generation: int) -> None:
        xml = f"<rss>{f'[{generation}]' * 30_000}</rss>".encode()
        digest = sha256(xml).hexdigest()
        self.known[digest] = generation
        blob = f"feeds/eu/{digest}.xml"
        self.made.blobs.put(f"{blob}.gz", zlib.compress(xml, 1, wbits=31))
        self.made.blobs.put(blob, xml)
        pointer = FeedPointer(name="eu", blob=blob, digest=digest, generation=generation, changed=NOW)
        self.made.library.swap_feed(pointer)

    def run(self) -> None:
        generation = 1
        while not self.ended.wait(0.1):
            generation += 1
            self.publish(generation)


def read(url: str, coding: str, feed_publisher: Press, count: int) -> set[int]:
    """So many answers and more until three generations came, each checked; the generations that were seen."""
    line = HTTPConnection(url.removeprefix("http://"), timeout=30)
    seen = [0]
    while len(seen) <= count or len({*seen} - {0}) < _GENERATIONS:
        line.request("GET", "/feeds/eu.xml", headers={"accept-encoding": coding})
        answer = line.getresponse()
        body = answer.read()
        assert answer.status == 200
        assert len(body) == int(answer.headers["content-length"])
        whole = zlib.decompress(body, wbits=31) if coding == "gzip" else body
        generation = feed_publisher.known.get(sha256(whole).hexdigest())
        assert generation is not None, "a body that was never published"
        assert generation >= seen[-1], "an older one behind a newer one"
        seen.append(generation)
    line.close()
    return set(seen) - {0}


def test_no_reader_sees_half_a_feed_or_an_older_one(tmp_path: Path) -> None:
    snapshot = SnapshotFolder(tmp_path / "public")
    with small_service(tmp_path / "data", show_in_front=snapshot.show) as made:
        feed_publisher = Press(made)
        feed_publisher.publish(1)
        with served(made.services) as url, ThreadPoolExecutor(READERS + 1) as thread_pool:
            publishing = thread_pool.submit(feed_publisher.run)
            codings = ["identity", "gzip"] * (READERS // 2)
            readers = [thread_pool.submit(read, url, coding, feed_publisher, READS // READERS) for coding in codings]
            try:
                seen = set.union(*(reader.result() for reader in readers))
            finally:
                feed_publisher.ended.set()
            publishing.result()
    assert len(seen) > 2
