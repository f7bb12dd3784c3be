"""One fault after the other while reports come in: nothing that was accepted is lost, nothing is published twice.

`FAULTS_ROUNDS=5 ./run faults tests/faults/test_everything_at_once.py` goes on for about ten minutes, and with
`FAULTS_TABLE=docs/faults.md` adds its line to the table there. Nothing here asks how fast the machine is: the next fault waits
for reports to come in, and every wait is long.
"""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

import feedparser
import httpx
import pytest

from support.loopback import NO_TLS
from support.nginx import PROGRAM, free_port, in_front, nginx
from support.own_postgres import OwnPostgres
from support.paths import SUPPORT
from support.quick_voices import quick_voices
from support.small_disk import SmallDisk, small_disk
from support.waiting import until

LANGUAGES = ("en", "es")
ROUNDS = int(os.environ.get("FAULTS_ROUNDS", "1"))
TABLE = os.environ.get("FAULTS_TABLE", "")
"""A file that ends with the table of runs."""
BETWEEN = 2
"""Reports that come in between two faults."""
EVERY_S = 1.5
READ_EVERY_S = 0.5
FAULT_S = 5
DAY_S = 86_400
PATIENCE_S = 300.0

pytestmark = [
    pytest.mark.faults,
    pytest.mark.timeout(1200 + 600 * ROUNDS),
    pytest.mark.skipif(PROGRAM is None or os.geteuid() != 0, reason="needs nginx and root"),
]


@dataclass
class Cluster:
    """Two web processes behind nginx, two workers, PostgreSQL, and files on a disk of their own."""

    folder: Path
    postgres: OwnPostgres
    disk: SmallDisk
    processes: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    ports: dict[str, int] = field(default_factory=lambda: {"web1": free_port(), "web2": free_port()})
    url: str = ""
    key: str = ""
    accepted: dict[str, str] = field(default_factory=dict)
    """Article ids by title."""
    broken: list[str] = field(default_factory=list)
    """Promises that did not hold for a reader."""
    leaving: set[str] = field(default_factory=set)
    """Addresses of files that somebody is taking down: both answers are right."""
    withdrawn: set[str] = field(default_factory=set)
    """Addresses of files that nobody may get."""
    feeds_read: int = 0
    enclosures_asked: int = 0
    withdrawn_asked: int = 0
    waits_s: list[float] = field(default_factory=list)
    """From the beginning of each fault until reports came in again."""
    began: float = field(default_factory=time.monotonic)

    def environment(self, name: str) -> dict[str, str]:
        return {
            **os.environ,
            "PODCASTER_DATA": str(self.folder / "data"),
            "PODCASTER_DATABASE_URL": self.postgres.url,
            "PODCASTER_STORAGE_URL": str(self.disk.folder / "blobs"),
            "PODCASTER_LANGUAGES": ",".join(LANGUAGES),
            "PODCASTER_PUBLISH_DRAFTS": "true",
            "PODCASTER_PROOF": "off",
            "PODCASTER_BASE_URL": self.url,
            "PODCASTER_VOICES": str(quick_voices()),
            "PODCASTER_WORKER_NAME": name,
            "PYTHONPATH": str(SUPPORT / "moving_clock"),
            "CLOCK_OFFSET_FILE": str(self.clock),
        }

    @property
    def clock(self) -> Path:
        """How many seconds the clocks of all processes are wrong by."""
        return self.folder / "clock"

    def start(self, name: str) -> None:
        arguments = ["worker"] if name not in self.ports else ["serve", "--no-work", "--port", str(self.ports[name])]
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", "podcaster", *arguments],
                env=self.environment(name),
                cwd=self.folder,
                stdout=subprocess.DEVNULL,
                stderr=log,
            )
        if name in self.ports:
            until(lambda: self.is_ready(name), seconds=PATIENCE_S)

    def is_ready(self, name: str) -> bool:
        assert self.processes[name].poll() is None, f"{name} ended: {self.last_words(name)}"
        return answers(f"http://127.0.0.1:{self.ports[name]}/readyz")

    def stop(self, name: str, how: int = signal.SIGTERM) -> None:
        self.processes[name].send_signal(how)
        self.processes[name].wait(PATIENCE_S)

    def last_words(self, name: str) -> str:
        return "\n".join((self.folder / f"{name}.log").read_text(encoding="utf-8").splitlines()[-12:])

    def end(self) -> None:
        """Kill what still runs; what it said last is shown where the test fails."""
        for name, process in self.processes.items():
            process.kill()
            process.wait()
            print(name, self.last_words(name))

    def listener(self) -> httpx.Client:
        return httpx.Client(base_url=self.url, trust_env=False, verify=NO_TLS, timeout=60)

    def editor(self) -> httpx.Client:
        client = self.listener()
        client.headers["authorization"] = f"Bearer {self.key}"
        return client

    def submit(self, place: int) -> None:
        """Hand a report in, again with its key until it is accepted."""
        title = f"Report number {place} of many"
        text = f"# {title}\n\nA levy of {place} percent falls on the operator. It starts in July 2028 in Norway, says the ministry.\n"
        headers = {"content-type": "text/markdown", "idempotency-key": f"report-{place}"}

        def taken() -> bool:
            with suppress(httpx.TransportError), self.editor() as web:
                answer = web.post("/api/articles", content=text.encode(), headers=headers)
                if answer.status_code == 202:
                    self.accepted[title] = answer.json()["article"]
                    return True
                assert answer.status_code >= 500, answer.text
            return False

        until(taken, seconds=PATIENCE_S)

    def line(self) -> str:
        """This run in the table of docs/faults.md."""
        cells = (
            datetime.now(UTC).date(),
            f"{(time.monotonic() - self.began) / 60:.0f}",
            len(self.waits_s),
            f"{max(self.waits_s, default=0):.0f}",
            len(self.accepted),
            len(published(self)),
            self.feeds_read,
            self.enclosures_asked,
            self.withdrawn_asked,
            len(self.broken),
        )
        return f"| {' | '.join(map(str, cells))} |\n"


def answers(url: str) -> bool:
    with suppress(httpx.TransportError):
        return httpx.get(url, trust_env=False, verify=NO_TLS, timeout=10).is_success
    return False


@contextmanager
def opened() -> Iterator[Cluster]:
    with TemporaryDirectory() as folder, ExitStack() as stack:
        Path(folder).chmod(0o755)
        disk = stack.enter_context(small_disk(Path(folder), megabytes=60 + 40 * ROUNDS))
        postgres = OwnPostgres()
        stack.callback(postgres.close)
        cluster = Cluster(Path(folder), postgres, disk)
        cluster.clock.write_text("0")
        first, second = (f"http://127.0.0.1:{port}" for port in cluster.ports.values())
        configuration, port = in_front(first, Path(folder) / "elsewhere", second=second)
        cluster.url = f"http://127.0.0.1:{port}"
        added = [sys.executable, "-m", "podcaster", "keys", "add", "desk", "--scope", "admin", "--json"]
        made = subprocess.run(added, env=cluster.environment("keys"), cwd=folder, capture_output=True, check=True)
        cluster.key = json.loads(made.stdout)["key"]
        stack.callback(cluster.end)
        for name in ("web1", "web2", "w1", "w2"):
            cluster.start(name)
        stack.enter_context(nginx(Path(folder) / "nginx", configuration, port))
        yield cluster


def read(cluster: Cluster, over: Event) -> None:
    """A listener's app: every feed is whole, what it names is there, nothing is there twice, nothing withdrawn is served."""
    with cluster.listener() as web:
        while not over.wait(READ_EVERY_S):
            with suppress(httpx.TransportError):
                check_withdrawn(cluster, web)
                check_feeds(cluster, web)


def check_withdrawn(cluster: Cluster, web: httpx.Client) -> None:
    for path in sorted(cluster.withdrawn):
        cluster.withdrawn_asked += 1
        if (status := web.get(path).status_code) == 200:
            cluster.broken.append(f"{path} was withdrawn and answers {status}")


def check_feeds(cluster: Cluster, web: httpx.Client) -> None:
    for language in LANGUAGES:
        answer = web.get(f"/feeds/{language}.xml")
        if answer.status_code != 200:
            continue
        cluster.feeds_read += 1
        feed = feedparser.parse(answer.content)
        twice = [guid for guid, number in Counter(each.id for each in feed.entries).items() if number > 1]
        if feed.bozo or twice:
            cluster.broken.append(f"{language}: {feed.get('bozo_exception')} {twice}")
        for entry in feed.entries[:3]:
            enclosure = entry.enclosures[0]
            cluster.enclosures_asked += 1
            found = web.head(enclosure.href.removeprefix(cluster.url))
            gone = found.status_code == 410 and episode_of(enclosure.href) in cluster.leaving
            if found.status_code < 500 and not gone and found.headers.get("content-length") != enclosure.length:
                cluster.broken.append(f"{enclosure.href}: {found.status_code}")


def episode_of(url: str) -> tuple[str, str]:
    """Report and language of a file's address."""
    article, language = url.split("/media/")[1].split("/")[:2]
    return article, language


def faults(cluster: Cluster) -> Iterator[Callable[[], None]]:
    yield lambda: cluster.stop("w1", signal.SIGKILL)
    yield lambda: cluster.start("w1")
    yield cluster.postgres.restart
    yield lambda: cluster.stop("w2", signal.SIGKILL)
    yield lambda: cluster.start("w2")
    yield lambda: cluster.postgres.freeze(FAULT_S)
    yield lambda: cluster.disk.freeze(FAULT_S)
    yield lambda: full_disk(cluster)
    yield lambda: set_clocks(cluster, -DAY_S)
    yield lambda: withdraw_one(cluster)
    yield lambda: set_clocks(cluster, DAY_S)
    yield lambda: remove_one(cluster)
    yield lambda: set_clocks(cluster, 0)
    yield lambda: rolled(cluster)


def full_disk(cluster: Cluster) -> None:
    with cluster.disk.full():
        time.sleep(FAULT_S)


def set_clocks(cluster: Cluster, offset_s: float) -> None:
    """Of every process at once, while it works."""
    aside = cluster.clock.with_suffix(".new")
    aside.write_text(str(offset_s))
    aside.replace(cluster.clock)


def newest(cluster: Cluster, web: httpx.Client, language: str) -> str:
    """The address of the newest episode's audio in a feed."""
    found: list[str] = []

    def is_published() -> bool:
        feed = feedparser.parse(web.get(f"/feeds/{language}.xml").content)
        found.extend(each.enclosures[0].href.removeprefix(cluster.url) for each in feed.entries[:1])
        return bool(found)

    until(is_published, seconds=PATIENCE_S)
    return found[0]


def withdraw_one(cluster: Cluster) -> None:
    """An editor takes the newest episode in Spanish back; English stays."""
    with cluster.editor() as web:
        path = newest(cluster, web, "es")
        article, language = episode_of(path)
        cluster.leaving.add((article, language))
        assert web.delete(f"/api/articles/{article}/episodes/{language}").status_code == 204
        cluster.withdrawn |= files_of(path)


def remove_one(cluster: Cluster) -> None:
    """An editor removes the newest report that is published in English."""
    with cluster.editor() as web:
        path = newest(cluster, web, "en")
        article, _ = episode_of(path)
        cluster.leaving |= {(article, language) for language in LANGUAGES}
        assert web.delete(f"/api/articles/{article}").status_code == 204
        cluster.withdrawn |= files_of(path)


def files_of(audio: str) -> set[str]:
    return {audio, re.sub(r"mp3$", "vtt", audio)}


def rolled(cluster: Cluster) -> None:
    for name in ("web1", "web2", "w1", "w2"):
        cluster.stop(name)
        cluster.start(name)


def test_reports_that_come_in_during_all_faults_are_each_published_once() -> None:
    with opened() as cluster:
        over = Event()
        with ThreadPoolExecutor(2) as threads:
            beside = [threads.submit(each, cluster, over) for each in (read, come_in)]
            try:
                await_reports(cluster)
                for _ in range(ROUNDS):
                    for fault in faults(cluster):
                        began = time.monotonic()
                        fault()
                        await_reports(cluster)
                        cluster.waits_s.append(time.monotonic() - began)
            finally:
                over.set()
            for each in beside:
                each.result()
        until(lambda: published(cluster) == wanted(cluster), seconds=2 * PATIENCE_S)
        with cluster.listener() as web:
            check_withdrawn(cluster, web)
            check_feeds(cluster, web)
        if TABLE:
            with Path(TABLE).open("a", encoding="utf-8") as table:
                table.write(cluster.line())
        assert cluster.broken == []


def await_reports(cluster: Cluster) -> None:
    """The next fault meets work."""
    enough = len(cluster.accepted) + BETWEEN
    until(lambda: len(cluster.accepted) >= enough, seconds=PATIENCE_S)


def come_in(cluster: Cluster, over: Event) -> None:
    place = 0
    while not over.wait(EVERY_S):
        place += 1
        cluster.submit(place)


def wanted(cluster: Cluster) -> list[tuple[str, str]]:
    """The episodes that have to be in the feeds, each once."""
    accepted = {(article, language) for article in cluster.accepted.values() for language in LANGUAGES}
    return sorted(accepted - cluster.leaving)


def published(cluster: Cluster) -> list[tuple[str, str]]:
    with suppress(httpx.TransportError), cluster.editor() as web:
        entries = [entry for language in LANGUAGES for entry in listed(web, f"/feeds/{language}.xml")]
        return sorted(episode_of(entry.enclosures[0].href) for entry in entries)
    return []


def listed(web: httpx.Client, path: str) -> Iterator[feedparser.FeedParserDict]:
    """Of a feed and its archive."""
    feed = feedparser.parse(web.get(path).content)
    yield from feed.entries
    for link in feed.feed.get("links", []):
        if link.rel == "prev-archive":
            yield from listed(web, httpx.URL(link.href).path)
